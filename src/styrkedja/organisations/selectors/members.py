"""Who held the seats of a body on a day, with the seats as they were called then."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from styrkedja.accounts.models import User
from styrkedja.core.collation import swedish_key
from styrkedja.core.organisations.descriptions import Earlier, description_on
from styrkedja.organisations.models import County, Membership, Seat, SeatVersion, Substitution
from styrkedja.organisations.selectors.descriptions import BodyOn, may_read
from styrkedja.organisations.selectors.holders import memberships, substitutes_of
from styrkedja.organisations.selectors.validity import valid_on

# Who leads comes first; the others follow in the order of their titles.
_LEADING = ("CHAIR", "CONVENER", "PROCESS_LEADER", "SECRETARY")


@dataclass(frozen=True)
class Holder:
    """Somebody in a seat. `substitutes` are the names of those who act for the holder that day."""

    membership: Membership
    name: str
    username: str
    substitutes: tuple[str, ...]


@dataclass(frozen=True)
class SeatOn:
    """A seat as it was on a day. `seat` is the row; its title and time may since have changed."""

    seat: Seat
    function: str
    title: str
    time_percent: int | None
    holders: tuple[Holder, ...]

    @property
    def is_vacant(self) -> bool:
        return not self.holders


def members_on(user: User, body: BodyOn) -> list[SeatOn]:
    """The seats of the body on its day and who held them; who leads first, then in Swedish order. Four queries."""
    return seats_on(user, [body.id], on=body.on)[body.id] if body.is_valid else []


def seats_on(user: User, bodies: Iterable[int], *, on: date) -> dict[int, list[SeatOn]]:
    """The same of several bodies (ids), in as many queries."""
    found: dict[int, list[SeatOn]] = {body: [] for body in bodies}
    if not may_read(user):
        return found
    seats = list(Seat.objects.filter(valid_on(on), body__in=list(found)).select_related("body"))
    earlier = seat_versions(seats)
    holders = _holders(seats, on=on)
    for seat in seats:
        described = description_on({"title": seat.title, "time_percent": seat.time_percent}, earlier[seat.pk], on=on)
        found[seat.body_id].append(SeatOn(seat, seat.function, described["title"], described["time_percent"], tuple(holders[seat.pk])))
    return {body: sorted(members, key=_order) for body, members in found.items()}


def _order(member: SeatOn) -> object:
    rank = _LEADING.index(member.function) if member.function in _LEADING else len(_LEADING)
    return rank, swedish_key(member.title), member.seat.pk


def seat_versions(seats: Iterable[Seat]) -> dict[int, list[Earlier]]:
    """What each seat was until its changes, in their order."""
    found: defaultdict[int, list[Earlier]] = defaultdict(list)
    for version in SeatVersion.objects.filter(seat__in=[seat.pk for seat in seats]).order_by("seat", "valid_until", "id"):
        found[version.seat_id].append(Earlier(version.valid_until, version.description))
    return found


def _holders(seats: Iterable[Seat], *, on: date) -> dict[int, list[Holder]]:
    rows = list(Membership.objects.filter(valid_on(on), seat__in=[seat.pk for seat in seats]).select_related("account"))
    standing_in = substitutes_of({row.account_id for row in rows}, on=on)
    found: defaultdict[int, list[Holder]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: swedish_key(str(row.account))):
        names = sorted((str(substitute) for substitute in standing_in.get(row.account_id, [])), key=swedish_key)
        found[row.seat_id].append(Holder(row, str(row.account), row.account.username, tuple(names)))
    return found


def seat_by_id(user: User, seat_id: int) -> Seat | None:
    return Seat.objects.select_related("body__county").filter(pk=seat_id).first() if may_read(user) else None


def membership_by_id(user: User, membership_id: int) -> Membership | None:
    found = Membership.objects.select_related("seat__body__county", "account").filter(pk=membership_id)
    return found.first() if may_read(user) else None


def present_and_coming_holders(user: User, seat: Seat, *, on: date) -> list[Membership]:
    """Who holds the seat that day, and who will; the earliest first."""
    if not may_read(user):
        return []
    ending_later = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    found = Membership.objects.filter(ending_later, seat=seat).exclude(valid_until=F("valid_from"))
    return list(found.select_related("account").order_by(F("valid_from").asc(nulls_first=True), "pk"))


def accounts_by_county(accounts: Iterable[User], *, on: date) -> list[tuple[County | None, list[User]]]:
    """The accounts under the county of the oldest seat that each holds that day, both in Swedish order; last, under None, those without a seat."""
    counties = County.objects.in_bulk()
    regions = {county.region_id: county.pk for county in counties.values() if county.region_id}
    county_of: dict[int, int] = {}
    for account, county, body in (
        Membership.objects.filter(valid_on(on)).order_by("pk").values_list("account", "seat__body__county", "seat__body")
    ):
        if (place := county or regions.get(body)) is not None:
            county_of.setdefault(account, place)
    found: defaultdict[int | None, list[User]] = defaultdict(list)
    for account in sorted(accounts, key=lambda account: swedish_key(str(account))):
        found[county_of.get(account.pk)].append(account)
    ordered = sorted((county for county in counties.values() if county.pk in found), key=lambda county: swedish_key(county.name))
    return [*((county, found[county.pk]) for county in ordered), *([(None, found[None])] if None in found else [])]


def substitutions_of(user: User, *, on: date) -> list[Substitution]:
    """What has not ended of who acts for `user`, and for whom `user` acts; the earliest first."""
    coming = Substitution.objects.filter(valid_until__gt=on).select_related("account", "substitute")
    return list((coming.filter(account=user) | coming.filter(substitute=user)).order_by("valid_from", "pk"))


def substitution_by_id(user: User, pk: int) -> Substitution | None:
    """One that concerns `user`, ended or not."""
    return Substitution.objects.filter(Q(account=user) | Q(substitute=user), pk=pk).select_related("account", "substitute").first()


def own_county(user: User, *, on: date) -> County | None:
    """The county in which the user works that day; of several the one where the oldest seat is held."""
    if not user.is_authenticated:
        return None
    counties = County.objects.in_bulk()
    regions = {county.region_id: county for county in counties.values() if county.region_id}
    held = memberships(user, on=on).values_list("seat__body__county_id", "seat__body_id")
    return next((found for county, body in held if (found := counties.get(county) or regions.get(body))), None)
