"""Who may act in which function on a day: holders of seats, and their substitutes."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Body, County, Membership, Seat, Substitution
from styrkedja.organisations.selectors.acting import Position
from styrkedja.organisations.selectors.validity import in_county, valid_on
from styrkedja.ui.reading import once_a_reading


@once_a_reading
def stood_in_for(user: User, *, on: date) -> tuple[Substitution, ...]:
    """Those for whom `user` is a substitute that day, who comes back first first."""
    return tuple(Substitution.objects.filter(valid_on(on), substitute=user).select_related("account").order_by("valid_until", "pk"))


def acting_for(user: User, *, on: date) -> frozenset[int]:
    """The accounts of the user and of everybody for whom the user is a substitute that day."""
    return frozenset({user.pk, *(row.account_id for row in stood_in_for(user, on=on))})


def memberships(user: User, *, on: date) -> QuerySet[Membership]:
    """The seats that `user` holds or stands in for on that day."""
    valid = valid_on(on) & valid_on(on, "seat__") & valid_on(on, "seat__body__")
    found = Membership.objects.filter(valid, account_id__in=acting_for(user, on=on))
    return found.select_related("seat__body", "account").order_by("id")


def holders(*, body: Body, functions: Iterable[str], on: date) -> list[User]:
    """Everybody who holds one of `functions` in `body` on that day, and their substitutes."""
    valid = valid_on(on) & valid_on(on, "seat__") & valid_on(on, "seat__body__")
    held = Membership.objects.filter(valid, seat__body=body, seat__function__in=list(functions), account__is_active=True)
    accounts = set(held.values_list("account_id", flat=True))
    accounts |= set(Substitution.objects.filter(valid_on(on), account_id__in=accounts).values_list("substitute_id", flat=True))
    return list(User.objects.filter(pk__in=accounts, is_active=True).order_by("id"))


def substitutes_of(accounts: Iterable[int], *, on: date) -> Mapping[int, list[User]]:
    """Who acts for those accounts on that day, by account."""
    found: dict[int, list[User]] = {}
    for row in Substitution.objects.filter(valid_on(on), account_id__in=accounts).select_related("substitute"):
        found.setdefault(row.account_id, []).append(row.substitute)
    return found


def coordinating_positions(county: County, *, on: date) -> frozenset[Position]:
    """Where the county's knowledge management is coordinated from: the function COORDINATOR in each body that has it."""
    valid = valid_on(on) & valid_on(on, "body__")
    return frozenset(Seat.objects.filter(valid, in_county(county, "body__"), function="COORDINATOR").values_list("body_id", "function"))


def is_coordinator(user: User, county: County, *, on: date) -> bool:
    """Does the user coordinate the county's knowledge management that day?"""
    return memberships(user, on=on).filter(in_county(county, "seat__body__"), seat__function="COORDINATOR").exists()


def works_in_county(user: User, county: County, *, on: date) -> bool:
    """Does the user hold any seat of the county's collaboration that day?"""
    return memberships(user, on=on).filter(in_county(county, "seat__body__")).exists()


def position_label(position: Position, *, on: date) -> str:
    """What a function in a body is called, for example "Registrator, Region Västernorrland"."""
    body_id, function = position
    seats = Seat.objects.filter(valid_on(on), body=body_id, function=function).select_related("body")
    seat = min(seats, key=lambda seat: seat.title, default=None)
    return str(seat) if seat else f"{function}, {Body.objects.get(pk=body_id)}"
