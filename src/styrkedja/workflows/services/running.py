"""A case starts, a step is done, a wait ends, a case is closed. Each is one transaction that locks the instance first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.work_items import Position, check_perform
from styrkedja.core.process.engine import EngineFault, Execution, Value
from styrkedja.core.process.model import Node
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_refused
from styrkedja.organisations.selectors import acting_for, functions_held
from styrkedja.ui.clock import day
from styrkedja.workflows.models import (
    EventKind,
    HistoryEvent,
    Incident,
    InstanceStatus,
    ItemState,
    NoticeKind,
    ProcessDefinition,
    ProcessInstance,
    WorkItem,
)
from styrkedja.workflows.programs import program_of
from styrkedja.workflows.selectors import is_submitted, offers_of
from styrkedja.workflows.services.notices import notify_coordinators
from styrkedja.workflows.services.record import (
    append_event,
    append_uncounted_event,
    close_items,
    locked_instance,
    locked_item,
    save_execution,
)
from styrkedja.workflows.services.refusals import about_item


@dataclass(frozen=True)
class Acting:
    """The function in which an act is done, and what it is called."""

    position: Position
    label: str


class AlreadySubmitted(Exception):
    """The same form was sent before and was carried out then; nothing happened now."""

    def __init__(self, event: HistoryEvent) -> None:
        super().__init__(str(event.pk))
        self.event = event


class StaleItem(Exception):
    """Somebody was there first: the item has been done or changed since the page was drawn. Nothing happened."""

    def __init__(self, item: WorkItem) -> None:
        super().__init__(str(item.pk))
        self.item = item


@transaction.atomic
def start_instance(
    *, actor: User, definition: ProcessDefinition, givens: Mapping[str, Value], at: datetime, idempotency_key: UUID | None = None
) -> ProcessInstance:
    """Opens a case's way through `definition`. `givens` must hold every variable that the routine asks for.

    Raises EngineFault, or AlreadySubmitted when the same form was sent before.
    """
    sent = HistoryEvent.objects.filter(idempotency_key=idempotency_key).first() if idempotency_key else None
    if sent is not None:
        raise AlreadySubmitted(sent)
    values = _all_givens(definition, givens)
    instance = ProcessInstance.objects.create(definition=definition, givens=values, state="", started_at=at)
    append_uncounted_event(instance=instance, kind=EventKind.STARTED, at=at, actor=actor, values=values, idempotency_key=idempotency_key)
    save_execution(actor=actor, instance=instance, execution=Execution.start(program_of(definition), values), at=at)
    return instance


def _all_givens(definition: ProcessDefinition, givens: Mapping[str, Value]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for given in program_of(definition).routine.givens.values():
        source, _colon, name = given.source.partition(":")
        value = definition.county.lists.get(name) if source == "county" else givens.get(given.variable)
        if value is None or value == []:
            raise EngineFault(f"Uppgiften ”{given.name or given.variable}” saknas när ärendet öppnas.")
        values[given.variable] = value
    return values


def lock_for_completion(*, actor: User, item_id: int, version: int, idempotency_key: UUID | None, at: datetime) -> tuple[WorkItem, Acting]:
    """Locks the case and answers the item and the function in which `actor` may do it. Must run inside the transaction that completes it.

    Raises AlreadySubmitted (same key), StaleItem (done or changed meanwhile) or Refused (not a holder).
    """
    item = locked_item(item_id)
    if idempotency_key and is_submitted(idempotency_key):
        raise AlreadySubmitted(HistoryEvent.objects.get(idempotency_key=idempotency_key))
    if item.state != ItemState.OPEN or item.version != version:
        raise StaleItem(item)
    if item.instance.status in {InstanceStatus.ENDED, InstanceStatus.CLOSED}:
        raise StaleItem(item)
    return item, _acting(actor, item, at=at)


def _acting(actor: User, item: WorkItem, *, at: datetime) -> Acting:
    """In which function `actor` may do the item. Raises Refused."""
    held = functions_held(actor, on=day(at))
    position = check_perform(item, acting_for=acting_for(actor, on=day(at)), offers=offers_of(item), positions=held.keys())
    return Acting(position, held[position])


def complete_work_item(
    *,
    actor: User,
    item: WorkItem,
    function: str,
    outcome: str,
    data: Mapping[str, Any],
    at: datetime,
    idempotency_key: UUID | None = None,
) -> HistoryEvent:
    """Ends the step of a locked `item` with validated `data` and lets the routine run on. Raises EngineFault, and then nothing is kept."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("complete_work_item must run inside the transaction that locked the item")
    instance = item.instance
    execution = Execution.load(program_of(instance.definition), instance.state)
    node = execution.program.routine.nodes[item.node_id]
    values = values_of(node, outcome, data)
    execution.complete(item.token, values)
    event = append_uncounted_event(
        instance=instance,
        kind=EventKind.COMPLETED,
        at=at,
        actor=actor,
        function=function,
        token=item.token,
        node_id=item.node_id,
        number=item.number,
        item=item.item,
        outcome=outcome,
        values=values,
        data=dict(data),
        idempotency_key=idempotency_key,
    )
    close_items([item], state=ItemState.DONE, at=at)
    save_execution(actor=actor, instance=instance, execution=execution, at=at)
    payload = {"item": item.pk, "step": item.number, "name": item.name, "outcome": outcome, "data": dict(data)}
    append(actor=actor, act="step.completed", object_type="instance", object_id=str(instance.pk), payload=payload, at=at, function=function)
    return event


