"""Who may act in which function on a day, asked of a person and of a function: at every step of every case, and several times for every page.

Written out in SQL, since to put these questions together costs the program ten times what they take to answer. `holders.memberships` says the
same as rows; a test holds the three to the same answer.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import connection

from styrkedja.accounts.models import User
from styrkedja.ui.reading import once_a_reading

Position = tuple[int, str]


class HeldFunction(NamedTuple):
    """A function in which somebody may act. `counties` are the body's own, and those whose region it is."""

    body_id: int
    function: str
    title: str
    body_name: str
    counties: tuple[int, ...]

    @property
    def position(self) -> Position:
        return self.body_id, self.function


# The seats held on the day, and by whom; `acting` may act in them: the holder, and whoever is the holder's substitute.
_HELD = """
from organisations_membership held
join organisations_seat seat on seat.id = held.seat_id and daterange(seat.valid_from, seat.valid_until) @> %(on)s
join organisations_body body on body.id = seat.body_id and daterange(body.valid_from, body.valid_until) @> %(on)s
"""

# A function that has several titles in a body is called by the first of them, in the order of Python's min().
_FUNCTIONS = (
    """
select seat.body_id, seat.function, min(named.title collate "C"), coalesce(nullif(body.short_name, ''), body.name), array(
    select county.id from organisations_county county where county.id = body.county_id or county.region_id = seat.body_id
)
"""
    + _HELD
    + """
join organisations_seat named on named.body_id = seat.body_id and named.function = seat.function
    and daterange(named.valid_from, named.valid_until) @> %(on)s
where daterange(held.valid_from, held.valid_until) @> %(on)s and held.account_id = any(array(
    select %(user)s::bigint
    union all
    select absent.account_id from organisations_substitution absent
    where absent.substitute_id = %(user)s and daterange(absent.valid_from, absent.valid_until) @> %(on)s
))
group by seat.body_id, seat.function, body.short_name, body.name, body.county_id
"""
)

_HOLDERS = (
    "select distinct account.*, seat.body_id as in_body, seat.function as in_function"
    + _HELD
    + """
cross join lateral (
    select held.account_id as id
    union
    select absent.substitute_id from organisations_substitution absent
    where absent.account_id = held.account_id and daterange(absent.valid_from, absent.valid_until) @> %(on)s
) acting
join accounts_user account on account.id = acting.id and account.is_active
where daterange(held.valid_from, held.valid_until) @> %(on)s
    and (seat.body_id, seat.function) in (select * from unnest(%(bodies)s::bigint[], %(functions)s::text[]))
order by account.id
"""
)


@once_a_reading
def held_functions(user: User, *, on: date) -> tuple[HeldFunction, ...]:
    """The functions in which `user` may act on that day; substitutions included."""
    if not user.is_authenticated or not user.is_active:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS, {"user": user.pk, "on": on})
        return tuple(HeldFunction(*row[:-1], tuple(row[-1])) for row in cursor.fetchall())


def functions_held(user: User, *, on: date) -> Mapping[Position, str]:
    """The same as (body id, function), each with what it is called."""
    return {held.position: f"{held.title}, {held.body_name}" for held in held_functions(user, on=on)}


def positions(user: User, *, on: date) -> frozenset[Position]:
    """The same as (body id, function)."""
    return frozenset(held.position for held in held_functions(user, on=on))


def holders_by_position(wanted: Iterable[Position], *, on: date) -> Mapping[Position, list[User]]:
    """For each position that somebody holds on that day: its holders and their substitutes, as `positions` sees them, the oldest account first."""
    asked = sorted(set(wanted))
    values = {"on": on, "bodies": [body for body, _function in asked], "functions": [function for _body, function in asked]}
    found: dict[Position, list[User]] = {}
    for user in User.objects.raw(_HOLDERS, values) if asked else ():
        found.setdefault((user.in_body, user.in_function), []).append(user)
    return found
