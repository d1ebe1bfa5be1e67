"""Loaded counties: what their routines may name, their planned times, their calendars."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from styrkedja.core.organisations.signature import CountySignature
from styrkedja.organisations.models import Body, County, LeadTime, Seat


def county_by_key(key: str) -> County | None:
    """The loaded county of that key."""
    return County.objects.filter(key=key).select_related("region").first()


def counties() -> QuerySet[County]:
    """Every loaded county, by name."""
    return County.objects.order_by("name")


def lead_times(county: County, routine: str) -> Mapping[str, LeadTime]:
    """The county's planned times of the routine's steps, by step number."""
    return {row.step: row for row in LeadTime.objects.filter(county=county, routine=routine).select_related("escalate_to_body")}


def closed_days(county: County) -> frozenset[date]:
    """The county's own closed days, besides weekends and public holidays."""
    return frozenset(date.fromisoformat(text) for text in county.closed_days)


def county_signature(county: County) -> CountySignature:
    """What the check of a routine must know of a loaded county: its bodies, lists, functions and seats."""
    bodies = Body.objects.filter(Q(county=county) | Q(county__isnull=True))
    return CountySignature(
        bodies=dict(bodies.values_list("key", "name")),
        lists={name: tuple(keys) for name, keys in county.lists.items()},
        functions=dict(county.functions),
        seats=frozenset(Seat.objects.filter(body__in=bodies, valid_until__isnull=True).values_list("body__key", "function")),
    )
