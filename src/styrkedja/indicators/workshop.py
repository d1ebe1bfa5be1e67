"""Where figures are made: cells that are missing are computed, those that are kept are read, and values come of both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.asks import Ask, Grain, ask
from styrkedja.core.indicators.cells import Amounts, Integers, Rolled, Spread
from styrkedja.core.indicators.decoding import Kept, floats, joined, keys_of, numbers
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.evaluation import Outcomes, evaluate
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import Reading
from styrkedja.indicators.ahead import in_order
from styrkedja.indicators.cellstore import CellStore
from styrkedja.indicators.needs import Wanted, countings, fact_months, needs, wanted
from styrkedja.indicators.passes import Passes
from styrkedja.indicators.preparing import Done, Preparation, Prints, Progress, count_name, silent, total_name

# How many sets of cells are held for the next indicator that rests on them.
_MOST = 4


class Workshop:
    """`reading` says by which organisation; its structure is the one that `passes` knows."""

    def __init__(
        self, sources: Mapping[str, FactSource], reading: Reading, passes: Passes, store: CellStore, *, progress: Progress = silent
    ) -> None:
        self._sources, self._reading, self._passes, self._store = sources, reading, passes, store
        self.prints = Prints(passes, reading.structure)
        self._preparation = Preparation(passes, store, reading.structure, self.prints, progress)
        self._together: dict[Grain, dict[str, Ask]] = {}
        self._held: dict[tuple[object, ...], _Held] = {}
        self._reading_cells = Lock()

    @cached_property
    def loaded(self) -> dict[str, frozenset[Month]]:
        return {source: self._passes.loaded(source) for source in self._sources}

    def wanted(self, definition: Definition, within: Span) -> Wanted:
        """The periods of the definition that end within the months and can be computed."""
        return wanted(definition, self._sources, within, self.loaded)

    def prepare(self, everything: Sequence[Wanted]) -> Done:
        """Computes the cells that are missing. Raises CellFault, FactFault or EngineFault."""
        for given in everything:
            for one in self.asks(given.definition):
                if one.is_of_rows:
                    self._together.setdefault(one.grain, {})[one.key] = one
        return self._preparation.run(needs(everything, self._sources, self.loaded, self._reading))

    def outcomes(self, given: Wanted) -> Outcomes:
        """The values of periods whose cells have been prepared."""
        sides = [(one, self._side(one, given)) for one in self.asks(given.definition)]
        return evaluate(given.definition, self._reading.structure, sides, given.ends)

    def outcomes_of(self, everything: Iterable[Wanted], *, threads: int = 1) -> Iterator[Outcomes]:
        """The values of each in turn, the next ones made while those before are taken care of."""
        return in_order(self.outcomes, everything, threads)

    def rests_on(self, given: Wanted) -> Iterator[tuple[Span, list[str]]]:
        """The fingerprints of the cells that each period is made of."""
        own = self.asks(given.definition)
        for end, span in zip(given.ends, given.spans, strict=True):
            alone = Wanted(given.definition, (end,))
            yield span, [f"{one.key} {told}" for one in own for told in self._prints_of(one, alone)]

    def forget(self) -> None:
        """Lets go of the cells that have been read."""
        self._held.clear()

    def close(self) -> None:
        self._passes.close()

    def asks(self, definition: Definition) -> list[Ask]:
        """The cells of the numerator and the denominator."""
        return [ask(measure, definition, self._sources) for measure in definition.cell_measures]

    def _prints_of(self, one: Ask, given: Wanted) -> list[str]:
        if one.is_distinct:
            return [self.prints.of_distinct(one, counting) for counting in countings(one, given, self.loaded, self._reading)]
        if one.measure.index is not None:
            return [self.prints.of_index(one, month) for month in given.months(one)]
        return [self.prints.of_rows(one, fact) for fact in fact_months(one, given.months(one), self.loaded).values()]

    def _side(self, one: Ask, given: Wanted) -> Rolled:
        """The cells rolled up. Those of one grain are read together, and where they stand is worked out once."""
        held = self._hold(one, given)
        return held.spread.roll_up(*held.amounts(one))

    def _hold(self, one: Ask, given: Wanted) -> "_Held":
        span = Span(given.spans[0].first, given.ends[-1])
        own = one.grain if one.is_of_rows else one.key
        key = (own, one.measure.over_time, span, given.ends, given.definition.months, given.definition.levels)
        with self._reading_cells:
            return self._read(key, one, given, span)

    def _read(self, key: tuple[object, ...], one: Ask, given: Wanted, span: Span) -> "_Held":
        if key not in self._held:
            tables = list(self._tables(one, given))
            rows = joined(tables)
            told = np.array([body.kind in given.definition.levels for body in self._reading.structure.bodies], dtype=np.bool_)
            keys = keys_of(tables, rows, one, self._reading.structure)
            spread = Spread(keys, self._reading, span, told, are_whole=one.is_distinct)
            if len(self._held) >= _MOST:
                self._held.pop(next(iter(self._held)))
            self._held[key] = _Held(spread, rows)
        return self._held[key]

    def _tables(self, one: Ask, given: Wanted) -> Iterator[Kept]:
        """The cells of each month that counts in the periods, or of each period of a distinct count."""
        if one.is_distinct:
            for counting in countings(one, given, self.loaded, self._reading):
                table = self._lone(one, self._preparation.label(counting), self.prints.of_distinct(one, counting))
                yield Kept(table, counting.span.last, counting.placed_on)
            return
        is_state = one.source.snapshot is not None or one.measure.index is not None
        months = fact_months(one, given.months(one), self.loaded)
        names = self._columns(one, set(months.values())) if one.is_of_rows else []
        for month, fact in months.items():
            yield Kept(self._month(one, fact, names), month, month.last_day if is_state else None)

    def _columns(self, one: Ask, months: set[Month]) -> list[str]:
        """The columns of the asks of its grain that have cells in all the months, its own among them."""
        there = frozenset.intersection(*(self._store.wide_columns(one.grain, month, self.prints.of_rows(one, month)) for month in months))
        asks = self._together.get(one.grain, {}) | {one.key: one}
        names = [name for each in asks.values() for name in (count_name(each), *([total_name(each)] if each.has_total else []))]
        return [name for name in names if name in there]

    def _month(self, one: Ask, month: Month, names: list[str]) -> pa.Table:
        if one.is_of_rows:
            return self._store.read_wide(one.grain, month, names)
        print_of = self.prints.of_index if one.measure.index is not None else self.prints.of_rows
        return self._lone(one, str(month), print_of(one, month))

    def _lone(self, one: Ask, label: str, fingerprint: str) -> pa.Table:
        table = self._store.read_lone(one, label, fingerprint)
        assert table is not None, "prepared before it is read"
        return table


@dataclass(frozen=True)
class _Held:
    """Cells that have been read, and where they are added."""

    spread: Spread
    rows: pa.Table

    def amounts(self, one: Ask) -> tuple[Integers, Amounts | None]:
        return amounts(one, self.rows)


def amounts(one: Ask, rows: pa.Table) -> tuple[Integers, Amounts | None]:
    """Counts and totals of the kept cells; None where nothing is summed."""
    count, total = (count_name(one), total_name(one)) if one.is_of_rows else ("count", "total")
    counts = numbers(rows[count], 0)
    if not one.has_total:
        return counts, None
    return counts, floats(rows[total]) if one.has_float_total else numbers(rows[total], 0)
