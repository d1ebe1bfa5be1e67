"""Distinct counts of every body at once, as cells that add up.

Whoever is met at several units is one person in every body above them. Sort the units of a person in preorder: each unit counts one, and the lowest
body above each pair of neighbours counts one less. Then the sum of what is under any body is the number of persons met there, exactly (the colour set
size problem: Hui 1992, doi 10.1007/3-540-56024-6_19). So a distinct count is rolled up like any other figure.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.jit import compiled
from styrkedja.core.indicators.kernels.sorting import sort_keys

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """`count` of distinct values by group and rank (the body's place in preorder); at a body above others it may be negative.

    `adds_up`: it is known that no value is met in more than one group, so that groups add up to any whole of them.
    """

    group: Integers
    rank: Integers
    count: Integers
    adds_up: bool = False


def count_distinct(value: Integers, rank: Integers, group: Integers, parent: Integers) -> Counted:
    """Cells of the distinct `value` within each group. `parent` is by rank and lower than it, -1 for a root. Groups are numbered from 0."""
    groups = int(group.max()) + 1 if len(group) else 0
    dense, low, values = _dense(value)
    rank_bits, value_bits = _bits(len(parent)), _bits(values)
    if rank_bits + value_bits + _bits(groups) > 63:
        raise ValueError("more values than 63 bits can tell apart")
    group_bits = _bits(groups)
    packed = sort_keys(_packed(dense, low, group, rank, group_bits, rank_bits), value_bits + group_bits + rank_bits)
    cells = np.zeros((groups, len(parent)), dtype=np.int64)
    return _told(cells, adds_up=bool(_count(packed, rank_bits, group_bits, parent, cells)))


def count_pairs(previous: Integers, rank: Integers, count: Integers, group: Integers, parent: Integers) -> Counted:
    """The same from counted neighbours, as a warehouse tells them; `previous` is -1 for the first unit of a value."""
    groups = int(group.max()) + 1 if len(group) else 0
    cells = np.zeros((groups, len(parent)), dtype=np.int64)
    _count_pairs(previous, rank, count, group, parent, cells)
    return _told(cells)


def _dense(value: Integers) -> tuple[Integers, int, int]:
    """The values as numbers that do not lie far apart, the lowest of them, and how many there may be from it on."""
    if not len(value):
        return value, 0, 0
    low, high = int(value.min()), int(value.max())
    if high - low < 8 * len(value) + 1_000_000:
        return value, low, high - low + 1
    distinct, numbers = np.unique(value, return_inverse=True)
    return numbers.astype(np.int64), 0, len(distinct)


def _bits(numbers: int) -> int:
    return max(1, (numbers - 1).bit_length()) if numbers else 1


def _told(cells: Integers, *, adds_up: bool = False) -> Counted:
    group, rank = np.nonzero(cells)
    return Counted(group.astype(np.int64), rank.astype(np.int64), cells[group, rank], adds_up)


@compiled
def _packed(value: Integers, low: int, group: Integers, rank: Integers, group_bits: int, rank_bits: int) -> Integers:
    out = np.empty(len(value), dtype=np.int64)
    for number in range(len(value)):
        out[number] = ((((value[number] - low) << group_bits) | group[number]) << rank_bits) | rank[number]
    return out


@compiled
def _count(packed: Integers, rank_bits: int, group_bits: int, parent: Integers, cells: Integers) -> bool:
    """`packed` are value | group | rank, sorted; answers whether every value is met in one group alone."""
    mask, group_mask = (1 << rank_bits) - 1, (1 << group_bits) - 1
    before, one_each = -1, True
    for number in range(len(packed)):
        key = packed[number]
        if key == before:
            continue
        rank = key & mask
        group = (key >> rank_bits) & group_mask
        cells[group, rank] += 1
        if before >= 0 and (before >> rank_bits) == (key >> rank_bits):
            one, other = before & mask, rank
            while one != other:
                if one > other:
                    one = parent[one]
                else:
                    other = parent[other]
            if one >= 0:
                cells[group, one] -= 1
        elif before >= 0 and (before >> (rank_bits + group_bits)) == (key >> (rank_bits + group_bits)):
            one_each = False
        before = key
    return one_each


@compiled
def _count_pairs(previous: Integers, rank: Integers, count: Integers, group: Integers, parent: Integers, cells: Integers) -> None:
    for number in range(len(rank)):
        cells[group[number], rank[number]] += count[number]
        one, other = previous[number], rank[number]
        if one < 0:
            continue
        while one != other:
            if one > other:
                one = parent[one]
            else:
                other = parent[other]
        if one >= 0:
            cells[group[number], one] -= count[number]
