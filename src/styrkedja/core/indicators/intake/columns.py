"""A column of a batch as values of its declared type. Each different text is read once; what the file's own types say already is believed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import SourceColumn
from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.values import EARLIEST, MISSING, Wrong, dated, missing, not_whole, reader, within

TYPES: Mapping[ColumnType, pa.DataType] = {
    ColumnType.DATE: pa.date32(),
    ColumnType.CODE: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.ORE: pa.int64(),
    ColumnType.KEY: pa.string(),
    ColumnType.UNIT: pa.string(),
}
_NUMBERS = {ColumnType.INTEGER, ColumnType.ORE}
_TEXTS = {ColumnType.CODE, ColumnType.KEY, ColumnType.UNIT}
_NAMES = {ColumnType.KEY, ColumnType.UNIT}
_WORDS = {
    ColumnType.DATE: "datum",
    ColumnType.INTEGER: "heltal",
    ColumnType.ORE: "hela ören",
    ColumnType.BOOLEAN: "ja eller nej",
    ColumnType.CODE: "koder",
    ColumnType.KEY: "pseudonymer",
    ColumnType.UNIT: "enheter",
}
_PLAIN_NUMBER = r"^-?[0-9]{1,18}$"
_EPOCH = date(1970, 1, 1)
# Told of a column whose values may not be shown.
_HIDDEN = {ColumnType.KEY}
_STOCKHOLM = "Europe/Stockholm"


# Which of the values are wrong, and why the one at a place is.
_Judged = tuple[NDArray[np.bool_], Callable[[int], str]]


@dataclass(frozen=True)
class ReadColumn:
    """`values` are of the declared type, null where there is none or where it is wrong. `faults` by place: (reason, the text as it stood)."""

    values: pa.Array
    faults: Mapping[int, tuple[str, str | None]]
    wrong: NDArray[np.bool_]


def read_column(column: SourceColumn, raw: pa.Array, *, on: date) -> ReadColumn:
    """Raises FileRefused if the file's own type for the column cannot hold what is declared."""
    if isinstance(raw, pa.ChunkedArray):
        raw = raw.combine_chunks()
    kind = raw.type
    texts = _as_texts(raw, column)
    if texts is not None:
        return _read_texts(column, texts, on)
    if column.type == ColumnType.DATE and (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        return _read_days(column, raw, on)
    if column.type in _NUMBERS and pa.types.is_integer(kind):
        return _read_integers(column, pc.cast(raw, pa.int64()))
    if column.type in _NUMBERS and (pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return _read_decimals(column, pc.cast(raw, pa.float64(), safe=False))
    if column.type == ColumnType.BOOLEAN and pa.types.is_boolean(kind):
        return _read(column, raw, [])
    raise FileRefused(
        f"Kolumnen ”{column.name}” är av slaget {kind} i filen men ska hålla {_WORDS[column.type]}. Rätta den där filen görs."
    )


def _as_texts(raw: pa.Array, column: SourceColumn) -> pa.Array | None:
    """The column as texts if it holds texts or nothing, or numbers that stand for keys, codes or yes and no."""
    kind = raw.type.value_type if pa.types.is_dictionary(raw.type) else raw.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind)
    is_code = pa.types.is_integer(kind) and (column.type in _TEXTS or column.type == ColumnType.BOOLEAN)
    is_huge = pa.types.is_uint64(kind)
    return pc.cast(raw, pa.string()) if is_text or is_code or is_huge else None


def _read_texts(column: SourceColumn, texts: pa.Array, on: date) -> ReadColumn:
    if column.type in _NUMBERS and pc.all(pc.match_substring_regex(texts, _PLAIN_NUMBER), skip_nulls=False).as_py():
        return _read_integers(column, pc.cast(texts, pa.int64()))
    if column.type in _NAMES:
        return _read(column, _named(texts), [])
    encoded = texts.dictionary_encode()
    read = reader(column, on=on)
    found: list[Any] = [*(read(text) for text in encoded.dictionary.to_pylist()), missing(column)]
    values = pa.array([None if isinstance(one, Wrong) else one for one in found], TYPES[column.type])
    places = encoded.indices.fill_null(len(found) - 1)
    wrong = np.array([isinstance(one, Wrong) for one in found], dtype=bool)[places.to_numpy()]
    faults = {int(place): (found[places[int(place)].as_py()].reason, _shown(column, texts, place)) for place in np.flatnonzero(wrong)}
    return ReadColumn(values.take(places), faults, wrong)


def _named(texts: pa.Array) -> pa.Array:
    """Names of persons and units as they stand, where there are any; they may be too many to look at one by one."""
    names = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.is_in(pc.utf8_lower(names), pa.array(sorted(MISSING))), pa.scalar(None, pa.string()), names)


