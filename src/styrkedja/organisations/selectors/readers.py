"""Whose structure, routines and cases somebody may read."""

from datetime import date

from django.db.models import Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors.holders import memberships


def counties_of(user: User, *, on: date) -> QuerySet[County]:
    """The counties in which `user` works on that day, by name; every county for an administrator. A seat in the region itself is a seat in its
    county."""
    if not user.is_authenticated or not user.is_active:
        return County.objects.none()
    if user.is_administrator:
        return County.objects.order_by("name")
    bodies = set(memberships(user, on=on).values_list("seat__body_id", flat=True))
    return County.objects.filter(Q(pk__in=Body.objects.filter(pk__in=bodies).values("county")) | Q(region__in=bodies)).order_by("name")
