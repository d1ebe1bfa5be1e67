"""Cells as tables: what a pass over the facts gives, what is kept between computations, and both as arrays in an organisation.

A kept table is free of numbers that may change: bodies by name (as in the data, or by key), days as dates, parts by code. Its columns are `body`,
`since` (the day inside the month from which the version of the body holds; null for the first), `part_<column>`, and those of the measures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.cells import FIRST_PART, UNKNOWN_PART, WHOLE, Amounts, Integers, Keys
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.outcome import ALL, UNKNOWN
from styrkedja.core.indicators.tree import Structure

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class UnplacedUnit:
    """Rows whose unit is not in the organisation on their days. `unit` is its name in the data, `rows` how many they are."""

    source: str
    unit: str
    month: Month
    rows: int
    is_known: bool

    @property
    def message(self) -> str:
        why = "som inte fanns i organisationen då" if self.is_known else "som inte finns i organisationen"
        rows = {0: "cellerna gäller", 1: "1 rad gäller"}.get(self.rows, f"{self.rows} rader gäller")
        return f"{self.source} {self.month}: {rows} enheten {self.unit}, {why}."


class CellFault(Exception):
    """The facts cannot become cells. The message is Swedish and says where and what to do; nothing has been kept."""


class Unplaced(CellFault):
    """Something in the facts belongs to nobody, so no figure would be whole."""

    def __init__(self, units: Sequence[UnplacedUnit]) -> None:
        self.units = tuple(units)
        super().__init__("\n".join(unit.message for unit in units))


def numbers(column: pa.ChunkedArray | pa.Array, missing: int = -1) -> Integers:
    """A column of whole numbers, or of dates as days since 1970, with `missing` where there is none."""
    whole = _one(column)
    if pa.types.is_date(whole.type):
        whole = whole.cast(pa.date32()).cast(pa.int32())
    filled = whole.fill_null(missing) if whole.null_count else whole
    return np.asarray(filled.to_numpy(zero_copy_only=False)).astype(np.int64, copy=False)


def floats(column: pa.ChunkedArray | pa.Array) -> NDArray[np.float64]:
    """A column of numbers; nothing is 0."""
    return np.asarray(_one(column).cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False))


def _one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """In one piece, which costs nothing if it is."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def labels(column: pa.ChunkedArray | pa.Array) -> tuple[Integers, list[str]]:
    """A column of texts as numbers and what they stand for."""
    encoded = _one(column)
    if not pa.types.is_dictionary(encoded.type):
        encoded = encoded.dictionary_encode()
    return numbers(encoded.indices), encoded.dictionary.to_pylist()


def ordinals(table: pa.Table, first: date) -> Integers:
    """The ordinal day `since` which each row's version holds; `first` where there is none."""
    if "since" not in table.column_names:
        return np.full(table.num_rows, first.toordinal(), dtype=np.int64)
    return np.where(np.asarray(table["since"].is_null()), first.toordinal(), numbers(table["since"]) + _EPOCH)


def kept(table: pa.Table, ask: Ask, structure: Structure, month: Month, columns: Iterable[str]) -> pa.Table:
    """The table to keep, from what a pass gave for one month: `unit` by its name in the data, parts as numbers. Raises CellFault."""
    names, known = labels(table["unit"])
    _refuse_unplaced(table, ask, structure, month, names, known)
    _refuse_two_states(table, ask, month)
    made = {"body": pa.DictionaryArray.from_arrays(pa.array(names, pa.int32()), pa.array(known, pa.string()))}
    made["since"] = table["since"].cast(pa.date32()) if "since" in table.column_names else pa.nulls(table.num_rows, pa.date32())
    made |= {f"part_{column}": _coded(table[f"part_{column}"], ask, column) for column in ask.split}
    return pa.table(made | {name: _whole(table[name], ask, month) for name in columns})


def _whole(column: pa.ChunkedArray, ask: Ask, month: Month) -> pa.ChunkedArray:
    """An engine may give a sum in a wider type than it is kept in."""
    try:
        return column.cast(pa.int64()).fill_null(0)
    except pa.ArrowInvalid:
        raise CellFault(
            f"{ask.source.id} {month}: en summa är för stor för att vara rätt. Rätta beloppen och läs in månaden igen."
        ) from None


