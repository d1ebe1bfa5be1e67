"""R14: a deviation has somebody who may correct it, and is corrected in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from styrkedja.core.controls.calendar import months_between, period_end, period_start, period_text
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Action, ActionKind, ActionState, Goal, Indicator, Mandate, Milestone, ObjectKind, Ref, Standing
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    days_to_correct: int = threshold(90, Sentence("Inom så många dagar ska en korrigerande åtgärd ha satts in."))
    long_missed_months: int = threshold(36, Sentence("Ett mål som har missats i så många månader i rad kräver en ny åtgärd."))
    fresh_action_months: int = threshold(12, Sentence("En åtgärd räknas som ny om den har börjat inom så många månader."))


class Deviation(NamedTuple):
    """What was missed, by which body, since when; `refs` are what a corrective action may name."""

    thing: Goal | Milestone | Indicator
    body: str
    since: date
    told: Sentence
    refs: tuple[Ref, ...]
    part: str


def deviations(chain: Chain) -> Iterator[Deviation]:
    """Missed milestones and missed targets."""
    for milestone in chain.snapshot.milestones:
        if milestone.due_on and milestone.due_on < chain.on and milestone.reached_on is None:
            told = Sentence("Delmålet skulle ha nåtts %(due)s.", due=milestone.due_on)
            yield Deviation(milestone, milestone.body, milestone.due_on, told, (milestone.ref, milestone.of), "")
    yield from _missed_targets(chain)


def _missed_targets(chain: Chain) -> Iterator[Deviation]:
    for indicator in chain.snapshot.indicators:
        for standing in indicator.standings:
            if standing.missed_since is not None:
                yield _missed(chain, indicator, standing, standing.missed_since)


def _missed(chain: Chain, indicator: Indicator, standing: Standing, missed_since: date) -> Deviation:
    goal = chain.goals.get(standing.goal or "")
    values = {
        "body": chain.body_name(standing.body),
        "name": indicator.name,
        "value": standing.value,
        "target": standing.target,
        "unit": indicator.unit,
        "period": period_text(indicator.frequency, standing.period),
    }
    if standing.value is None:
        told = Sentence("%(name)s når inte målvärdet %(target)s för %(body)s %(period)s. Värdet visas inte (röjandeskydd).", **values)
    else:
        told = Sentence("%(name)s är %(value)s %(unit)s för %(body)s %(period)s. Målvärdet är %(target)s.", **values)
    since = period_end(indicator.frequency, period_start(indicator.frequency, missed_since))
    refs = (indicator.ref, goal.ref) if goal else (indicator.ref,)
    return Deviation(goal or indicator, standing.body, since, told, refs, f"{indicator.key}:{standing.body}")


def nobody_may_correct(chain: Chain, limits: Limits) -> Iterator[Gap]:
    correctable = _correctable(chain)
    for deviation in deviations(chain):
        if correctable.isdisjoint(chain.body_line(deviation.body)):
            explanation = Sentence("%(deviation)s Ingen funktion har mandat att korrigera det.", deviation=deviation.told)
            yield _gap(deviation, explanation)


def _gap(deviation: Deviation, explanation: Sentence) -> Gap:
    others = tuple(ref for ref in deviation.refs if ref != deviation.thing.ref)
    return gap_in(deviation.thing, explanation, part=deviation.part, others=others, also_in=(deviation.body,))


def _correctable(chain: Chain) -> frozenset[str]:
    """The bodies that somebody may correct, by a mandate in force whose function is held."""
    return frozenset(body for mandate in chain.snapshot.mandates if _is_in_force(chain, mandate) for body in _corrects(chain, mandate))


def _is_in_force(chain: Chain, mandate: Mandate) -> bool:
    begun = mandate.valid_from is None or mandate.valid_from <= chain.on
    lasts = mandate.valid_until is None or chain.on < mandate.valid_until
    seat = chain.seats.get(mandate.holder.key) if mandate.holder.kind is ObjectKind.SEAT else None
    return mandate.may_correct and begun and lasts and not (seat and seat.vacant_since)


def _corrects(chain: Chain, mandate: Mandate) -> tuple[str, ...]:
    if mandate.corrects or mandate.holder.kind is ObjectKind.BODY:
        return mandate.corrects or (mandate.holder.key,)
    seat = chain.seats.get(mandate.holder.key)
    return (seat.body,) if seat else ()


def uncorrected(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for deviation in deviations(chain):
        is_late = (chain.on - deviation.since).days > limits.days_to_correct
        if is_late and not any(_is_correction(action) for action in _actions_on(chain, deviation)):
            values = {"deviation": deviation.told, "since": deviation.since}
            yield _gap(deviation, Sentence("%(deviation)s Ingen korrigerande åtgärd har satts in sedan %(since)s.", **values))


def _actions_on(chain: Chain, deviation: Deviation) -> Iterator[Action]:
    """The actions that answer the deviation where it is."""
    for ref in deviation.refs:
        for action in chain.actions_that_correct.get(ref, ()):
            if action.state is not ActionState.CANCELLED and chain.stand_in_line(action.unit or action.body, deviation.body):
                yield action


def _is_correction(action: Action) -> bool:
    return action.action_kind is ActionKind.CORRECTIVE


def long_missed(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for deviation in _missed_targets(chain):
        if months_between(deviation.since, chain.on) >= limits.long_missed_months and not _has_fresh_action(chain, deviation, limits):
            values = {"deviation": deviation.told, "since": deviation.since}
            yield _gap(deviation, Sentence("%(deviation)s Det har missats sedan %(since)s utan någon ny åtgärd.", **values))


def _has_fresh_action(chain: Chain, deviation: Deviation, limits: Limits) -> bool:
    starts = [action.starts_on for action in _actions_on(chain, deviation) if action.starts_on]
    return any(months_between(start, chain.on + timedelta(days=1)) <= limits.fresh_action_months for start in starts)


RULE = Rule(
    id="R14",
    title=Sentence("Mandat för korrigerande åtgärder"),
    source="003",
    quote="säkerställa att mandat för korrigerande åtgärder är tydligt",
    severity=Severity.FAULT,
    clears=Sentence("Någon har mandat att korrigera avvikelsen, och en korrigerande åtgärd är insatt i tid."),
    limits=Limits(),
    checks=(
        Check(
            "R14a",
            Severity.FAULT,
            Sentence("Ett missat delmål eller målvärde som ingen funktion har mandat att korrigera."),
            Sentence("En funktion får mandat att korrigera, eller delmålet eller målvärdet nås."),
            nobody_may_correct,
        ),
        Check(
            "R14b",
            Severity.WARNING,
            Sentence("Ett målvärde som har missats i flera år utan någon ny åtgärd."),
            Sentence("En ny åtgärd sätts in, eller målvärdet nås."),
            long_missed,
        ),
        Check(
            "A55",
            Severity.FAULT,
            Sentence("Ett missat delmål eller målvärde utan korrigerande åtgärd i tid."),
            Sentence("En korrigerande åtgärd sätts in, eller delmålet eller målvärdet nås."),
            uncorrected,
        ),
    ),
)
