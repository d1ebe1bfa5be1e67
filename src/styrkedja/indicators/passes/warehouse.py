"""Passes where the facts stand: every kind of measure as texts that the warehouse runs itself; only cells come back."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.cells import WHOLE, Integers
from styrkedja.core.indicators.compile import (
    FACTS,
    PIECES,
    UNITS,
    continuity_stages,
    distinct_pairs,
    event_stages,
    loaded_months,
    row_cells,
)
from styrkedja.core.indicators.compile.continuity import LASTS, VISITS, WINDOW
from styrkedja.core.indicators.compile.events import FOLLOWING, STARTS
from styrkedja.core.indicators.decoding import floats, kept_numbers, numbers
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.kernels.distinct import Counted, count_pairs
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.tree import Structure
from styrkedja.indicators.passes import Census, Counting, PeriodCells, Runner
from styrkedja.indicators.passes.embedded import by_month
from styrkedja.indicators.passes.tables import grouped, piece_table, ungrouped, unit_table, wholes


class WarehousePasses:
    """Facts in tables named as their sources. What a table rests on cannot be told, so its cells are computed anew each time."""

    def __init__(self, sources: Mapping[str, FactSource], structure: Structure, runner: Runner) -> None:
        self._sources, self._structure, self._runner = sources, structure, runner

    def loaded(self, source: str) -> frozenset[Month]:
        """Those with any row: a warehouse does not say which months are loaded and empty. None of a source that has no table there."""
        if not self._runner.has(source):
            return frozenset()
        self._runner.show(FACTS, source)
        days = self._runner.ask(loaded_months(self._sources[source], self._runner.dialect))["month"].cast(pa.date32()).to_pylist()
        return frozenset(Month.of(day) for day in days)

    def fingerprint(self, ask: Ask, months: Sequence[Month]) -> None:
        return None

    def rows(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        cut = self._bind(asks[0], months)
        text = row_cells(asks, self._runner.dialect, cut=cut, by_month=True)
        yield from by_month(self._runner.ask(text), months)

    def events(self, ask: Ask, months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        cut = self._bind(ask, months)
        stages = event_stages(ask, self._runner.dialect, cut=cut)
        self._runner.make(STARTS, stages.starts)
        self._runner.show(FACTS, ask.source.id)
        self._runner.make(FOLLOWING, stages.following)
        yield from by_month(self._runner.ask(stages.cells), months)

    def distinct(self, ask: Ask, periods: Sequence[Counting], census: Census | None) -> Iterator[PeriodCells]:
        counted = tuple(self.rows([census.ask], sorted(census.months))) if census else ()
        texts = {whole: distinct_pairs(ask, self._runner.dialect, split=_but(ask, whole)) for whole in [(), *wholes(ask)]}
        for period in periods:
            forest = self._structure.versions.forest(period.placed_on)
            self._runner.give(UNITS, unit_table(self._structure, forest.rank))
            self._show(ask.source, Span(min(period.months), max(period.months)))
            found = [self._pairs(ask, whole, text, forest.parent) for whole, text in texts.items()]
            parts = ungrouped(ask, np.concatenate([one.group for one in found]))
            bodies = forest.order[np.concatenate([one.rank for one in found])]
            columns = {"count": np.concatenate([one.count for one in found])}
            yield PeriodCells(period.span, kept_numbers(bodies, parts, ask, self._structure, columns), counted)
            counted = ()

    def _pairs(self, ask: Ask, whole: Sequence[int], text: str, parent: Integers) -> Counted:
        """The neighbours, counted with the dimensions of `whole` as wholes."""
        split, table = _but(ask, whole), self._runner.ask(text)
        rank, previous = numbers(table["rank"]), numbers(table["previous"])
        parts = [
            numbers(table[f"part_{column}"]) if column in split else np.full(table.num_rows, WHOLE, dtype=np.int64) for column in ask.split
        ]
        group, known = grouped(ask, parts, table.num_rows), rank >= 0
        return count_pairs(previous[known], rank[known], numbers(table["count_0"])[known], group[known], parent)

    def indices(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, dict[str, pa.Table]]]:
        found: dict[Month, dict[str, pa.Table]] = {month: {} for month in sorted(months)}
        self._runner.give(UNITS, unit_table(self._structure))
        for ask in asks:
            stages = continuity_stages(ask, self._runner.dialect)
            self._show(ask.source, Span(ask.rests_on(min(months)).first, max(months)))
            self._runner.make(VISITS, stages.visits)
            self._runner.make(LASTS, stages.lasts)
            for month in found:
                self._runner.give(WINDOW, _window(ask.rests_on(month)))
                table = self._runner.ask(stages.window)
                parts = [numbers(table[f"part_{column}"]) for column in ask.split]
                stacked = np.stack(parts, axis=1) if parts else np.zeros((table.num_rows, 0), dtype=np.int64)
                columns = {"count": numbers(table["count_0"]), "total": floats(table["total_0"])}
                found[month][ask.key] = kept_numbers(numbers(table["home"]), stacked, ask, self._structure, columns)
        yield from found.items()

    def close(self) -> None:
        self._runner.close()

    def _bind(self, ask: Ask, months: Sequence[Month]) -> bool:
        """Binds FACTS, and PIECES if some unit moves inside a month; whether any does."""
        self._show(ask.source, Span(min(months), max(months)))
        cuts = [] if ask.source.snapshot else [cut for month in months for cut in self._structure.versions.cuts(month)]
        if cuts:
            self._runner.give(PIECES, piece_table(self._structure, cuts))
        return bool(cuts)

    def _show(self, source: FactSource, span: Span) -> None:
        self._runner.show(FACTS, source.id, day=source.date, span=span)


def _but(ask: Ask, whole: Sequence[int]) -> list[str]:
    return [column for place, column in enumerate(ask.split) if place not in whole]


def _window(span: Span) -> pa.Table:
    return pa.table({"_first": pa.array([span.first_day], pa.date32()), "_last": pa.array([span.last.first_day], pa.date32())})
