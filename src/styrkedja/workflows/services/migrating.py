"""Moving running cases to another version of their routine, and taking a move back. Always by replay of the history."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.routines import check_move_cases
from styrkedja.core.process.engine import EngineFault, replay
from styrkedja.core.process.migration import Plan
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import About, on_record_when_refused
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import coordinating_positions, is_coordinator, position_label, positions
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, HistoryEvent, InstanceStatus, ProcessDefinition, ProcessInstance
from styrkedja.workflows.moving import Move, move_back, move_to
from styrkedja.workflows.programs import program_of
from styrkedja.workflows.replaying import ENGINE_EVENTS
from styrkedja.workflows.services.carrying import carry_items
from styrkedja.workflows.services.record import append_event, save_execution


def preview(*, user: User | None, definition_to: ProcessDefinition, instances: Iterable[ProcessInstance], at: datetime) -> list[Move]:
    """What a move of each case would do; changes nothing. `user` is None for the operator at the command line. Raises Refused."""
    check_mover(user, definition_to.county, at=at)
    return [move_to(instance, definition_to, on=day(at)) for instance in instances]


def preview_revert(*, user: User | None, instances: Iterable[ProcessInstance], at: datetime) -> list[Move]:
    """What taking back the latest move of each case would do; changes nothing. Raises Refused."""
    found = list(instances)
    for county in {instance.definition.county for instance in found}:
        check_mover(user, county, at=at)
    return [move_back(instance, on=day(at)) for instance in found]


def _about_instance(named: Mapping[str, Any]) -> About:
    return About("instance", str(named["instance"].pk))


@on_record_when_refused("case.migration_refused", _about_instance)
def migrate(*, actor: User | None, instance: ProcessInstance, definition_to: ProcessDefinition, at: datetime) -> Move:
    """Moves the case to `definition_to`. Raises Refused, and then nothing has changed."""
    function = check_mover(actor, definition_to.county, at=at)
    locked = _locked(instance)
    return _carry_out(move_to(locked, definition_to, on=day(at)), actor=actor, function=function, at=at)


@on_record_when_refused("case.reversion_refused", _about_instance)
def revert(*, actor: User | None, instance: ProcessInstance, at: datetime) -> Move:
    """Takes the latest move of the case back: it stands as before the move, with what has been done since. Raises Refused, among other
    things when a step has been done since that the earlier version lacks."""
    function = check_mover(actor, instance.definition.county, at=at)
    return _carry_out(move_back(_locked(instance), on=day(at)), actor=actor, function=function, at=at)


def migrate_many(*, actor: User | None, instances: Iterable[ProcessInstance], definition_to: ProcessDefinition, at: datetime) -> list[Move]:
    """Moves the cases one by one, each in a transaction of its own, so that one that cannot be moved does not hold the others back.

    Answers what became of each; one that was left where it stood has the reason as its obstacle.
    """
    return [
        _one(one, definition_to, lambda one: migrate(actor=actor, instance=one, definition_to=definition_to, at=at)) for one in instances
    ]


def revert_many(*, actor: User | None, instances: Iterable[ProcessInstance], at: datetime) -> list[Move]:
    """Takes the latest move of each case back, each in a transaction of its own. Answers as `migrate_many`."""
    return [_one(one, None, lambda one: revert(actor=actor, instance=one, at=at)) for one in instances]


def _one(instance: ProcessInstance, target: ProcessDefinition | None, act: Callable[[ProcessInstance], Move]) -> Move:
    source, givens = instance.definition, instance.givens
    try:
        return act(instance)
    except (Refused, EngineFault) as refused:
        return Move(instance, source, target, Plan(refused.reason), givens)


def check_mover(user: User | None, county: County, *, at: datetime) -> str:
    """What the function is called in which `user` may move cases in the county. Raises Refused."""
    if user is None:
        return ""
    coordinates = is_coordinator(user, county, on=day(at))
    check_move_cases(is_coordinator=coordinates, is_administrator=user.is_administrator)
    held = positions(user, on=day(at)) & coordinating_positions(county, on=day(at))
    return position_label(min(held), on=day(at)) if held else ""


def _locked(instance: ProcessInstance) -> ProcessInstance:
    found = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition__county")
    return found.get(pk=instance.pk)


def _carry_out(move: Move, *, actor: User | None, function: str, at: datetime) -> Move:
    if move.target is None or move.plan.obstacle:
        raise Refused(move.plan.obstacle)
    instance = move.instance
    instance.definition, instance.givens = move.target, move.givens
    if instance.status == InstanceStatus.ENDED:
        instance.status, instance.end_event, instance.ended_at = InstanceStatus.RUNNING, "", None
    instance.save(update_fields=["definition", "givens"])
    data = _data(move)
    append_event(actor=actor, instance=instance, kind=EventKind.MIGRATED, at=at, function=function, data=data)
    execution = replay(program_of(move.target), move.givens, move.plan.completions)
    carry_items(actor=actor, instance=instance, routine=execution.program.routine, tokens=execution.tokens(), at=at)
    save_execution(actor=actor, instance=instance, execution=execution, at=at)
    payload = {name: data[name] for name in ("from", "to", "skipped")} | {"open": [token.key for token in execution.tokens()]}
    act = "case.reverted" if move.reverts else "case.migrated"
    append(actor=actor, act=act, object_type="instance", object_id=str(instance.pk), payload=payload, at=at, function=function)
    return move


def _data(move: Move) -> dict[str, object]:
    """What the history keeps of a move, enough to play the case again without planning it anew.

    `played` are the numbers of the events that count, in the order in which the new version plays them; `completions`, side by side with it, the
    token and the variables that the new version has of each; `skipped` the numbers of the events that do not count.
    """
    assert move.target is not None
    played = [kept.done.sequence for kept in move.plan.kept]
    done = (
        HistoryEvent.objects.filter(instance=move.instance, kind__in=ENGINE_EVENTS).order_by("sequence").values_list("sequence", flat=True)
    )
    data: dict[str, object] = {
        "from": move.source.version,
        "to": move.target.version,
        "skipped": [sequence for sequence in done if sequence not in played],
        "played": played,
        "completions": [[completion.key, dict(completion.values)] for completion in move.plan.completions],
    }
    return data | ({"reverts": move.reverts.sequence} if move.reverts else {})
