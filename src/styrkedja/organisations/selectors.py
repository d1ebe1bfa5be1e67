"""Who holds which function when, and which bodies there are."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.core.organisations.signature import CountySignature
from styrkedja.organisations.models import Body, County, Group, LeadTime, Membership, Organisation, Seat, Substitution

Position = tuple[int, str]
Row = TypeVar("Row", bound=Model)


def valid_on(on: date, prefix: str = "") -> Q:
    """What is valid on the day `on`: [valid_from, valid_until)."""
    started = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_ended = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": on})
    return started & not_ended


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
    """The functions in which `user` may act on that day, as (body id, function); substitutions included."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(memberships(user, on=on).values_list("seat__body_id", "seat__function"))


def holders(*, body: Body, functions: Iterable[str], on: date) -> list[User]:
    """Everybody who holds one of `functions` in `body` on that day, and their substitutes."""
    valid = valid_on(on) & valid_on(on, "seat__")
    held = Membership.objects.filter(valid, seat__body=body, seat__function__in=list(functions), account__is_active=True)
    accounts = set(held.values_list("account_id", flat=True))
    accounts |= set(Substitution.objects.filter(valid_on(on), account_id__in=accounts).values_list("substitute_id", flat=True))
    return list(User.objects.filter(pk__in=accounts, is_active=True).order_by("id"))


def bodies_by_key(keys: Iterable[str]) -> dict[str, Body]:
    """The bodies of those keys that exist."""
    return {body.key: body for body in Body.objects.filter(key__in=list(keys))}


def body_by_id(body_id: int) -> Body:
    """Raises Body.DoesNotExist."""
    return Body.objects.get(pk=body_id)


def group_by_key(key: str) -> Group:
    """Raises Group.DoesNotExist."""
    return Group.objects.get(key=key)


def seat_titles(*, body: Body, functions: Iterable[str], on: date) -> list[str]:
    """What the functions are called in that body, in no set order."""
    found = Seat.objects.filter(valid_on(on), body=body, function__in=list(functions))
    return list(found.values_list("title", flat=True))


def lead_times(county: County, routine: str) -> Mapping[str, LeadTime]:
    """The county's planned times of the routine's steps, by step number."""
    return {row.step: row for row in LeadTime.objects.filter(county=county, routine=routine).select_related("escalate_to_body")}


def works_in_county(user: User, county: County, *, on: date) -> bool:
    """Does the user hold any seat of the county's collaboration that day?"""
    return memberships(user, on=on).filter(seat__body__county=county).exists()


def closed_days(county: County) -> frozenset[date]:
    """The county's own closed days, besides weekends and public holidays."""
    return frozenset(date.fromisoformat(text) for text in county.closed_days)


def position_label(position: Position, *, on: date) -> str:
    """What a function in a body is called, for example "Registrator, Region Västernorrland"."""
    body_id, function = position
    body = Body.objects.get(pk=body_id)
    titles = seat_titles(body=body, functions=[function], on=on)
    return f"{min(titles, default=function)}, {body}"


def is_coordinator(user: User, county: County, *, on: date) -> bool:
    """Does the user coordinate the county's knowledge management that day?"""
    return memberships(user, on=on).filter(seat__body__county=county, seat__function="COORDINATOR").exists()


def county_signature(county: County) -> CountySignature:
    """What the check of a routine must know of a loaded county: its bodies, lists, functions and seats."""
    bodies = Body.objects.filter(Q(county=county) | Q(county__isnull=True))
    return CountySignature(
        bodies=dict(bodies.values_list("key", "name")),
        lists={name: tuple(keys) for name, keys in county.lists.items()},
        functions=dict(county.functions),
        seats=frozenset(Seat.objects.filter(body__in=bodies, valid_until__isnull=True).values_list("body__key", "function")),
    )


def county_by_key(key: str) -> County | None:
    """The loaded county of that key."""
    return County.objects.filter(key=key).select_related("region").first()


def counties() -> QuerySet[County]:
    """Every loaded county, by name."""
    return County.objects.order_by("name")


def groups_of_county(county: County) -> list[Group]:
    """The county's groups that have not ended."""
    return list(Group.objects.filter(county=county, valid_until__isnull=True))


def organisations_of_county(county: County) -> list[Organisation]:
    """The county's organisations that have not ended."""
    return list(Organisation.objects.filter(county=county, valid_until__isnull=True))


def seats_of(body: Body, *, function: str = "", on: date) -> QuerySet[Seat]:
    """The body's seats on that day, all or those of one function."""
    found = Seat.objects.filter(valid_on(on), body=body)
    return (found.filter(function=function) if function else found).order_by("title", "id")
