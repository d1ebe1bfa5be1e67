"""R15: an economic calculation stands behind each decision, or a reason why there is none."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.mandates import kronor
from styrkedja.core.sentences import Sentence


def without_estimate_or_reason(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        if decision.estimates or decision.no_estimate_reason.strip():
            continue
        if decision.amount:
            explanation = Sentence("Beslutet gäller %(amount)s men har varken beräkning eller skäl.", amount=kronor(decision.amount))
            yield gap_in(decision, explanation)
        else:
            yield gap_in(decision, Sentence("Beslutet har varken en ekonomisk beräkning eller ett skäl till att den saknas."))


def exceptions_without_reason(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        if decision.outside_budget and not decision.exception_reason.strip():
            yield gap_in(decision, Sentence("Beslutet ligger utanför budget utan att undantaget är motiverat."))


RULE = Rule(
    id="R15",
    title=Sentence("Ekonomisk beräkning bakom besluten"),
    source="003",
    quote="det finns en ekonomisk beräkning bakom besluten",
    severity=Severity.FAULT,
    clears=Sentence("Beslutet har en ekonomisk beräkning eller ett skäl till att den saknas."),
    limits=NoLimits(),
    checks=(
        Check(
            "A54",
            Severity.FAULT,
            Sentence("Ett beslut med varken ekonomisk beräkning eller skäl till att den saknas."),
            Sentence("Beräkningen knyts till beslutet, eller skälet skrivs in."),
            without_estimate_or_reason,
        ),
        Check(
            "A56",
            Severity.WARNING,
            Sentence("Ett beslut utanför budget utan motiverat undantag."),
            Sentence("Skälet till undantaget skrivs in."),
            exceptions_without_reason,
        ),
    ),
)
