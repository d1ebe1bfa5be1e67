"""What the calendar does to running cases: waits end, tasks of those who have left are freed, performers are reminded, lateness is told, watched
steps come up again.

Run several times an hour. Every item is handled in a transaction of its own and at most once; one that fails is logged and stops no other.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.core.process.engine import EngineFault, TokenNotOpen
from styrkedja.ledger.services import append
from styrkedja.organisations.selectors import Position, holders_by_position, position_label, positions
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, NoticeKind, WorkItem
from styrkedja.workflows.planning import Planning
from styrkedja.workflows.selectors import escalations_due, follow_ups_due, lapsed_claims, offers_of, reminders_due, waits_due
from styrkedja.workflows.services.notices import notify_account, notify_coordinators, notify_holders, notify_performers
from styrkedja.workflows.services.record import append_event, locked_item
from styrkedja.workflows.services.running import end_wait, raise_incident

logger = logging.getLogger(__name__)


def end_due_waits(*, at: datetime) -> int:
    """Ends the waits whose date has come; answers how many. A case that cannot go on from there gets an incident that says why."""
    return _each(waits_due(on=day(at)).values_list("pk", flat=True), _end_wait, at)


def free_lapsed_claims(*, at: datetime) -> int:
    """Frees the items whose taker may not do them any more, and tells those who may; answers how many. Nothing is stuck with one who has left."""
    return _each(lapsed_claims(on=day(at)), _free, at)


def remind_performers(*, at: datetime) -> int:
    """Reminds, once for each due date, those who are to do a step; answers how many steps."""
    return _each(reminders_due(on=day(at)), _remind, at)


def escalate_late_items(*, at: datetime) -> int:
    """Tells, once for each due date, the function that the county has named, else its coordinators; answers of how many steps."""
    return _each(escalations_due(on=day(at)), _escalate, at)


def bring_up_follow_ups(*, at: datetime) -> int:
    """Tells those who set a follow-up date that it has come; answers of how many steps."""
    return _each(follow_ups_due(on=day(at)).values_list("pk", flat=True), _bring_up, at)


def _each(item_ids: Iterable[int], act: Callable[[int, datetime], bool], at: datetime) -> int:
    done = 0
    for item_id in list(item_ids):
        try:
            done += act(item_id, at)
        except Exception:
            logger.exception("%s failed for work item %s; the others go on", act.__name__.strip("_"), item_id)
    return done


def _end_wait(item_id: int, at: datetime) -> bool:
    try:
        return end_wait(actor=None, item_id=item_id, at=at)
    except (EngineFault, TokenNotOpen) as fault:
        item = WorkItem.objects.get(pk=item_id)
        reason = fault.reason if isinstance(fault, EngineFault) else "Väntan är inte öppen i rutinen."
        raise_incident(actor=None, instance_id=item.instance_id, token=item.token, reason=reason, at=at)
        return False


@transaction.atomic
def _free(item_id: int, at: datetime) -> bool:
    item = locked_item(item_id)
    taker = item.claimed_by
    if item.state != ItemState.OPEN or taker is None or offers_of(item) & positions(taker, on=day(at)):
        return False
    item.claimed_by, item.claimed_at, item.version = None, None, item.version + 1
    item.save(update_fields=["claimed_by", "claimed_at", "version"])
    reason = "Den som hade tagit uppgiften kan inte längre utföra den."
    _record(item, EventKind.RELEASED, at=at, taken_by=taker.username, reason=reason)
    if not item.is_wait:
        notify_performers(item=item, kind=NoticeKind.NEW_TASK, at=at)
    return True


@transaction.atomic
def _remind(item_id: int, at: datetime) -> bool:
    item = locked_item(item_id)
    if not _planning(item).should_remind(item, on=day(at)):
        return False
    item.reminded_at = at
    item.save(update_fields=["reminded_at"])
    _record(item, EventKind.REMINDED, at=at, due_on=str(item.due_on))
    notify_performers(item=item, kind=NoticeKind.REMINDER, at=at)
    return True


@transaction.atomic
def _escalate(item_id: int, at: datetime) -> bool:
    item = locked_item(item_id)
    planning = _planning(item)
    if not planning.should_escalate(item, on=day(at)):
        return False
    item.escalated_at = at
    item.save(update_fields=["escalated_at"])
    _record(item, EventKind.ESCALATED, at=at, due_on=str(item.due_on), to=_tell_of_lateness(item, planning.escalate_to(item.number), at))
    return True


def _tell_of_lateness(item: WorkItem, position: Position | None, at: datetime) -> str:
    """Answers whom: the named function, or the coordinators where none is named or nobody holds it."""
    if position is not None and holders_by_position([position], on=day(at)):
        notify_holders(offered={item: [position]}, kind=NoticeKind.ESCALATION, at=at)
        return position_label(position, on=day(at))
    county = item.instance.definition.county
    if not notify_coordinators(county=county, instance=item.instance, item=item, kind=NoticeKind.ESCALATION, at=at):
        logger.warning("nobody coordinates in %s: work item %s is late and there is nobody to tell", county.key, item.pk)
    return f"Samordnare, {county.name}"


@transaction.atomic
def _bring_up(item_id: int, at: datetime) -> bool:
    item = locked_item(item_id)
    if item.state != ItemState.OPEN or item.follow_up_on is None or item.follow_up_on > day(at) or item.followed_up_at is not None:
        return False
    item.followed_up_at = at
    item.save(update_fields=["followed_up_at"])
    watcher = _watcher(item)
    if watcher is not None:
        notify_account(account=watcher, item=item, kind=NoticeKind.FOLLOW_UP, at=at)
    else:
        notify_performers(item=item, kind=NoticeKind.FOLLOW_UP, at=at)
    return True


def _watcher(item: WorkItem) -> User | None:
    """Who set the date; None when that account is closed."""
    events = HistoryEvent.objects.filter(instance=item.instance, kind=EventKind.FOLLOW_UP_SET, token=item.token, account__is_active=True)
    latest = events.order_by("-sequence").select_related("account").first()
    return latest.account if latest else None


def _planning(item: WorkItem) -> Planning:
    definition = item.instance.definition
    return Planning(definition.county, definition.key)


def _record(item: WorkItem, kind: EventKind, *, at: datetime, **data: str) -> None:
    fields = {"token": item.token, "node_id": item.node_id, "number": item.number, "item": item.item, "data": data}
    append_event(actor=None, instance=item.instance, kind=kind, at=at, **fields)
    payload = {"item": item.pk, "step": item.number, **data}
    append(actor=None, act=f"item.{kind.lower()}", object_type="instance", object_id=str(item.instance_id), payload=payload, at=at)
