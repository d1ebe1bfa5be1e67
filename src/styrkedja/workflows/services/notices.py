"""Telling people. Notices are made by the other services, in the transaction of what they tell of; the mail goes out afterwards (mailing)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import Position, coordinating_positions, holders_by_position, substitutes_of
from styrkedja.ui.clock import day
from styrkedja.workflows.models import Notice, NoticeKind, ProcessInstance, WorkItem
from styrkedja.workflows.services.jobs import enqueue

SEND_MAIL = "send_mail"


def notify_holders(*, offered: Mapping[WorkItem, Collection[Position]], kind: NoticeKind, at: datetime, but: User | None = None) -> None:
    """Tells the holders of the functions that each item is offered to, and their substitutes; `but` one, who has just acted."""
    holders = holders_by_position({position for positions in offered.values() for position in positions}, on=day(at))
    told = {(user, item) for item, positions in offered.items() for position in positions for user in holders.get(position, ())}
    _tell({(user, item.instance, item) for user, item in told if but is None or user.pk != but.pk}, kind, at)


def notify_performers(*, item: WorkItem, kind: NoticeKind, at: datetime) -> None:
    """Tells the one who has taken the item (and substitutes), or while it is free everybody who may take it."""
    if item.claimed_by is not None:
        notify_account(account=item.claimed_by, item=item, kind=kind, at=at)
    else:
        notify_holders(offered={item: list(item.offers.values_list("body_id", "function"))}, kind=kind, at=at)


def notify_account(*, account: User, item: WorkItem, kind: NoticeKind, at: datetime) -> None:
    """Tells one person, and whoever stands in for that person today."""
    users = [account, *substitutes_of([account.pk], on=day(at)).get(account.pk, ())]
    _tell({(user, item.instance, item) for user in users if user.is_active}, kind, at)


def notify_coordinators(*, county: County, instance: ProcessInstance, item: WorkItem | None, kind: NoticeKind, at: datetime) -> int:
    """Tells those who coordinate in the county; answers how many they are."""
    holders = holders_by_position(coordinating_positions(county, on=day(at)), on=day(at))
    users = {user for found in holders.values() for user in found}
    _tell({(user, instance, item) for user in users}, kind, at)
    return len(users)


def _tell(rows: Iterable[tuple[User, ProcessInstance, WorkItem | None]], kind: NoticeKind, at: datetime) -> None:
    notices = [
        Notice(account=user, kind=kind, instance=instance, item=item, created_at=at, by_mail=bool(user.wants_email and user.email))
        for user, instance, item in sorted(rows, key=lambda row: (row[2].pk if row[2] else 0, row[0].pk))
    ]
    Notice.objects.bulk_create(notices)
    if any(notice.by_mail for notice in notices):
        enqueue(SEND_MAIL)


def settle_incidents(instance: ProcessInstance, *, at: datetime) -> None:
    """The case goes on again: word of its stop needs no more attention."""
    Notice.objects.filter(instance=instance, item__isnull=True, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def mark_read(*, actor: User, notice_ids: Iterable[int], at: datetime) -> int:
    """`actor` has seen those notices; others' are left alone. Answers how many were unread. Not an act in a case: no ledger entry."""
    return Notice.objects.filter(pk__in=list(notice_ids), account=actor, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def prune_notices(*, at: datetime) -> int:
    """Deletes notices that were settled long ago; the history of the case holds what happened."""
    before = at - timedelta(days=settings.NOTICE_DAYS)
    return Notice.objects.filter(created_at__lt=before, read_at__isnull=False).delete()[0]
