"""From tallies to values, one body, period and part at a time."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate, Form, OverTime
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ALL, Key, Outcome, Part, ValueStatus
from styrkedja.core.indicators.readings import Reading
from styrkedja.core.indicators.reference.facts import Facts
from styrkedja.core.indicators.reference.tally import Place, Question

Tally = Mapping[Place, Part]


def evaluate(definition: Definition, facts: Mapping[str, Facts], reading: Reading, ends: Iterable[Month]) -> dict[Key, Outcome]:
    """The outcome of every body, period and part that has rows, at the levels of the definition. `facts` are by source.

    A period of which some month is missing in some source has no outcomes at all.
    """
    found: dict[Key, Outcome] = {}
    for end in ends:
        found |= _of_span(definition, facts, reading, Span.ending(end, definition.months))
    return found


def _of_span(definition: Definition, facts: Mapping[str, Facts], reading: Reading, span: Span) -> dict[Key, Outcome]:
    tallies = [_tally(definition, measure, facts, reading, span) for measure in definition.cell_measures]
    if not tallies or any(tally is None for tally in tallies):
        return {}
    numerator, denominator = tallies[0] or {}, (tallies[1] or {}) if len(tallies) > 1 else None
    told = len(definition.dimensions)
    places = {(body, parts[:told]) for body, parts in (*numerator, *(denominator or ()))}
    found = {}
    for body, parts in places:
        if reading.structure.bodies[reading.structure.index[body]].kind in definition.levels:
            found[Key(body, span, parts)] = _outcome(definition, numerator, denominator, body, parts)
    return found


def _tally(
    definition: Definition, measure: CellMeasure, facts: Mapping[str, Facts], reading: Reading, span: Span
) -> dict[Place, Part] | None:
    return Question(measure, definition.split_by, facts[measure.source], reading).tally(span)


def _part(tally: Tally, measure: CellMeasure, definition: Definition, body: str, parts: tuple[str, ...]) -> Part:
    """The tally at a place, of which an undivided dimension is always the whole; nothing where there are no rows."""
    asked = tuple(ALL if column in measure.undivided else part for column, part in zip(definition.split_by, parts, strict=True))
    sums = measure.aggregate in {Aggregate.SUM, Aggregate.ENTITY_INDEX}
    is_mean = measure.over_time == OverTime.MEAN and measure.aggregate != Aggregate.DISTINCT
    return tally.get((body, asked), Part(0, 0 if sums else None, definition.months if is_mean else 1))


def _outcome(definition: Definition, numerator: Tally, denominator: Tally | None, body: str, parts: tuple[str, ...]) -> Outcome:
    whole = (*parts, *([ALL] * (len(definition.split_by) - len(parts))))
    assert definition.numerator is not None
    upper = _part(numerator, definition.numerator, definition, body, whole)
    lower = None
    if denominator is not None and definition.denominator is not None:
        lower = _part(denominator, definition.denominator, definition, body, whole)
    basis = upper.count / upper.months if lower is None else lower.amount
    if definition.value.form == Form.AGE_STANDARDISED and denominator is not None:
        value = _standardised(definition, numerator, denominator, body, whole)
    else:
        value = _value(definition, upper, lower)
    if value is None:
        return Outcome(upper, lower, None, ValueStatus.NO_DENOMINATOR)
    if basis < definition.minimum_n:
        return Outcome(upper, lower, None, ValueStatus.TOO_FEW)
    return Outcome(upper, lower, float(value * _factor(definition)), ValueStatus.VALUE)


def _factor(definition: Definition) -> Fraction:
    return definition.value.factor * (Fraction(12, definition.months) if definition.value.annualised else 1)


def _exact(part: Part) -> Fraction:
    """The amount without rounding: an index is a sum of floats, and each float is a fraction."""
    return Fraction(part.count if part.total is None else part.total) / part.months


def _value(definition: Definition, upper: Part, lower: Part | None) -> Fraction | None:
    """The value before the factor; None without a denominator to divide by."""
    amount = _exact(upper)
    match definition.value.form:
        case Form.COUNT:
            return amount
        case Form.MEAN | Form.INDEX if lower is None:
            return amount * upper.months / upper.count if upper.count else None
    below = None if lower is None else _exact(lower)
    if not below:
        return None
    return (amount - below) / below if definition.value.form == Form.DEVIATION else amount / below


def _standardised(definition: Definition, numerator: Tally, denominator: Tally, body: str, whole: tuple[str, ...]) -> Fraction | None:
    """Direct standardisation over the groups; within one group, the group's own rate. A group that nobody belongs to makes it impossible."""
    assert definition.standard is not None
    assert definition.numerator is not None
    assert definition.denominator is not None
    standard = definition.standard
    at = definition.split_by.index(standard.column)
    groups = {group: weight for group, weight in standard.weights.items() if weight and whole[at] in (ALL, group)}
    total = Fraction(0)
    for group, weight in groups.items():
        parts = (*whole[:at], group, *whole[at + 1 :])
        below = _exact(_part(denominator, definition.denominator, definition, body, parts))
        if not below:
            return None
        total += weight * _exact(_part(numerator, definition.numerator, definition, body, parts)) / below
    return total / sum(groups.values()) if groups else None
