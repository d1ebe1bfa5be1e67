"""Continuity of every person over rolling windows: one pass through each person's visits, adding what comes in and taking off what goes out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.jit import compiled

Integers = NDArray[np.int64]

# A visit is packed as month | day of the month | home + 1 | group, so that the largest is the last, and of several on one day the one whose unit,
# then whose group, comes last.
_GROUP_BITS, _HOME_BITS, _DAY_BITS = 20, 22, 5
MOST_GROUPS = 1 << _GROUP_BITS
MOST_HOMES = (1 << _HOME_BITS) - 1
_HOME_MASK, _GROUP_MASK = (1 << _HOME_BITS) - 1, MOST_GROUPS - 1
_MONTH_SHIFT = _DAY_BITS + _HOME_BITS + _GROUP_BITS


@dataclass(frozen=True)
class Visits:
    """One row each, in the order of their months: `entity` (numbers from 0), `packed` by `pack`, `by`, and where only own units count, `unit`."""

    entity: Integers
    packed: Integers
    by: Integers
    unit: NDArray[np.int32] | None


@dataclass(frozen=True)
class Window:
    """`months` long, for the month-ends `first` to `last` (numbers as in `pack`); fewer visits than `minimum` give no index."""

    months: int
    first: int
    last: int
    minimum: int


@dataclass(frozen=True)
class Continuity:
    """By home, month-end (from Window.first) and group: whether anybody belongs there, how many have an index, and the sums of COC and UPC."""

    seen: NDArray[np.bool_]
    count: Integers
    coc: NDArray[np.float64]
    upc: NDArray[np.float64]


def pack(month: int, day: Integers, home: Integers, group: Integers) -> Integers:
    """`day` counts from 0 in the month; `home` is -1 for who belongs nowhere."""
    return ((((month << _DAY_BITS) | day) << _HOME_BITS | (home + 1)) << _GROUP_BITS) | group


def groups_met(packed: Integers) -> Integers:
    """The groups that occur, in order. From then on each is named by its place among them, in `packed` itself."""
    met = np.zeros(MOST_GROUPS, dtype=np.bool_)
    _meet(packed, met)
    found = np.flatnonzero(met)
    place = np.zeros(MOST_GROUPS, dtype=np.int64)
    place[found] = np.arange(len(found))
    _rename(packed, place)
    return found


def roll(visits: Visits, window: Window, *, homes: int, groups: int, threads: int = 1) -> Continuity:
    """The indices of everybody at every month-end, summed where they belong. The persons are shared out among the threads."""
    persons = int(visits.entity.max()) + 1 if len(visits.entity) else 0
    starts, packed, by, unit = _by_person(visits, persons)
    bounds = np.linspace(0, persons, threads + 1).astype(int)
    own = unit if unit is not None else np.empty(0, dtype=np.int32)

    def part(number: int) -> Continuity:
        shape = (homes, window.last - window.first + 1, groups)
        found = Continuity(np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape))
        _roll(
            starts, packed, by, own, bounds[number], bounds[number + 1],
            window.months, window.first, window.last, window.minimum, found.seen, found.count, found.coc, found.upc,
        )  # fmt: skip
        return found

    with ThreadPoolExecutor(threads) as pool:
        return _together(list(pool.map(part, range(threads))))


def _together(parts: Sequence[Continuity]) -> Continuity:
    first, *others = parts
    for other in others:
        np.logical_or(first.seen, other.seen, out=first.seen)
        for total, added in ((first.count, other.count), (first.coc, other.coc), (first.upc, other.upc)):
            np.add(total, added, out=total)
    return first


def _by_person(visits: Visits, persons: int) -> tuple[Integers, Integers, Integers, NDArray[np.int32] | None]:
    """Sorted by counting, in two straight passes: each person's visits stay in the order of their months."""
    starts = np.zeros(persons + 1, dtype=np.int64)
    np.cumsum(np.bincount(visits.entity, minlength=persons), out=starts[1:])
    place = starts[:-1].copy()
    packed, by = np.empty_like(visits.packed), np.empty_like(visits.by)
    unit = np.empty_like(visits.unit) if visits.unit is not None else np.empty(0, dtype=np.int32)
    given = visits.unit if visits.unit is not None else np.empty(0, dtype=np.int32)
    _scatter(visits.entity, visits.packed, visits.by, given, place, packed, by, unit)
    return starts, packed, by, unit if visits.unit is not None else None


