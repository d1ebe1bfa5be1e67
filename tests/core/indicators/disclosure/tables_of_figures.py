"""Invented figures of units in a tree by two dimensions, what is shown of them, and what plain algebra makes of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from styrkedja.core.indicators.disclosure.figures.dividing import Division
from styrkedja.core.indicators.disclosure.figures.forests import Forest

THRESHOLD = 5
Counts = npt.NDArray[np.int64]
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """`own` counts by unit and both dimensions what belongs to the unit itself and to none under it."""

    parent: tuple[int, ...]
    own: Counts

    @property
    def totals(self) -> Counts:
        totals = self.own.copy()
        for unit in reversed(range(1, len(self.parent))):
            totals[self.parent[unit]] += totals[unit]
        return totals

    @property
    def ways(self) -> list[Counts]:
        """By part and unit: not divided, by the one dimension, by the other."""
        totals = self.totals
        return [totals.sum(axis=(1, 2))[None], totals.sum(axis=2).T, totals.sum(axis=1).T]

    def below(self, unit: int) -> list[int]:
        return [one for one in range(len(self.parent)) if unit in self._line(one)]

    def _line(self, unit: int) -> Iterator[int]:
        while unit >= 0:
            yield unit
            unit = self.parent[unit]


@dataclass(frozen=True)
class Edition:
    """The units that are withheld, by way of dividing. `recoverable` is what the program's own audit says."""

    world: World
    withheld: tuple[frozenset[int], ...]
    recoverable: int


def publish(world: World, before: Edition | None = None) -> Edition:
    number = len(world.parent)
    forest = Forest(tuple(range(number)), world.parent, frozenset(range(number))).with_rests()
    divisions = []
    for place, counts in enumerate(world.ways):
        amounts = counts[None, :, :, None].astype(float)
        small = ((amounts > 0) & (amounts < THRESHOLD)).any(axis=(0, 1))
        if before is None:
            divisions.append(Division(amounts, small))
        else:
            withheld = np.array([[unit in before.withheld[place]] for unit in range(number)])
            steps = (counts - before.world.ways[place])[None, :, :, None].astype(float)
            divisions.append(Division(amounts, small, withheld, steps, np.array([False])))
    divided = [division.over(forest, [0], threshold=THRESHOLD, adds_up=True) for division in divisions]
    bare, chosen, recoverable = [frozenset[int]()], [], 0
    for place, own in enumerate(divided):
        found, more = own.withhold(divided[0] if place else None, bare)
        bare = bare if place else found
        chosen.append(found[0])
        recoverable += more
    return Edition(world, tuple(chosen), recoverable)


def computable(editions: Sequence[Edition], own: int | None = None) -> list[tuple[int, int, int, int]]:
    """(edition, way, part, unit) of every small figure that is a combination of the shown ones, for readers who know of each unit whether it has
    changed since the first edition. Who has a right of access to the unit `own` knows it and all under it, and minds what is neither under nor over it.
    """
    inside = set() if own is None else set(editions[0].world.below(own))
    first = editions[0].world
    known: list[Vector] = []
    hidden: list[tuple[tuple[int, int, int, int], Vector]] = []
    for number, edition in enumerate(editions):
        same = [bool((edition.world.own[unit] == first.own[unit]).all()) for unit in range(len(first.parent))]
        for way, counts in enumerate(edition.world.ways):
            for part, unit in product(*map(range, counts.shape)):
                vector = _vector(edition.world, way, part, unit, number, same, len(editions))
                if unit not in edition.withheld[way] or not counts[part, unit] or unit in inside:
                    known.append(vector)
                elif counts[part, unit] < THRESHOLD and own not in edition.world.below(unit):
                    hidden.append(((number, way, part, unit), vector))
    shown = np.array([np.zeros(len(editions) * first.own.size), *known])
    return [name for (name, vector), given in zip(hidden, spanned(shown, [vector for _name, vector in hidden]), strict=True) if given]


def spanned(shown: Vector, others: Sequence[Vector]) -> list[bool]:
    """Which of the others are combinations of the rows of `shown`."""
    _left, sizes, rows = np.linalg.svd(shown, full_matrices=False)
    basis = rows[sizes > 1e-9]
    return [bool(np.abs(vector - basis.T @ (basis @ vector)).max() < 1e-7) for vector in others]


def _vector(world: World, way: int, part: int, unit: int, edition: int, same: Sequence[bool], editions: int) -> Vector:
    """A figure as what it is the sum of; what has not changed is the same in all editions. That a unit has nothing of its own is known."""
    vector = np.zeros((editions, *world.own.shape))
    for one in (one for one in world.below(unit) if world.own[one].any()):
        of_edition = vector[0 if same[one] else edition, one]
        of_edition[(slice(None), slice(None)) if not way else (part, slice(None)) if way == 1 else (slice(None), part)] = 1
    return vector.reshape(-1)


@st.composite
def worlds(draw: st.DrawFn, *, least: int = 0) -> World:
    number = draw(st.integers(2, 8))
    parent = (-1, *(draw(st.integers(max(0, unit - 4), unit - 1)) for unit in range(1, number)))
    shape = (draw(st.integers(2, 3)), draw(st.integers(1, 3)))
    own = np.zeros((number, *shape), dtype=np.int64)
    for unit in range(number):
        if unit not in parent or draw(st.integers(0, 6)) == 0:
            most = draw(st.sampled_from([3, 8, 40]))
            counts = draw(st.lists(st.integers(least, most), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
            own[unit] = np.array(counts).reshape(shape)
    return World(parent, own)


@st.composite
def changed(draw: st.DrawFn, world: World) -> World:
    """The same where some units' figures are other ones; nothing becomes nothing."""
    own = world.own.copy()
    for unit in range(len(world.parent)):
        if own[unit].any() and draw(st.booleans()):
            steps = draw(st.lists(st.integers(-4, 4), min_size=own[unit].size, max_size=own[unit].size))
            own[unit] = np.maximum(1, own[unit] + np.array(steps).reshape(own[unit].shape))
    return World(world.parent, own)
