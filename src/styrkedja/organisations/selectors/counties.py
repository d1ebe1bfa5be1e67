"""Loaded counties: what their routines may name, their planned times, their calendars."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import Min, Q, QuerySet

from styrkedja.core.collation import swedish_key
from styrkedja.core.organisations.signature import CountySignature
from styrkedja.organisations.models import Body, County, LeadTime, Seat
from styrkedja.organisations.selectors.validity import in_county
from styrkedja.ui.clock import day


def county_by_key(key: str) -> County | None:
    """The loaded county of that key."""
    return County.objects.filter(key=key).select_related("region").first()


def counties() -> QuerySet[County]:
    """Every loaded county, by name."""
    return County.objects.order_by("name")


def counties_in_order() -> list[County]:
    """Every loaded county, in Swedish order of name."""
    return sorted(County.objects.all(), key=lambda county: swedish_key(county.name))


def described_from(county: County | None) -> date | None:
    """The first day on which anything is known of the county's structure: the day its files were first read, or an earlier one that they
    state. Without a county the first of them all; None if there is none."""
    chosen = County.objects.filter(pk=county.pk) if county else County.objects.all()
    days = [one.described_from or day(one.loaded_at) for one in chosen]
    stated = Body.objects.filter(county__in=chosen).aggregate(first=Min("valid_from"))["first"]
    return min([*days, stated] if stated else days, default=None)


def lead_times(county: County, routine: str) -> Mapping[str, LeadTime]:
    """The county's planned times of the routine's steps, by step number."""
    return {row.step: row for row in LeadTime.objects.filter(county=county, routine=routine).select_related("escalate_to_body")}


def lead_days(county: County, routine: str, *, steps: Iterable[str]) -> Mapping[str, int]:
    """The planned working days of those of the routine's steps (numbers) that the county has planned."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select step, working_days from organisations_leadtime where county_id = %s and routine = %s and step = any(%s)",
            [county.pk, routine, list(steps)],
        )
        return dict(cursor.fetchall())


def closed_days(county: County) -> frozenset[date]:
    """The county's own closed days, besides weekends and public holidays."""
    return frozenset(date.fromisoformat(text) for text in county.closed_days)


def county_signature(county: County) -> CountySignature:
    """What the check of a routine must know of a loaded county: its bodies, lists, functions and seats, as its files had them when last loaded."""
    last = day(county.loaded_at)
    going_on, on_body = (Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": last}) for prefix in ("", "body__"))
    bodies = Body.objects.filter(going_on, Q(county=county) | Q(county=None))
    # A seat with no county of its own was made by a case, and is its body's.
    seats = Seat.objects.filter(going_on, on_body, Q(county=county) | Q(county=None) & in_county(county, "body__"))
    return CountySignature(
        bodies=dict(bodies.values_list("key", "name")),
        lists={name: tuple(keys) for name, keys in county.lists.items()},
        functions=dict(county.functions),
        seats=frozenset(seats.values_list("body__key", "function")),
    )
