"""Additive cells in memory, and the rolling up of them to every body."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.scatter import mark, scatter
from styrkedja.core.indicators.months import Span
from styrkedja.core.indicators.readings import AsOn, Reading

Integers = NDArray[np.int64]
Amounts = NDArray[np.number[Any]]  # int64, or float64 for indices

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
class Cells:
    """`total` is None where nothing is summed. With `are_whole` there are cells for the wholes of dimensions too (distinct counts do not add up)."""

    keys: Keys
    count: Integers
    total: Amounts | None = None
    are_whole: bool = False


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


def join(cells: Sequence[Cells]) -> Cells:
    """The cells of several months. Raises ValueError if there are none."""
    keys = [one.keys for one in cells]
    totals = [one.total for one in cells if one.total is not None]
    return Cells(
        Keys(*(np.concatenate([getattr(one, name) for one in keys]) for name in ("body", "day", "month", "parts"))),
        np.concatenate([one.count for one in cells]),
        np.concatenate(totals) if totals else None,
        cells[0].are_whole,
    )


def roll_up(cells: Cells, reading: Reading, span: Span, told: NDArray[np.bool_]) -> Rolled:
    """The cells of the months of `span` in every body of which `told` is true, and in every whole of the dimensions."""
    keys, versions = cells.keys, reading.structure.versions
    day = np.full_like(keys.day, reading.day.toordinal()) if isinstance(reading, AsOn) else keys.day
    version = versions.of(keys.body, day)
    met = np.unique(versions.paths[np.unique(version)])
    bodies = met[(met >= 0) & told[met]].astype(np.int64)
    node = np.full(len(reading.structure.bodies), -1, dtype=np.int64)
    node[bodies] = np.arange(len(bodies))
    combos, combo = _combinations(keys.parts)
    slot = combo * len(span) + (keys.month - span.first.number)
    shape = (len(bodies), len(combos) * len(span))

    def spread(amount: Amounts) -> Amounts:
        out = np.zeros(shape, dtype=amount.dtype)
        scatter(versions.paths, version, slot, node, amount, out)
        return out.reshape(len(bodies), len(combos), len(span))

    present = np.zeros(shape, dtype=np.bool_)
    mark(versions.paths, version, slot, node, present)
    rolled = Rolled(
        bodies,
        combos,
        span,
        present.reshape(len(bodies), len(combos), len(span)),
        spread(cells.count).astype(np.int64, copy=False),
        None if cells.total is None else spread(cells.total),
    )
    return rolled if cells.are_whole else _with_wholes(rolled)


def _combinations(parts: Integers) -> tuple[Integers, Integers]:
    """The different rows of `parts`, and which of them each row is."""
    if parts.shape[1] == 0:
        return np.zeros((1, 0), dtype=np.int64), np.zeros(len(parts), dtype=np.int64)
    base = int(parts.max()) + 1 if len(parts) else 1
    code = np.zeros(len(parts), dtype=np.int64)
    for column in range(parts.shape[1]):
        code = code * base + parts[:, column]
    found, number = np.unique(code, return_inverse=True)
    rows = np.stack([(found // base ** (parts.shape[1] - 1 - column)) % base for column in range(parts.shape[1])], axis=1)
    return rows.astype(np.int64), number.astype(np.int64)


def _with_wholes(rolled: Rolled) -> Rolled:
    """With every combination in which some dimensions are whole: the sum of those that have any part there."""
    width = rolled.combinations.shape[1]
    if not len(rolled.combinations):
        return rolled
    sources: dict[tuple[int, ...], list[int]] = {}
    for number, row in enumerate(rolled.combinations.tolist()):
        for size in range(width + 1):
            for whole in combinations(range(width), size):
                key = tuple(WHOLE if column in whole else part for column, part in enumerate(row))
                sources.setdefault(key, []).append(number)
    keys = sorted(sources)
    return Rolled(
        rolled.bodies,
        np.array(keys, dtype=np.int64).reshape(len(keys), width),
        rolled.span,
        np.stack([rolled.present[:, sources[key]].any(axis=1) for key in keys], axis=1),
        np.stack([rolled.count[:, sources[key]].sum(axis=1) for key in keys], axis=1),
        None if rolled.total is None else np.stack([rolled.total[:, sources[key]].sum(axis=1) for key in keys], axis=1),
    )
