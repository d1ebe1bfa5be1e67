"""The rules of core.policies.steering, asked about an account and an object."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.core.policies import steering as rules
from styrkedja.core.policies.audits import AUDITING_FUNCTIONS
from styrkedja.core.policies.refusal import tried_on
from styrkedja.organisations.models import Body
from styrkedja.organisations.selectors import functions_held, held_functions
from styrkedja.steering.models import ChainObject


def check_edit(user: User | None, row: ChainObject, *, on: date) -> str:
    """What the function is called in which `user` writes on `row`: "" for an administrator without one, and for the program. Raises Refused."""
    if user is None:
        return ""
    function = _writing(user, row, on=on)
    with tried_on(row.KIND, row.pk or row.key):
        rules.check_edit(is_administrator=user.is_administrator, acts_in_body=bool(function))
    return function


def can_edit(user: User, row: ChainObject, *, on: date) -> bool:
    function = _writing(user, row, on=on)
    return rules.can_edit(is_administrator=user.is_active and user.is_administrator, acts_in_body=bool(function))


def check_add(user: User | None, row: ChainObject, *, on: date) -> str:
    """The same of a `row` that is to be made. What stands in a plan is put there by the plan's own body; an assignment by its giver too."""
    if user is None:
        return ""
    plan = getattr(row, "document", None)
    if plan is None:
        return check_edit(user, row, on=on)
    function = _function(user, {plan.accountable_body_id, getattr(row, "giver_id", None)}, on=on)
    with tried_on(plan.KIND, plan.pk):
        rules.check_add_to_plan(is_administrator=user.is_administrator, acts_in_plan=bool(function))
    return function


def acting_in(user: User | None, body: Body, *, on: date) -> str:
    """What the function is called that `user` holds in `body`; "" for none."""
    return _function(user, {body.pk}, on=on) if user is not None else ""


def _writing(user: User, row: ChainObject, *, on: date) -> str:
    """What the function is called in which `user` writes on `row`; "" for none."""
    return _function(user, _writers(row), on=on) or _in_county(user, row, on=on)


def _in_county(user: User, row: ChainObject, *, on: date) -> str:
    names = row.writing_functions
    held = held_functions(user, on=on) if names else ()
    return next((f"{one.title}, {one.body_name}" for one in held if one.function in names and row.county_id in one.counties), "")


def _writers(row: ChainObject) -> set[int | None]:
    return {row.accountable_body_id, *(body for way in row.WRITERS for body in _bodies(row, way))}


def _bodies(row: Any, way: str) -> set[int | None]:
    """Where a way ends: in a body, or in several. Of a row that is not stored yet its own many are not known."""
    *names, last = way.split(".")
    for name in names:
        row = getattr(row, name) if row is not None else None
    if row is None:
        return set()
    if row._meta.get_field(last).many_to_many:
        return set(getattr(row, last).values_list("pk", flat=True)) if row.pk else set()
    body = getattr(row, last)
    return {body.pk if body is not None else None}


def _function(user: User, bodies: set[int | None], *, on: date) -> str:
    """What a function is called that `user` holds in one of the bodies, other than to review them; "" for none."""
    held: Mapping[tuple[int, str], str] = functions_held(user, on=on)
    found = [position for position in held if position[0] in bodies and position[1] not in AUDITING_FUNCTIONS]
    return held[min(found)] if found else ""


def writing_in(user: User, *, on: date) -> frozenset[int]:
    """The ids of the bodies in which `user` holds a function other than to review them."""
    return frozenset(body for body, function in functions_held(user, on=on) if function not in AUDITING_FUNCTIONS)
