"""A batch of rows held against the schema: what is right as a table of the source's own types, what is wrong told by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from styrkedja.core.indicators.definition.source import DaysBetween, FactSource, SourceColumn
from styrkedja.core.indicators.intake.columns import TYPES, ReadColumn, read_column
from styrkedja.core.indicators.intake.faults import RowFault
from styrkedja.core.indicators.intake.units import UnitCheck

Lines = NDArray[np.int64]


@dataclass(frozen=True)
class RawRows:
    """`columns` by the source's names, as the file has them; `lines` is the line of each row. `broken` are lines that are no rows."""

    columns: Mapping[str, pa.Array]
    lines: Lines
    broken: Sequence[RowFault] = ()


@dataclass(frozen=True)
class ReadRows:
    """`table` has the stored columns of the source and the rows in which nothing is wrong, `lines` their lines; `read` counts all rows. `rejected_months` are the
    month numbers (core.indicators.months) of the rejected rows that have a date.
    """

    table: pa.Table
    lines: Lines
    faults: Sequence[RowFault]
    read: int
    rejected_months: Lines

    @property
    def rejected(self) -> int:
        return self.read - int(self.table.num_rows)


def schema_of(source: FactSource) -> pa.Schema:
    """How fact files hold the source."""
    return pa.schema([pa.field(column.name, TYPES[column.type]) for column in source.stored])


def read_rows(source: FactSource, raw: RawRows, units: UnitCheck, *, on: date) -> ReadRows:
    """Never raises on what the values are; FileRefused if a column is of a type that cannot hold what is declared."""
    columns = {column.name: read_column(column, raw.columns[column.name], on=on) for column in source.stored}
    wrong = np.zeros(len(raw.lines), dtype=bool)
    faults = list(raw.broken)
    for name, found in columns.items():
        wrong |= found.wrong
        faults += _told(name, found, raw.lines)
    values = {name: found.values for name, found in columns.items()}
    for column, bad, reason in (*_between(source, values), *units.check(values, raw.lines)):
        wrong |= bad
        faults += [RowFault(int(raw.lines[place]), column, reason, str(values[column][int(place)])) for place in np.flatnonzero(bad)]
    table = pa.table([values[column.name] for column in source.stored], schema=schema_of(source))
    kept = table.filter(pa.array(~wrong)) if wrong.any() else table
    months = month_numbers(values[source.date].filter(pa.array(wrong)).drop_null())
    faults.sort(key=lambda fault: (fault.line, fault.column, fault.reason))
    return ReadRows(kept, raw.lines[~wrong], faults, len(raw.lines) + len({fault.line for fault in raw.broken}), months)


def month_numbers(days: pa.Array | pa.ChunkedArray) -> Lines:
    """The number of the month (months.Month.number) of each day; no day is missing."""
    numbers = pc.cast(days, pa.int32()).to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(numbers + 1970 * 12)


def _told(name: str, found: ReadColumn, lines: Lines) -> Iterator[RowFault]:
    return (RowFault(int(lines[place]), name, reason, value) for place, (reason, value) in found.faults.items())


def _between(source: FactSource, values: Mapping[str, pa.Array]) -> Iterator[tuple[str, NDArray[np.bool_], str]]:
    """What two values of a row say against each other, (column, which rows, reason)."""
    for column in source.columns.values():
        if column.part_of:
            part, whole = values[column.name], values[column.part_of]
            yield column.name, _true(pc.greater(part, whole)), f"Talet är större än ”{column.part_of}”, som det är en del av."
        if isinstance(column.derivation, DaysBetween):
            yield from _days(column, column.derivation, values)


def _days(column: SourceColumn, between: DaysBetween, values: Mapping[str, pa.Array]) -> Iterator[tuple[str, NDArray[np.bool_], str]]:
    start, end = (pc.cast(values[name], pa.int32()) for name in (between.start, between.end))
    days = pc.subtract(end, start)
    bounds: list[tuple[int | None, Callable[..., pa.Array], str]] = [
        (column.least, pc.less, "minst"),
        (column.most, pc.greater, "högst"),
    ]
    for bound, is_beyond, word in bounds:
        if bound is not None:
            reason = f"Från ”{between.start}” till ”{between.end}” ska det vara {word} {bound} dagar."
            yield between.end, _true(is_beyond(days, bound)), reason


def _true(mask: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(mask, False), dtype=bool)