@compiled
def _meet(packed: Integers, met: NDArray[np.bool_]) -> None:
    for number in range(len(packed)):
        met[packed[number] & _GROUP_MASK] = True


@compiled
def _rename(packed: Integers, place: Integers) -> None:
    for number in range(len(packed)):
        packed[number] = (packed[number] & ~_GROUP_MASK) | place[packed[number] & _GROUP_MASK]


@compiled
def _scatter(
    entity: Integers,
    packed: Integers,
    by: Integers,
    unit: NDArray[np.int32],
    place: Integers,
    packed_out: Integers,
    by_out: Integers,
    unit_out: NDArray[np.int32],
) -> None:
    for number in range(len(entity)):
        at = place[entity[number]]
        place[entity[number]] = at + 1
        packed_out[at] = packed[number]
        by_out[at] = by[number]
        if len(unit) > 0:
            unit_out[at] = unit[number]


@compiled
def _caregivers(by: Integers, first: int, until: int, local: Integers) -> int:
    """Numbers the caregivers of one person from 0, into `local`; answers how many they are."""
    visits = until - first
    if visits > 48:
        distinct = np.unique(by[first:until])
        for number in range(visits):
            local[number] = np.searchsorted(distinct, by[first + number])
        return len(distinct)
    known = 0
    for number in range(visits):
        local[number] = -1
        for earlier in range(number):
            if by[first + earlier] == by[first + number]:
                local[number] = local[earlier]
                break
        if local[number] < 0:
            local[number] = known
            known += 1
    return known


@compiled
def _roll(
    starts: Integers,
    packed: Integers,
    by: Integers,
    unit: NDArray[np.int32],
    low: int,
    high: int,
    months: int,
    first: int,
    last: int,
    minimum: int,
    seen: NDArray[np.bool_],
    count: Integers,
    coc: NDArray[np.float64],
    upc: NDArray[np.float64],
) -> None:
    most = 0
    for person in range(low, high):
        most = max(most, starts[person + 1] - starts[person])
    local, times = np.empty(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    for person in range(low, high):
        begin, end = starts[person], starts[person + 1]
        if begin < end:
            _caregivers(by, begin, end, local)
            _person(packed, unit, begin, end, local, times, months, first, last, minimum, seen, count, coc, upc)


@compiled
def _person(
    packed: Integers,
    unit: NDArray[np.int32],
    begin: int,
    end: int,
    local: Integers,
    times: Integers,
    months: int,
    first: int,
    last: int,
    minimum: int,
    seen: NDArray[np.bool_],
    count: Integers,
    coc: NDArray[np.float64],
    upc: NDArray[np.float64],
) -> None:
    head, tail = begin, begin
    home, group, total, squares, top = -1, 0, 0, 0, 0
    for month in range(max(first, packed[begin] >> _MONTH_SHIFT), last + 1):
        changed = False
        while head < end and packed[head] >> _MONTH_SHIFT <= month:
            head, changed = head + 1, True
        while tail < head and packed[tail] >> _MONTH_SHIFT <= month - months:
            tail, changed = tail + 1, True
        if tail == head:
            if head == end:
                break
            continue
        if changed:
            home, group, total, squares, top = _window(packed, unit, begin, tail, head, local, times)
        if home >= 0:
            seen[home, month - first, group] = True
            if total >= minimum:
                count[home, month - first, group] += 1
                upc[home, month - first, group] += top / total
                if total > 1:
                    coc[home, month - first, group] += (squares - total) / (total * (total - 1))


@compiled
def _window(
    packed: Integers, unit: NDArray[np.int32], begin: int, tail: int, head: int, local: Integers, times: Integers
) -> tuple[int, int, int, int, int]:
    """Where the person belongs by the last of the visits [tail, head), and of the visits that count: how many, the sum of n², and the largest n."""
    latest = packed[tail]
    for number in range(tail, head):
        latest = max(latest, packed[number])
    home, group = ((latest >> _GROUP_BITS) & _HOME_MASK) - 1, latest & _GROUP_MASK
    total, squares, top = 0, 0, 0
    for number in range(tail, head):
        if len(unit) > 0 and unit[number] != home:
            continue
        met = times[local[number - begin]] + 1
        times[local[number - begin]] = met
        total, squares, top = total + 1, squares + 2 * met - 1, max(top, met)
    for number in range(tail, head):
        times[local[number - begin]] = 0
    return home, group, total, squares, top
