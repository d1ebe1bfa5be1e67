"""Who may write down what somebody may decide."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.policies.audits import AUDITING_FUNCTIONS
from styrkedja.core.policies.refusal import Refused, tried_on
from styrkedja.core.policies.steering import check_give_mandate
from styrkedja.decisions.models import Mandate
from styrkedja.organisations.selectors import functions_held


def check_mandate(user: User | None, row: Mandate, *, on: date) -> str:
    """What the function is called in which `user` gives it; "" for an administrator without one, and for the program. Raises Refused."""
    if user is None:
        return ""
    held = functions_held(user, on=on)
    own = sorted(position for position in held if position[0] == row.given_by_id and position[1] not in AUDITING_FUNCTIONS)
    with tried_on("mandate", row.pk or row.key):
        check_give_mandate(is_administrator=user.is_active and user.is_administrator, acts_in_giver=bool(own))
    return held[own[0]] if own else ""


def can_change_mandate(user: User, row: Mandate, *, on: date) -> bool:
    try:
        check_mandate(user, row, on=on)
    except Refused:
        return False
    return True
