"""Who may answer for a body, asked about an account. What concerns single objects is in steering.policies."""

from collections.abc import Iterable
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.policies import audits as rules
from styrkedja.core.policies.refusal import tried_on
from styrkedja.organisations.models import Body
from styrkedja.organisations.selectors import functions_held, positions
from styrkedja.steering.policies import acting_in


def check_answer_for(user: User, body: Body, *, on: date) -> str:
    """What the function is called in which `user` answers for `body`; "" for an administrator without one. Raises Refused."""
    function = acting_in(user, body, on=on)
    with tried_on("body", body.key):
        rules.check_answer_for(is_administrator=user.is_active and user.is_administrator, acts_in_body=bool(function), body=str(body))
    return function


def answers_for(user: User, bodies: Iterable[Body], *, on: date) -> list[Body]:
    """Those of `bodies` that `user` may answer for, in their order."""
    if user.is_active and user.is_administrator:
        return list(bodies)
    held = {body for body, _function in positions(user, on=on)}
    return [body for body in bodies if body.pk in held]


def acts_anywhere(user: User, *, on: date) -> bool:
    """Has `user` a function in some body, so that there is somebody to answer for?"""
    return (user.is_active and user.is_administrator) or bool(functions_held(user, on=on))
