"""What may be shown of an indicator's figures: for every body, period and way of dividing, whether it is published.

Divided by one dimension, a body's figures are shown all together or not at all; divided by several at once they are never shown to who has no right
of access. Periods of one length that end on different days are no sums of each other, so each is protected by itself.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate, Form
from styrkedja.core.indicators.disclosure.figures.dividing import Amounts, Division, Flags, Nodes
from styrkedja.core.indicators.disclosure.figures.forests import Forest, forests
from styrkedja.core.indicators.disclosure.tables import CellStatus
from styrkedja.core.indicators.evaluation import STATUSES, Outcomes, Parts, Told
from styrkedja.core.indicators.outcome import ALL, ValueStatus
from styrkedja.core.indicators.tree import Structure

Codes = npt.NDArray[np.int8]
_STATUSES = (CellStatus.PUBLISHED, CellStatus.PRIMARY, CellStatus.COMPLEMENTARY)


@dataclass(frozen=True)
class Before:
    """What readers have seen, by combination of parts: numerators and denominators (NaN where there were none) by body and period, which of them
    were withheld, and in which periods anything had been decided.
    """

    figures: dict[Parts, tuple[Amounts, Amounts]]
    withheld: dict[Parts, Flags]
    decided: Flags


@dataclass(frozen=True)
class Decisions:
    """By combination of parts a status for every body and period, as in the outcomes.

    `recoverable` is how many figures the audit found a way to work out. In a period where there was one, only the whole is shown of that division.
    """

    outcomes: Outcomes
    codes: Mapping[Parts, Codes]
    recoverable: int

    def in_order(self) -> Iterator[CellStatus | None]:
        """One for each of `outcomes.items()`; None for what is never shown without a right of access."""
        for parts, told in zip(self.outcomes.combinations, self.outcomes.told, strict=True):
            codes = self.codes.get(parts)
            if codes is None:
                yield from [None] * int(np.count_nonzero(told.present))
            else:
                yield from (_STATUSES[code] for code in codes[told.present].tolist())


def decide(
    definition: Definition,
    structure: Structure,
    outcomes: Outcomes,
    *,
    threshold: int,
    persons: Collection[str] = (),
    before: Before | None = None,
) -> Decisions:
    """Counts from 1 to `threshold` - 1 are too small: of the numerator if it counts something, of the denominator, and of what is left of it.

    `persons` are the sources of which each row is about somebody.
    """
    told = dict(zip(outcomes.combinations, outcomes.told, strict=True))
    ways = _ways(outcomes, len(definition.dimensions))
    if not ways or not outcomes.bodies:
        return Decisions(outcomes, {}, 0)
    counted = {parts: quantities(definition, told[parts], outcomes, persons) for way in ways for parts in way}
    divisions = [
        _division(outcomes, way, [told[parts] for parts in way], [counted[parts] for parts in way], threshold, before) for way in ways
    ]
    codes = {parts: np.zeros(told[parts].present.shape, dtype=np.int8) for way in ways for parts in way}
    adds_up = all(measure.aggregate != Aggregate.DISTINCT for measure in definition.cell_measures)
    recoverable = 0
    for forest, spans in forests(structure, outcomes.bodies, outcomes.spans):
        divided = [division.over(forest.with_rests(), spans, threshold=threshold, adds_up=adds_up) for division in divisions]
        bare: list[Nodes] = [frozenset()] * len(spans)
        for number, (way, division, own) in enumerate(zip(ways, divisions, divided, strict=True)):
            chosen, found = own.withhold(divided[0] if number else None, bare)
            recoverable += found
            bare = bare if number else chosen
            for parts in way:
                codes[parts][:, spans] = _codes(forest, chosen, division.small[:, spans])
    return Decisions(outcomes, codes, recoverable)


def _ways(outcomes: Outcomes, width: int) -> list[list[Parts]]:
    """Not divided first, then by each dimension. Empty if there are no undivided figures."""
    whole = (ALL,) * width
    alone = [[parts for parts in outcomes.combinations if parts[place] != ALL and parts.count(ALL) == width - 1] for place in range(width)]
    return [[whole], *filter(None, alone)] if whole in outcomes.combinations else []


def _division(
    outcomes: Outcomes, way: Sequence[Parts], told: Sequence[Told], counted: Sequence[Amounts], threshold: int, before: Before | None
) -> Division:
    amounts = np.stack(counted, axis=1)
    small = ((amounts > 0) & (amounts < threshold)).any(axis=(0, 1))
    too_few = STATUSES.index(ValueStatus.TOO_FEW)
    small |= np.any([one.present & (one.status == too_few) for one in told], axis=0)
    if before is None:
        return Division(amounts, small)
    withheld = np.any([before.withheld.get(parts, np.zeros_like(small)) for parts in way], axis=0)
    steps = np.stack([_steps(outcomes, one, before.figures.get(parts)) for parts, one in zip(way, told, strict=True)], axis=1)
    return Division(amounts, small, np.asarray(withheld), steps, np.asarray(~before.decided.any(axis=0)))


def quantities(definition: Definition, told: Told, outcomes: Outcomes, persons: Collection[str]) -> Amounts:
    """What is counted in the figures and tested, as values by body and period; none is negative.

    What is summed over persons (öre, days, doses) is tested by how many rows it is the sum of.
    """
    upper, *rest = outcomes.sides
    if not rest:
        return np.asarray([told.count / upper.months], dtype=np.float64)
    above, below = told.amount / upper.months, told.below / rest[0].months
    form = definition.value.form
    found = [above, np.maximum(below - above, 0)] if form == Form.PERCENTAGE else [below]
    if form in (Form.RATE, Form.AGE_STANDARDISED):
        found.append(above)
    rows = (told.count / upper.months, told.below_count / rest[0].months)
    found += [count for measure, count in zip(definition.cell_measures, rows, strict=True) if measure.source in persons]
    return np.asarray(found, dtype=np.float64)


def _steps(outcomes: Outcomes, told: Told, then: tuple[Amounts, Amounts] | None) -> Amounts:
    """What has been added to numerator and denominator since."""
    shape = told.present.shape
    kept = (np.zeros(shape), np.zeros(shape)) if then is None else tuple(map(np.nan_to_num, then))
    now = [amount / side.months for amount, side in zip((told.amount, told.below), outcomes.sides, strict=False)]
    return np.stack([np.where(told.present, amount, 0) - was for amount, was in zip(now, kept, strict=False)])


def _codes(forest: Forest, chosen: Sequence[Nodes], small: Flags) -> Codes:
    hidden = small.copy()
    for place, nodes in enumerate(chosen):
        hidden[:, place] |= [node in nodes for node in forest.node]
    hidden[[*forest.merged]] = True
    return np.where(hidden, np.where(small, np.int8(1), np.int8(2)), np.int8(0)).astype(np.int8)
