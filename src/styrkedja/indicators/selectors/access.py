"""Whose figures somebody has a right of access to: those of the bodies that the reader works in or over."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.indicators.selectors.places import everything_below
from styrkedja.organisations.selectors.holders import memberships
from styrkedja.ui.reading import once_a_reading


@once_a_reading
def accessible_bodies(user: User, *, on: date) -> frozenset[int]:
    """The bodies in which `user` holds a function that day, and all under them. To look after the system gives no right to its figures."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    own = frozenset(memberships(user, on=on).values_list("seat__body_id", flat=True))
    return everything_below(own, on=on)
