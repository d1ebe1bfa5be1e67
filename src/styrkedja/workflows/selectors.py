"""Reads of running cases: the inbox, what a case has answered so far, what waits for whom."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import Position, positions
from styrkedja.ui.clock import day
from styrkedja.workflows.models import (
    Draft,
    EventKind,
    HistoryEvent,
    Incident,
    InstanceStatus,
    ItemState,
    Offer,
    ProcessDefinition,
    ProcessInstance,
    WorkItem,
)

ENGINE_EVENTS = (EventKind.COMPLETED, EventKind.WAIT_ENDED)


def offered_to(held: Iterable[Position]) -> QuerySet[Offer]:
    """The offers to those positions. Only open items have offers, so the cost does not grow with closed work."""
    pairs = [Q(body_id=body, function=function) for body, function in held]
    return Offer.objects.filter(reduce(or_, pairs)) if pairs else Offer.objects.none()


def inbox(user: User, *, at: datetime) -> QuerySet[WorkItem]:
    """What `user` can do now, most urgent first: offered to a function held, and not taken by another. Waits are not work."""
    offers = offered_to(positions(user, on=day(at)))
    free = Q(claimed_by__isnull=True) | Q(claimed_by=user)
    found = WorkItem.objects.filter(free, pk__in=offers.values("item_id"), state=ItemState.OPEN, is_wait=False)
    return found.select_related("instance__case", "claimed_by").order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")


def taken_by_others(user: User, *, at: datetime) -> QuerySet[WorkItem]:
    """What `user` could have done but a colleague has taken."""
    offers = offered_to(positions(user, on=day(at)))
    found = WorkItem.objects.filter(pk__in=offers.values("item_id"), state=ItemState.OPEN, claimed_by__isnull=False).exclude(claimed_by=user)
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
    return frozenset(item.offers.values_list("body_id", "function"))


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
    return WorkItem.objects.filter(state=ItemState.OPEN, is_wait=True, wakes_on__lte=on, instance__status=InstanceStatus.RUNNING).order_by("wakes_on", "pk")