def _refuse_unplaced(table: pa.Table, ask: Ask, structure: Structure, month: Month, names: Integers, known: Sequence[str]) -> None:
    bodies = np.array([structure.index.get(name, -1) for name in known], dtype=np.int64)[names] if known else names
    days = ordinals(table, month.first_day)
    if ask.source.snapshot is not None and "first" in table.column_names:
        days = numbers(table["first"]) + _EPOCH
    exists = bodies >= 0
    exists[exists] = structure.versions.exists[structure.versions.of(bodies[exists], days[exists])]
    if exists.all():
        return
    rows: dict[tuple[str, bool], int] = {}
    counted = numbers(table["rows"]) if "rows" in table.column_names else np.ones(len(bodies), dtype=np.int64)
    for number in np.flatnonzero(~exists).tolist():
        key = (known[names[number]], bool(bodies[number] >= 0))
        rows[key] = rows.get(key, 0) + int(counted[number])
    raise Unplaced([UnplacedUnit(ask.source.id, unit, month, count, is_known) for (unit, is_known), count in sorted(rows.items())])


def _refuse_two_states(table: pa.Table, ask: Ask, month: Month) -> None:
    """A snapshot is one day's: of two in a month, nobody can say which rows hold."""
    if ask.source.snapshot is None or not table.num_rows or "first" not in table.column_names:
        return
    first, last = (date.fromordinal(int(day) + _EPOCH) for day in (numbers(table["first"]).min(), numbers(table["last"]).max()))
    if first != last:
        raise CellFault(
            f"{ask.source.id} {month}: raderna gäller flera dagar ({first} till {last}), men källan är en ögonblicksbild. Läs in en dag."
        )


def _coded(part: pa.ChunkedArray, ask: Ask, column: str) -> pa.Array:
    """Numbers of parts as their codes."""
    codes = [ALL, UNKNOWN, *ask.source.columns[column].codes]
    return pa.DictionaryArray.from_arrays(pa.array(numbers(part), pa.int16()), pa.array(codes, pa.string()))


@dataclass(frozen=True)
class Kept:
    """A kept table as its rows count in `month`: placed as on their own days, or all as on `placed_on` (a state, a period's last day)."""

    table: pa.Table
    month: Month
    placed_on: date | None = None

    @property
    def days(self) -> Integers:
        if self.placed_on is None:
            return ordinals(self.table, self.month.first_day)
        return np.full(self.table.num_rows, self.placed_on.toordinal(), dtype=np.int64)


def keys_of(tables: Sequence[Kept], joined: pa.Table, ask: Ask, structure: Structure) -> Keys:
    """Where the rows of the tables stand, which are those of `joined` in their order. Raises Unplaced for a body that is gone."""
    names, known = labels(joined["body"])
    bodies = np.array([structure.index.get(name, -1) for name in known], dtype=np.int64)
    if (bodies < 0).any():
        lost = sorted({known[number] for number in np.unique(names).tolist()} - structure.index.keys())
        if lost:
            raise Unplaced([UnplacedUnit(ask.source.id, name, tables[0].month, 0, is_known=False) for name in lost])
    parts = [_part_numbers(joined[f"part_{column}"], ask, column) for column in ask.split]
    months = [np.full(one.table.num_rows, one.month.number, dtype=np.int64) for one in tables]
    return Keys(
        body=bodies[names] if len(known) else names,
        day=np.concatenate([one.days for one in tables]),
        month=np.concatenate(months),
        parts=np.stack(parts, axis=1) if parts else np.zeros((joined.num_rows, 0), dtype=np.int64),
    )


def joined(tables: Sequence[Kept]) -> pa.Table:
    """The rows of all the tables, with one dictionary for each column of texts."""
    return pa.concat_tables([one.table for one in tables]).unify_dictionaries().combine_chunks()


def _part_numbers(column: pa.ChunkedArray, ask: Ask, name: str) -> Integers:
    indices, codes = labels(column)
    numbered = {code: number for number, code in enumerate(ask.source.columns[name].codes, start=FIRST_PART)}
    known = np.array([WHOLE if code == ALL else numbered.get(code, UNKNOWN_PART) for code in codes], dtype=np.int64)
    return known[indices] if len(codes) else indices


def kept_numbers(bodies: Integers, parts: Integers, ask: Ask, structure: Structure, columns: Mapping[str, Integers | Amounts]) -> pa.Table:
    """A table to keep, from indexes of bodies and numbers of parts, a column each."""
    keys = [body.key for body in structure.bodies]
    made = {"body": pa.DictionaryArray.from_arrays(pa.array(bodies, pa.int32()), pa.array(keys, pa.string()))}
    made["since"] = pa.nulls(len(bodies), pa.date32())
    for number, column in enumerate(ask.split):
        made[f"part_{column}"] = _coded(pa.array(parts[:, number]), ask, column)
    return pa.table(made | {name: pa.array(values) for name, values in columns.items()})
