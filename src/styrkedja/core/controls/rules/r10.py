"""R10: what actions bring home is measured, month by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from styrkedja.core.controls.calendar import last_closed
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.rules.r08 import improving
from styrkedja.core.controls.snapshot import Action, ActionState, Frequency
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    days_after_month: int = threshold(20, Sentence("Så många dagar efter månadens slut ska hemtagningseffekten vara redovisad."))


def nothing_brought_home(chain: Chain, limits: Limits) -> Iterator[Gap]:
    month = last_closed(Frequency.MONTH, chain.on, days=limits.days_after_month)
    for action in improving(chain):
        expected = _expected_from(chain, action)
        if action.state is not ActionState.STARTED or expected is None or expected > month:
            continue
        reported = [effect.month for effect in chain.realised_of_action.get(action.key, ())]
        if month in reported:
            continue
        if reported:
            values = {"month": f"{month:%Y-%m}", "last": f"{max(reported):%Y-%m}"}
            yield gap_in(action, Sentence("Hemtagningseffekt saknas för %(month)s. Den senaste är för %(last)s.", **values))
        else:
            values = {"month": f"{month:%Y-%m}", "expected": f"{expected:%Y-%m}"}
            yield gap_in(
                action, Sentence("Ingen hemtagningseffekt är redovisad till och med %(month)s. Den väntades från %(expected)s.", **values)
            )


def _expected_from(chain: Chain, action: Action) -> date | None:
    """The first month that the action should bring something home: as calculated, or else that in which it started."""
    calculated = [estimate.first_effect_month for estimate in chain.estimates_of_action.get(action.key, ()) if estimate.first_effect_month]
    if calculated:
        return calculated[-1]
    return action.starts_on.replace(day=1) if action.starts_on else None


def done_without_effect(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in improving(chain):
        if action.state is ActionState.DONE and action.key not in chain.realised_of_action:
            if action.done_on:
                yield gap_in(action, Sentence("Åtgärden blev klar %(day)s utan att någon effekt har mätts.", day=action.done_on))
            else:
                yield gap_in(action, Sentence("Åtgärden är klar utan att någon effekt har mätts."))


def hidden_efficiencies(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.snapshot.actions:
        is_under_way = action.state in (ActionState.STARTED, ActionState.DONE)
        if action.is_efficiency and is_under_way and action.parts is not None and action.parts < 2:
            yield gap_in(
                action, Sentence("Effektiviseringen följs bara på en totalnivå, där volym, pris och effektivitet inte går att skilja åt.")
            )


RULE = Rule(
    id="R10",
    title=Sentence("Hemtagningseffekt"),
    source="003",
    quote="hemtagningseffekt ska mätas inom respektive nämnds plan och uppföljning",
    severity=Severity.FAULT,
    clears=Sentence("Varje påbörjad resultatförbättrande åtgärd har en redovisad effekt för den senast avslutade månaden."),
    limits=Limits(),
    checks=(
        Check(
            "R10",
            Severity.FAULT,
            Sentence("En påbörjad resultatförbättrande åtgärd utan redovisad effekt för den senast avslutade månaden."),
            Sentence("Effekten för månaden redovisas, även när den är noll."),
            nothing_brought_home,
        ),
        Check(
            "A46",
            Severity.FAULT,
            Sentence("En resultatförbättrande åtgärd som är klar utan att någon effekt har mätts."),
            Sentence("Effekten mäts och redovisas."),
            done_without_effect,
        ),
        Check(
            "A51",
            Severity.FAULT,
            Sentence("En effektivisering som bara följs på en totalnivå."),
            Sentence("Kostnaden delas upp i volym, behov, effektivitet, pris och sammansättning. Uppdelningen kan göras av systemet."),
            hidden_efficiencies,
        ),
    ),
)
