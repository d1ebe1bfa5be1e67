"""Where figures are made: cells that are missing are computed, those that are kept are read, and values come of both."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.asks import Ask, ask
from styrkedja.core.indicators.cells import Cells, Keys, Rolled, join, roll_up
from styrkedja.core.indicators.decoding import keys_of, numbers
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.evaluation import Outcomes, evaluate
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import Reading
from styrkedja.indicators.cellstore import CellStore
from styrkedja.indicators.needs import Wanted, countings, fact_months, needs, wanted
from styrkedja.indicators.passes import Passes
from styrkedja.indicators.preparing import Done, Preparation, Prints, Progress, count_name, silent, total_name

# Rolled-up cells that are held for the next indicator with the same denominator.
_HELD = 4


class Workshop:
    """`reading` says by which organisation; its structure is the one that `passes` knows."""

    def __init__(
        self, sources: Mapping[str, FactSource], reading: Reading, passes: Passes, store: CellStore, *, progress: Progress = silent
    ) -> None:
        self._sources, self._reading, self._passes, self._store = sources, reading, passes, store
        self.prints = Prints(passes, reading.structure)
        self._preparation = Preparation(passes, store, reading.structure, self.prints, progress)
        self._rolled: OrderedDict[tuple[object, ...], Rolled] = OrderedDict()

    @cached_property
    def loaded(self) -> dict[str, frozenset[Month]]:
        return {source: self._passes.loaded(source) for source in self._sources}

    def wanted(self, definition: Definition, within: Span) -> Wanted:
        """The periods of the definition that end within the months and can be computed."""
        return wanted(definition, self._sources, within, self.loaded)

    def prepare(self, everything: Sequence[Wanted]) -> Done:
        """Computes the cells that are missing. Raises CellFault, FactFault or EngineFault."""
        return self._preparation.run(needs(everything, self._sources, self.loaded, self._reading))

    def outcomes(self, given: Wanted) -> Outcomes:
        """The values of periods whose cells have been prepared."""
        sides = [(one, self._side(one, given)) for one in self._asks(given.definition)]
        return evaluate(given.definition, self._reading.structure, sides, given.ends)

    def rests_on(self, given: Wanted) -> Iterator[tuple[Span, list[str]]]:
        """The fingerprints of the cells that each period is made of."""
        own = self._asks(given.definition)
        for end, span in zip(given.ends, given.spans, strict=True):
            alone = Wanted(given.definition, (end,))
            yield span, [f"{one.key} {told}" for one in own for told in self._prints_of(one, alone)]

    def close(self) -> None:
        self._passes.close()

    def _asks(self, definition: Definition) -> list[Ask]:
        return [ask(measure, definition, self._sources) for measure in definition.cell_measures]

    def _prints_of(self, one: Ask, given: Wanted) -> list[str]:
        if one.is_distinct:
            return [self.prints.of_distinct(one, counting) for counting in countings(one, given, self.loaded, self._reading)]
        if one.measure.index is not None:
            return [self.prints.of_index(one, month) for month in given.months(one)]
        return [self.prints.of_rows(one, fact) for fact in fact_months(one, given.months(one), self.loaded).values()]

    def _side(self, one: Ask, given: Wanted) -> Rolled:
        span = Span(given.spans[0].first, given.ends[-1])
        key = (one.key, one.measure.over_time, span, given.ends, given.definition.months, given.definition.levels)
        if key not in self._rolled:
            told = np.array([body.kind in given.definition.levels for body in self._reading.structure.bodies], dtype=np.bool_)
            self._rolled[key] = roll_up(join([*self._cells(one, given)] or [_no_cells(one)]), self._reading, span, told)
            while len(self._rolled) > _HELD:
                self._rolled.popitem(last=False)
        return self._rolled[key]

    def _cells(self, one: Ask, given: Wanted) -> Iterator[Cells]:
        """The cells of each month that counts in the periods, or of each period of a distinct count."""
        structure = self._reading.structure
        if one.is_distinct:
            for counting in countings(one, given, self.loaded, self._reading):
                table = self._lone(one, self._preparation.label(counting), self.prints.of_distinct(one, counting))
                yield _cells(table, one, keys_of(table, one, structure, month=counting.span.last, placed_on=counting.placed_on))
            return
        for month, fact in fact_months(one, given.months(one), self.loaded).items():
            table = self._month(one, fact)
            is_state = one.source.snapshot is not None or one.measure.index is not None
            placed_on = month.last_day if is_state else None
            yield _cells(table, one, keys_of(table, one, structure, month=month, placed_on=placed_on))

    def _month(self, one: Ask, month: Month) -> pa.Table:
        if one.measure.index is not None:
            return self._lone(one, str(month), self.prints.of_index(one, month))
        if one.measure.event is not None:
            return self._lone(one, str(month), self.prints.of_rows(one, month))
        names = [count_name(one), *([total_name(one)] if one.has_total else [])]
        table = self._store.read_wide(one.grain, month, names)
        return table.rename_columns([*table.column_names[: -len(names)], *["count", "total"][: len(names)]])

    def _lone(self, one: Ask, label: str, fingerprint: str) -> pa.Table:
        table = self._store.read_lone(one, label, fingerprint)
        assert table is not None, "prepared before it is read"
        return table


def _cells(table: pa.Table, one: Ask, keys: Keys) -> Cells:
    total = None
    if one.has_total:
        total = np.asarray(table["total"].to_numpy()) if one.has_float_total else numbers(table["total"].fill_null(0))
    return Cells(keys, numbers(table["count"].fill_null(0)), total, are_whole=one.is_distinct)


def _no_cells(one: Ask) -> Cells:
    nothing = np.empty(0, dtype=np.int64)
    keys = Keys(nothing, nothing, nothing, np.empty((0, len(one.split)), dtype=np.int64))
    total = np.empty(0, dtype=np.float64 if one.has_float_total else np.int64) if one.has_total else None
    return Cells(keys, nothing, total, are_whole=one.is_distinct)
