"""Whose structure, routines and cases somebody may read."""

from datetime import date

from django.db.models import QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors.acting import held_functions
from styrkedja.ui.reading import once_a_reading


def counties_of(user: User, *, on: date) -> QuerySet[County]:
    """The counties in which `user` works on that day, by name; every county for an administrator. A seat in the region itself is a seat in its
    county."""
    return County.objects.filter(pk__in=county_keys_of(user, on=on)).order_by("name")


def county_keys_of(user: User, *, on: date) -> tuple[int, ...]:
    """Their keys in the database."""
    return tuple(county.pk for county in counties_read(user, on=on))


@once_a_reading
def counties_read(user: User, *, on: date) -> tuple[County, ...]:
    """The same, read: what most pages ask several times of who reads them."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if user.is_administrator:
        return tuple(County.objects.order_by("name"))
    keys = {county for held in held_functions(user, on=on) for county in held.counties}
    return tuple(County.objects.filter(pk__in=keys).order_by("name"))
