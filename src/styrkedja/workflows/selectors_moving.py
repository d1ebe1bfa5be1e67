"""The cases that may be moved between versions of a routine."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import is_coordinator
from styrkedja.workflows.models import EventKind, HistoryEvent, InstanceStatus, ProcessDefinition, ProcessInstance

_UNDER_WAY = Q(status__in=[InstanceStatus.RUNNING, InstanceStatus.INCIDENT])


def may_move(user: User | None, county: County, *, on: date) -> bool:
    """`user` is None for the operator at the command line."""
    return user is None or user.is_administrator or is_coordinator(user, county, on=on)


def running_cases(user: User | None, county: County, key: str, *, on: date, numbers: Iterable[str] = ()) -> list[ProcessInstance]:
    """The cases under way in the routine, by case number; all, or those of `numbers`. None for who may not move them."""
    return _cases(user, county, key, on, numbers, _UNDER_WAY)


def moved_cases(user: User | None, county: County, key: str, *, on: date, numbers: Iterable[str] = ()) -> list[ProcessInstance]:
    """The cases that have been moved and not moved back, those that the move ended too."""
    moves = HistoryEvent.objects.filter(instance=OuterRef("pk"), kind=EventKind.MIGRATED).order_by().values("instance")
    forward = moves.exclude(data__has_key="reverts").annotate(count=Count("pk")).values("count")
    back = moves.filter(data__has_key="reverts").annotate(count=Count("pk")).values("count")
    return _cases(
        user, county, key, on, numbers, GreaterThan(Subquery(forward), Coalesce(Subquery(back), 0)) & ~Q(status=InstanceStatus.CLOSED)
    )


def _cases(user: User | None, county: County, key: str, on: date, numbers: Iterable[str], which: Q) -> list[ProcessInstance]:
    if not may_move(user, county, on=on):
        return []
    wanted = sorted(set(numbers))
    found: QuerySet[ProcessInstance] = ProcessInstance.objects.filter(which, definition__county=county, definition__key=key)
    if wanted:
        found = found.filter(Q(case__number__in=wanted) | Q(case__registry_number__in=wanted))
    instances = list(found.select_related("case").defer("case__search", "case__public_search", "state").order_by("case__number", "pk"))
    # Not by a join: the source of a version is long, and many cases share it.
    versions = ProcessDefinition.objects.select_related("county").in_bulk({instance.definition_id for instance in instances})
    for instance in instances:
        instance.definition = versions[instance.definition_id]
    return instances
