"""Work items: taken, left, handed over, rescheduled, watched; drafts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.work_items import (
    can_perform,
    check_hand_over,
    check_perform,
    check_release,
    check_reschedule,
    performing_position,
)
from styrkedja.core.working_days import closed_day_fault
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_refused
from styrkedja.organisations.selectors import acting_for, closed_days, is_coordinator, position_label, positions
from styrkedja.ui.clock import day
from styrkedja.workflows.models import Draft, EventKind, NoticeKind, WorkItem
from styrkedja.workflows.selectors import is_submitted, offers_of
from styrkedja.workflows.services.notices import notify_account
from styrkedja.workflows.services.record import append_event, locked_item
from styrkedja.workflows.services.refusals import about_item


def _record(
    item: WorkItem, kind: EventKind, *, actor: User, function: str, at: datetime, idempotency_key: UUID | None = None, **data: Any
) -> None:
    fields = {"token": item.token, "node_id": item.node_id, "number": item.number, "item": item.item, "data": data}
    fields["idempotency_key"] = idempotency_key
    append_event(instance=item.instance, kind=kind, at=at, actor=actor, function=function, **fields)
    payload = {"item": item.pk, "step": item.number, **data}
    object_id = str(item.instance_id)
    append(actor=actor, act=f"item.{kind.lower()}", object_type="instance", object_id=object_id, payload=payload, at=at, function=function)


@on_record_when_refused("item.claim_refused", about_item)
def claim(*, actor: User, item_id: int, at: datetime) -> WorkItem:
    """`actor` takes the item, so that others see that it is being worked on. Taking it twice is no fault."""
    item = locked_item(item_id)
    position = check_perform(item, acting_for=acting_for(actor, on=day(at)), offers=offers_of(item), positions=positions(actor, on=day(at)))
    if item.claimed_by_id == actor.pk:
        return item
    item.claimed_by, item.claimed_at, item.version = actor, at, item.version + 1
    item.save(update_fields=["claimed_by", "claimed_at", "version"])
    _record(item, EventKind.CLAIMED, actor=actor, function=position_label(position, on=day(at)), at=at)
    return item


@on_record_when_refused("item.release_refused", about_item)
def release(*, actor: User, item_id: int, at: datetime) -> WorkItem:
    """The item is free for every holder again. Drafts stay with those who wrote them."""
    item = locked_item(item_id)
    offers, mine = offers_of(item), positions(actor, on=day(at))
    check_release(item, user_id=actor.pk, offers=offers, positions=mine)
    position = performing_position(offers, mine)
    item.claimed_by, item.claimed_at, item.version = None, None, item.version + 1
    item.save(update_fields=["claimed_by", "claimed_at", "version"])
    _record(item, EventKind.RELEASED, actor=actor, function=position_label(position, on=day(at)) if position else "", at=at)
    return item


@on_record_when_refused("item.hand_over_refused", about_item)
def hand_over(*, actor: User, item_id: int, to: User, reason: str, at: datetime, idempotency_key: UUID | None = None) -> WorkItem:
    """The item is taken by `to` instead, who must be able to do it. The same `idempotency_key` again does nothing."""
    item = locked_item(item_id)
    if idempotency_key and is_submitted(idempotency_key):
        return item
    offers, mine = offers_of(item), positions(actor, on=day(at))
    position = performing_position(offers, mine)
    theirs = positions(to, on=day(at))
    check_hand_over(item, giver_may=position is not None, receiver=theirs, offers=offers)
    item.claimed_by, item.claimed_at, item.version = to, at, item.version + 1
    item.save(update_fields=["claimed_by", "claimed_at", "version"])
    label = position_label(position, on=day(at)) if position else ""
    _record(item, EventKind.HANDED_OVER, actor=actor, function=label, at=at, idempotency_key=idempotency_key, to=to.username, reason=reason)
    if to.pk != actor.pk:
        notify_account(account=to, item=item, kind=NoticeKind.HANDED_OVER, at=at)
    return item


@on_record_when_refused("item.due_change_refused", about_item)
def change_due(*, actor: User, item_id: int, due_on: date, reason: str, at: datetime, idempotency_key: UUID | None = None) -> WorkItem:
    """A new date for the step in this case, with its reason: a working day of the county. The same date, or the same `idempotency_key` again, changes
    nothing."""
    item = locked_item(item_id)
    if idempotency_key and is_submitted(idempotency_key):
        return item
    _check_reschedule(item, actor=actor, at=at)
    if not reason.strip():
        raise Refused(_("Ange varför datumet ändras."))
    if item.due_on == due_on:
        return item
    if fault := closed_day_fault(due_on, today=day(at), closed=closed_days(item.instance.definition.county)):
        raise Refused(fault)
    before, item.due_on, item.version = item.due_on, due_on, item.version + 1
    item.reminded_at = item.escalated_at = None
    item.save(update_fields=["due_on", "version", "reminded_at", "escalated_at"])
    change = {"before": str(before) if before else "", "after": due_on.isoformat(), "reason": reason}
    _record(item, EventKind.DUE_CHANGED, actor=actor, function="", at=at, idempotency_key=idempotency_key, **change)
    return item


@on_record_when_refused("item.follow_up_refused", about_item)
def set_follow_up(*, actor: User, item_id: int, follow_up_on: date | None, at: datetime, idempotency_key: UUID | None = None) -> WorkItem:
    """A date on which somebody wants to look at the step again; None takes it away. The same date, or the same `idempotency_key` again, changes
    nothing."""
    item = locked_item(item_id)
    if idempotency_key and is_submitted(idempotency_key):
        return item
    _check_reschedule(item, actor=actor, at=at)
    if item.follow_up_on == follow_up_on:
        return item
    item.follow_up_on, item.followed_up_at = follow_up_on, None
    item.save(update_fields=["follow_up_on", "followed_up_at"])
    on = str(follow_up_on) if follow_up_on else ""
    _record(item, EventKind.FOLLOW_UP_SET, actor=actor, function="", at=at, idempotency_key=idempotency_key, follow_up_on=on)
    return item


def _check_reschedule(item: WorkItem, *, actor: User, at: datetime) -> None:
    mine = positions(actor, on=day(at))
    may_perform = can_perform(item, acting_for=acting_for(actor, on=day(at)), offers=offers_of(item), positions=mine)
    coordinator = is_coordinator(actor, item.instance.definition.county, on=day(at))
    check_reschedule(item, is_coordinator=coordinator, may_perform=may_perform)


@transaction.atomic
def save_draft(*, actor: User, item_id: int, data: Mapping[str, Any], at: datetime) -> Draft:
    """Keeps what `actor` has typed so far. No ledger entry: nothing has been done yet."""
    item = locked_item(item_id)
    check_perform(item, acting_for=acting_for(actor, on=day(at)), offers=offers_of(item), positions=positions(actor, on=day(at)))
    draft, _made = Draft.objects.update_or_create(item=item, account=actor, defaults={"data": dict(data), "saved_at": at})
    return draft
