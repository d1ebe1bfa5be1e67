"""The bodies and functions of the counties, and what their programme areas have."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q

from styrkedja.controls.selectors.snapshot.scope import Scope, body_of, keys, of
from styrkedja.core.controls.snapshot import Body, Forum, ObjectKind, ProgrammeGroup, Ref, Seat
from styrkedja.core.organisations.kinds import GroupKind, GroupLevel, OrganisationKind
from styrkedja.core.organisations.programme_areas import CHAIR, EXPERT_FUNCTIONS, PROCESS_LEADER, AreaFacts
from styrkedja.organisations import models as organisations
from styrkedja.organisations.selectors import valid_on
from styrkedja.steering import models as steering

_PRINCIPALS = {OrganisationKind.REGION, OrganisationKind.MUNICIPALITY, OrganisationKind.MUNICIPAL_ASSOCIATION}


def bodies(scope: Scope) -> tuple[Body, ...]:
    """Every body of the counties, their regions included, each with the first of its parents. Four queries."""
    mine = Q(county__in=scope.county_keys) | Q(pk__in={county.region_id for county in scope.counties})
    rows = list(organisations.Body.objects.filter(valid_on(scope.on), mine).select_related("county").order_by("key"))
    kinds = dict(organisations.Organisation.objects.filter(pk__in=rows).values_list("pk", "kind"))
    kinds |= dict(organisations.Group.objects.filter(pk__in=rows).values_list("pk", "kind"))
    by_pk = {row.pk: row for row in rows}
    placed = organisations.Placement.objects.filter(valid_on(scope.on), child__in=rows, parent__in=rows).order_by("-parent__key")
    parents: dict[int, int] = dict(placed.values_list("child_id", "parent_id"))
    county_of_region = {county.region_id: county.key for county in scope.counties}
    return tuple(
        Body(
            key=row.key,
            name=row.name,
            body_kind=kinds.get(row.pk, ""),
            parent=by_pk[parents[row.pk]].key if row.pk in parents else None,
            county=row.county.key if row.county else county_of_region.get(row.pk, ""),
            principal=_principal(row.pk, parents, kinds, by_pk),
        )
        for row in rows
    )


def _principal(pk: int, parents: Mapping[int, int], kinds: Mapping[int, str], by_pk: Mapping[int, organisations.Body]) -> str | None:
    """The region or municipality that the body is, or is part of. A ring of parents ends the search."""
    met: set[int] = set()
    at: int | None = pk
    while at is not None and at not in met:
        if kinds.get(at) in _PRINCIPALS:
            return by_pk[at].key
        met.add(at)
        at = parents.get(at)
    return None


def seats(scope: Scope) -> tuple[Seat, ...]:
    """The functions of the counties' bodies; an empty one says since when nobody has held it. Two queries."""
    mine = Q(body__county__in=scope.county_keys) | Q(body__in={county.region_id for county in scope.counties})
    rows = list(organisations.Seat.objects.filter(valid_on(scope.on), mine).select_related("body").order_by("pk"))
    held: set[int] = set()
    left: dict[int, object] = {}
    memberships = organisations.Membership.objects.filter(seat__in=rows).order_by("valid_until")
    for seat, since, until in memberships.values_list("seat_id", "valid_from", "valid_until"):
        if (since is None or since <= scope.on) and (until is None or scope.on < until):
            held.add(seat)
        elif until is not None and until <= scope.on:
            left[seat] = until
    return tuple(
        Seat(
            key=str(row.pk),
            name=str(row),
            body=row.body.key,
            vacant_since=None if row.pk in held else left.get(row.pk) or row.valid_from,  # type: ignore[arg-type]
        )
        for row in rows
    )


def forums(scope: Scope) -> tuple[Forum, ...]:
    rows = list(of(scope, steering.Forum, "group", "reports_to").prefetch_related("goals", "programmes", "assignments", "indicators"))
    members = defaultdict[int, list[str]](list)
    found = organisations.Seat.objects.filter(valid_on(scope.on), body__in=[row.group_id for row in rows]).order_by("pk")
    for seat, body in found.values_list("pk", "body_id"):
        members[body].append(str(seat))
    return tuple(
        Forum(
            key=row.key,
            name=str(row.group),
            body=row.reports_to.key if row.reports_to else body_of(row) or row.group.key,
            mandate=row.group.mandate,
            members=tuple(members[row.group_id]),
            reports_to=row.reports_to.key if row.reports_to else None,
            follows=(
                *(Ref(ObjectKind.GOAL, key) for key in keys(row.goals.all())),
                *(Ref(ObjectKind.PROGRAMME, key) for key in keys(row.programmes.all())),
                *(Ref(ObjectKind.ASSIGNMENT, key) for key in keys(row.assignments.all())),
                *(Ref(ObjectKind.INDICATOR, one.key) for one in row.indicators.all()),
            ),
        )
        for row in rows
    )


def programme_groups(scope: Scope) -> tuple[ProgrammeGroup, ...]:
    """The counties' own programme areas. Four queries."""
    wanted = {"kind": GroupKind.PROGRAMME_GROUP, "level": GroupLevel.LOCAL, "county__in": scope.county_keys}
    rows = list(organisations.Group.objects.filter(valid_on(scope.on), **wanted).select_related("county__region").order_by("key"))
    chairs, leaders = (_seated(scope, rows, function) for function in (CHAIR, PROCESS_LEADER))
    experts = organisations.Seat.objects.filter(valid_on(scope.on), body__in=rows, function__in=EXPERT_FUNCTIONS)
    percent: defaultdict[int, int] = defaultdict(int)
    for body, time in experts.values_list("body_id", "time_percent"):
        percent[body] += time or 0
    linked: defaultdict[int, int] = defaultdict(int)
    for local in organisations.Counterpart.objects.filter(valid_on(scope.on), local__in=rows).values_list("local_id", flat=True):
        linked[local] += 1
    return tuple(
        ProgrammeGroup(
            key=row.key,
            name=row.name,
            body=row.county.region.key if row.county and row.county.region else row.key,
            facts=AreaFacts(
                level=GroupLevel(row.level),
                has_host=row.host_id is not None,
                chairs=chairs[row.pk][0],
                chairs_held=chairs[row.pk][1],
                leaders=leaders[row.pk][0],
                leaders_held=leaders[row.pk][1],
                expert_percent=percent[row.pk],
                counterparts=linked[row.pk],
            ),
        )
        for row in rows
    )


def _seated(scope: Scope, groups: list[organisations.Group], function: str) -> dict[int, tuple[int, int]]:
    """For each group how many seats with the function there are, and how many of them are held."""
    held = organisations.Membership.objects.filter(valid_on(scope.on), seat__body__in=groups, seat__function=function)
    taken = set(held.values_list("seat_id", flat=True))
    found: dict[int, tuple[int, int]] = {group.pk: (0, 0) for group in groups}
    rows = organisations.Seat.objects.filter(valid_on(scope.on), body__in=groups, function=function)
    for pk, body in rows.values_list("pk", "body_id"):
        there, occupied = found[body]
        found[body] = there + 1, occupied + (pk in taken)
    return found
