"""What moving cases between versions of their routine would do, before anything is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.core.process.engine import EngineFault, Value
from styrkedja.core.process.migration import Done, Dropped, Plan, plan
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import HistoryEvent, InstanceStatus, ProcessDefinition, ProcessInstance
from styrkedja.workflows.performers import performers_of
from styrkedja.workflows.programs import program_of, routine_of
from styrkedja.workflows.replaying import ENGINE_EVENTS, Counted, Course, course_of, events_of

_OVER = {InstanceStatus.ENDED, InstanceStatus.CLOSED}


@dataclass(frozen=True)
class Move:
    """What a move of `instance` to `target` would do. `target` is None where there is no version to go to; `plan.obstacle` then says why.

    `source` is the version that the case follows before it, `givens` are those that it has under `target`; `reverts` is the event of the move
    that is taken back, if that is what it does.
    """

    instance: ProcessInstance
    source: ProcessDefinition
    target: ProcessDefinition | None
    plan: Plan
    givens: dict[str, Value]
    reverts: HistoryEvent | None = None


def move_to(instance: ProcessInstance, target: ProcessDefinition, *, on: date) -> Move:
    """The move of the case to the version `target`."""
    givens = _givens(instance, target)
    obstacle = _obstacle(instance, target)
    if obstacle:
        return Move(instance, instance.definition, target, Plan(obstacle), givens)
    found = plan(program_of(target), givens, _done(course_of(events_of(instance)), instance))
    return Move(instance, instance.definition, target, _performable(found, target, on), givens)


def move_back(instance: ProcessInstance, *, on: date) -> Move:
    """The taking back of the latest move: the case as it stood before it, and what has been done since."""
    events = events_of(instance)
    course = course_of(events)
    if not course.moves:
        return Move(instance, instance.definition, None, Plan(_("Ärendet har inte flyttats mellan rutinens versioner.")), instance.givens)
    move = course.moves[-1]
    before = course_of(event for event in events if event.sequence < move.sequence)
    target = before.definition
    assert target is not None
    since = [event for event in events if event.sequence > move.sequence and event.kind in ENGINE_EVENTS]
    ended_by_the_move = instance.status == InstanceStatus.ENDED and not since
    if not ended_by_the_move and (obstacle := _closed(instance)):
        return Move(instance, instance.definition, target, Plan(obstacle), instance.givens, move)
    done = _done_before(before, course) + [_as_done(event) for event in since if _counts(event, course)]
    found = _nothing_lost(plan(program_of(target), instance.givens, done), move, target)
    return Move(instance, instance.definition, target, _performable(found, target, on), instance.givens, move)


def _done(course: Course, instance: ProcessInstance) -> list[Done]:
    """What counts today, after what an earlier move removed because its step did not exist in the version in force: it may exist again."""
    nodes = routine_of(instance.definition).nodes
    return [_as_done(event) for event in course.set_aside if event.node_id not in nodes] + [
        _as_counted(counted) for counted in course.counted
    ]


def _done_before(before: Course, now: Course) -> list[Done]:
    """What counted before a move, but for what has been done again since."""
    return [_as_counted(counted) for counted in before.counted if _counts(counted.event, now)]


def _counts(event: HistoryEvent, course: Course) -> bool:
    """It counts, or would but for a move."""
    known = {counted.event.sequence for counted in course.counted} | {old.sequence for old in course.set_aside}
    return event.sequence in known


def _as_done(event: HistoryEvent) -> Done:
    return Done(
        key=event.token,
        node_id=event.node_id,
        item=event.item,
        outcome=event.outcome,
        data=event.data,
        values=event.values,
        is_wait=event.kind == "WAIT_ENDED",
        sequence=event.sequence,
    )


def _as_counted(counted: Counted) -> Done:
    return replace(_as_done(counted.event), key=counted.completion.key, values=counted.completion.values)


def _givens(instance: ProcessInstance, target: ProcessDefinition) -> dict[str, Value]:
    """What the case was opened with, and lists that the new version takes from the county: nobody was ever asked for those."""
    givens = dict(instance.givens)
    for given in routine_of(target).givens.values():
        source, _colon, name = given.source.partition(":")
        members = target.county.lists.get(name)
        if source == "county" and given.variable not in givens and members:
            givens[given.variable] = list(members)
    return givens


def _obstacle(instance: ProcessInstance, target: ProcessDefinition) -> str:
    current = instance.definition
    if (current.county_id, current.key) != (target.county_id, target.key):
        return _("Ärendet följer en annan rutin, %(routine)s.") % {"routine": current.name}
    if current.pk == target.pk:
        return _("Ärendet följer redan version %(version)s.") % {"version": target.version}
    return _closed(instance)


def _closed(instance: ProcessInstance) -> str:
    return _("Ärendet är avslutat.") if instance.status in _OVER else ""


def _nothing_lost(found: Plan, move: HistoryEvent, target: ProcessDefinition) -> Plan:
    """Work done since the move must not be undone by taking it back."""
    lost = [drop for drop in _dropped(found) if drop.done.sequence > move.sequence]
    if not lost:
        return found
    names = {"move": move.definition.version, "back": target.version}
    steps = " ".join(f"{_step_name(drop, move.definition)}: {sentence_text(drop.reason)}" for drop in lost)
    return Plan(
        _("Sedan flytten till version %(move)s har steg gjorts som inte kan föras över till version %(back)s.") % names + f" {steps}"
    )


def _dropped(found: Plan) -> Iterable[Dropped]:
    return (*found.removed, *found.redo)


def _step_name(drop: Dropped, definition: ProcessDefinition) -> str:
    node = routine_of(definition).nodes.get(drop.done.node_id)
    return f"{node.number} {node.name}".strip() if node else drop.done.node_id


def _performable(found: Plan, target: ProcessDefinition, on: date) -> Plan:
    """The plan, unless nobody could do a step where the case would stand."""
    try:
        for token in found.open:
            performers_of(routine_of(target), token, county=target.county, on=on)
    except EngineFault as fault:
        return Plan(fault.reason)
    return found
