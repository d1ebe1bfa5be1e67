"""Whose chain the controls look at: the counties that have a steering document in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet

from styrkedja.core.periods import Period
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import valid_on
from styrkedja.steering.models import ChainObject, DocumentState, SteeringDocument

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """`documents`: keys in the database of what is decided and in force on the day. `outside`: counties without any, which are not looked at."""

    on: date
    counties: tuple[County, ...]
    outside: tuple[County, ...]
    documents: frozenset[int]

    def only(self, county: County) -> "Scope":
        """The same day in one of the counties."""
        return replace(self, counties=(county,))

    @property
    def county_keys(self) -> frozenset[int]:
        return frozenset(county.pk for county in self.counties)


def scope_on(on: date) -> Scope:
    """What is in force on the day, and of whom. Two queries."""
    in_force = SteeringDocument.objects.filter(valid_on(on), state=DocumentState.DECIDED)
    rows = list(in_force.exclude(county=None).values_list("pk", "county_id"))
    having = {county for _document, county in rows}
    counties = list(County.objects.select_related("region").order_by("key"))
    return Scope(
        on,
        tuple(county for county in counties if county.pk in having),
        tuple(county for county in counties if county.pk not in having),
        frozenset(document for document, _county in rows),
    )


def of(scope: Scope, model: type[ChainObject], *also: str) -> QuerySet:
    """The objects of a kind in the scope's counties, in order of their keys, each with who answers for it."""
    found = model._default_manager.filter(county__in=scope.county_keys)
    return found.select_related("accountable_body", "accountable_seat", *also).order_by("key")


def body_of(row: ChainObject, *instead: ChainObject | None) -> str:
    """In whose list the faults of `row` stand: its accountable body's, else that of the first of what it hangs in that has one."""
    bodies = (other.accountable_body for other in (row, *instead) if other is not None)
    return next((body.key for body in bodies if body is not None), "")


def seats_of(row: ChainObject) -> tuple[str, ...]:
    return (str(row.accountable_seat_id),) if row.accountable_seat_id else ()


def days(first: date | None, last: date | None) -> Period:
    """From `first` to and with `last`; what ends before it starts holds on its last day alone."""
    until = last + _DAY if last else None
    return Period(min(first, last) if first and last else first, until)


def keys(rows: Iterable[ChainObject]) -> tuple[str, ...]:
    return tuple(sorted(row.key for row in rows))


def decision_text(decided_on: date | None, paragraph: str, registry_number: str = "") -> str | None:
    """What a decision is told by: its day and paragraph, and the number of its case. None where no day is known."""
    if decided_on is None:
        return None
    return " ".join(part for part in (decided_on.isoformat(), paragraph, registry_number) if part)


Rows = Sequence[ChainObject]