def _shown(column: SourceColumn, values: pa.Array, place: np.int64) -> str | None:
    value = values[int(place)].as_py()
    return None if value is None or column.type in _HIDDEN else str(value).strip() or None


def _read_integers(column: SourceColumn, numbers: pa.Array) -> ReadColumn:
    return _read(column, numbers, [_bound(column, numbers)])


def _bound(column: SourceColumn, numbers: pa.Array) -> _Judged:
    """Those out of the column's bounds, each with its own sentence."""
    beyond = np.zeros(len(numbers), dtype=bool)
    if column.least is not None:
        beyond |= _true(pc.less(numbers, column.least))
    if column.most is not None:
        beyond |= _true(pc.greater(numbers, column.most))
    return beyond, lambda place: _reason(within(numbers[place].as_py(), column))


def _read_decimals(column: SourceColumn, numbers: pa.Array) -> ReadColumn:
    """Whole numbers that the file holds as decimal ones; NaN is a missing value."""
    numbers = pc.if_else(pc.fill_null(pc.is_nan(numbers), True), pa.scalar(None, pa.float64()), numbers)
    is_whole = pc.and_(pc.equal(numbers, pc.floor(numbers)), pc.less(pc.abs(numbers), 2.0**53))
    whole = pc.cast(pc.if_else(is_whole, numbers, pa.scalar(None, pa.float64())), pa.int64())
    divided = (~np.asarray(pc.fill_null(is_whole, True), dtype=bool), lambda _place: not_whole(column).reason)
    return _read(column, whole, [divided, _bound(column, whole)], shown=numbers)


def _read_days(column: SourceColumn, raw: pa.Array, on: date) -> ReadColumn:
    """The day of a date or a moment, in Sweden if the file says where the moment is."""
    if pa.types.is_timestamp(raw.type) and raw.type.tz:
        raw = pc.local_timestamp(pc.cast(raw, pa.timestamp(raw.type.unit, _STOCKHOLM)))
    days = pc.cast(raw, pa.date32(), safe=False)
    number = pc.cast(days, pa.int32())
    late, early = (_true(compare(number, (day - _EPOCH).days)) for compare, day in ((pc.greater, on), (pc.less, EARLIEST)))
    judged: list[_Judged] = [(late, lambda _place: _reason(dated(date.max, on))), (early, lambda _place: _reason(dated(date.min, on)))]
    return _read(column, days, judged, shown=pc.cast(number, pa.string()) if (late | early).any() else days)


def _read(column: SourceColumn, values: pa.Array, judged: list[_Judged], shown: pa.Array | None = None) -> ReadColumn:
    """Values of the right type with what is wrong about them. `shown` is what is told of a wrong one."""
    told = values if shown is None else shown
    faults: dict[int, tuple[str, str | None]] = {}
    lack = missing(column)
    if lack is not None:
        empty = np.asarray(pc.is_null(told), dtype=bool)
        judged = [*judged, (empty, lambda _place: lack.reason)]
    wrong = np.zeros(len(values), dtype=bool)
    for mask, reason in judged:
        for place in np.flatnonzero(mask & ~wrong):
            faults[int(place)] = (reason(int(place)), _shown(column, told, place))
        wrong |= mask
    return ReadColumn(pc.if_else(pa.array(wrong), pa.scalar(None, values.type), values) if wrong.any() else values, faults, wrong)


def _true(mask: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(mask, False), dtype=bool)


def _reason(wrong: Wrong | None) -> str:
    assert wrong is not None
    return wrong.reason
