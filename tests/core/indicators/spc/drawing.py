"""Series and charts for the tests, and a slow and literal reference of XmR."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.process_chart import ProcessChart, process_chart
from styrkedja.core.indicators.spc.series import Manner, Observation

START = date(2024, 1, 1)
UP, DOWN, NEUTRAL = DesiredDirection.UP, DesiredDirection.DOWN, DesiredDirection.NEUTRAL


def observed(values: Sequence[float | None], denominators: Sequence[float] | None = None) -> list[Observation]:
    """A value a day from the first of January 2024."""
    per = denominators if denominators is not None else [None] * len(values)
    return [Observation(START + timedelta(place), value, per[place]) for place, value in enumerate(values)]


def drawn(values: Sequence[float | None], denominators: Sequence[float] | None = None, **manner: object) -> ProcessChart:
    return process_chart(observed(values, denominators), Manner(**manner))  # type: ignore[arg-type]


def rules(chart: ProcessChart) -> str:
    """A letter a point: o(utside), t(rend), 2 (of three), s(hift), or a point for none."""
    return "".join({"none": ".", "two_of_three": "2"}.get(point.rule, point.rule[0]) for point in chart.points)


def types(chart: ProcessChart) -> str:
    """A letter a point: i(mprovement), c(oncern), h(igh), l(ow), or a point for common."""
    letters = {"common": ".", "improvement": "i", "concern": "c", "neutral_high": "h", "neutral_low": "l"}
    return "".join(letters[point.type] for point in chart.points)


@dataclass
class Slow:
    """XmR of one stretch without rebase, said as plainly as the published description, in exact fractions."""

    values: list[Fraction]
    screen: bool

    @cached_property
    def mean(self) -> Fraction:
        return sum(self.values, Fraction()) / len(self.values)

    @cached_property
    def size(self) -> Fraction | None:
        """The mean moving range; None when there is none."""
        ranges = [abs(b - a) for a, b in zip(self.values, self.values[1:], strict=False)]
        if ranges and self.screen:
            mean = sum(ranges, Fraction()) / len(ranges)
            ranges = [size for size in ranges if size < Fraction("3.267") * mean]
        return sum(ranges, Fraction()) / len(ranges) if ranges else None

    def beyond(self, place: int, width: str) -> int:
        """1 or -1 when the point is further from the mean than `width` ranges, else 0."""
        if self.size is None:
            return 0
        off = self.values[place] - self.mean
        return (off > Fraction(width) * self.size) - (off < -Fraction(width) * self.size)

    def side(self, place: int) -> int:
        return (self.values[place] > self.mean) - (self.values[place] < self.mean)

    def near(self, place: int) -> bool:
        return not self.beyond(place, "2.66") and bool(self.beyond(place, "532/300"))

    def rule(self, place: int) -> str:
        if self.beyond(place, "2.66"):
            return "outside"
        if self.windows_with(place, 7, self.is_trend):
            return "trend"
        if self.near(place) and self.windows_with(place, 3, self.is_two_of_three):
            return "two_of_three"
        if self.windows_with(place, 7, lambda window: abs(sum(map(self.side, window))) == 7):
            return "shift"
        return "none"

    def windows_with(self, place: int, length: int, holds) -> bool:  # type: ignore[no-untyped-def]
        """Whether it holds for a window of so many points that the point is in."""
        starts = [start for start in range(place - length + 1, place + 1) if start >= 0 and start + length <= len(self.values)]
        return any(holds(range(start, start + length)) for start in starts)

    def is_trend(self, window: range) -> bool:
        part = [self.values[place] for place in window]
        up = all(a < b for a, b in zip(part, part[1:], strict=False))
        return up or all(a > b for a, b in zip(part, part[1:], strict=False))

    def is_two_of_three(self, window: range) -> bool:
        return sum(map(self.near, window)) >= 2 and abs(sum(map(self.side, window))) == 3

    def heading(self, place: int) -> int:
        """Where the point heads: the side for all but trends, for those the step that follows, or the one before at the end."""
        if self.rule(place) == "none":
            return 0
        if self.rule(place) != "trend":
            return self.side(place)
        follows = place + 1 < len(self.values) and self.windows_with(place + 1, 7, self.is_trend)
        before, after = (place, place + 1) if follows else (place - 1, place)
        return 1 if self.values[after] > self.values[before] else -1
