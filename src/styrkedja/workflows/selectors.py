"""Reads of running cases: the inbox, what a case has answered so far, what waits for whom."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import Position, acting_for, positions
from styrkedja.ui.clock import day
from styrkedja.workflows.models import (
    Draft,
    EventKind,
    HistoryEvent,
    Incident,
    InstanceStatus,
    ItemState,
    Notice,
    Offer,
    ProcessDefinition,
    ProcessInstance,
    WorkItem,
)
from styrkedja.workflows.planning import Planning

ENGINE_EVENTS = (EventKind.COMPLETED, EventKind.WAIT_ENDED)


def offered_to(held: Iterable[Position]) -> QuerySet[Offer]:
    """The offers to those positions. Only open items have offers, so the cost does not grow with closed work."""
    pairs = [Q(body_id=body, function=function) for body, function in held]
    return Offer.objects.filter(reduce(or_, pairs)) if pairs else Offer.objects.none()


def inbox(user: User, *, at: datetime) -> QuerySet[WorkItem]:
    """What `user` can do now, most urgent first: offered to a function held, and not taken by another; what those have taken for whom the user is a
    substitute counts as the user's own. Waits are not work."""
    offers = offered_to(positions(user, on=day(at)))
    free = Q(claimed_by__isnull=True) | Q(claimed_by__in=acting_for(user, on=day(at)))
    found = WorkItem.objects.filter(free, pk__in=offers.values("item_id"), state=ItemState.OPEN, is_wait=False)
    return found.select_related("instance__case", "claimed_by").order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")


def taken_by_others(user: User, *, at: datetime) -> QuerySet[WorkItem]:
    """What `user` could have done but a colleague has taken."""
    offers = offered_to(positions(user, on=day(at)))
    found = WorkItem.objects.filter(pk__in=offers.values("item_id"), state=ItemState.OPEN, claimed_by__isnull=False).exclude(
        claimed_by__in=acting_for(user, on=day(at))
    )
    return found.select_related("instance__case", "claimed_by").order_by("due_on", "pk")


def open_items(instance: ProcessInstance) -> QuerySet[WorkItem]:
    """What the case waits for: every open step and wait."""
    found = WorkItem.objects.filter(instance=instance, state=ItemState.OPEN)
    return found.select_related("claimed_by").order_by(F("due_on").asc(nulls_last=True), "pk")


def work_item(_user: User, item_id: int) -> WorkItem | None:
    """The item. Who may see the case is asked where the case is known (cases.selectors)."""
    return WorkItem.objects.select_related("instance__definition__county", "instance__case", "claimed_by").filter(pk=item_id).first()


def offers_of(item: WorkItem) -> frozenset[Position]:
    """The functions that the item is offered to."""
    with connection.cursor() as cursor:
        cursor.execute("select body_id, function from workflows_offer where item_id = %s", [item.pk])
        return frozenset(cursor.fetchall())


def is_submitted(idempotency_key: UUID) -> bool:
    """Has something been done already by the form that carried this key?"""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from workflows_historyevent where idempotency_key = %s)", [idempotency_key])
        return bool(cursor.fetchone()[0])


def open_tokens(instance: ProcessInstance) -> set[str]:
    """The engine's names of the steps that are open items of the case."""
    with connection.cursor() as cursor:
        cursor.execute("select token from workflows_workitem where instance_id = %s and state = 'OPEN'", [instance.pk])
        return {token for (token,) in cursor.fetchall()}


def draft_of(user: User, item: WorkItem) -> dict[str, Any] | None:
    """What `user` has typed and not sent."""
    return Draft.objects.filter(item=item, account=user).values_list("data", flat=True).first()


def history(instance: ProcessInstance) -> QuerySet[HistoryEvent]:
    """All that has happened, oldest first."""
    return HistoryEvent.objects.filter(instance=instance).select_related("account", "definition").order_by("sequence")


def answers_so_far(instance: ProcessInstance) -> dict[str, Any]:
    """What the steps have answered, the latest answer to a field last to speak."""
    found: dict[str, Any] = {}
    for data in history(instance).filter(kind=EventKind.COMPLETED).values_list("data", flat=True):
        found |= data
    return found


