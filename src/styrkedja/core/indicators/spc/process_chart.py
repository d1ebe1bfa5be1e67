"""A process chart: limits, rules and what each point says, for a series that may have been rebased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite, nan

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.averages import moving_ranges
from styrkedja.core.indicators.spc.kinds import Assurance, Chart, PointType, Rule
from styrkedja.core.indicators.spc.limits import LIMITS, Limits, Stretch
from styrkedja.core.indicators.spc.rules import Mark, mark, point_type
from styrkedja.core.indicators.spc.runs import Runs, runs
from styrkedja.core.indicators.spc.series import UNDIVIDED, Manner, Observation, check, plotted

# Fewer points than this give trial limits, which move with each new value (Making Data Count); a run chart needs fewer (Anhøj and Olesen 2014).
ENOUGH = 13
ENOUGH_FOR_RUNS = 10

_SYMMETRIC = frozenset({Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT})
# Ranges share a value with the next one, so neither runs nor trends of them are signs; two thirds of the way to a limit says nothing where the
# distribution is skewed; a run chart has Anhøj's rules instead.
RULES = dict.fromkeys(Chart, _SYMMETRIC) | {
    Chart.MOVING_RANGE: frozenset({Rule.OUTSIDE}),
    Chart.CASES_BETWEEN: _SYMMETRIC - {Rule.TWO_OF_THREE},
    Chart.RUN: frozenset(),
}


@dataclass(frozen=True)
class Point:
    """A day of the chart; None for a value or line that there is none of. `side` is 1 over the centre, -1 under it, 0 on it."""

    on: date
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    side: int | None
    near_limit: bool
    outside: bool
    rule: Rule
    type: PointType


@dataclass(frozen=True)
class Segment:
    """The points from `start` up to `stop` have limits and rules of their own. `values` of them have a value.

    `frozen` tells whether later values than those the limits were computed from are measured against them; `runs` only on a run chart.
    """

    start: int
    stop: int
    values: int
    frozen: bool
    runs: Runs | None

    def enough(self, chart: Chart) -> bool:
        """Whether the limits, or the runs, rest on as many values as they should."""
        if self.runs is not None:
            return self.runs.useful >= ENOUGH_FOR_RUNS
        return self.values >= ENOUGH


@dataclass(frozen=True)
class ProcessChart:
    """Never empty. `assurance` is None without a target, a direction or limits to hold it against."""

    manner: Manner
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    assurance: Assurance | None

    @property
    def latest(self) -> Point | None:
        """The last point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


def process_chart(observations: Sequence[Observation], manner: Manner) -> ProcessChart:
    """Draws the observations, which are at least one and in order of time. Raises NotCharted for one that has no place in such a chart."""
    assert observations
    check(observations, manner.chart)
    starts = [0, *rebase_places([one.on for one in observations], manner.rebase)]
    drawn = [_segment(observations, start, stop, manner) for start, stop in pairwise([*starts, len(observations)])]
    points = tuple(point for _segment, found in drawn for point in found)
    return ProcessChart(manner, points, tuple(segment for segment, _found in drawn), assurance(drawn[-1][1], manner))


def rebase_places(days: Sequence[date], rebase: Sequence[date]) -> list[int]:
    """The places where a new stretch begins: the first day that is on or after a rebase, when one is before it."""
    first = (next((place for place, day in enumerate(days) if day >= wanted), 0) for wanted in rebase)
    return sorted({place for place in first if place})


def assurance(points: Sequence[Point], manner: Manner) -> Assurance | None:
    """The target against the last limits of a stretch: a target that all common values fall short of is failed, one they all surpass is passed."""
    last = next((point for point in reversed(points) if point.lower is not None and point.upper is not None), None)
    if manner.target is None or manner.direction is DesiredDirection.NEUTRAL or manner.chart is Chart.MOVING_RANGE or last is None:
        return None
    assert last.lower is not None
    assert last.upper is not None
    if last.lower <= manner.target <= last.upper:
        return Assurance.INCONSISTENT
    above = manner.target > last.upper
    return Assurance.CONSISTENT_FAIL if above == (manner.direction is DesiredDirection.UP) else Assurance.CONSISTENT_PASS


def _segment(observations: Sequence[Observation], start: int, stop: int, manner: Manner) -> tuple[Segment, list[Point]]:
    part = observations[start:stop]
    values = plotted(part, manner.chart)
    if manner.chart is Chart.MOVING_RANGE:
        values = [nan, *moving_ranges(values)]
    base = min(manner.fix_after or len(part), len(part))
    limits = LIMITS[manner.chart](_stretch(part, values, base, manner))
    marks = mark(values, limits, RULES[manner.chart])
    found = runs([one.side or 0 for one in marks]) if manner.chart is Chart.RUN else None
    if found is not None:
        marks = [_in_long_run(one, place in found.long) for place, one in enumerate(marks)]
    # A wide range is neither good nor bad: the value that it leads to is.
    direction = DesiredDirection.NEUTRAL if manner.chart is Chart.MOVING_RANGE else manner.direction
    segment = Segment(start, stop, sum(value == value for value in values), base < len(part), found)
    return segment, [_point(part[place].on, values[place], limits, place, one, direction) for place, one in enumerate(marks)]


def _stretch(part: Sequence[Observation], values: Sequence[float], base: int, manner: Manner) -> Stretch:
    used = manner.chart not in UNDIVIDED
    return Stretch(
        values,
        [nan if one.value is None else one.value for one in part],
        [nan if one.denominator is None or not used else one.denominator for one in part],
        base,
        manner.screen,
    )


def _in_long_run(one: Mark, long: bool) -> Mark:
    return Mark(one.side, one.near, one.outside, Rule.SHIFT, one.side or 0) if long else one


def _point(on: date, value: float, limits: Limits, place: int, one: Mark, direction: DesiredDirection) -> Point:
    centre, lower, upper = (_known(line[place]) for line in (limits.centre, limits.lower, limits.upper))
    said = point_type(one.heading, direction)
    return Point(on, _known(value), centre, lower, upper, one.side, one.near, one.outside, one.rule, said)


def _known(value: float) -> float | None:
    return value if isfinite(value) else None
