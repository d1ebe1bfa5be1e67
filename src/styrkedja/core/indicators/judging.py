"""How a series of an indicator is judged: against chance, and against its target."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from styrkedja.core.indicators.definition.definition import Target
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.spc import Chart, Manner, NotCharted, Observation, Point, ProcessChart, process_chart
from styrkedja.core.indicators.spc.series import DIVIDED


@dataclass(frozen=True)
class Told:
    """A value of a series, resting on the days from `first` to `last`, both included. None for one that there is none of, or that is not shown.

    `value` is `factor` times what `numerator` is of `denominator`, where they are told.
    """

    first: date
    last: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Judgement:
    """`chart` is None for a series without values or with values that no chart holds. `overlaps`: each period shares days with the next.

    Values that share days follow each other of themselves, so that rules against chance would see changes where there are none; such a series
    is drawn and not judged. `months` is how many months its latest value rests on. `observations` are what the chart was drawn of; its points are
    values of the indicator whichever chart it is.
    """

    chart: ProcessChart | None
    overlaps: bool
    observations: tuple[Observation, ...] = ()
    months: int = 1

    @property
    def is_judged(self) -> bool:
        return self.chart is not None and not self.overlaps


def judge(
    series: Sequence[Told], *, direction: DesiredDirection, target: float | None, chart: Chart = Chart.XMR, factor: float = 1.0
) -> Judgement:
    """By the chart that is asked for; by XmR, as Making Data Count draws it for any measure, where that has no place for the series.

    `series` is in order of time; `factor` takes a quotient to a value.
    """
    overlaps = any(after.first <= before.last for before, after in pairwise(series))
    months = Month.of(series[-1].last).number - Month.of(series[-1].first).number + 1 if series else 1
    if not any(one.value is not None for one in series):
        return Judgement(None, overlaps, months=months)
    for wanted in dict.fromkeys((Chart.XMR if overlaps else chart, Chart.XMR)):
        size = factor if wanted in DIVIDED else 1.0
        observations = tuple(_divided(one) if wanted in DIVIDED else Observation(one.last, one.value) for one in series)
        manner = Manner(wanted, direction, None if overlaps or target is None else target / size)
        try:
            return Judgement(_in_values(process_chart(observations, manner), size), overlaps, observations, months)
        except NotCharted:
            continue
    return Judgement(None, overlaps, months=months)


def _divided(one: Told) -> Observation:
    """What is not told, or told of nobody, has no quotient."""
    if one.value is None or one.numerator is None or not one.denominator:
        return Observation(one.last, None, 1.0)
    return Observation(one.last, one.numerator, one.denominator)


def _in_values(chart: ProcessChart, factor: float) -> ProcessChart:
    if factor == 1.0:
        return chart
    return replace(chart, points=tuple(_times(point, factor) for point in chart.points))


def _times(point: Point, factor: float) -> Point:
    value, centre, lower, upper = (None if one is None else one * factor for one in (point.value, point.centre, point.lower, point.upper))
    return replace(point, value=value, centre=centre, lower=lower, upper=upper)


def target_on(targets: Sequence[Target], day: date) -> Target | None:
    """The target that is to be reached next, or the last one when all of them have been due."""
    coming = sorted(targets, key=lambda one: one.by)
    return next((one for one in coming if one.by >= day), coming[-1] if coming else None)


def is_met(value: float, target: float, direction: DesiredDirection) -> bool | None:
    """None where neither high nor low is better."""
    if direction is DesiredDirection.NEUTRAL:
        return None
    return value >= target if direction is DesiredDirection.UP else value <= target