def incidents(instance: ProcessInstance) -> QuerySet[Incident]:
    return Incident.objects.filter(instance=instance, resolved_at__isnull=True).order_by("at")


def last_completion(item: WorkItem) -> HistoryEvent | None:
    """Who did the item, in which function and when: for the page that meets the second of two."""
    found = history(item.instance).filter(token=item.token, kind__in=ENGINE_EVENTS)
    return found.order_by("-sequence").first()


def published(county: County, *, key: str = "") -> QuerySet[ProcessDefinition]:
    """The county's published versions, newest first."""
    found = ProcessDefinition.objects.filter(county=county)
    return (found.filter(key=key) if key else found).order_by("key", "-version")


def current_definition(county: County, key: str, *, on: date) -> ProcessDefinition | None:
    """The version that a case opened on that day starts on."""
    valid = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return published(county, key=key).filter(valid).order_by("-version").first()


def waits_due(*, on: date) -> QuerySet[WorkItem]:
    """Waits whose date has come, in cases that are still running."""
    return WorkItem.objects.filter(state=ItemState.OPEN, is_wait=True, wakes_on__lte=on, instance__status=InstanceStatus.RUNNING).order_by(
        "wakes_on", "pk"
    )


def _planned(due_by: Callable[[Planning], date]) -> Iterator[tuple[Planning, QuerySet[WorkItem]]]:
    """The open work of each county and routine that is due on or before what `due_by` says, with its planning."""
    routines = ProcessDefinition.objects.values_list("county", "key").distinct()
    counties = County.objects.in_bulk({county for county, _key in routines})
    for county, key in routines:
        planning = Planning(counties[county], key)
        of_routine = Q(instance__definition__county=county, instance__definition__key=key)
        yield (
            planning,
            WorkItem.objects.filter(of_routine, state=ItemState.OPEN, is_wait=False, due_on__lte=due_by(planning)).order_by("pk"),
        )


def reminders_due(*, on: date) -> list[int]:
    """The open items whose performers are to be reminded now, and have not been."""
    rows = _planned(lambda planning: planning.last_due_to_remind(on))
    return [item.pk for planning, items in rows for item in items.filter(reminded_at__isnull=True) if planning.should_remind(item, on=on)]


def escalations_due(*, on: date) -> list[int]:
    """The open items that are so late that somebody else is to be told, and has not been."""
    rows = _planned(lambda _planning: on - timedelta(days=1))
    return [
        item.pk for planning, items in rows for item in items.filter(escalated_at__isnull=True) if planning.should_escalate(item, on=on)
    ]


def follow_ups_due(*, on: date) -> QuerySet[WorkItem]:
    """The open items that somebody wanted to look at again by now, and has not been told of."""
    return WorkItem.objects.filter(state=ItemState.OPEN, follow_up_on__lte=on, followed_up_at__isnull=True).order_by("pk")


def lapsed_claims(*, on: date) -> list[int]:
    """The open items that are taken by somebody who may not do them that day: a seat left, a substitution over, an account closed."""
    taken = WorkItem.objects.filter(state=ItemState.OPEN, claimed_by__isnull=False)
    found: list[int] = []
    for taker in User.objects.filter(pk__in=taken.values("claimed_by")):
        may_do = offered_to(positions(taker, on=on)).values("item_id")
        found += taken.filter(claimed_by=taker).exclude(pk__in=may_do).values_list("pk", flat=True)
    return sorted(found)


def running_instances() -> QuerySet[ProcessInstance]:
    """Every case that has not come to an end, oldest first."""
    return ProcessInstance.objects.filter(status__in=[InstanceStatus.RUNNING, InstanceStatus.INCIDENT]).order_by("pk")


def unread_notices(user: User) -> QuerySet[Notice]:
    """What `user` has been told of and not yet seen, newest first."""
    found = Notice.objects.filter(account=user, read_at__isnull=True).select_related("item", "instance__case__county")
    shown = (
        "item__number",
        "item__name",
        "instance__case__number",
        "instance__case__registry_number",
        "instance__case__subject",
        "instance__case__county__key",
    )
    return found.only("kind", "created_at", *shown).order_by("-created_at", "-pk")
