"""What a body has to do, where it meets and what it has decided: the parts of its page that the structure itself cannot know.

The structure lies below cases, steps and decisions, so the page is put together here, at the top, of what each floor answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.selectors import visible_to
from styrkedja.decisions.models import Decision
from styrkedja.decisions.selectors import decisions_of
from styrkedja.organisations.models import Body
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, HistoryEvent, InstanceStatus, ItemState, Offer, WorkItem

MOST_ITEMS = 25
MOST_DECISIONS = 10
GOING_ON = (InstanceStatus.RUNNING, InstanceStatus.INCIDENT)
_HEAVY = ("instance__state", "instance__givens", "instance__case__search", "instance__case__public_search")


@dataclass(frozen=True)
class Work:
    """The most urgent of the open items that the body may do, and how many there are in all."""

    items: Sequence[WorkItem]
    total: int


@dataclass(frozen=True)
class ComingMeeting:
    """A day on which the body takes up cases that have been put on its agenda."""

    on: date
    cases: Sequence[Case]


def open_work(user: User, body: Body, *, at: datetime) -> Work:
    """The open steps offered to `body` in cases that `user` may read, most urgent first. Waits are not work."""
    cases = visible_to(user, on=day(at)).order_by().values("instance")
    offered = Offer.objects.filter(body=body).values("item")
    found = WorkItem.objects.filter(pk__in=offered, state=ItemState.OPEN, is_wait=False, instance__in=cases)
    shown = found.select_related("instance__case__county", "claimed_by").defer(*_HEAVY)
    return Work(list(shown.order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")[:MOST_ITEMS]), found.count())


def cases_of_group(user: User, group: Body, *, at: datetime) -> list[Case]:
    """The cases going on that made or took up the working group, among those that `user` may read: they may come back to it."""
    made = HistoryEvent.objects.filter(instance__status__in=GOING_ON, kind=EventKind.COMPLETED, data__group=group.key)
    return list(visible_to(user, on=day(at)).filter(instance__in=made.values("instance")).select_related("county").order_by("pk"))


def coming_meetings(user: User, body: Body, *, at: datetime) -> list[ComingMeeting]:
    """The days, from today on, on which the body meets about cases that wait for it: the latest day that each was put on the agenda for."""
    waiting = Offer.objects.filter(body=body, item__state=ItemState.OPEN).values("item__instance")
    cases = visible_to(user, on=day(at)).filter(instance__in=waiting).select_related("county")
    by_instance = {case.instance_id: case for case in cases}
    meetings: dict[date, list[Case]] = {}
    for instance, on in _agreed_days(by_instance).items():
        if on >= day(at):
            meetings.setdefault(on, []).append(by_instance[instance])
    return [ComingMeeting(on, sorted(meetings[on], key=lambda case: case.pk)) for on in sorted(meetings)]


def _agreed_days(instances: Iterable[int]) -> dict[int, date]:
    """For each instance that has been put on an agenda, the day that was said last."""
    told = HistoryEvent.objects.filter(instance__in=list(instances), kind=EventKind.COMPLETED, data__has_key="meeting_on")
    said = told.order_by("sequence").values_list("instance_id", "data__meeting_on")
    return {instance: date.fromisoformat(text) for instance, text in said if text}


def latest_decisions(user: User, body: Body, *, on: date, today: date) -> list[Decision]:
    """What the body had decided and recommended by the day `on`, the latest first."""
    return list(decisions_of(user, body, on=today).filter(decided_on__lte=on)[:MOST_DECISIONS])
