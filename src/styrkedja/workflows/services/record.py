"""Appending to a case's history, and making the open work items what the engine says they are. Used by the other services only."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection

from styrkedja.accounts.models import User
from styrkedja.core.process.engine import Execution, Token
from styrkedja.core.process.model import Node, Routine
from styrkedja.core.working_days import add_working_days
from styrkedja.organisations.selectors import Position, closed_days, lead_days
from styrkedja.ui.clock import day
from styrkedja.workflows.models import (
    EventKind,
    HistoryEvent,
    Incident,
    InstanceStatus,
    ItemState,
    NoticeKind,
    Offer,
    ProcessInstance,
    WorkItem,
)
from styrkedja.workflows.performers import all_performers
from styrkedja.workflows.selectors import open_tokens
from styrkedja.workflows.services.notices import notify_holders, settle_incidents


def append_event(
    *, actor: User | None, instance: ProcessInstance, kind: EventKind, at: datetime, function: str = "", **fields: Any
) -> HistoryEvent:
    """The next event of `instance`, whose row the caller holds locked."""
    event = append_uncounted_event(actor=actor, instance=instance, kind=kind, at=at, function=function, **fields)
    ProcessInstance.objects.filter(pk=instance.pk).update(last_sequence=instance.last_sequence)
    return event


def append_uncounted_event(
    *, actor: User | None, instance: ProcessInstance, kind: EventKind, at: datetime, function: str = "", **fields: Any
) -> HistoryEvent:
    """As `append_event`, for who calls `save_execution` afterwards, which stores the number that was given together with the rest."""
    instance.last_sequence += 1
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


def locked_instance(**which: object) -> ProcessInstance:
    """The one case that `which` (lookups) picks, as it stands, locked until the transaction ends; with version and county, but not the long
    source of the routine."""
    found = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition__county").defer("definition__source")
    return found.get(**which)


def locked_item(item_id: int) -> WorkItem:
    """The item as it stands, its case locked until the transaction ends. Whatever is read of the case afterwards can be trusted."""
    instance = locked_instance(items=item_id)
    item = WorkItem.objects.get(pk=item_id)
    item.instance = instance
    return item


def save_execution(
    *, actor: User | None, instance: ProcessInstance, execution: Execution, at: datetime, news: NoticeKind = NoticeKind.NEW_TASK
) -> None:
    """Stores the engine's state and opens and withdraws work items so that they are exactly its tokens.

    Those who may do the new ones, but for `actor`, are told `news`.
    """
    was_stopped = instance.status == InstanceStatus.INCIDENT
    instance.state = execution.dump()
    ended = execution.ended
    if ended is not None:
        instance.status, instance.end_event, instance.ended_at = InstanceStatus.ENDED, ended, at
    elif was_stopped:
        instance.status = InstanceStatus.RUNNING
    instance.save(update_fields=["state", "status", "end_event", "ended_at", "last_sequence"])
    if was_stopped:
        _resolve_incidents(instance, at=at)
    opened = _match_items(instance, execution, at=at)
    work = {item: offers for item, offers in opened.items() if not item.is_wait}
    if work:
        notify_holders(offered=work, kind=news, at=at, but=actor)


def _resolve_incidents(instance: ProcessInstance, *, at: datetime) -> None:
    """The case goes on: what stopped it is history."""
    if Incident.objects.filter(instance=instance, resolved_at__isnull=True).update(resolved_at=at):
        settle_incidents(instance, at=at)


def _match_items(instance: ProcessInstance, execution: Execution, *, at: datetime) -> dict[WorkItem, list[Position]]:
    """Answers the items that were opened, with the functions that they are offered to."""
    tokens = {token.key: token for token in execution.tokens()}
    standing = open_tokens(instance)
    if gone := standing - tokens.keys():
        close_items(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN, token__in=gone), state=ItemState.WITHDRAWN, at=at)
    new = [token for key, token in tokens.items() if key not in standing]
    return _open_items(instance, new, execution.program.routine, at=at) if new else {}


def _open_items(instance: ProcessInstance, tokens: list[Token], routine: Routine, *, at: datetime) -> dict[WorkItem, list[Position]]:
    county, on = instance.definition.county, day(at)
    numbers = {routine.nodes[token.node_id].number for token in tokens}
    times, closed = lead_days(county, instance.definition.key, steps=numbers), closed_days(county)
    offered: list[tuple[WorkItem, list[Position]]] = []
    for token, performers in zip(tokens, all_performers(routine, tokens, county=county, on=on), strict=True):
        node = routine.nodes[token.node_id]
        due_on = _due(token, node, days=times.get(node.number), closed=closed, on=on)
        item = _new_item(instance, token, node, performer=performers.label, due_on=due_on, at=at)
        offered.append((item, performers.positions))
    WorkItem.objects.bulk_create(item for item, _positions in offered)
    Offer.objects.bulk_create(
        Offer(item=item, body_id=body, function=function) for item, positions in offered for body, function in positions
    )
    return dict(offered)


def _new_item(instance: ProcessInstance, token: Token, node: Node, *, performer: str, due_on: date | None, at: datetime) -> WorkItem:
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
        performer=performer,
        opened_at=at,
        due_on=due_on,
        wakes_on=wakes_on,
        waiting_for=node.wait.reason if node.wait else "",
    )


def _due(token: Token, node: Node, *, days: int | None, closed: frozenset[date], on: date) -> date | None:
    """The date that the routine ties the step to, never a day that has passed; else the county's lead time; else none."""
    if node.step is None:
        return None
    if node.step.due:
        tied = date.fromisoformat(str(token.variables[node.step.due]))
        return max(on, add_working_days(tied, -node.step.due_before, closed=closed) if node.step.due_before else tied)
    return None if days is None else add_working_days(on, days, closed=closed)


def close_items(items: Iterable[WorkItem], *, state: ItemState, at: datetime) -> None:
    """The items leave the inbox: their offers and drafts go, word of them is settled, the rows stay. One statement, since every step does it."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"items": [item.pk for item in items], "state": state, "at": at})


_CLOSE = """
with closed as (update workflows_workitem set state = %(state)s, closed_at = %(at)s, version = version + 1 where id = any(%(items)s)),
    offers as (delete from workflows_offer where item_id = any(%(items)s)),
    drafts as (delete from workflows_draft where item_id = any(%(items)s))
update workflows_notice set read_at = %(at)s where item_id = any(%(items)s) and read_at is null
"""
