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
from styrkedja.organisations.selectors import held_functions, positions
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
_SHOWN = (
    *("node_id", "number", "name", "state", "is_wait", "performer", "opened_at", "due_on", "wakes_on", "waiting_for"),
    *("claimed_by__name", "claimed_by__username", "instance__definition_id"),
    *("instance__case__number", "instance__case__registry_number", "instance__case__subject", "instance__case__county__key"),
)


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


def my_bodies(user: User, *, at: datetime) -> dict[int, str]:
    """The bodies in which `user` may act today: their keys in the database, with what they are called."""
    return {held.body_id: held.body_name for held in held_functions(user, on=day(at))}


def items_by_pk(pks: Sequence[int]) -> list[WorkItem]:
    """Those items with their cases, in that order: as much of them as a row shows, since most of the page's cost is to make rows of what is read."""
    found = WorkItem.objects.filter(pk__in=pks).select_related("instance__case__county", "claimed_by").only(*_SHOWN).in_bulk()
    return [found[pk] for pk in pks if pk in found]


def waiting_on_others(user: User, mine: Iterable[int], *, cases: QuerySet[Case]) -> list[Waiting]:
    """The running ones of `cases` that `user` last took part in and where somebody else must act, longest waiting first.

    "Last" means the latest RECENT_ACTS acts: all that a busy registrar has ever touched would be most of the county's cases.
    """
    acts = HistoryEvent.objects.filter(account=user).order_by("-pk").values_list("instance_id", flat=True)[:RECENT_ACTS]
    running = cases.filter(instance__status=InstanceStatus.RUNNING, instance__in=set(acts)).order_by().values("instance")
    found = WorkItem.objects.filter(instance__in=running, state=ItemState.OPEN).order_by("opened_at", "pk")
    own, by_instance = set(mine), {}
    for instance, pk in found.values_list("instance_id", "pk"):
        by_instance.setdefault(instance, []).append(pk)
    chosen = [pks for pks in by_instance.values() if own.isdisjoint(pks)][:MOST_WAITING]
    items = {item.pk: item for item in items_by_pk([pk for pks in chosen for pk in pks])}
    return [Waiting(items[pks[0]].instance, [items[pk] for pk in pks]) for pks in chosen]
