"""Adding rows to cells: where each row stands is worked out once, and then every measure is one straight pass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.jit import compiled

Integers = NDArray[np.int64]

# As many places as may be looked up in a table instead of by sorting, beside some for each row.
_TABLE = 1 << 24


@dataclass(frozen=True)
class Pieces:
    """Versions of names, month after month: those of name `n` in month `m` are `starts[m * names + n]` up to the next start, and hold from the
    day `since` (days since 1970) on, the first of them from before the month.
    """

    names: int
    starts: Integers
    since: Integers


@dataclass(frozen=True)
class Standing:
    """`piece` and `group` of each cell, in order, and the `cell` of each row."""

    piece: Integers
    group: Integers
    cell: NDArray[np.int32]


def stand(name: NDArray[np.int32], month: Integers, day: NDArray[np.int32], pieces: Pieces, group: Integers, groups: int) -> Standing:
    """The cells of rows: by the piece that holds on the row's day, and the group (from 0 to `groups` - 1)."""
    code = np.empty(len(name), dtype=np.int64)
    _code(name, month, day, pieces.names, pieces.starts, pieces.since, group, groups, code)
    places = len(pieces.since) * groups
    if places <= _TABLE + 8 * len(name):
        met = np.zeros(places, dtype=np.bool_)
        _mark(code, met)
        found = np.flatnonzero(met)
        number = np.empty(places, dtype=np.int32)
        number[found] = np.arange(len(found), dtype=np.int32)
        cell = number[code]
    else:
        found, inverse = np.unique(code, return_inverse=True)
        cell = inverse.astype(np.int32)
    return Standing(found // groups, found % groups, cell)


def count(standing: Standing, flag: NDArray[np.uint8]) -> Integers:
    """By cell: how many of its rows are flagged."""
    out = np.zeros(len(standing.piece), dtype=np.int64)
    _count(standing.cell, flag, out)
    return out


def add(standing: Standing, flag: NDArray[np.uint8], value: Integers) -> Integers:
    """By cell: the sum of the values of its rows that are flagged."""
    out = np.zeros(len(standing.piece), dtype=np.int64)
    _add(standing.cell, flag, value, out)
    return out


@compiled
def _code(
    name: NDArray[np.int32],
    month: Integers,
    day: NDArray[np.int32],
    names: int,
    starts: Integers,
    since: Integers,
    group: Integers,
    groups: int,
    out: Integers,
) -> None:
    for number in range(len(name)):
        own = month[number] * names + name[number]
        piece, until = starts[own], starts[own + 1]
        while piece + 1 < until and since[piece + 1] <= day[number]:
            piece += 1
        out[number] = piece * groups + group[number]


@compiled
def _mark(code: Integers, met: NDArray[np.bool_]) -> None:
    for number in range(len(code)):
        met[code[number]] = True


@compiled
def _count(cell: NDArray[np.int32], flag: NDArray[np.uint8], out: Integers) -> None:
    for number in range(len(cell)):
        out[cell[number]] += flag[number]


@compiled
def _add(cell: NDArray[np.int32], flag: NDArray[np.uint8], value: Integers, out: Integers) -> None:
    for number in range(len(cell)):
        out[cell[number]] += flag[number] * value[number]
