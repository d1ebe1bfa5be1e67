"""Small tables that passes are given, and parts of dimensions as one number."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from math import prod

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.cells import FIRST_PART, WHOLE, Integers
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.indicators.versions import Cut

_EPOCH = date(1970, 1, 1).toordinal()


def unit_table(structure: Structure, numbers: Integers | None = None) -> pa.Table:
    """UNITS: the number of each body (its index unless said) by each name that it may have in data."""
    names = list(structure.index)
    bodies = np.array([structure.index[name] for name in names], dtype=np.int64)
    told = bodies if numbers is None else numbers[bodies]
    return pa.table({"_name": pa.array(names, pa.string()), "_number": pa.array(told, pa.int32())})


def name_table(structure: Structure) -> pa.Table:
    """NAMES: the place of each name that a unit may have in data."""
    names = list(structure.index)
    return pa.table({"_name": pa.array(names, pa.string()), "_place": pa.array(range(len(names)), pa.int32())})


def piece_table(structure: Structure, cuts: Sequence[Cut]) -> pa.Table:
    """PIECES: the cuts, by every name of the body."""
    rows = [(name, cut) for cut in cuts for name in (structure.bodies[cut.body].key, *structure.bodies[cut.body].aliases)]
    return pa.table(
        {
            "_name": pa.array([name for name, _cut in rows], pa.string()),
            "_since": _dates([cut.since for _name, cut in rows]),
            "_until": _dates([cut.until for _name, cut in rows]),
        }
    )


def _dates(ordinals: Sequence[int]) -> pa.Array:
    return pa.array(np.array(ordinals, dtype=np.int32) - _EPOCH, pa.int32()).cast(pa.date32())


def widths(ask: Ask) -> list[int]:
    """How many numbers each part of the split may have."""
    return [len(ask.source.columns[column].codes) + FIRST_PART for column in ask.split]


def grouped(ask: Ask, parts: Sequence[Integers], rows: int) -> Integers:
    """The parts as one number, so that the order of numbers is that of the parts."""
    group = np.zeros(rows, dtype=np.int64)
    for width, part in zip(widths(ask), parts, strict=True):
        group *= width
        group += part
    return group


def group_count(ask: Ask) -> int:
    """How many numbers `grouped` may give."""
    return prod(widths(ask))


def ungrouped(ask: Ask, group: Integers) -> Integers:
    """The parts of each number, a column each."""
    found = np.zeros((len(group), len(ask.split)), dtype=np.int64)
    left = group.copy()
    for column in reversed(range(len(ask.split))):
        left, found[:, column] = np.divmod(left, widths(ask)[column])
    return found


def wholes(ask: Ask) -> Iterator[tuple[int, ...]]:
    """Every choice of dimensions to take as wholes, all of them last; none of them is left out."""
    for size in range(1, len(ask.split) + 1):
        yield from combinations(range(len(ask.split)), size)


def made_whole(ask: Ask, group: Integers, whole: Sequence[int]) -> Integers:
    """The groups with some dimensions as wholes."""
    parts = ungrouped(ask, group)
    parts[:, list(whole)] = WHOLE
    return grouped(ask, list(parts.T), len(group))
