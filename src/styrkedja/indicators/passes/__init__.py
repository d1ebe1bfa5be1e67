"""Passes over facts that give cells. One way for fact files in this process, one for a warehouse where the facts stay; both by the same texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pyarrow as pa

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile import Dialect
from styrkedja.core.indicators.months import Month, Span


@dataclass(frozen=True)
class Counting:
    """A period of a distinct count: the `months` whose facts hold in it, and the day `placed_on` whose tree places them."""

    span: Span
    months: tuple[Month, ...]
    placed_on: date


@dataclass(frozen=True)
class Census:
    """A count of all rows, `ask`, of some `months` that are to be read for something else."""

    ask: Ask
    months: frozenset[Month]


@dataclass(frozen=True)
class PeriodCells:
    """A distinct count of a period, and by month the tables of a census, as `Passes.rows` gives them, of those months that have been read for it."""

    span: Span
    table: pa.Table
    census: tuple[tuple[Month, pa.Table], ...] = ()


class Runner(Protocol):
    """A database that can run texts. Names are bound for this session alone; `show` binds one to the rows of a table whose `day` lies in `span`."""

    dialect: Dialect

    def has(self, table: str) -> bool: ...
    def ask(self, text: str) -> pa.Table: ...
    def make(self, name: str, text: str) -> None: ...
    def give(self, name: str, table: pa.Table) -> None: ...
    def show(self, name: str, table: str, *, day: str = "", span: Span | None = None) -> None: ...
    def close(self) -> None: ...


class Passes(Protocol):
    """Where facts are, and what can be asked of them. Months that are asked about are loaded. Raises FactFault or EngineFault.

    `rows` and `events` give tables as compile.rows says, by month; the others give tables as they are kept (core.indicators.decoding).
    """

    def loaded(self, source: str) -> frozenset[Month]:
        """The months of a source for which there are facts."""

    def fingerprint(self, ask: Ask, months: Sequence[Month]) -> str | None:
        """Of all the facts that the cells of `months` rest on; None where that cannot be told, so that nothing computed before can be trusted."""

    def rows(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        """Asks of one grain, all in one pass."""

    def events(self, ask: Ask, months: Sequence[Month]) -> Iterator[tuple[Month, pa.Table]]:
        """Rows that are followed by another."""

    def distinct(self, ask: Ask, periods: Sequence[Counting], census: Census | None) -> Iterator[PeriodCells]:
        """A distinct count for each period, wholes of dimensions included. The census of a month comes no later than what is counted of it."""

    def indices(self, asks: Sequence[Ask], months: Sequence[Month]) -> Iterator[tuple[Month, dict[str, pa.Table]]]:
        """Asks that differ in the index alone, by key of the ask, for each of the months."""

    def close(self) -> None:
        """Ends the session, and keeps what is known of the facts for the next."""
