"""The rules of core.policies.cases, asked about an account and a county."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.core.policies import cases as rules
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import Position, held_functions, position_label
from styrkedja.ui.reading import once_a_reading
from styrkedja.workflows.models import WorkItem


def check_open_case(user: User, county: County, *, on: date) -> str:
    """What the function is called in which `user` may open a case in `county`; raises Refused."""
    held = _held(user, county, on=on)
    return position_label(held[rules.check_open_case(held.keys())], on=on)


def can_open_case(user: User, county: County, *, on: date) -> bool:
    return rules.can_open_case(_held(user, county, on=on).keys())


def check_keep_registry(user: User, county: County, *, on: date) -> str:
    """What the function is called in which `user` may register by hand in `county`; raises Refused."""
    held = _held(user, county, on=on)
    return position_label(held[rules.check_keep_registry(held.keys())], on=on)


def can_keep_registry(user: User, county: County, *, on: date) -> bool:
    return rules.can_keep_registry(_held(user, county, on=on).keys())


def check_close_case(user: User, county: County, *, on: date) -> str:
    """What the function is called in which `user` may write off a case in `county`; raises Refused."""
    held = _held(user, county, on=on)
    return position_label(held[rules.check_close_case(held.keys())], on=on)


def can_close_case(user: User, county: County, *, on: date) -> bool:
    return rules.can_close_case(_held(user, county, on=on).keys())


def check_acting(user: User, case: Case, *, item: WorkItem | None, function: str, on: date) -> str:
    """The function in which `user` writes in the case: that of the step `item`, whose performer the caller has checked, or else by hand.

    Raises Refused, or ValueError if the step is another case's.
    """
    if item is None:
        return check_keep_registry(user, case.county, on=on)
    if item.instance_id != case.instance_id:
        raise ValueError("the step belongs to another case")
    return function


@once_a_reading
def _held(user: User, county: County, *, on: date) -> dict[str, Position]:
    """The functions that `user` holds in the county, each with the first body it is held in. The region's own seats are the county's too."""
    here = [held for held in held_functions(user, on=on) if county.pk in held.counties]
    return {held.function: held.position for held in sorted(here, key=lambda held: -held.body_id)}
