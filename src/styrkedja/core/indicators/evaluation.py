"""Values of an indicator from rolled-up cells: everything that is divided is divided here, last."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.cells import FIRST_PART, UNKNOWN_PART, WHOLE, Amounts, Integers, Rolled
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Form, OverTime
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ALL, UNKNOWN, Key, Outcome, Part, ValueStatus
from styrkedja.core.indicators.tree import Structure

Parts = tuple[str, ...]
STATUSES = tuple(ValueStatus)
_VALUE, _NO_DENOMINATOR, _TOO_FEW = (
    STATUSES.index(status) for status in (ValueStatus.VALUE, ValueStatus.NO_DENOMINATOR, ValueStatus.TOO_FEW)
)


@dataclass(frozen=True)
class Side:
    """A numerator or denominator as amounts by body and period end, for each combination of parts that it has. `months` divides them (a mean)."""

    present: Mapping[Parts, NDArray[np.bool_]]
    count: Mapping[Parts, Integers]
    total: Mapping[Parts, Amounts] | None
    months: int
    undivided: tuple[int, ...]
    zero: Integers

    def asked(self, parts: Parts) -> Parts:
        """An undivided dimension is always the whole."""
        return tuple(ALL if place in self.undivided else part for place, part in enumerate(parts))

    def counts(self, parts: Parts) -> Integers:
        return self.count.get(self.asked(parts), self.zero)

    def amount(self, parts: Parts) -> Amounts:
        """What stands in the fraction, before it is divided by `months`."""
        return self.counts(parts) if self.total is None else self.total.get(self.asked(parts), self.zero)

    def part(self, count: Any, amount: Any) -> Part:
        return Part(int(count), None if self.total is None else amount.item(), self.months)


@dataclass(frozen=True)
class Told:
    """Of one combination of parts, by body and period: where there are cells, the figures of both sides, value (NaN where there is none) and status.

    The figures of `below` are those above where there is no denominator.
    """

    present: NDArray[np.bool_]
    count: Integers
    amount: Amounts
    below_count: Integers
    below: Amounts
    value: NDArray[np.float64]
    status: NDArray[np.int8]


@dataclass(frozen=True)
class Outcomes:
    """The values of an indicator as arrays: for each combination of parts by body and period. `sides` say how the figures are to be read."""

    combinations: tuple[Parts, ...]
    bodies: tuple[str, ...]
    spans: tuple[Span, ...]
    told: tuple[Told, ...]
    sides: tuple[Side, ...]

    def __len__(self) -> int:
        """How many values there are, those included that only say why there is none."""
        return sum(int(np.count_nonzero(one.present)) for one in self.told)

    def items(self) -> Iterator[tuple[Key, Outcome]]:
        """One by one, as the reference tells them."""
        for parts, told in zip(self.combinations, self.told, strict=True):
            for body, span in zip(*(index.tolist() for index in np.nonzero(told.present)), strict=True):
                yield Key(self.bodies[body], self.spans[span], parts), self._outcome(told, (body, span))

    def of(self, parts: Parts, bodies: Collection[str]) -> Iterator[tuple[Key, Outcome]]:
        """Those of one combination of parts for some bodies."""
        if parts not in self.combinations:
            return
        told = self.told[self.combinations.index(parts)]
        for number in (number for number, body in enumerate(self.bodies) if body in bodies):
            for span in np.flatnonzero(told.present[number]).tolist():
                yield Key(self.bodies[number], self.spans[span], parts), self._outcome(told, (number, span))

    def _outcome(self, told: Told, place: tuple[int, int]) -> Outcome:
        upper, *rest = self.sides
        status = STATUSES[told.status[place]]
        return Outcome(
            upper.part(told.count[place], told.amount[place]),
            rest[0].part(told.below_count[place], told.below[place]) if rest else None,
            float(told.value[place]) if status is ValueStatus.VALUE else None,
            status,
        )


def evaluate(definition: Definition, structure: Structure, sides: Sequence[tuple[Ask, Rolled]], ends: Sequence[Month]) -> Outcomes:
    """The outcomes of the periods that end with `ends`. `sides` are the numerator and, if there is one, the denominator, rolled up by one reading;
    their spans hold every month of the periods. Bodies are told by key.
    """
    bodies = np.unique(np.concatenate([rolled.bodies for _ask, rolled in sides]))
    upper, *rest = (_side(definition, one, rolled, bodies, ends) for one, rolled in sides)
    width = len(definition.dimensions)
    combinations = sorted({parts[:width] for side in (upper, *rest) for parts in side.present})
    return Outcomes(
        combinations=tuple(combinations),
        bodies=tuple(structure.bodies[number].key for number in bodies.tolist()),
        spans=tuple(Span.ending(end, definition.months) for end in ends),
        told=tuple(_told(definition, upper, rest[0] if rest else None, parts) for parts in combinations),
        sides=(upper, *rest),
    )


def _side(definition: Definition, one: Ask, rolled: Rolled, bodies: Integers, ends: Sequence[Month]) -> Side:
    split = definition.split_by
    own = np.searchsorted(bodies, rolled.bodies)
    named = [_named(split, one, row) for row in rolled.combinations.tolist()]

    def each(amounts: NDArray[Any]) -> dict[Parts, NDArray[Any]]:
        joined = over_time(amounts, one, definition, rolled.span, ends)
        if len(own) != len(bodies):
            aligned = np.zeros((len(bodies), *joined.shape[1:]), dtype=joined.dtype)
            aligned[own] = joined
            joined = aligned
        return {parts: joined[:, number] for number, parts in enumerate(named)}

    return Side(
        present=each(rolled.present),
        count=each(rolled.count),
        total=None if rolled.total is None else each(rolled.total),
        months=definition.months if one.measure.over_time == OverTime.MEAN and not one.is_distinct else 1,
        undivided=tuple(place for place, column in enumerate(split) if column in one.measure.undivided),
        zero=np.zeros((len(bodies), len(ends)), dtype=np.int64),
    )


def _named(split: Sequence[str], one: Ask, row: Sequence[int]) -> Parts:
    """The parts of a combination by their codes, in the order of the definition's dimensions."""
    numbers = dict(zip(one.split, row, strict=True))
    return tuple(part_name(one, column, numbers.get(column, WHOLE)) for column in split)


