"""Passes over fact files: DuckDB reads and groups, loops count what tables say badly (distinct persons, rolling windows)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile import FACTS, NAMES, PIECES, UNITS, event_stages, row_cells
from styrkedja.core.indicators.compile.events import FOLLOWING, STARTS
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.tree import Structure
from styrkedja.indicators.ahead import in_order, together
from styrkedja.indicators.engine import DuckRunner
from styrkedja.indicators.facts import FactFiles, Fingerprints
from styrkedja.indicators.passes import Census, Counting, PeriodCells
from styrkedja.indicators.passes.adding import Adding
from styrkedja.indicators.passes.counting import distinct_cells, index_cells
from styrkedja.indicators.passes.tables import name_table, piece_table, unit_table

# Months with fewer rows together are read in one pass: with so few rows, it is the asking that takes time.
_BATCH = 1_000_000


class EmbeddedPasses:
    """Facts in files under INDICATOR_STORE."""

    def __init__(self, files: FactFiles, structure: Structure, runner: DuckRunner, *, threads: int = 1) -> None:
        self._files, self._structure, self._runner, self._threads = files, structure, runner, threads
        self._prints = Fingerprints(files)
        self._has_units = False

    def loaded(self, source: str) -> frozenset[Month]:
        months = self._files.months(source)
        changed = [month for month in sorted(months) if not self._prints.knows(source, month)]
        together(lambda month: self._prints.of(source, month), changed, self._threads)
        return months

    def fingerprint(self, ask: Ask, months: Sequence[Month]) -> str:
        rested = sorted(set(months) | set(self._following(ask, months)))
        told = "\n".join(f"{month} {self._prints.of(ask.source.id, month)}" for month in rested)
        return hashlib.sha256(told.encode()).hexdigest()

    def close(self) -> None:
        self._prints.keep()
        self._runner.close()

    def rows(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        batches = list(self._batches(asks[0], months))
        if asks[0].source.snapshot is not None:  # whose first and last day are asked for too
            for batch in batches:
                yield from self._grouped(asks, batch)
            return
        self._runner.give(NAMES, name_table(self._structure))
        # Of several batches each has a thread, but one alone is shared among them.
        adding = Adding(asks, self._structure, threads=self._threads if len(batches) == 1 else 1)
        asked = self._asked(adding.text, asks[0], batches)
        for batch, told in in_order(lambda one: (one[0], adding.cells(one[1], one[0])), asked, self._threads):
            yield from self._grouped(asks, batch) if told is None else told

    def _asked(self, text: str, ask: Ask, batches: Iterable[list[Month]]) -> Iterator[tuple[list[Month], pa.Table]]:
        for batch in batches:
            self._show(ask, batch)
            yield batch, self._runner.ask(text)

    def _grouped(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        cut = self._bind(asks[0], months)
        yield from by_month(self._runner.ask(row_cells(asks, self._runner.dialect, cut=cut, by_month=len(months) > 1)), months)

    def events(self, ask: Ask, months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        for batch in self._batches(ask, months):
            cut = self._bind(ask, batch)
            stages = event_stages(ask, self._runner.dialect, cut=cut)
            self._runner.make(STARTS, stages.starts)
            following = self._following(ask, batch) or list(batch)
            self._runner.show_files(FACTS, [self._files.path(ask.source.id, month) for month in following])
            self._runner.make(FOLLOWING, stages.following)
            yield from by_month(self._runner.ask(stages.cells), batch)

    def distinct(self, ask: Ask, periods: Sequence[Counting], census: Census | None) -> Iterator[PeriodCells]:
        self._runner.give(NAMES, name_table(self._structure))
        for found in distinct_cells(self._read, ask, periods, self._structure, census, threads=self._threads):
            counted = [
                row for month, table in found.census for row in ([(month, table)] if table is not None else self._census(census, month))
            ]
            yield PeriodCells(found.span, found.table, tuple(counted))

    def _census(self, census: Census | None, month: Month) -> Iterator[tuple[Month, pa.Table]]:
        assert census is not None
        yield from self._grouped([census.ask], [month])

    def indices(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, dict[str, pa.Table]]]:
        yield from index_cells(self._read, asks, months, self._structure, threads=self._threads)

    def _read(self, ask: Ask, month: Month, text: str) -> pa.Table | None:
        """The answer of a text about one month; None if the month is not loaded."""
        if not self._files.path(ask.source.id, month).exists():
            return None
        if not self._has_units:
            self._runner.give(UNITS, unit_table(self._structure))
            self._has_units = True
        self._show(ask, [month])
        return self._runner.ask(text)

    def _bind(self, ask: Ask, months: Sequence[Month]) -> bool:
        """Binds FACTS to the files of the months, and PIECES if some unit moves inside one; whether any does."""
        self._show(ask, months)
        cuts = [] if ask.source.snapshot else [cut for month in months for cut in self._structure.versions.cuts(month)]
        if cuts:
            self._runner.give(PIECES, piece_table(self._structure, cuts))
        return bool(cuts)

    def _show(self, ask: Ask, months: Sequence[Month]) -> None:
        """Binds FACTS to the files of the months, which are what the source says."""
        for month in months:
            self._files.check(ask.source, month)
        self._runner.show_files(FACTS, [self._files.path(ask.source.id, month) for month in months])

    def _batches(self, ask: Ask, months: Sequence[Month]) -> Iterator[list[Month]]:
        batch: list[Month] = []
        rows = 0
        for month in sorted(months):
            own = self._files.rows(ask.source.id, month)
            if batch and rows + own > _BATCH:
                yield batch
                batch, rows = [], 0
            batch.append(month)
            rows += own
        if batch:
            yield batch

    def _following(self, ask: Ask, months: Sequence[Month]) -> list[Month]:
        """The months whose files may have a row that follows one of `months`."""
        event, source = ask.measure.event, ask.source.id
        if event is None:
            return []
        bounds = [self._files.bounds(source, month, event.of) for month in months]
        lows, highs = [low for low, _high in bounds if low is not None], [high for _low, high in bounds if high is not None]
        if not lows or not highs:
            return []
        until = max(highs) + timedelta(days=event.within_days)
        return self._files.between(source, event.followed_by, min(lows), until, sorted(self._files.months(source)))


def by_month(table: pa.Table, months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
    """An answer for several months as one for each. Without a column `month` it is all of the only month's."""
    if "month" not in table.column_names:
        yield months[0], table
        return
    days = table["month"].cast(pa.date32())
    for month in months:
        yield month, table.filter(pc.equal(days, pa.scalar(month.first_day, pa.date32()))).drop_columns(["month"])
