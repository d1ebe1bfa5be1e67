"""Computing the cells that are missing, or rest on something else than they did, and keeping them month by month."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

import pyarrow as pa

from styrkedja.core.indicators.asks import Ask, Grain
from styrkedja.core.indicators.decoding import kept
from styrkedja.core.indicators.definition.kinds import ContinuityIndex
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.tree import Structure
from styrkedja.indicators.ahead import ahead
from styrkedja.indicators.cellstore import CellStore, digest
from styrkedja.indicators.needs import Needs, census
from styrkedja.indicators.passes import Census, Counting, Passes

_Rows = list[tuple[list[Ask], list[Month]]]
# (what has been computed, how much is done, how much there is)
Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _of: int) -> None:
    """Nobody is told."""


@dataclass
class Prints:
    """What cells rest on: the facts, and of the organisation no more than they depend on. Asked once in a run."""

    passes: Passes
    structure: Structure
    _known: dict[tuple[object, ...], str] = field(default_factory=dict)
    _trees: dict[date, str] = field(default_factory=dict)

    def of_rows(self, one: Ask, month: Month) -> str:
        """Cells of one row each, and of followed rows, know of the organisation only who moves inside the month."""
        names = self.structure.bodies
        cuts = [(names[cut.body].key, names[cut.body].aliases, cut.since, cut.until) for cut in self.structure.versions.cuts(month)]
        return self._once(one, (month,), lambda facts: digest(facts, [] if one.source.snapshot else cuts))

    def of_index(self, one: Ask, month: Month) -> str:
        return self._once(one, tuple(one.rests_on(month)), lambda facts: digest(facts, self.structure.alias_digest))

    def of_distinct(self, one: Ask, counting: Counting) -> str:
        tree = self.tree_on(counting.placed_on)
        return self._once(one, counting.months, lambda facts: digest(facts, self.structure.alias_digest, tree), counting)

    def tree_on(self, day: date) -> str:
        if day not in self._trees:
            self._trees[day] = self.structure.versions.forest(day).digest
        return self._trees[day]

    def _once(self, one: Ask, months: tuple[Month, ...], made: Callable[[str], str], also: object = None) -> str:
        """What cannot be told is never the same twice."""
        key = (one.grain if one.is_of_rows else one.key, months, also)
        if key not in self._known:
            self._known[key] = made(self.passes.fingerprint(one, months) or uuid4().hex)
        return self._known[key]


@dataclass(frozen=True)
class Done:
    """How many months of cells were computed, and how many were found as they should be."""

    computed: int
    kept: int


@dataclass
class Preparation:
    passes: Passes
    store: CellStore
    structure: Structure
    prints: Prints
    progress: Progress = silent
    _computed: int = 0
    _of: int = 0

    def run(self, needs: Needs) -> Done:
        """Raises CellFault, FactFault or EngineFault; what was kept before is then as it was, and what was computed on the way is right."""
        rows = [work for grain, months in needs.rows.items() for work in self._missing_rows(grain, months)]
        events = [(one, sorted(month for month in months if not self._has_event(one, month))) for one, months in needs.events.values()]
        indices = list(self._missing_indices(needs))
        distinct = [
            (one, [counting for counting in periods if not self._has_distinct(one, counting)]) for one, periods in needs.distinct.values()
        ]
        asked = sum(len(months) for months in needs.rows.values())
        asked += sum(len(months) for _one, months in (*needs.events.values(), *needs.indices.values()))
        asked += sum(len(periods) for _one, periods in needs.distinct.values())
        self._of = sum(len(months) for _asks, months in (*rows, *events, *distinct)) + sum(len(months) for _asks, months in indices)
        apart, censuses = _folded(rows, distinct)
        for asks, months in apart:
            self._rows(asks, months)
        for one, months in events:
            self._events(one, months)
        for asks, months in indices:
            self._indices(asks, months)
        for one, periods in distinct:
            self._distinct(one, periods, censuses.get(one.key))
        return Done(self._computed, max(0, asked - self._computed))

    def _tell(self, source: str, when: object) -> None:
        self._computed += 1
        self.progress(f"{source} {when}", self._computed, max(self._of, self._computed))

    def _missing_rows(self, grain: Grain, months: Mapping[Month, Mapping[str, Ask]]) -> Iterable[tuple[list[Ask], list[Month]]]:
        """Months that miss the same asks together: one pass for all of them."""
        found: dict[tuple[str, ...], tuple[list[Ask], list[Month]]] = {}
        for month, asks in months.items():
            one = next(iter(asks.values()))
            there = self.store.wide_columns(grain, month, self.prints.of_rows(one, month))
            missing = [each for each in asks.values() if count_name(each) not in there]
            if missing:
                found.setdefault(tuple(each.key for each in missing), (missing, []))[1].append(month)
        return found.values()

    def _rows(self, asks: list[Ask], months: list[Month]) -> None:
        for month, table in ahead(self.passes.rows(asks, months)):
            self._keep_rows(asks, month, table)

    def _keep_rows(self, asks: list[Ask], month: Month, table: pa.Table) -> None:
        renamed = {f"count_{number}": count_name(one) for number, one in enumerate(asks)}
        renamed |= {f"total_{number}": total_name(one) for number, one in enumerate(asks) if one.has_total}
        told = kept(table, asks[0], self.structure, month, renamed)
        named = told.rename_columns([renamed.get(name, name) for name in told.column_names])
        self.store.write_wide(asks[0].grain, month, self.prints.of_rows(asks[0], month), named)
        self._tell(asks[0].source.id, month)

    def _has_event(self, one: Ask, month: Month) -> bool:
        return self.store.has_lone(one, str(month), self.prints.of_rows(one, month))

    def _events(self, one: Ask, months: list[Month]) -> None:
        if not months:
            return
        for month, table in ahead(self.passes.events(one, months)):
            told = kept(table, one, self.structure, month, ["count_0"])
            named = told.rename_columns([{"count_0": "count"}.get(name, name) for name in told.column_names])
            self.store.write_lone(one, str(month), self.prints.of_rows(one, month), named)
            self._tell(one.source.id, month)

    def _missing_indices(self, needs: Needs) -> Iterable[tuple[list[Ask], list[Month]]]:
        """Asks that differ in the index alone together, over the months that some of them misses."""
        found: dict[object, tuple[list[Ask], set[Month]]] = {}
        for one, months in needs.indices.values():
            missing = {month for month in months if not self.store.has_lone(one, str(month), self.prints.of_index(one, month))}
            if missing:
                asks, all_months = found.setdefault(_but_the_index(one), ([], set()))
                asks.append(one)
                all_months |= missing
        return [(asks, sorted(months)) for asks, months in found.values()]

    def _indices(self, asks: list[Ask], months: list[Month]) -> None:
        for month, tables in ahead(self.passes.indices(asks, months)):
            for one in asks:
                self.store.write_lone(one, str(month), self.prints.of_index(one, month), tables[one.key])
            self._tell(asks[0].source.id, month)

    def _has_distinct(self, one: Ask, counting: Counting) -> bool:
        return self.store.has_lone(one, self.label(counting), self.prints.of_distinct(one, counting))

    def _distinct(self, one: Ask, periods: list[Counting], counted: Census | None) -> None:
        by_span = {counting.span: counting for counting in periods}
        for found in ahead(self.passes.distinct(one, periods, counted)):
            for month, table in found.census:
                assert counted is not None
                self._keep_rows([counted.ask], month, table)
            counting = by_span[found.span]
            self.store.write_lone(one, self.label(counting), self.prints.of_distinct(one, counting), found.table)
            self._tell(one.source.id, found.span)

    def label(self, counting: Counting) -> str:
        return label_of(counting.span, self.prints.tree_on(counting.placed_on))


def _folded(rows: _Rows, distinct: Sequence[tuple[Ask, list[Counting]]]) -> tuple[_Rows, dict[str, Census]]:
    """What is left of `rows` when a census of months that are read for a distinct count is taken in the same reading, and by key of the distinct ask
    that census. The days of a snapshot are told in a pass of their own.
    """
    left: _Rows = []
    folded: dict[str, Census] = {}
    for asks, months in rows:
        waiting = set(months)
        for one, periods in distinct:
            if one.source.snapshot is None and [each.key for each in asks] == [census(one.source, one.measure.attributed_to).key]:
                read = waiting & {month for counting in periods for month in counting.months}
                folded |= {one.key: Census(asks[0], frozenset(read))} if read else {}
                waiting -= read
        if waiting:
            left.append((asks, sorted(waiting)))
    return left, folded


def label_of(span: Span, tree: str) -> str:
    """What a distinct count of a period is kept as; `tree` is the digest of the forest that it was counted in."""
    return f"{span.first}_{span.last}.{tree[:16]}"


def count_name(one: Ask) -> str:
    return f"count_{one.key[:32]}"


def total_name(one: Ask) -> str:
    return f"total_{one.key[:32]}"


def _but_the_index(one: Ask) -> object:
    index = one.measure.index
    assert index is not None
    return replace(one.measure, index=replace(index, index=ContinuityIndex.COC)), one.source.id, one.split
