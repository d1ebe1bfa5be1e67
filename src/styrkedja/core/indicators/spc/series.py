"""What a process chart is drawn of, and what it can not be drawn of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf, isfinite, nan

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.kinds import Chart
from styrkedja.core.sentences import Sentence

MIN_FIX = 12
# Far more than any figure, and little enough for sums and powers of them to stay finite.
MAX_SIZE = 1e60

DIVIDED = frozenset({Chart.U, Chart.U_PRIME, Chart.P, Chart.P_PRIME})
UNDIVIDED = frozenset({Chart.C, Chart.CASES_BETWEEN, Chart.TIME_BETWEEN})
_SHARES = frozenset({Chart.P, Chart.P_PRIME})
_WHOLE = DIVIDED | {Chart.C, Chart.CASES_BETWEEN}


@dataclass(frozen=True)
class Observation:
    """A value on a day. With a denominator `value` is the numerator; None is a value that there is none of, and so is a denominator of zero."""

    on: date
    value: float | None
    denominator: float | None = None


@dataclass(frozen=True)
class Manner:
    """How a chart is drawn.

    `rebase` are the days from which limits and rules begin anew: with the first observation on the day or after it. `fix_after` computes the
    limits of each stretch from its first so many observations only, at least 12. `screen` is explained in `averages.typical_range`.
    """

    chart: Chart = Chart.XMR
    direction: DesiredDirection = DesiredDirection.NEUTRAL
    target: float | None = None
    rebase: tuple[date, ...] = ()
    fix_after: int | None = None
    screen: bool = True

    def __post_init__(self) -> None:
        if self.fix_after is not None and self.fix_after < MIN_FIX:
            raise ValueError(f"fix_after is at least {MIN_FIX}")


class NotCharted(Exception):
    """The series can not be drawn this way. `place` is the observation at fault, None when it is the whole series."""

    def __init__(self, reason: Sentence, place: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


def plotted(observations: Sequence[Observation], chart: Chart) -> list[float]:
    """What is drawn for each observation: the quotient where there are denominators that the chart uses, else the value; NaN for none."""
    return [_quotient(one, divided=chart not in UNDIVIDED) for one in observations]


def _quotient(one: Observation, *, divided: bool) -> float:
    if one.value is None:
        return nan
    if one.denominator is None or not divided:
        return float(one.value)
    return one.value / one.denominator if one.denominator else nan


def check(observations: Sequence[Observation], chart: Chart) -> None:
    """Raises NotCharted for the first observation that the chart has no place for."""
    for place, (before, after) in enumerate(pairwise(observations), start=1):
        if after.on <= before.on:
            raise NotCharted(Sentence("Datumet %(day)s kommer inte efter datumet före.", day=after.on.isoformat()), place)
    for place, one in enumerate(observations):
        fault = _fault(one, chart)
        if fault:
            raise NotCharted(fault, place)


def _fault(one: Observation, chart: Chart) -> Sentence | None:
    value, denominator = one.value, one.denominator
    if not all(isfinite(number) and abs(number) < MAX_SIZE for number in (value, denominator) if number is not None):
        return Sentence("Värdet är inget tal som går att räkna med.")
    if denominator is not None and denominator < 0:
        return Sentence("Nämnaren är negativ. En nämnare är noll eller mer.")
    if denominator is None and chart in DIVIDED:
        return Sentence("Diagrammet %(chart)s behöver en nämnare för varje värde.", chart=str(chart))
    return None if value is None else _fault_of_value(value, chart, inf if denominator is None else denominator)


def _fault_of_value(value: float, chart: Chart, denominator: float) -> Sentence | None:
    if chart in _WHOLE and (value < 0 or value != int(value)):
        if chart in DIVIDED:
            return Sentence(
                "Diagrammet %(chart)s behöver täljaren, ett helt antal som är noll eller mer, och inte kvoten.", chart=str(chart)
            )
        return Sentence("Diagrammet %(chart)s behöver hela antal som är noll eller mer.", chart=str(chart))
    # Of nothing there is no share: the point has no value, and that is said among the warnings.
    if chart in _SHARES and value > denominator > 0:
        return Sentence("Täljaren är större än nämnaren. Då är det ingen andel; välj u eller u-prime.")
    if chart is Chart.TIME_BETWEEN and value <= 0:
        return Sentence("Tiden mellan två händelser måste vara större än noll i diagrammet t.")
    return None
