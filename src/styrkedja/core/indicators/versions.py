"""Versions of bodies: a new one each day on which a body's path to the root, or its existence, changes (slowly changing dimension, type 2)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.months import Month

# Ordinal days stay below this until the year 5741.
_DAYS = 1 << 21


class Place(Protocol):
    @property
    def since(self) -> int: ...
    @property
    def parent(self) -> int: ...


@dataclass(frozen=True)
class Cut:
    """From the ordinal day `since`, inside a month, until the next cut or the month's end (`until`) another version of `body` holds."""

    body: int
    since: int
    until: int


@dataclass(frozen=True)
class Forest:
    """`order` gives the body of each rank, `rank` the rank of each body, `parent` the rank above each rank (-1 for a root). `digest` is of all that."""

    order: NDArray[np.int64]
    rank: NDArray[np.int64]
    parent: NDArray[np.int64]
    digest: str


@dataclass(frozen=True)
class Versions:
    """By version, sorted by body and day: `body`, the ordinal day `since` which it holds, `exists`, and `paths[version, depth]`, bodies from the
    root to the body itself, filled up with -1. The first version of each body holds from day 0.
    """

    body: NDArray[np.int64]
    since: NDArray[np.int64]
    exists: NDArray[np.bool_]
    paths: NDArray[np.int32]

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return self.body * _DAYS + self.since

    def of(self, bodies: NDArray[np.int64], days: NDArray[np.int64]) -> NDArray[np.int64]:
        """The version of each body on each ordinal day."""
        return np.searchsorted(self._keys, bodies * _DAYS + days, side="right") - 1

    def cuts(self, month: Month) -> list[Cut]:
        """Every day inside the month, its first excepted, on which some body gets another version."""
        first, until = month.first_day.toordinal(), (month + 1).first_day.toordinal()
        found = np.flatnonzero((self.since > first) & (self.since < until))
        following = np.append(self.since[1:], 0)
        same_body = np.append(self.body[1:] == self.body[:-1], False)
        ends = np.where(same_body, np.minimum(following, until), until)
        return [Cut(int(self.body[number]), int(self.since[number]), int(ends[number])) for number in found]

    def forest(self, day: date) -> "Forest":
        """The day's forest in preorder, as tree.Structure.on tells it, in arrays."""
        bodies = np.arange(self.body[-1] + 1 if len(self.body) else 0)
        version = self.of(bodies, np.full(len(bodies), day.toordinal()))
        paths = self.paths[version]
        order = np.lexsort(paths.T[::-1])
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        above = (paths[order] >= 0).sum(axis=1) - 2
        parent = np.where(above >= 0, rank[paths[order, np.maximum(above, 0)]], -1)
        digest = hashlib.sha256(np.ascontiguousarray(paths).tobytes()).hexdigest()
        return Forest(order, rank, parent, digest)

    def change_days(self) -> list[date]:
        """The days on which anything changes."""
        return [date.fromordinal(int(day)) for day in np.unique(self.since) if day > 0]


Existence = Sequence[tuple[int, int]]
# Of one body: (since, path).
_Paths = list[tuple[int, tuple[int, ...]]]


def sweep(places: Sequence[Sequence[Place]], existence: Sequence[Existence]) -> Versions:
    """The versions of every body. `places` and `existence` as in tree.Structure, without rings on any day."""
    by_body = _paths(places)
    rows = [(body, *row) for body, paths in enumerate(by_body) for row in _with_existence(paths, existence[body])]
    depth = max((len(path) for _body, _since, path, _exists in rows), default=1)
    paths = np.full((len(rows), depth), -1, dtype=np.int32)
    for number, (_body, _since, path, _exists) in enumerate(rows):
        paths[number, : len(path)] = path
    return Versions(
        body=np.array([row[0] for row in rows], dtype=np.int64),
        since=np.array([row[1] for row in rows], dtype=np.int64),
        exists=np.array([row[3] for row in rows], dtype=np.bool_),
        paths=paths,
    )


def _paths(places: Sequence[Sequence[Place]]) -> list[_Paths]:
    """Walks through the days on which somebody moves, and follows only those who moved and what hangs under them."""
    parent = [own[0].parent for own in places]
    children: list[set[int]] = [set() for _ in places]
    for body, above in enumerate(parent):
        if above >= 0:
            children[above].add(body)
    found: list[_Paths] = [[] for _ in places]
    _follow((body for body, above in enumerate(parent) if above < 0), 0, parent, children, found)
    for day, moves in sorted(_moves(places).items()):
        for body, above in moves.items():
            if parent[body] >= 0:
                children[parent[body]].discard(body)
            if above >= 0:
                children[above].add(body)
            parent[body] = above
        _follow(_topmost(moves, parent), day, parent, children, found)
    return found


def _moves(places: Sequence[Sequence[Place]]) -> Mapping[int, Mapping[int, int]]:
    """By day: the new parent of each body that moves."""
    moves: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for body, own in enumerate(places):
        for place in own[1:]:
            moves[place.since][body] = place.parent
    return moves


def _topmost(moved: Iterable[int], parent: Sequence[int]) -> Iterator[int]:
    """Those of the moved that hang under none of the others: following them follows all."""
    among = set(moved)
    for body in among:
        above = parent[body]
        while above >= 0 and above not in among:
            above = parent[above]
        if above < 0:
            yield body


def _follow(bodies: Iterable[int], day: int, parent: Sequence[int], children: Sequence[set[int]], found: Sequence[_Paths]) -> None:
    """Notes the path of each of `bodies` and all under them from `day` on."""
    for top in bodies:
        above = parent[top]
        waiting = [(top, found[above][-1][1] if above >= 0 else ())]
        while waiting:
            body, path_above = waiting.pop()
            path = (*path_above, body)
            if not found[body] or found[body][-1][1] != path:
                found[body].append((day, path))
            waiting.extend((child, path) for child in children[body])


def _with_existence(paths: _Paths, existence: Existence) -> Iterator[tuple[int, tuple[int, ...], bool]]:
    """(since, path, exists): the paths, cut where the body begins or ceases to exist too."""
    bounds = {bound for period in existence for bound in period if 0 < bound < _DAYS}
    days = sorted({since for since, _path in paths} | bounds)
    number = 0
    for day in days:
        while number + 1 < len(paths) and paths[number + 1][0] <= day:
            number += 1
        yield day, paths[number][1], any(first <= day < until for first, until in existence)
