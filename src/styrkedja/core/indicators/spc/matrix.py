"""XmR charts of very many series at once.

To the last bit what `process_chart` says of each series alone: the same operations in the same order, a column of all series at a time. Series
are taken in blocks that fit the processor's cache, each block with time along its first axis so that every step runs over neighbouring numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.averages import SCREEN, divided, total
from styrkedja.core.indicators.spc.kinds import Assurance, PointType, Rule
from styrkedja.core.indicators.spc.limits import XMR_LIMIT, XMR_NEAR
from styrkedja.core.indicators.spc.rules import LONG
from styrkedja.core.indicators.spc.series import MIN_FIX

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

RULES = tuple(Rule)
TYPES = tuple(PointType)
ASSURANCES: tuple[Assurance | None, ...] = (None, *Assurance)
AIMS = {DesiredDirection.UP: 1, DesiredDirection.NEUTRAL: 0, DesiredDirection.DOWN: -1}
_BLOCK = 2048


@dataclass(frozen=True)
class MatrixCharts:
    """Of S series, P points and G stretches between rebases.

    `centre`, `lower` and `upper` are S × G, NaN for none; `stretch` (P) is the stretch of each point. `side` (1, 0, -1; 0 also for no value), `near`,
    `outside`, `rule` (place in RULES) and `type` (place in TYPES) are S × P. `assurance` (S) is a place in ASSURANCES.
    """

    stretch: npt.NDArray[np.intp]
    centre: Floats
    lower: Floats
    upper: Floats
    side: Codes
    near: Bools
    outside: Bools
    rule: Codes
    type: Codes
    assurance: Codes


def matrix_charts(
    values: Floats,
    aims: Codes,
    *,
    targets: Floats | None = None,
    rebase: Sequence[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> MatrixCharts:
    """The XmR charts of `values` (S × P, NaN for none), which way being better in `aims` (S: 1 up, -1 down, 0 neutral).

    `targets` (S) are NaN for none; `rebase` are the points, after the first, that begin a new stretch in every series.
    """
    if fix_after is not None and fix_after < MIN_FIX:
        raise ValueError(f"fix_after is at least {MIN_FIX}")
    series, points = values.shape
    bounds = [0, *sorted({place for place in rebase if 0 < place < points}), points]
    wanted = np.full(series, np.nan) if targets is None else targets
    found = _empty(series, points, bounds)
    with np.errstate(invalid="ignore", divide="ignore"):
        for start in range(0, series, _BLOCK):
            rows = slice(start, start + _BLOCK)
            _fill(found, rows, np.ascontiguousarray(values[rows].T, dtype=np.float64), aims[rows], bounds, fix_after, screen)
        _assure(found, aims, wanted)
    return found


def _empty(series: int, points: int, bounds: Sequence[int]) -> MatrixCharts:
    """Arrays to fill. Those by point lie in memory as the blocks do, time first."""
    centre, lower, upper = (np.empty((series, len(bounds) - 1)) for _line in range(3))
    side, rule, kind = (np.empty((points, series), dtype=np.int8).T for _code in range(3))
    near, outside = (np.empty((points, series), dtype=np.bool_).T for _flag in range(2))
    stretch = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    return MatrixCharts(stretch, centre, lower, upper, side, near, outside, rule, kind, np.zeros(series, dtype=np.int8))


def _fill(
    found: MatrixCharts, rows: slice, values: Floats, aims: Codes, bounds: Sequence[int], fix_after: int | None, screen: bool
) -> None:
    """The charts of a block of series, `values` being P × block."""
    for place, (start, stop) in enumerate(pairwise(bounds)):
        part = values[start:stop]
        centre, size = _centre_and_range(part[:fix_after], screen=screen)
        wide, narrow = XMR_LIMIT * size, XMR_NEAR * size
        lower, upper = centre - wide, centre + wide
        side = (part > centre).astype(np.int8) - (part < centre)
        above = part > upper
        outside = above | (part < lower)
        near = ~outside & ((part < centre - narrow) | (part > centre + narrow))
        rule, heading = _rules(part, side, near, outside, above)
        points = slice(start, stop)
        found.centre[rows, place], found.lower[rows, place], found.upper[rows, place] = centre, lower, upper
        found.side.T[points, rows], found.near.T[points, rows], found.outside.T[points, rows] = side, near, outside
        found.rule.T[points, rows], found.type.T[points, rows] = rule, _types(heading, aims)


def _centre_and_range(base: Floats, *, screen: bool) -> tuple[Floats, Floats]:
    """Mean and typical range, as `averages` has them."""
    ranges = np.abs(base[1:] - base[:-1])
    size = _mean(ranges)
    if screen:
        size = _mean(np.where(ranges < SCREEN * size, ranges, np.nan))
    return _mean(base), size


def _mean(values: Floats) -> Floats:
    """As `averages.mean`, of each column."""
    there = ~np.isnan(values)
    return divided(*total(np.where(there, values, 0.0), np.zeros(values.shape[1])), there.sum(axis=0).astype(np.float64))


def _rules(values: Floats, side: Codes, near: Bools, outside: Bools, above: Bools) -> tuple[Codes, Codes]:
    """The rule of each point as a place in RULES and where it heads, later ones covered by those that go before them."""
    rule, heading = np.zeros_like(side), np.zeros_like(side)
    rising = np.sign(np.diff(values, axis=0))
    steps = np.where(np.isnan(rising), 0, rising).astype(np.int8)
    trend = _trends(steps, side.shape)
    for which, holds, towards in (
        (Rule.SHIFT, _in_windows(side, LONG), side),
        (Rule.TWO_OF_THREE, _two_of_three(near, side), side),
        (Rule.TREND, trend, _headings(steps, trend)),
        (Rule.OUTSIDE, outside, np.where(above, np.int8(1), np.int8(-1))),
    ):
        np.copyto(rule, np.int8(RULES.index(which)), where=holds)
        np.copyto(heading, towards, where=holds)
    return rule, heading


def _trends(steps: Codes, shape: tuple[int, ...]) -> Bools:
    inside = _in_windows(steps, LONG - 1)
    found = np.zeros(shape, dtype=np.bool_)
    found[:-1] |= inside
    found[1:] |= inside
    return found


def _headings(steps: Codes, trend: Bools) -> Codes:
    """As `rules.headings`."""
    found = np.full(trend.shape, -1, dtype=np.int8)
    found[1:][steps == 1] = 1
    onward = trend[:-1] & trend[1:]
    np.copyto(found[:-1], np.where(steps == 1, np.int8(1), np.int8(-1)), where=onward)
    return found


def _in_windows(signs: Codes, length: int) -> Bools:
    """As `rules.in_windows`, down each column."""
    found = np.zeros(signs.shape, dtype=np.bool_)
    windows = signs.shape[0] - length + 1
    if windows < 1:
        return found
    totals = np.zeros((windows, signs.shape[1]), dtype=np.int8)
    for offset in range(length):
        totals += signs[offset : offset + windows]
    full = np.abs(totals) == length
    for offset in range(length):
        found[offset : offset + windows] |= full
    return found


def _two_of_three(near: Bools, side: Codes) -> Bools:
    found = np.zeros_like(near)
    if len(near) < 3:
        return found
    close = near[:-2].astype(np.int8) + near[1:-1] + near[2:] >= 2
    full = close & (np.abs(side[:-2] + side[1:-1] + side[2:]) == 3)
    for offset in range(3):
        part = slice(offset, offset + len(full))
        found[part] |= full & near[part]
    return found


def _types(heading: Codes, aims: Codes) -> Codes:
    """Places in TYPES."""
    improvement, concern = TYPES.index(PointType.IMPROVEMENT), TYPES.index(PointType.CONCERN)
    high, low = TYPES.index(PointType.NEUTRAL_HIGH), TYPES.index(PointType.NEUTRAL_LOW)
    # By where it heads and which way is better, each -1, 0 or 1.
    table = np.zeros((3, 3), dtype=np.int8)
    table[2], table[0] = [concern, high, improvement], [improvement, low, concern]
    return table[heading + 1, aims + 1]


def _assure(found: MatrixCharts, aims: Codes, targets: Floats) -> None:
    """As `process_chart.assurance`."""
    lower, upper = found.lower[:, -1], found.upper[:, -1]
    asked = ~np.isnan(targets) & ~np.isnan(lower) & (aims != 0)
    beyond = (targets > upper).astype(np.int8) - (targets < lower)
    code = {one: ASSURANCES.index(one) for one in Assurance}
    judged = np.choose(beyond * aims + 1, [code[Assurance.CONSISTENT_PASS], code[Assurance.INCONSISTENT], code[Assurance.CONSISTENT_FAIL]])
    found.assurance[:] = np.where(asked, judged, 0)
