"""What has been said of a value, and who may say something of it."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.policies.audits import AUDITING_FUNCTIONS
from styrkedja.indicators.models import Indicator, IndicatorComment
from styrkedja.indicators.selectors.access import accessible_bodies
from styrkedja.indicators.selectors.places import Place, everything_below
from styrkedja.organisations.selectors.acting import functions_held
from styrkedja.organisations.selectors.descriptions import may_read


def comments_on(user: User, indicator: Indicator, body: Place, *, until: date | None, on: date) -> list[IndicatorComment]:
    """Of the period that ends that day, the latest first. A comment may tell of small numbers, and so needs the right of access to them."""
    if until is None or not may_read(user) or body.id not in accessible_bodies(user, on=on):
        return []
    return list(IndicatorComment.objects.filter(indicator=indicator, body=body.id, period_end=until))


def functions_over(user: User, body: Place, *, on: date) -> list[str]:
    """What the functions are called in which `user` works in the body or over it that day, in order; by one of them a comment is signed.

    Who reviews works in no body that is under review, and signs nothing there.
    """
    held = functions_held(user, on=on)
    works = {(place, name) for (place, function), name in held.items() if function not in AUDITING_FUNCTIONS}
    return sorted({name for place, name in works if body.id in everything_below([place], on=on)})
