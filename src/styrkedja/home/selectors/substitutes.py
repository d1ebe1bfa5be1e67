"""Who may stand in for whom."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.cases.selectors import counties_of
from styrkedja.core.collation import swedish_key
from styrkedja.organisations.models import Membership
from styrkedja.organisations.selectors import in_county, valid_on


def possible_substitutes(user: User, *, on: date) -> list[User]:
    """Everybody else who holds a function in the reader's counties, in Swedish order of name."""
    found: set[User] = set()
    for county in counties_of(user, on=on):
        valid = valid_on(on) & valid_on(on, "seat__")
        rows = Membership.objects.filter(valid, in_county(county, "seat__body__"), account__is_active=True).select_related("account")
        found |= {row.account for row in rows}
    return sorted(found - {user}, key=lambda account: swedish_key(str(account)))
