"""Appending to a case's history, and making the open work items what the engine says they are. Used by the other services only."""

from datetime import date, datetime
from typing import Any

from django.db.models import F

from styrkedja.accounts.models import User
from styrkedja.core.process.engine import Execution, Token
from styrkedja.core.process.model import Node, Routine
from styrkedja.core.working_days import add_working_days
from styrkedja.organisations.models import LeadTime
from styrkedja.organisations.selectors import Position, closed_days, lead_times
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, HistoryEvent, InstanceStatus, ItemState, NoticeKind, Offer, ProcessInstance, WorkItem
from styrkedja.workflows.performers import Performers, resolve
from styrkedja.workflows.services.notices import notify_holders, settle_item


def append_event(
    *, actor: User | None, instance: ProcessInstance, kind: EventKind, at: datetime, function: str = "", **fields: Any
) -> HistoryEvent:
    """The next event of `instance`, whose row the caller holds locked."""
    instance.last_sequence += 1
    ProcessInstance.objects.filter(pk=instance.pk).update(last_sequence=F("last_sequence") + 1)
    return HistoryEvent.objects.create(
        instance=instance,
        sequence=instance.last_sequence,
        kind=kind,
        definition_id=instance.definition_id,
        at=at,
        account=actor,
        function=function,
        **fields,
    )


def locked_item(item_id: int) -> WorkItem:
    """The item as it stands, its case locked until the transaction ends."""
    item = WorkItem.objects.get(pk=item_id)
    instance = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition__county").get(pk=item.instance_id)
    item.refresh_from_db()
    item.instance = instance
    return item


def save_execution(
    *, actor: User | None, instance: ProcessInstance, execution: Execution, at: datetime, news: NoticeKind = NoticeKind.NEW_TASK
) -> None:
    """Stores the engine's state and opens and withdraws work items so that they are exactly its tokens.

    Those who may do the new ones, but for `actor`, are told `news`.
    """
    instance.state = execution.dump()
    ended = execution.ended
    if ended is not None:
        instance.status, instance.end_event, instance.ended_at = InstanceStatus.ENDED, ended, at
    elif instance.status == InstanceStatus.INCIDENT:
        instance.status = InstanceStatus.RUNNING
    instance.save(update_fields=["state", "status", "end_event", "ended_at"])
    opened = _match_items(instance, execution, at=at)
    work = {item: offers for item, offers in opened.items() if not item.is_wait}
    if work:
        notify_holders(offered=work, kind=news, at=at, but=actor)


def _match_items(instance: ProcessInstance, execution: Execution, *, at: datetime) -> dict[WorkItem, list[Position]]:
    """Answers the items that were opened, with the functions that they are offered to."""
    tokens = {token.key: token for token in execution.tokens()}
    open_items = {item.token: item for item in WorkItem.objects.filter(instance=instance, state=ItemState.OPEN)}
    for key in open_items.keys() - tokens.keys():
        close_item(open_items[key], state=ItemState.WITHDRAWN, at=at)
    new = [token for key, token in tokens.items() if key not in open_items]
    return _open_items(instance, new, execution.program.routine, at=at) if new else {}


def _open_items(instance: ProcessInstance, tokens: list[Token], routine: Routine, *, at: datetime) -> dict[WorkItem, list[Position]]:
    county = instance.definition.county
    times = lead_times(county, instance.definition.key)
    closed = closed_days(county)
    offered: list[tuple[WorkItem, list[Position]]] = []
    for token in tokens:
        node = routine.nodes[token.node_id]
        role = routine.roles[(node.step or node.wait).role]  # type: ignore[union-attr]
        performers = resolve(routine, token, role=role, county=county, on=day(at))
        item = _new_item(instance, token, node, performers, time=times.get(node.number), closed=closed, at=at)
        offered.append((item, [(body.pk, function) for body in performers.bodies for function in performers.functions]))
    WorkItem.objects.bulk_create(item for item, _positions in offered)
    Offer.objects.bulk_create(
        Offer(item=item, body_id=body, function=function) for item, positions in offered for body, function in positions
    )
    return dict(offered)


def _new_item(
    instance: ProcessInstance, token: Token, node: Node, performers: Performers, *, time: LeadTime | None, closed: frozenset[Any], at: datetime
) -> WorkItem:
    wakes_on = str(token.variables[node.wait.until]) if node.wait else None
    return WorkItem(
        instance=instance,
        token=token.key,
        node_id=node.id,
        number=node.number,
        name=node.name,
        kind=node.step.kind if node.step else "wait",
        item=token.item,
        is_wait=node.wait is not None,
        performer=performers.label,
        opened_at=at,
        due_on=_due(token, node, time=time, closed=closed, on=day(at)),
        wakes_on=wakes_on,
        waiting_for=node.wait.reason if node.wait else "",
    )


def _due(token: Token, node: Node, *, time: LeadTime | None, closed: frozenset[date], on: date) -> date | None:
    """The date that the routine ties the step to, never a day that has passed; else the county's lead time; else none."""
    if node.step is None:
        return None
    if node.step.due:
        tied = date.fromisoformat(str(token.variables[node.step.due]))
        return max(on, add_working_days(tied, -node.step.due_before, closed=closed) if node.step.due_before else tied)
    return add_working_days(on, time.working_days, closed=closed) if time else None


def close_item(item: WorkItem, *, state: ItemState, at: datetime) -> None:
    """The item leaves the inbox: its offers and drafts go, word of it is settled, the row stays."""
    item.state, item.closed_at, item.version = state, at, item.version + 1
    item.save(update_fields=["state", "closed_at", "version", "claimed_by"])
    item.offers.all().delete()
    item.drafts.all().delete()
    settle_item(item, at=at)
