"""Values of an indicator from rolled-up cells: everything that is divided is divided here, last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Outcomes:
    """A row for each body, period and combination of parts that has cells: indexes into `bodies`, `spans` and `combinations`, then the figures.

    Totals are None where nothing is summed, the denominator's figures where there is none. `value` is NaN where `status` says why.
    """

    bodies: tuple[str, ...]
    spans: tuple[Span, ...]
    combinations: tuple[Parts, ...]
    body: Integers
    span: Integers
    combination: Integers
    numerator: tuple[Integers, Amounts | None, int]
    denominator: tuple[Integers, Amounts | None, int] | None
    value: NDArray[np.float64]
    status: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.body)

    def items(self) -> Iterator[tuple[Key, Outcome]]:
        """One by one, as the reference tells them."""
        for row in range(len(self)):
            key = Key(self.bodies[self.body[row]], self.spans[self.span[row]], self.combinations[self.combination[row]])
            status = STATUSES[self.status[row]]
            value = float(self.value[row]) if status is ValueStatus.VALUE else None
            lower = None if self.denominator is None else _part(self.denominator, row)
            yield key, Outcome(_part(self.numerator, row), lower, value, status)


def _part(side: tuple[Integers, Amounts | None, int], row: int) -> Part:
    count, total, months = side
    return Part(int(count[row]), None if total is None else total[row].item(), months)


def evaluate(definition: Definition, structure: Structure, sides: Sequence[tuple[Ask, Rolled]], ends: Sequence[Month]) -> Outcomes:
    """The outcomes of the periods that end with `ends`. `sides` are the numerator and, if there is one, the denominator, rolled up by one reading;
    their spans hold every month of the periods. Bodies are told by key.
    """
    bodies = np.unique(np.concatenate([rolled.bodies for _ask, rolled in sides]))
    upper, *rest = (_side(definition, one, rolled, bodies, ends) for one, rolled in sides)
    lower = rest[0] if rest else None
    told = len(definition.dimensions)
    combinations = sorted({parts[:told] for side in (upper, *rest) for parts in side.present})
    found = [_told(definition, upper, lower, parts) for parts in combinations]
    masks = [mask for mask, *_figures in found]
    places = [np.nonzero(mask) for mask in masks]

    def flat(number: int) -> NDArray[np.generic]:
        return np.concatenate([one[number][mask] for one, mask in zip(found, masks, strict=True)]) if found else np.empty(0)

    def side(number: int, given: Side) -> tuple[Integers, Amounts | None, int]:
        return flat(number).astype(np.int64), None if given.total is None else flat(number + 1), given.months  # type: ignore[return-value]

    return Outcomes(
        bodies=tuple(structure.bodies[body].key for body in bodies),
        spans=tuple(Span.ending(end, definition.months) for end in ends),
        combinations=tuple(combinations),
        body=np.concatenate([place[0] for place in places]) if places else np.empty(0, dtype=np.int64),
        span=np.concatenate([place[1] for place in places]) if places else np.empty(0, dtype=np.int64),
        combination=np.repeat(np.arange(len(combinations)), [len(place[0]) for place in places]),
        numerator=side(1, upper),
        denominator=None if lower is None else side(3, lower),
        value=flat(5).astype(np.float64),
        status=flat(6).astype(np.int8),
    )


def _side(definition: Definition, one: Ask, rolled: Rolled, bodies: Integers, ends: Sequence[Month]) -> Side:
    split = definition.split_by
    own = np.searchsorted(bodies, rolled.bodies)
    zero = np.zeros((len(bodies), len(ends)), dtype=np.int64)
    named = [_named(split, one, row) for row in rolled.combinations.tolist()]

    def aligned(amount: Amounts) -> Amounts:
        out = np.zeros((len(bodies), len(ends)), dtype=amount.dtype)
        out[own] = amount
        return out

    def each(amounts: Amounts) -> dict[Parts, Amounts]:
        joined = over_time(amounts, one, definition, rolled.span, ends)
        return {parts: aligned(joined[:, number]) for number, parts in enumerate(named)}

    present = each(rolled.present.astype(np.int64))
    return Side(
        present={parts: marks > 0 for parts, marks in present.items()},
        count=each(rolled.count),  # type: ignore[arg-type]
        total=None if rolled.total is None else each(rolled.total),
        months=definition.months if one.measure.over_time == OverTime.MEAN and not one.is_distinct else 1,
        undivided=tuple(place for place, column in enumerate(split) if column in one.measure.undivided),
        zero=zero,
    )


def _named(split: Sequence[str], one: Ask, row: Sequence[int]) -> Parts:
    """The parts of a combination by their codes, in the order of the definition's dimensions."""
    numbers = dict(zip(one.split, row, strict=True))
    return tuple(part_name(one, column, numbers.get(column, WHOLE)) for column in split)


def part_name(one: Ask, column: str, number: int) -> str:
    if number in (WHOLE, UNKNOWN_PART):
        return ALL if number == WHOLE else UNKNOWN
    return list(one.source.columns[column].codes)[number - FIRST_PART]


def over_time(amounts: Amounts, one: Ask, definition: Definition, span: Span, ends: Sequence[Month]) -> Amounts:
    """Months (the last axis, those of `span`) joined to the periods that end with `ends`."""
    last = np.array([end.number - span.first.number for end in ends], dtype=np.int64)
    if one.is_distinct or one.measure.over_time == OverTime.LAST or definition.months == 1:
        return amounts[..., last]
    if amounts.dtype == np.int64:
        sums = np.concatenate([np.zeros_like(amounts[..., :1]), np.cumsum(amounts, axis=-1)], axis=-1)
        joined: Amounts = sums[..., last + 1] - sums[..., last + 1 - definition.months]
        return joined
    windows = [amounts[..., end + 1 - definition.months : end + 1].sum(axis=-1) for end in last]
    return np.stack(windows, axis=-1) if windows else amounts[..., last]


def _told(definition: Definition, upper: Side, lower: Side | None, parts: Parts) -> tuple[NDArray[np.generic], ...]:
    """Of one combination, by body and period: where there are cells, the figures of both sides, value and status."""
    whole = (*parts, *([ALL] * (len(definition.split_by) - len(parts))))
    mask = np.zeros(upper.zero.shape, dtype=np.bool_)
    for side in (upper, lower) if lower is not None else (upper,):
        mask |= side.present.get(whole, mask)
    value = _value(definition, upper, lower, whole) * _factor(definition)
    if lower is None:
        few = upper.counts(whole) < definition.minimum_n * upper.months
    else:
        few = lower.amount(whole) < definition.minimum_n * lower.months
    status = np.where(np.isnan(value), _NO_DENOMINATOR, np.where(few, _TOO_FEW, _VALUE))
    below = lower if lower is not None else upper
    value = np.where(status == _VALUE, value, np.nan)
    return mask, upper.counts(whole), upper.amount(whole), below.counts(whole), below.amount(whole), value, status


def _factor(definition: Definition) -> float:
    factor = definition.value.factor
    return float(factor * 12 / definition.months) if definition.value.annualised else float(factor)


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
