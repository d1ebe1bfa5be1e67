"""The programme areas held against the recommendation that the regions have joined (source 001): what is there and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from styrkedja.accounts.models import User
from styrkedja.core.organisations.kinds import GroupKind, GroupLevel
from styrkedja.core.organisations.programme_areas import CHAIR, EXPERT_FUNCTIONS, PROCESS_LEADER, AreaFacts, Lack, lacks
from styrkedja.organisations.models import Counterpart, County
from styrkedja.organisations.selectors.descriptions import BodyOn, bodies_on, existing_on, may_read
from styrkedja.organisations.selectors.members import SeatOn, seats_on
from styrkedja.organisations.selectors.structure import in_order
from styrkedja.organisations.selectors.validity import valid_on

DECIDING = (GroupKind.COUNTY_LEADERSHIP, GroupKind.STEERING_GROUP)


@dataclass(frozen=True)
class Area:
    """A group and who works in it. `counterparts` of a national group are those of the county alone."""

    body: BodyOn
    host: BodyOn | None
    members: tuple[SeatOn, ...]
    counterparts: tuple[BodyOn, ...]

    def holders(self, function: str) -> list[str]:
        """The names of everybody who holds the function."""
        return [holder.name for seat in self._seats(function) for holder in seat.holders]

    @property
    def expert_percent(self) -> int:
        """Allotted time of members and experts together, in percent of full time."""
        return sum(seat.time_percent or 0 for seat in self.members if seat.function in EXPERT_FUNCTIONS)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        chairs, leaders = self._seats(CHAIR), self._seats(PROCESS_LEADER)
        return lacks(
            AreaFacts(
                level=GroupLevel(self.body.level),
                has_host=self.host is not None,
                chairs=len(chairs),
                chairs_held=sum(not seat.is_vacant for seat in chairs),
                leaders=len(leaders),
                leaders_held=sum(not seat.is_vacant for seat in leaders),
                expert_percent=self.expert_percent,
                counterparts=len(self.counterparts),
            )
        )

    def _seats(self, function: str) -> list[SeatOn]:
        return [seat for seat in self.members if seat.function == function]


@dataclass(frozen=True)
class FollowUp:
    """`areas` are the programme areas, `collaborating` the collaboration groups, `deciding` the groups that decide, each in order of level and name."""

    areas: tuple[Area, ...] = ()
    collaborating: tuple[Area, ...] = ()
    deciding: tuple[Area, ...] = ()

    def at(self, level: str) -> list[Area]:
        return [area for area in self.areas if area.body.level == level]


def follow_up_on(user: User, *, county: County | None, on: date) -> FollowUp:
    """The national groups and those of the county, as they stood on the day. Twelve queries, however many they are."""
    if not may_read(user):
        return FollowUp()
    kinds = [GroupKind.PROGRAMME_GROUP, GroupKind.COLLABORATION_GROUP, *DECIDING]
    bodies = existing_on(Q(county=None) | Q(county=county) if county else Q(county=None), on=on)
    groups = {pk: body for pk, body in bodies.items() if body.is_group and body.kind in kinds}
    areas = _areas(user, groups, on=on)
    return FollowUp(
        tuple(area for area in areas if area.body.kind == GroupKind.PROGRAMME_GROUP),
        tuple(area for area in areas if area.body.kind == GroupKind.COLLABORATION_GROUP),
        tuple(area for area in areas if area.body.kind in DECIDING),
    )


def _areas(user: User, groups: Mapping[int, BodyOn], *, on: date) -> list[Area]:
    hosts = bodies_on(Q(pk__in={body.host_id for body in groups.values()} - {None}), on=on)
    members = seats_on(user, groups, on=on)
    pairs = _counterparts(groups, on=on)
    levels = list(GroupLevel)
    ordered = sorted(in_order(groups.values()), key=lambda body: levels.index(GroupLevel(body.level)))
    return [
        Area(
            body,
            hosts.get(body.host_id) if body.host_id else None,
            tuple(members[body.id]),
            tuple(in_order(groups[pk] for pk in pairs[body.id])),
        )
        for body in ordered
    ]


def _counterparts(groups: Iterable[int], *, on: date) -> dict[int, set[int]]:
    """For each group those on the other level, both ways, as far as they are among `groups`."""
    known = set(groups)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for local, national in Counterpart.objects.filter(valid_on(on)).values_list("local_id", "national_id"):
        if local in known and national in known:
            found[local].add(national)
            found[national].add(local)
    return found
