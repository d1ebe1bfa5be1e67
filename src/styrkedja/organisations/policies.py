"""The rules of core.policies.seats and core.policies.groups, asked about accounts, seats, substitutions and groups."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.policies import groups as group_rules
from styrkedja.core.policies import seats as rules
from styrkedja.organisations.models import County, Group, Seat, Substitution
from styrkedja.organisations.selectors import memberships

COORDINATOR = "COORDINATOR"
CONVENER = "CONVENER"


@dataclass(frozen=True)
class _Standing:
    """What decides whether an account may fill a seat: the counties (ids) that it coordinates and the bodies (ids) that it convenes."""

    is_administrator: bool = False
    counties: frozenset[int] = frozenset()
    convenes: frozenset[int] = frozenset()

    def towards(self, seat: Seat, regions: Mapping[int, int]) -> dict[str, bool]:
        """`regions`: the county of each region by body id. A region is national data, its seats are the county's."""
        return self._grounds({seat.county_id, seat.body.county_id, regions.get(seat.body_id)}, seat.body_id)

    def towards_group(self, group: Group) -> dict[str, bool]:
        return self._grounds({group.county_id}, group.pk)

    def _grounds(self, counties: AbstractSet[int | None], body_id: int) -> dict[str, bool]:
        return {
            "is_administrator": self.is_administrator,
            "coordinates_county": not self.counties.isdisjoint(counties),
            "convenes_group": body_id in self.convenes,
        }


def _regions() -> dict[int, int]:
    return dict(County.objects.filter(region__isnull=False).values_list("region_id", "pk"))


def _standing(user: User, regions: Mapping[int, int], *, on: date) -> _Standing:
    if not user.is_authenticated or not user.is_active:
        return _Standing()
    held = memberships(user, on=on).filter(seat__function__in=[COORDINATOR, CONVENER])
    seats = [membership.seat for membership in held.select_related("seat__body")]
    coordinated = [seat for seat in seats if seat.function == COORDINATOR]
    counties = {county for seat in coordinated for county in (seat.county_id, seat.body.county_id, regions.get(seat.body_id))}
    convenes = frozenset(seat.body_id for seat in seats if seat.function == CONVENER)
    return _Standing(user.is_administrator, frozenset(county for county in counties if county is not None), convenes)


def check_appoint(user: User, seat: Seat, *, on: date) -> None:
    """Raises Refused unless `user` may say who holds `seat`."""
    regions = _regions()
    rules.check_appoint(**_standing(user, regions, on=on).towards(seat, regions))


def can_appoint(user: User, seat: Seat, *, on: date) -> bool:
    return bool(seats_to_fill(user, [seat], on=on))


def seats_to_fill(user: User, seats: Iterable[Seat], *, on: date) -> frozenset[int]:
    """The ids of those of `seats` (with their bodies) to which `user` may appoint. Two queries, however many they are."""
    regions = _regions()
    standing = _standing(user, regions, on=on)
    return frozenset(seat.pk for seat in seats if rules.can_appoint(**standing.towards(seat, regions)))


def check_close_group(user: User, group: Group, *, on: date) -> None:
    """Raises Refused unless `user` may close `group`."""
    grounds = _standing(user, _regions(), on=on).towards_group(group)
    group_rules.check_close_group(kind=group.kind, declared=group.declared, **grounds)


def can_close_group(user: User, group: Group, *, on: date) -> bool:
    grounds = _standing(user, _regions(), on=on).towards_group(group)
    return group_rules.can_close_group(kind=group.kind, declared=group.declared, **grounds)


def check_end_substitution(user: User, substitution: Substitution) -> None:
    """Raises Refused unless `user` may end `substitution`."""
    rules.check_end_substitution(
        is_administrator=user.is_active and user.is_administrator,
        is_replaced=user.is_active and user.pk == substitution.account_id,
        is_substitute=user.is_active and user.pk == substitution.substitute_id,
    )
