"""R11: follow-up hangs together, across units and up and down the levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from styrkedja.core.controls.calendar import period_text
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.rules.r03 import closed_periods
from styrkedja.core.controls.snapshot import Body, Indicator
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    days_after_period: int = threshold(45, Sentence("Så många dagar efter periodens slut ska värdet finnas."))
    siblings_percent: int = threshold(
        51, Sentence("Minst så stor andel av enheterna på samma nivå ska ha värden för att en som saknar dem ska märkas.")
    )


def _in_last_period(chain: Chain, limits: Limits) -> Iterator[tuple[Indicator, date, frozenset[str]]]:
    """Each indicator in a plan with its last closed period and the bodies that have a value for it; only where some have."""
    for indicator in chain.planned_indicators:
        for period in closed_periods(chain, indicator, limits.days_after_period, 1):
            bodies = frozenset(cell.body for cell in indicator.cells if cell.period == period)
            if bodies:
                yield indicator, period, bodies


def missing_across(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator, period, bodies in _in_last_period(chain, limits):
        groups = {(body.parent, body.body_kind): None for key in bodies if (body := chain.bodies.get(key)) and body.parent}
        for parent, kind in sorted(groups):
            siblings = [body for body in chain.bodies_below[parent or ""] if body.body_kind == kind]
            have = sum(body.key in bodies for body in siblings)
            if len(siblings) > have >= len(siblings) * limits.siblings_percent / 100:
                missing = (body for body in siblings if body.key not in bodies)
                yield from (_missing(indicator, body, period, have, len(siblings)) for body in missing)


def _missing(indicator: Indicator, body: Body, period: date, have: int, of: int) -> Gap:
    values = {"body": body.name, "period": period_text(indicator.frequency, period), "have": have, "of": of}
    earlier = [cell.period for cell in indicator.cells if cell.body == body.key and cell.period < period]
    if earlier:
        values["last"] = period_text(indicator.frequency, max(earlier))
        explanation = Sentence(
            "%(body)s saknar värde för %(period)s, som %(have)s av %(of)s på samma nivå har. Det senaste gäller %(last)s.", **values
        )
    else:
        explanation = Sentence("%(body)s saknar värde för %(period)s, som %(have)s av %(of)s på samma nivå har.", **values)
    return gap_in(indicator, explanation, bodies=(body.key,), part=body.key, others=(body.ref,))


def missing_above(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator, period, bodies in _in_last_period(chain, limits):
        parents = {body.parent for key in bodies if (body := chain.bodies.get(key)) and body.parent}
        for key in sorted(parents - bodies):
            parent = chain.bodies.get(key)
            if parent and parent.body_kind in indicator.levels:
                values = {"body": parent.name, "period": period_text(indicator.frequency, period)}
                explanation = Sentence("Enheterna under %(body)s har värden för %(period)s, men %(body)s har inget.", **values)
                yield gap_in(indicator, explanation, bodies=(key,), part=key, others=(parent.ref,))


def missing_below(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator, period, bodies in _in_last_period(chain, limits):
        for key in sorted(bodies):
            below = [body for body in chain.bodies_below.get(key, ()) if body.body_kind in indicator.levels]
            if below and not any(body.key in bodies for body in below):
                values = {"body": chain.body_name(key), "period": period_text(indicator.frequency, period)}
                explanation = Sentence("%(body)s har ett värde för %(period)s, men ingen av enheterna under har det.", **values)
                others = tuple(body.ref for body in below)
                yield gap_in(indicator, explanation, bodies=(key,), part=key, others=others)


RULE = Rule(
    id="R11",
    title=Sentence("Samordnad uppföljning"),
    source="003",
    quote="Säkerställa att uppföljning sker systematiskt och samordnat, både vertikalt och horisontellt, med tydlig koppling till mål och indikatorer.",
    severity=Severity.FAULT,
    clears=Sentence("Alla enheter på en nivå följs upp för samma period, och värdena finns på nivåerna ovanför och under."),
    limits=Limits(),
    checks=(
        Check(
            "R11a",
            Severity.FAULT,
            Sentence("En enhet utan värde för den senast avslutade perioden, när de flesta på samma nivå har det."),
            Sentence("Enhetens värde för perioden kommer in."),
            missing_across,
        ),
        Check(
            "R11b",
            Severity.FAULT,
            Sentence("Ett värde som inte kan följas nedåt, fast indikatorn ska kunna brytas ner."),
            Sentence("Värden kommer in för enheterna under."),
            missing_below,
        ),
        Check(
            "A49",
            Severity.FAULT,
            Sentence("Enheter med värden, men inget värde på nivån ovanför."),
            Sentence("Värdet för nivån ovanför kommer in."),
            missing_above,
        ),
    ),
)
