"""The structure as it stood on a day: who belonged under whom, and which groups answered to each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from styrkedja.accounts.models import User
from styrkedja.core.collation import swedish_key
from styrkedja.core.organisations.kinds import GroupKind, OrganisationKind
from styrkedja.organisations.models import Counterpart, County, Placement
from styrkedja.organisations.selectors.descriptions import BodyOn, bodies_on, existing_on, may_read
from styrkedja.organisations.selectors.holders import memberships
from styrkedja.organisations.selectors.validity import valid_on

# The order in which kinds are read: those who decide first, then those who work for them.
_RANKS = {kind: rank for rank, kind in enumerate([*OrganisationKind, *GroupKind])}


@dataclass(frozen=True)
class Branch:
    """A body and what stands under it. `also_under`: its other parents, for a body that stands in several places."""

    body: BodyOn
    children: tuple["Branch", ...]
    also_under: tuple[BodyOn, ...]
    is_mine: bool


@dataclass(frozen=True)
class Tree:
    """`national`: the nation, its healthcare regions and regions, and the national groups. `county`: the county's own, its region first."""

    national: tuple[Branch, ...] = ()
    county: tuple[Branch, ...] = ()


def in_order(bodies: Iterable[BodyOn]) -> list[BodyOn]:
    """By kind, and within a kind in Swedish alphabetical order."""
    return sorted(bodies, key=lambda body: (_RANKS[body.kind], swedish_key(body.name)))


def tree_on(user: User, *, county: County | None, on: date) -> Tree:
    """The structure on the day, as `user` sees it: bodies in which the user holds a seat that day are marked. Six queries."""
    if not may_read(user):
        return Tree()
    counties = [None, county] if county else [None]
    bodies = existing_on(_of(counties), on=on)
    links = list(Placement.objects.filter(valid_on(on), _of(counties, "child__")).values_list("parent_id", "child_id"))
    mine = frozenset(memberships(user, on=on).values_list("seat__body_id", flat=True))
    national = {pk: body for pk, body in bodies.items() if body.county_id is None}
    if county is None:
        return Tree(_forest(national, links, mine))
    own = {pk: body for pk, body in bodies.items() if body.county_id == county.pk or pk == county.region_id}
    roots = _forest(own, links, mine)
    return Tree(_forest(national, links, mine), tuple(sorted(roots, key=lambda root: root.body.id != county.region_id)))


def _of(counties: Iterable[County | None], prefix: str = "") -> Q:
    """Bodies of one of the counties; None stands for the nation."""
    return reduce(or_, (Q(**{f"{prefix}county": county}) for county in counties))


def _forest(bodies: Mapping[int, BodyOn], links: list[tuple[int, int]], mine: frozenset[int]) -> tuple[Branch, ...]:
    """The trees that the links (parent, child) make of `bodies`. Nobody is lost: who has no parent here, or is its own ancestor, stands as a root."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    parents: defaultdict[int, list[int]] = defaultdict(list)
    for parent, child in links:
        if parent in bodies and child in bodies:
            children[parent].append(child)
            parents[child].append(parent)
    reached: set[int] = set()

    def grow(pk: int, above: tuple[int, ...] = ()) -> Branch:
        reached.add(pk)
        path = (*above, pk)
        below = in_order(bodies[child] for child in children[pk] if child not in path)
        also_under = in_order(bodies[parent] for parent in parents[pk] if parent not in above[-1:])
        return Branch(bodies[pk], tuple(grow(body.id, path) for body in below), tuple(also_under), pk in mine)

    ordered = in_order(bodies.values())
    roots = [grow(body.id) for body in ordered if not parents[body.id]]
    # What is left hangs in a ring.
    roots += [grow(body.id) for body in ordered if body.id not in reached]
    return tuple(roots)


def children_on(user: User, body: BodyOn) -> list[BodyOn]:
    """What stood directly under the body on its day."""
    return _related(user, body, Placement.objects.filter(valid_on(body.on), parent=body.id).values_list("child_id", flat=True))


def parents_on(user: User, body: BodyOn) -> list[BodyOn]:
    """What the body stood directly under on its day; several for a region in two healthcare regions."""
    return _related(user, body, Placement.objects.filter(valid_on(body.on), child=body.id).values_list("parent_id", flat=True))


def counterparts_on(user: User, body: BodyOn) -> list[BodyOn]:
    """The groups that the body answered to or heard from on its day: national ones of a local group, local ones of a national."""
    rows = Counterpart.objects.filter(valid_on(body.on), Q(local=body.id) | Q(national=body.id)).values_list("local_id", "national_id")
    return _related(user, body, {pk for pair in rows for pk in pair} - {body.id})


def host_on(user: User, body: BodyOn) -> BodyOn | None:
    """Who hosted the body on its day."""
    if body.host_id is None or not may_read(user):
        return None
    return bodies_on(Q(pk=body.host_id), on=body.on).get(body.host_id)


def _related(user: User, body: BodyOn, ids: Iterable[int]) -> list[BodyOn]:
    return in_order(existing_on(Q(pk__in=list(ids)), on=body.on).values()) if may_read(user) else []
