"""R08: what shall improve the result has been calculated, and the sum is enough."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Action, ActionKind, ActionState, Estimate, SteeringDocument
from styrkedja.core.controls.telling import together
from styrkedja.core.mandates import ORE, kronor
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    rounding_kronor: int = threshold(1000, Sentence("En plans summa får skilja sig från åtgärdernas med högst så många kronor."))


def improving(chain: Chain) -> Iterator[Action]:
    """Result-improving actions that have not been cancelled."""
    kinds = (action for action in chain.snapshot.actions if action.action_kind is ActionKind.RESULT_IMPROVING)
    return (action for action in kinds if action.state is not ActionState.CANCELLED)


def without_estimate(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in improving(chain):
        if action.key not in chain.estimates_of_action:
            yield gap_in(action, Sentence("Den resultatförbättrande åtgärden har ingen ekonomisk beräkning."))


def incomplete_estimates(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for estimate in chain.snapshot.estimates:
        if lacking := _lacking(estimate):
            explanation = Sentence("Beräkningen saknar %(lacking)s.", lacking=together(lacking))
            yield gap_in(estimate, explanation, others=tuple(action.ref for action in _action_of(chain, estimate)))
    for document in chain.snapshot.documents:
        if document.stated_effect is not None:
            yield from _wrong_sum(chain, document, document.stated_effect, limits)


def _action_of(chain: Chain, estimate: Estimate) -> list[Action]:
    return [chain.actions[estimate.action]] if estimate.action in chain.actions else []


def _lacking(estimate: Estimate) -> list[Sentence]:
    has_interval = all(effect.low is not None and effect.high is not None for effect in estimate.effects)
    parts = (
        (bool(estimate.effects), Sentence("belopp per år")),
        (estimate.first_effect_month is not None, Sentence("första månad med effekt")),
        (bool(estimate.assumptions.strip()), Sentence("antaganden")),
        (has_interval, Sentence("osäkerhetsintervall")),
        (bool(estimate.calculated_by), Sentence("vem som har räknat")),
    )
    return [words for has, words in parts if not has]


def _wrong_sum(chain: Chain, document: SteeringDocument, stated: int, limits: Limits) -> Iterator[Gap]:
    year = (document.period.valid_from or chain.on).year
    total = planned_effect(chain, document.key, year)
    if abs(total - stated) > limits.rounding_kronor * ORE:
        values = {"stated": kronor(stated), "year": year, "total": kronor(total)}
        yield gap_in(
            document, Sentence("Planen anger effekten %(stated)s för %(year)s, men åtgärderna ger tillsammans %(total)s.", **values)
        )


def planned_effect(chain: Chain, document: str, year: int) -> int:
    """The calculated net effect in öre of the actions of a document and of those below it."""
    return sum(chain.net_effects.get((key, year), 0) for key in chain.document_tree(document))


def short_of_balance(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for requirement in chain.snapshot.requirements:
        document = chain.documents.get(requirement.document)
        planned = planned_effect(chain, requirement.document, requirement.year)
        if document and planned < requirement.amount:
            values = {
                "year": requirement.year,
                "required": kronor(requirement.amount),
                "planned": kronor(planned),
                "short": kronor(requirement.amount - planned),
            }
            explanation = Sentence(
                "Kravet för %(year)s är %(required)s. Åtgärderna är beräknade till %(planned)s. Det saknas %(short)s.", **values
            )
            yield gap_in(document, explanation, part=str(requirement.year))


def programmes_that_cannot_be_ranked(chain: Chain, limits: Limits) -> Iterator[Gap]:
    actions: Counter[str] = Counter()
    estimated: Counter[str] = Counter()
    for action in improving(chain):
        if action.programme:
            actions[action.programme] += 1
            estimated[action.programme] += any(estimate.effects for estimate in chain.estimates_of_action.get(action.key, ()))
    for programme in chain.snapshot.programmes:
        # A programme without any estimate at all is R02's matter (A47).
        if 0 < estimated[programme.key] < actions[programme.key]:
            values = {"lacking": actions[programme.key] - estimated[programme.key], "all": actions[programme.key]}
            yield gap_in(
                programme, Sentence("%(lacking)s av programmets %(all)s åtgärder saknar beräknad effekt och kan inte rangordnas.", **values)
            )


def without_time_frame(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in improving(chain):
        if action.time_frame is None and action.is_open:
            yield gap_in(action, Sentence("Det framgår inte om åtgärden är långsiktig och strukturell eller kortsiktig."))


RULE = Rule(
    id="R08",
    title=Sentence("Ekonomiska beräkningar och krav på balans"),
    source="003",
    quote="Det saknas en samlad plan med ekonomiska beräkningar, vilket försvårar uppföljning och kontroll.",
    severity=Severity.FAULT,
    clears=Sentence("Varje resultatförbättrande åtgärd har en fullständig beräkning, och summan når kravet på balans."),
    limits=Limits(),
    checks=(
        Check(
            "R08a",
            Severity.FAULT,
            Sentence("En resultatförbättrande åtgärd utan ekonomisk beräkning."),
            Sentence("Åtgärden får en ekonomisk beräkning."),
            without_estimate,
        ),
        Check(
            "R08b",
            Severity.FAULT,
            Sentence("En plan vars åtgärder tillsammans inte når kravet på balans för ett år."),
            Sentence("De beräknade effekterna når kravet, eller kravet ändras genom beslut."),
            short_of_balance,
        ),
        Check(
            "A40",
            Severity.FAULT,
            Sentence(
                "En beräkning utan belopp, period, antaganden, osäkerhet eller avsändare, eller en plan med en annan summa än åtgärdernas."
            ),
            Sentence("Beräkningen kompletteras, eller planens summa rättas."),
            incomplete_estimates,
        ),
        Check(
            "A45",
            Severity.INFO,
            Sentence("En resultatförbättrande åtgärd där det inte framgår om den är strukturell eller kortsiktig."),
            Sentence("Åtgärden klassas."),
            without_time_frame,
        ),
        Check(
            "A61",
            Severity.WARNING,
            Sentence("Ett åtgärdsprogram där en del av åtgärderna saknar beräknad effekt."),
            Sentence("Alla programmets åtgärder får en beräknad effekt."),
            programmes_that_cannot_be_ranked,
        ),
    ),
)