def values_of(node: Node, outcome: str, data: Mapping[str, Any]) -> dict[str, Value]:
    """The variables that the step leaves to the routine. Raises EngineFault when a declared one has no value."""
    step = node.step
    assert step is not None
    if step.outcomes and outcome not in {option.value for option in step.outcomes}:
        raise EngineFault(f"Steg {step.number} måste avslutas med ett av sina utfall.")
    values: dict[str, Value] = {}
    for assignment in step.assignments:
        source, _colon, field = assignment.source.partition(":")
        value = outcome if source == "outcome" else data.get(field)
        if value is None or value in ("", []):
            raise EngineFault(f"Steg {step.number} saknar uppgiften {field or 'utfall'}, som rutinen behöver för att gå vidare.")
        values[assignment.variable] = value
    return values


@on_record_when_refused("wait.end_refused", about_item)
def end_wait(*, actor: User | None, item_id: int, at: datetime, reason: str = "") -> bool:
    """Ends a wait: the job worker on its date (`actor` None), or earlier a holder of the role, with a reason. False if it had ended already."""
    item = locked_item(item_id)
    instance = item.instance
    if item.state != ItemState.OPEN or not item.is_wait:
        return False
    function = ""
    if actor is not None:
        if not reason.strip():
            raise Refused(_("Ange varför väntan avslutas i förtid."))
        function = _acting(actor, item, at=at).label
    elif item.wakes_on is None or item.wakes_on > day(at):
        return False
    execution = Execution.load(program_of(instance.definition), instance.state)
    execution.complete(item.token, {})
    fields = {"token": item.token, "node_id": item.node_id, "number": item.number, "data": {"reason": reason} if reason else {}}
    append_uncounted_event(instance=instance, kind=EventKind.WAIT_ENDED, at=at, actor=actor, function=function, **fields)
    close_items([item], state=ItemState.DONE, at=at)
    save_execution(actor=actor, instance=instance, execution=execution, at=at, news=NoticeKind.WAIT_ENDED)
    payload = {"item": item.pk, "step": item.number, "reason": reason}
    append(actor=actor, act="wait.ended", object_type="instance", object_id=str(instance.pk), payload=payload, at=at, function=function)
    return True


@transaction.atomic
def close_instance(*, actor: User, instance_id: int, reason: str, function: str, at: datetime) -> ProcessInstance:
    """Writes the case off where it stands. The caller has checked that `actor` may."""
    instance = locked_instance(pk=instance_id)
    if not reason.strip():
        raise Refused(_("Ange varför ärendet avskrivs."))
    if instance.status in {InstanceStatus.ENDED, InstanceStatus.CLOSED}:
        raise Refused(_("Ärendet är redan avslutat."))
    append_event(instance=instance, kind=EventKind.CLOSED, at=at, actor=actor, function=function, data={"reason": reason})
    close_items(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN), state=ItemState.WITHDRAWN, at=at)
    instance.status, instance.ended_at = InstanceStatus.CLOSED, at
    instance.save(update_fields=["status", "ended_at"])
    payload = {"reason": reason}
    append(actor=actor, act="case.closed", object_type="instance", object_id=str(instance.pk), payload=payload, at=at, function=function)
    return instance


@transaction.atomic
def raise_incident(*, actor: User | None, instance_id: int, token: str, reason: str, at: datetime) -> Incident:
    """Records that the routine could not go on. The case stands as before the step and the step may be tried again."""
    instance = locked_instance(pk=instance_id)
    instance.status = InstanceStatus.INCIDENT
    instance.save(update_fields=["status"])
    append_event(instance=instance, kind=EventKind.INCIDENT, at=at, actor=actor, token=token, data={"reason": reason})
    payload = {"token": token, "reason": reason}
    append(actor=actor, act="incident.raised", object_type="instance", object_id=str(instance.pk), payload=payload, at=at)
    notify_coordinators(county=instance.definition.county, instance=instance, item=None, kind=NoticeKind.INCIDENT, at=at)
    return Incident.objects.create(instance=instance, at=at, token=token, reason=reason)
