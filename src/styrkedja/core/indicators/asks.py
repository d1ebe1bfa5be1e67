"""What a set of definitions asks of the facts, each thing once: two indicators that share a denominator share its cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.hashing import cell_hash
from styrkedja.core.indicators.definition.kinds import Aggregate, OverTime
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import LENGTHS, Month, Span

# Of one row each, so that all of a grain are computed in one pass.
_ROWS = {Aggregate.COUNT, Aggregate.SUM}


@dataclass(frozen=True)
class Grain:
    """What cells of one pass share: the source, the column that places rows in the organisation, and the columns that they are split by."""

    source: str
    unit: str
    split: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """Cells of one measure. `split` are the columns that they are split by, in the order of their names; `key` is the hash of what changes them."""

    measure: CellMeasure
    source: FactSource
    split: tuple[str, ...]
    key: str

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def grain(self) -> Grain:
        return Grain(self.source.id, self.measure.attributed_to, self.split)

    @property
    def is_of_rows(self) -> bool:
        return self.measure.aggregate in _ROWS

    @property
    def is_distinct(self) -> bool:
        return self.measure.aggregate == Aggregate.DISTINCT

    @property
    def has_total(self) -> bool:
        return self.measure.aggregate in {Aggregate.SUM, Aggregate.ENTITY_INDEX}

    @property
    def has_float_total(self) -> bool:
        return self.measure.aggregate == Aggregate.ENTITY_INDEX

    def months_of(self, span: Span) -> list[Month]:
        """The months whose cells make the figure of the period: all of them, or the last for what is a state."""
        if self.measure.over_time == OverTime.LAST or (self.is_distinct and self.source.snapshot is not None):
            return [span.last]
        return list(span)

    def rests_on(self, month: Month) -> Span:
        """The months that must be loaded before the month's cells mean anything. Of a snapshot: those in which the state in force may lie."""
        if self.measure.index is not None:
            return Span.ending(month, self.measure.index.window_months)
        if self.measure.event is not None:
            return Span(month, Month.of(month.last_day + timedelta(days=self.measure.event.within_days)))
        if self.source.snapshot is not None:
            return Span.ending(month, LENGTHS[self.source.snapshot])
        return Span(month, month)

    def in_force(self, month: Month, loaded: frozenset[Month]) -> Month | None:
        """The month whose rows hold in `month`, or None if something that it rests on has not been loaded."""
        if self.source.snapshot is not None:
            return max((one for one in self.rests_on(month) if one in loaded), default=None)
        if self.is_of_rows:  # as below, which is asked for every month of every measure
            return month if month in loaded else None
        return month if all(one in loaded for one in self.rests_on(month)) else None


def ask(measure: CellMeasure, definition: Definition, sources: Mapping[str, FactSource]) -> Ask:
    source = sources[measure.source]
    split = tuple(sorted(set(definition.split_by) - set(measure.undivided)))
    return Ask(measure, source, split, cell_hash(measure, source, split))


def asks(definitions: Iterable[Definition], sources: Mapping[str, FactSource]) -> list[Ask]:
    """Every measure of the definitions once, in their order."""
    found = (ask(measure, definition, sources) for definition in definitions for measure in definition.cell_measures)
    return list({one.key: one for one in found}.values())


def by_grain(wanted: Iterable[Ask]) -> dict[Grain, list[Ask]]:
    """Those of one row each, by the pass that computes them."""
    found: dict[Grain, list[Ask]] = {}
    for one in wanted:
        if one.is_of_rows:
            found.setdefault(one.grain, []).append(one)
    return found
