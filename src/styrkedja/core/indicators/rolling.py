"""The figures behind a rolling value: the same indicator of each month alone, which shares no days with the next and can be judged against chance."""

from dataclasses import replace
from fractions import Fraction

from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate, Form, Frequency, OverTime


def each_alone(definition: Definition) -> Definition | None:
    """The indicator of one month, in the size of the rolling value: visits a year per thousand, though they are of a month.

    None for one whose values do not roll, and for one that cannot be told so: an index over a window, and persons who are counted once in the
    whole of the time.
    """
    measures = definition.cell_measures
    if not measures or definition.frequency is not Frequency.MONTH or definition.months == 1:
        return None
    if definition.reach > definition.months or any(one.aggregate is Aggregate.DISTINCT for one in measures):
        return None
    value = definition.value
    if not value.annualised:
        value = replace(value, factor=value.factor * _shrinks(definition))
    return replace(definition, months=1, value=value)


def _shrinks(definition: Definition) -> Fraction:
    """How many times smaller the value is of a month: what is added up over time shrinks, a mean and the state at the end do not."""
    times = Fraction(definition.months)
    upper, *lower = definition.cell_measures
    if lower:
        return _size(upper, times) / _size(lower[0], times)
    return _size(upper, times) if definition.value.form is Form.COUNT else Fraction(1)


def _size(one: CellMeasure, times: Fraction) -> Fraction:
    return times if one.over_time is OverTime.SUM else Fraction(1)
