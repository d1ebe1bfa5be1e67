"""Where additive cells stand, and the rolling up of them to every body."""

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.scatter import climb, lay, mark, scatter
from styrkedja.core.indicators.months import Span
from styrkedja.core.indicators.readings import AsOn, Reading

Integers = NDArray[np.int64]
Amounts = NDArray[np.number[Any]]  # int64, or float64 for indices

# A version's cells are added as one line if so many of its places, at least, have a cell: one in this many.
_SPARSE = 4
# Parts of a dimension as numbers: of a column with n codes, 2 … n + 1.
WHOLE = 0
UNKNOWN_PART = 1
FIRST_PART = 2


@dataclass(frozen=True)
class Keys:
    """Where cells stand, one row each: `body` (its index in the structure), the ordinal `day` whose tree places it as-was, the `month` that it
    counts in (its number), and `parts`, a column for each of the split.
    """

    body: Integers
    day: Integers
    month: Integers
    parts: Integers


@dataclass(frozen=True)
class Rolled:
    """By body (`bodies`: their indexes), combination of parts (`combinations`, a row each, wholes included) and month of `span`.

    `present` is where there is any cell. `total` is None where nothing is summed.
    """

    bodies: Integers
    combinations: Integers
    span: Span
    present: NDArray[np.bool_]
    count: Integers
    total: Amounts | None


class Spread:
    """Where each cell is added: into every body on its path of which `told` is true, and every whole of its parts, in its month of `span`.

    Worked out once for all the measures that share the cells. With `are_whole` there are cells for the wholes already: distinct counts do not add up.
    """

    def __init__(self, keys: Keys, reading: Reading, span: Span, told: NDArray[np.bool_], *, are_whole: bool = False) -> None:
        versions = reading.structure.versions
        day = np.full_like(keys.day, reading.day.toordinal()) if isinstance(reading, AsOn) else keys.day
        version = versions.of(keys.body, day)
        # What is added to the same bodies is added together: far less is fetched from memory than in the order of the months.
        self._order = np.argsort(version, kind="stable")
        self.span, self._paths, self._version = span, versions.paths, version[self._order]
        met = np.zeros(len(versions.body), dtype=np.bool_)
        met[version] = True
        self._met = np.flatnonzero(met)
        on_paths = np.zeros(len(reading.structure.bodies) + 1, dtype=np.bool_)
        on_paths[versions.paths[met]] = True  # the last place is that of -1
        self.bodies = np.flatnonzero(on_paths[:-1] & told)
        self._node = np.full(len(reading.structure.bodies), -1, dtype=np.int64)
        self._node[self.bodies] = np.arange(len(self.bodies))
        parts, number = _different(keys.parts)
        self.combinations, place, self._sums = _with_wholes(parts, are_whole)
        self._place, month = place, keys.month - span.first.number
        self._slot = (place[number] * len(span) + month)[self._order]
        self._shape = (len(self.bodies), len(self.combinations), len(span))
        self._present = np.zeros(self._shape, dtype=np.bool_)
        mark(self._paths, self._version, self._slot, self._node, self._present.reshape(len(self.bodies), math.prod(self._shape[1:])))
        for whole, part in self._sums:
            self._present[:, whole] |= self._present[:, part]
        # Where each cell is laid in the lines, if they are filled well enough.
        self._lines = (len(self._met), len(place), len(span))
        at = (np.searchsorted(self._met, version) * len(place) + number) * len(span) + month
        self._at = at[self._order] if math.prod(self._lines) <= _SPARSE * len(at) else None

    def roll_up(self, count: Integers, total: Amounts | None) -> Rolled:
        """The amounts of the cells in every body."""
        return Rolled(
            self.bodies,
            self.combinations,
            self.span,
            self._present,
            self._added(count).astype(np.int64, copy=False),
            None if total is None else self._added(total),
        )

    def _added(self, amount: Amounts) -> Amounts:
        out = np.zeros(self._shape, dtype=amount.dtype)
        if self._at is None:
            flat = out.reshape(len(self.bodies), math.prod(self._shape[1:]))
            scatter(self._paths, self._version, self._slot, self._node, amount[self._order], flat)
        else:
            lines = np.zeros(self._lines, dtype=amount.dtype)
            lay(self._at, amount[self._order], lines.reshape(-1))
            climb(self._paths, self._met, self._node, lines, self._place, out)
        for whole, part in self._sums:
            np.add(out[:, whole], out[:, part], out=out[:, whole])
        return out


def _different(parts: Integers) -> tuple[Integers, Integers]:
    """The different rows of `parts`, and which of them each row is."""
    base = int(parts.max()) + 1 if parts.size else 1
    code = np.zeros(len(parts), dtype=np.int64)
    for column in range(parts.shape[1]):
        code = code * base + parts[:, column]
    met = np.zeros(base ** parts.shape[1], dtype=np.bool_)
    met[code] = True
    found = np.flatnonzero(met)
    number = np.zeros(len(met), dtype=np.int64)
    number[found] = np.arange(len(found))
    rows = [found // base ** (parts.shape[1] - 1 - column) % base for column in range(parts.shape[1])]
    return np.stack(rows, axis=1) if rows else np.zeros((len(found), 0), dtype=np.int64), number[code]


def _with_wholes(parts: Integers, are_whole: bool) -> tuple[Integers, Integers, list[tuple[int, int]]]:
    """Every combination of parts and wholes in order, the place of each of `parts` among them, and which (whole, part) are to be added."""
    width = parts.shape[1]
    own = [tuple(row) for row in parts.tolist()]
    chosen = [()] if are_whole else [whole for size in range(width + 1) for whole in combinations(range(width), size)]
    wholes = {(row, tuple(WHOLE if column in whole else part for column, part in enumerate(row))) for row in own for whole in chosen}
    keys = sorted({whole for _row, whole in wholes})
    place = {key: number for number, key in enumerate(keys)}
    sums = sorted((place[whole], place[row]) for row, whole in wholes if whole != row)
    combined = np.array(keys, dtype=np.int64).reshape(len(keys), width)
    return combined, np.array([place[row] for row in own], dtype=np.int64), sums
