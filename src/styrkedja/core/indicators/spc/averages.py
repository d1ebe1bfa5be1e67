"""Means and moving ranges over series with gaps. A value that is not there is NaN, and so compares as neither more nor less than anything."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import nan
from statistics import median

SCREEN = 3.267


def present(values: Iterable[float]) -> list[float]:
    """Those that are there."""
    return [value for value in values if value == value]


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean of the values that are there; NaN of none.

    Added up in order and corrected once by the mean of what is left over, as R does: equal values have themselves as mean. `sum` and `fsum` add
    in other ways, and `matrix` could not agree with them to the last bit.
    """
    kept = present(values)
    if not kept:
        return nan
    total = rest = 0.0
    for value in kept:
        total += value
    rough = total / len(kept)
    for value in kept:
        rest += value - rough
    return rough + rest / len(kept)


def middle(values: Iterable[float]) -> float:
    """The median of the values that are there; NaN of none."""
    kept = present(values)
    return median(kept) if kept else nan


def moving_ranges(values: Sequence[float]) -> list[float]:
    """Between each value and the one before it; NaN on both sides of a gap. One fewer than the values."""
    return [abs(after - before) for before, after in pairwise(values)]


def typical_range(values: Sequence[float], *, screen: bool) -> float:
    """The mean moving range. With `screen`, ranges of at least 3.267 times the mean are left out and the mean is taken again, once.

    Nelson 1982, Control charts for individual measurements, Journal of Quality Technology 14(3). NaN when no range is left: also when all
    values are equal, since each range, 0, is then at least 3.267 times the mean.
    """
    ranges = moving_ranges(values)
    typical = mean(ranges)
    return mean(size for size in ranges if size < SCREEN * typical) if screen else typical
