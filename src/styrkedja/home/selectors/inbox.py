"""What one person has to do: read once as light rows, from which figures, filters and the page are taken.

Only open items are read, so the cost follows the person's open work and never what has been done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.selectors import text_query
from styrkedja.organisations.models import Body
from styrkedja.organisations.selectors import positions, seats_held
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, HistoryEvent, InstanceStatus, ItemState, ProcessInstance, WorkItem
from styrkedja.workflows.selectors import inbox, offered_to, taken_by_others

RECENT_ACTS = 200
MOST_WAITING = 10


class Light(NamedTuple):
    """An open item, as much of it as figures and filters need."""

    pk: int
    due_on: date | None
    number: str
    claimed_by_id: int | None
    instance_id: int


_LIGHT = Light._fields


@dataclass(frozen=True)
class Waiting:
    """A case in which the reader has taken part and that others must carry on."""

    instance: ProcessInstance
    items: Sequence[WorkItem]


def my_work(user: User, *, at: datetime) -> list[Light]:
    """All that `user` can do, most urgent first."""
    return [Light(*row) for row in inbox(user, at=at).values_list(*_LIGHT)]


def others_work(user: User, *, at: datetime) -> list[Light]:
    """What colleagues have taken that `user` too could have done."""
    return [Light(*row) for row in taken_by_others(user, at=at).values_list(*_LIGHT)]


def watched(user: User, *, cases: QuerySet[Case]) -> list[Light]:
    """Open items of `cases` that `user` will be reminded of, the nearest day first; others may be the ones to do them."""
    mine = HistoryEvent.objects.filter(instance=OuterRef("instance"), token=OuterRef("token"), kind=EventKind.FOLLOW_UP_SET, account=user)
    found = WorkItem.objects.filter(Exists(mine), state=ItemState.OPEN, follow_up_on__isnull=False, followed_up_at__isnull=True)
    return [
        Light(*row)
        for row in found.filter(instance__in=cases.order_by().values("instance")).order_by("follow_up_on", "pk").values_list(*_LIGHT)
    ]


def saying(items: Sequence[Light], text: str) -> list[Light]:
    """Those of the items whose case or step says `text`."""
    cases = Case.objects.filter(instance__in={item.instance_id for item in items}, search=text_query(text))
    in_case = set(cases.values_list("instance_id", flat=True))
    named = WorkItem.objects.filter(pk__in=[item.pk for item in items], name__icontains=text)
    in_name = set(named.values_list("pk", flat=True))
    return [item for item in items if item.instance_id in in_case or item.pk in in_name or item.number == text]


def of_body(user: User, body_id: int, *, at: datetime) -> set[int]:
    """The items that are offered to `user` in that body."""
    held = {position for position in positions(user, on=day(at)) if position[0] == body_id}
    return set(offered_to(held).values_list("item_id", flat=True))


def my_bodies(user: User, *, at: datetime) -> list[Body]:
    """The bodies in which `user` holds a function today."""
    return list({row.seat.body for row in seats_held(user, on=day(at))})


def items_by_pk(pks: Sequence[int]) -> list[WorkItem]:
    """Those items with their cases, in that order."""
    found = _with_cases(WorkItem.objects.filter(pk__in=pks)).in_bulk()
    return [found[pk] for pk in pks if pk in found]


def _with_cases(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """With the case, its county and who has taken the item; without what is large and not shown."""
    heavy = ("instance__state", "instance__givens", "instance__case__search", "instance__case__public_search")
    return items.select_related("instance__case__county", "claimed_by").defer(*heavy)


def waiting_on_others(user: User, mine: Iterable[int], *, cases: QuerySet[Case]) -> list[Waiting]:
    """The running ones of `cases` that `user` last took part in and where somebody else must act, longest waiting first.

    "Last" means the latest RECENT_ACTS acts: all that a busy registrar has ever touched would be most of the county's cases.
    """
    acts = HistoryEvent.objects.filter(account=user).order_by("-pk").values_list("instance_id", flat=True)[:RECENT_ACTS]
    running = cases.filter(instance__status=InstanceStatus.RUNNING, instance__in=set(acts))
    instances = set(running.order_by().values_list("instance_id", flat=True))
    found = _with_cases(WorkItem.objects.filter(instance__in=instances, state=ItemState.OPEN)).order_by("opened_at", "pk")
    own, by_instance = set(mine), {}
    for item in found:
        by_instance.setdefault(item.instance_id, []).append(item)
    rows = [Waiting(items[0].instance, items) for items in by_instance.values() if own.isdisjoint(item.pk for item in items)]
    return rows[:MOST_WAITING]
