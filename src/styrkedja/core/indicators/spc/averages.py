"""Means and moving ranges over series with gaps. A value that is not there is NaN, and so compares as neither more nor less than anything."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import nan
from statistics import median
from typing import TypeVar

import numpy as np
import numpy.typing as npt

SCREEN = 3.267
_HALVES = 2.0**27 + 1

Number = TypeVar("Number", float, npt.NDArray[np.float64])


def present(values: Iterable[float]) -> list[float]:
    """Those that are there."""
    return [value for value in values if value == value]


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean of the values that are there; NaN of none.

    Rounded once (halfway between two floats to either), so that equal values have themselves as mean, and a value that is the mean does not come to lie on a side of it.
    """
    kept = present(values)
    return divided(*total(kept, 0.0), float(len(kept))) if kept else nan


def total(rows: Iterable[Number], zero: Number) -> tuple[Number, Number]:
    """The sum of numbers, or of each place of arrays, and what was rounded off it (Knuth's two-sum; Ogita, Rump and Oishi 2005).

    Both forms do the same steps, which is why `matrix` agrees with a single chart to the last bit.
    """
    high, low = zero, zero
    for row in rows:
        added = high + row
        part = added - high
        low = low + ((high - (added - part)) + (row - part))
        high = added
    return high, low


def divided(high: Number, low: Number, count: Number) -> Number:
    """(high + low) / count with one rounding, for a whole count under 2^26 (Dekker 1971: in halves, products have no rounding)."""
    rough = high / count
    scaled = _HALVES * rough
    upper = scaled - (scaled - rough)
    left_over = (high - upper * count) - (rough - upper) * count
    return rough + (left_over + low) / count


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
