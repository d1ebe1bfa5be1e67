"""How a series of an indicator is judged: against chance, and against its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from styrkedja.core.indicators.definition.definition import Target
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc import Manner, NotCharted, Observation, ProcessChart, process_chart


@dataclass(frozen=True)
class Told:
    """A value of a series, of the days from `first` to `last`, both included. None for one that there is none of, or that is not shown."""

    first: date
    last: date
    value: float | None


@dataclass(frozen=True)
class Judgement:
    """`chart` is None for a series without values or with values that no chart holds. `overlaps`: each period shares days with the next.

    Values that share days follow each other of themselves, so that rules against chance would see changes where there are none; such a series
    is drawn and not judged.
    """

    chart: ProcessChart | None
    overlaps: bool

    @property
    def is_judged(self) -> bool:
        return self.chart is not None and not self.overlaps


def judge(series: Sequence[Told], *, direction: DesiredDirection, target: float | None) -> Judgement:
    """By the XmR chart, as Making Data Count draws it for any measure. `series` is in order of time."""
    overlaps = any(after.first <= before.last for before, after in pairwise(series))
    if not any(one.value is not None for one in series):
        return Judgement(None, overlaps)
    manner = Manner(direction=direction, target=None if overlaps else target)
    try:
        return Judgement(process_chart([Observation(one.last, one.value) for one in series], manner), overlaps)
    except NotCharted:
        return Judgement(None, overlaps)


def target_on(targets: Sequence[Target], day: date) -> Target | None:
    """The target that is to be reached next, or the last one when all of them have been due."""
    coming = sorted(targets, key=lambda one: one.by)
    return next((one for one in coming if one.by >= day), coming[-1] if coming else None)


def is_met(value: float, target: float, direction: DesiredDirection) -> bool | None:
    """None where neither high nor low is better."""
    if direction is DesiredDirection.NEUTRAL:
        return None
    return value >= target if direction is DesiredDirection.UP else value <= target