def part_name(one: Ask, column: str, number: int) -> str:
    if number in (WHOLE, UNKNOWN_PART):
        return ALL if number == WHOLE else UNKNOWN
    return list(one.source.columns[column].codes)[number - FIRST_PART]


def part_number(one: Ask, column: str, name: str) -> int:
    """The other way."""
    if name in (ALL, UNKNOWN):
        return WHOLE if name == ALL else UNKNOWN_PART
    codes = list(one.source.columns[column].codes)
    return codes.index(name) + FIRST_PART if name in codes else -1


def over_time(amounts: NDArray[Any], one: Ask, definition: Definition, span: Span, ends: Sequence[Month]) -> NDArray[Any]:
    """Months (the last axis, those of `span`) joined to the periods that end with `ends`: added, or where it is asked whether, any."""
    last = np.array([end.number - span.first.number for end in ends], dtype=np.int64)
    if one.is_distinct or one.measure.over_time == OverTime.LAST or definition.months == 1:
        return amounts if len(last) == amounts.shape[-1] and (np.diff(last) == 1).all() else amounts[..., last]
    if amounts.dtype == np.float64:
        windows = [amounts[..., end + 1 - definition.months : end + 1].sum(axis=-1) for end in last]
        return np.stack(windows, axis=-1) if windows else amounts[..., last]
    sums = np.cumsum(amounts, axis=-1, dtype=np.int64)
    sums = np.concatenate([np.zeros_like(sums[..., :1]), sums], axis=-1)
    joined: NDArray[Any] = sums[..., last + 1] - sums[..., last + 1 - definition.months]
    return joined > 0 if amounts.dtype == np.bool_ else joined


def _told(definition: Definition, upper: Side, lower: Side | None, parts: Parts) -> Told:
    whole = (*parts, *([ALL] * (len(definition.split_by) - len(parts))))
    marks = [side.present[whole] for side in (upper, lower) if side is not None and whole in side.present]
    below = lower if lower is not None else upper
    value = _value(definition, upper, lower, whole) * definition.multiplier
    basis = upper.counts(whole) if lower is None else lower.amount(whole)
    status = np.where(basis < definition.minimum_n * below.months, np.int8(_TOO_FEW), np.int8(_VALUE))
    status[np.isnan(value)] = _NO_DENOMINATOR
    value[status != _VALUE] = np.nan
    present = marks[0] if len(marks) == 1 else marks[0] | marks[1]
    return Told(present, upper.counts(whole), upper.amount(whole), below.counts(whole), below.amount(whole), value, status)


def _value(definition: Definition, upper: Side, lower: Side | None, parts: Parts) -> NDArray[np.float64]:
    """Before the factor; NaN without a denominator to divide by."""
    form = definition.value.form
    if form == Form.COUNT:
        return upper.amount(parts).astype(np.float64) / upper.months
    if lower is None:
        return _divide(upper.amount(parts), upper.counts(parts))
    if form == Form.AGE_STANDARDISED:
        return _standardised(definition, upper, lower, parts)
    above, below = upper.amount(parts) * lower.months, lower.amount(parts) * upper.months
    return _divide(above - below if form == Form.DEVIATION else above, below)


def _divide(above: Amounts, below: Amounts) -> NDArray[np.float64]:
    out = np.full(above.shape, np.nan)
    np.divide(above, below, out=out, where=below != 0)
    return out


def _standardised(definition: Definition, upper: Side, lower: Side, parts: Parts) -> NDArray[np.float64]:
    """Direct standardisation over the groups; within one group, the group's own rate. A group that nobody belongs to makes it impossible."""
    standard = definition.standard
    assert standard is not None
    at = definition.split_by.index(standard.column)
    groups = {group: weight for group, weight in standard.weights.items() if weight and parts[at] in (ALL, group)}
    total = np.zeros(upper.zero.shape)
    for group, weight in groups.items():
        own = (*parts[:at], group, *parts[at + 1 :])
        total += weight * _divide(upper.amount(own) * lower.months, lower.amount(own) * upper.months)
    return total / sum(groups.values()) if groups else np.full(total.shape, np.nan)
