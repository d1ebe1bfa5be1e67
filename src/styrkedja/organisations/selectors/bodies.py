"""Bodies and seats by name: what services and routines look up."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from styrkedja.core.organisations.kinds import GroupKind
from styrkedja.organisations.models import Body, County, Group, Organisation, Seat
from styrkedja.organisations.selectors.validity import in_county, valid_on


def bodies_by_key(keys: Iterable[str]) -> dict[str, Body]:
    """The bodies of those keys that exist."""
    return {body.key: body for body in Body.objects.filter(key__in=list(keys))}


def body_by_id(body_id: int) -> Body:
    """Raises Body.DoesNotExist."""
    return Body.objects.get(pk=body_id)


def group_by_key(key: str) -> Group:
    """Raises Group.DoesNotExist."""
    return Group.objects.get(key=key)


def groups_of_county(county: County) -> list[Group]:
    """The county's groups that have not ended."""
    return list(Group.objects.filter(county=county, valid_until__isnull=True))


def working_groups_of_county(county: County) -> list[Group]:
    """The working groups that cases have made in the county and that the county has, those that have been closed too."""
    return list(Group.objects.filter(county=county, kind=GroupKind.WORKING_GROUP))


def organisations_of_county(county: County) -> list[Organisation]:
    """The county's organisations that have not ended."""
    return list(Organisation.objects.filter(in_county(county), valid_until__isnull=True))


def seat_titles(bodies: Iterable[int], *, functions: Iterable[str], on: date) -> dict[tuple[int, str], list[str]]:
    """What the functions are called in each of the bodies (ids) that has them, by body and function, in no set order."""
    found: dict[tuple[int, str], list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TITLES, {"bodies": list(bodies), "functions": list(functions), "on": on})
        for body, function, title in cursor.fetchall():
            found.setdefault((body, function), []).append(title)
    return found


_TITLES = """
select body_id, function, title from organisations_seat
where body_id = any(%(bodies)s) and function = any(%(functions)s) and daterange(valid_from, valid_until) @> %(on)s
"""


def seats_of(body: Body, *, function: str = "", on: date) -> QuerySet[Seat]:
    """The body's seats on that day, all or those of one function."""
    found = Seat.objects.filter(valid_on(on), body=body)
    return (found.filter(function=function) if function else found).order_by("title", "id")


def seats_in_county(county: County, *, functions: Iterable[str], on: date) -> QuerySet[Seat]:
    """The seats of those functions in the county on that day, oldest first."""
    return Seat.objects.filter(valid_on(on), in_county(county, "body__"), function__in=list(functions)).order_by("id")
