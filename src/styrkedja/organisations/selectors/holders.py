"""Who may act in which function on a day: holders of seats, and their substitutes."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Body, County, Membership, Seat, Substitution
from styrkedja.organisations.selectors.validity import holds, in_county, valid_on

Position = tuple[int, str]


# Asked at every step and several times for every page; written out, since to put it together costs ten times what it takes to answer.
_POSITIONS = """
select seat.body_id, seat.function
from organisations_membership held
join organisations_seat seat on seat.id = held.seat_id and daterange(seat.valid_from, seat.valid_until) @> %(on)s
join organisations_body body on body.id = seat.body_id and daterange(body.valid_from, body.valid_until) @> %(on)s
where daterange(held.valid_from, held.valid_until) @> %(on)s and held.account_id = any(array(
    select %(user)s::bigint
    union all
    select absent.account_id from organisations_substitution absent
    where absent.substitute_id = %(user)s and daterange(absent.valid_from, absent.valid_until) @> %(on)s
))
"""


def _acting_accounts(user: User, on: date) -> list[int]:
    """The user and everybody for whom the user is a substitute that day."""
    absent = Substitution.objects.filter(valid_on(on), substitute=user).values_list("account_id", flat=True)
    return [user.pk, *absent]


def memberships(user: User, *, on: date) -> QuerySet[Membership]:
    """The seats that `user` holds or stands in for on that day."""
    valid = valid_on(on) & valid_on(on, "seat__") & valid_on(on, "seat__body__")
    found = Membership.objects.filter(valid, account_id__in=_acting_accounts(user, on))
    return found.select_related("seat__body", "account").order_by("id")


def positions(user: User, *, on: date) -> frozenset[Position]:
    """The functions in which `user` may act on that day, as (body id, function); substitutions included. Those of `memberships`."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_POSITIONS, {"user": user.pk, "on": on})
        return frozenset(cursor.fetchall())


def holders(*, body: Body, functions: Iterable[str], on: date) -> list[User]:
    """Everybody who holds one of `functions` in `body` on that day, and their substitutes."""
    valid = valid_on(on) & valid_on(on, "seat__") & valid_on(on, "seat__body__")
    held = Membership.objects.filter(valid, seat__body=body, seat__function__in=list(functions), account__is_active=True)
    accounts = set(held.values_list("account_id", flat=True))
    accounts |= set(Substitution.objects.filter(valid_on(on), account_id__in=accounts).values_list("substitute_id", flat=True))
    return list(User.objects.filter(pk__in=accounts, is_active=True).order_by("id"))


def holders_by_position(wanted: Iterable[Position], *, on: date) -> Mapping[Position, list[User]]:
    """For each position that somebody holds on that day: its holders and their substitutes, as `positions` sees them. Two queries."""
    asked = set(wanted)
    bodies, functions = {body for body, _function in asked}, {function for _body, function in asked}
    rows = Membership.objects.filter(seat__body__in=bodies, seat__function__in=functions).select_related("account", "seat__body")
    valid = (row for row in rows if holds(row, on) and holds(row.seat, on) and holds(row.seat.body, on))
    held = [(row.account, position) for row in valid if (position := (row.seat.body_id, row.seat.function)) in asked]
    substitutes = substitutes_of({account.pk for account, _position in held}, on=on)
    found: dict[Position, dict[int, User]] = {}
    for account, position in held:
        for user in (account, *substitutes.get(account.pk, ())):
            if user.is_active:
                found.setdefault(position, {})[user.pk] = user
    return {position: [users[pk] for pk in sorted(users)] for position, users in found.items()}


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
    seats = Seat.objects.filter(body=body_id, function=function).select_related("body")
    title = min((seat.title for seat in seats if holds(seat, on)), default=function)
    return f"{title}, {seats[0].body if seats else Body.objects.get(pk=body_id)}"
