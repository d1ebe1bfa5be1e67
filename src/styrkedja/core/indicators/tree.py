"""The organisation over time: which body stood where on each day, and as what units' figures are rolled up.

Bodies and their placements have validities. From them comes for every day one forest, read in four ways: as-was (each row by the tree of its own
day), as-is (all rows by today's tree), at a named date, and as planned. What no longer stands, or does not stand yet, on the day that is read
keeps its nearest place: the last before the day, else the first after. So the total is the same whichever tree is read.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from styrkedja.core.indicators.versions import Versions, sweep
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period


@dataclass(frozen=True)
class TreeBody:
    """`aliases` are other names for it in data: its HSA-id."""

    key: str
    kind: OrganisationKind
    valid: Period = Period()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class TreePlacement:
    child: str
    parent: str
    valid: Period = Period()


@dataclass(frozen=True)
class Place:
    """From the day with ordinal number `since` on, the body stands under `parent` (its index; -1: under none)."""

    since: int
    parent: int


@dataclass(frozen=True)
class Structure:
    """Bodies in the order of their keys; their places and the days on which they exist, by the same index.

    `places` say for every day where a body stands, with no gaps (see the module). `existence` are the [from, until) of ordinal days in which it
    really is there: rows about it outside them are faults.
    """

    bodies: tuple[TreeBody, ...]
    places: tuple[tuple[Place, ...], ...]
    existence: tuple[tuple[tuple[int, int], ...], ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The index of each body, by key and by alias."""
        found = {alias: number for number, body in enumerate(self.bodies) for alias in body.aliases}
        return found | {body.key: number for number, body in enumerate(self.bodies)}

    @cached_property
    def alias_digest(self) -> str:
        """Of which names mean which bodies."""
        named = sorted((alias, body.key) for body in self.bodies for alias in body.aliases)
        return hashlib.sha256(repr(named).encode()).hexdigest()

    @cached_property
    def versions(self) -> Versions:
        return sweep(self.places, self.existence)

    def parent_on(self, body: int, day: date) -> int:
        """The index of the body above, or -1."""
        places = self.places[body]
        return places[max(0, bisect_right(places, day.toordinal(), key=lambda place: place.since) - 1)].parent

    def exists_on(self, body: int, day: date) -> bool:
        return any(first <= day.toordinal() < until for first, until in self.existence[body])

    def on(self, day: date) -> "Tree":
        return grow([self.parent_on(body, day) for body in range(len(self.bodies))], day)


@dataclass(frozen=True)
class Tree:
    """One day's forest in preorder. `order` gives the body of each rank and `rank` the rank of each body; `parent` is by rank, -1 for a root.

    Everything under rank r is the ranks r to end[r] - 1, and a parent's rank is always lower than its child's.
    """

    day: date
    order: tuple[int, ...]
    rank: tuple[int, ...]
    parent: tuple[int, ...]
    end: tuple[int, ...]

    def path(self, body: int) -> tuple[int, ...]:
        """From the root to the body, itself included, as indexes of bodies."""
        found = []
        rank = self.rank[body]
        while rank >= 0:
            found.append(self.order[rank])
            rank = self.parent[rank]
        return tuple(reversed(found))


def grow(parents: Sequence[int], day: date) -> Tree:
    """The forest of `parents` (by body index), children in the order of their index. What hangs in a ring is in no tree: see tree_faults."""
    children: list[list[int]] = [[] for _ in parents]
    for body, above in enumerate(parents):
        if above >= 0:
            children[above].append(body)
    order: list[int] = []
    waiting = [body for body in reversed(range(len(parents))) if parents[body] < 0]
    while waiting:
        body = waiting.pop()
        order.append(body)
        waiting.extend(reversed(children[body]))
    rank = [-1] * len(parents)
    for number, body in enumerate(order):
        rank[body] = number
    parent = [rank[parents[body]] if parents[body] >= 0 else -1 for body in order]
    return Tree(day, tuple(order), tuple(rank), tuple(parent), tuple(_ends(parent)))


def _ends(parent: Sequence[int]) -> list[int]:
    end = [number + 1 for number in range(len(parent))]
    for number in reversed(range(len(parent))):
        if parent[number] >= 0:
            end[parent[number]] = max(end[parent[number]], end[number])
    return end
