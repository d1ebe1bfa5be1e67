"""What must hold of conditions against the columns of their source: that they can be asked, and that they can come true."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from styrkedja.core.indicators.definition.cells import Condition, Conditions, Missing, OneOf, StartsWith, Value, Within
from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import FactSource, SourceColumn
from styrkedja.core.indicators.definition.source_rules import TYPE_NAMES
from styrkedja.core.toml.findings import FileFinding, suggestion
from styrkedja.core.toml.tables import Entry

Findings = Iterator[FileFinding]

_RANGED = {ColumnType.INTEGER: int, ColumnType.ORE: int, ColumnType.DATE: str}
_VALUE_TYPES: Mapping[ColumnType, type] = {
    ColumnType.CODE: str,
    ColumnType.INTEGER: int,
    ColumnType.ORE: int,
    ColumnType.BOOLEAN: bool,
    ColumnType.DATE: str,
}


def check_conditions(entry: Entry, source: FactSource, conditions: Conditions, *path: str | int) -> Findings:
    """`path` is where the conditions stand in the entry."""
    for condition in conditions:
        yield from _check(entry, source, condition, *path, condition.column)


def unknown_column(entry: Entry, source: FactSource, name: str, *path: str | int) -> Findings:
    if name not in source.columns:
        yield entry.finding(f"Källan ”{source.id}” har ingen kolumn ”{name}”.{suggestion(name, source.columns)}", *path)


def implies(one: Condition, other: Condition) -> bool:
    """True if every row that fulfils `one` fulfils `other` too. False also where that cannot be told."""
    if one == other or (isinstance(other, Missing) and not other.missing and one.column == other.column):
        return one == other or not isinstance(one, Missing)
    if one.column != other.column:
        return False
    match one, other:
        case OneOf(_, values), _:
            return all(holds(other, value) for value in values)
        case Within(), Within():
            return _not_below(one.lower, other.lower) and _not_below(other.upper, one.upper, open_is_high=True)
        case StartsWith(_, prefixes), StartsWith(_, wider):
            return all(prefix.startswith(wider) for prefix in prefixes)
        case _:
            return False


def contradicts(one: Condition, other: Condition) -> bool:
    """True if no row can fulfil both. False also where that cannot be told."""
    if one.column != other.column:
        return False
    if isinstance(one, Missing) or isinstance(other, Missing):
        return {True, False} == {isinstance(one, Missing) and one.missing, isinstance(other, Missing) and other.missing}
    match one, other:
        case (OneOf(_, values), found) | (found, OneOf(_, values)):
            return not any(holds(found, value) for value in values)
        case _:
            return False


def holds(condition: Condition, value: Value) -> bool:
    """True if a column with `value` fulfils the condition."""
    match condition:
        case OneOf(_, values):
            return value in values
        case StartsWith(_, prefixes):
            return str(value).startswith(prefixes)
        case Within(_, lower, upper):
            return (lower is None or _reaches(value, lower)) and (upper is None or not _reaches(value, upper))
        case Missing(_, missing):
            return not missing


def _not_below(one: int | str | None, other: int | str | None, *, open_is_high: bool = False) -> bool:
    """one >= other, where None is minus infinity (or infinity, with `open_is_high`)."""
    if one is None or other is None:
        return one is None if open_is_high else other is None
    return _reaches(one, other)


def _reaches(one: Value, other: Value) -> bool:
    """one >= other; False where they are of different types, which has its finding already."""
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and one >= other
    return one >= other


def _check(entry: Entry, source: FactSource, condition: Condition, *path: str | int) -> Findings:
    column = source.columns.get(condition.column)
    if column is None:
        yield from unknown_column(entry, source, condition.column, *path)
        return
    match condition:
        case OneOf(_, values):
            yield from _one_of(entry, column, values, *path)
        case Within():
            yield from _within(entry, column, condition, *path)
        case StartsWith(_, prefixes):
            yield from _starts_with(entry, column, prefixes, *path)
        case Missing():
            if not column.missing:
                yield entry.finding(f"Kolumnen ”{column.name}” har alltid ett värde, så villkoret säger inget. Ta bort det.", *path)


def _one_of(entry: Entry, column: SourceColumn, values: tuple[Value, ...], *path: str | int) -> Findings:
    wanted = _VALUE_TYPES.get(column.type)
    if wanted is None:
        yield entry.finding(f"Kolumnen ”{column.name}” är {TYPE_NAMES[column.type]}. Dess värden kan inte väljas ut.", *path)
        return
    if set(values) == {True, False} and wanted is bool:
        yield entry.finding("Villkoret gäller alltid. Ange bara true eller bara false, eller ta bort det.", *path)
    for index, value in enumerate(values):
        if fault := _value_fault(column, value, wanted):
            yield entry.finding(fault, *path, index)


def _value_fault(column: SourceColumn, value: Value, wanted: type) -> str:
    told = value if isinstance(value, str) else str(value).lower()
    if type(value) is not wanted or (column.type == ColumnType.DATE and not _is_date(value)):
        return f"”{told}” passar inte i kolumnen ”{column.name}”, som är {TYPE_NAMES[column.type]}."
    if column.codes and value not in column.codes:
        return f"Kolumnen ”{column.name}” har ingen kod ”{told}”.{suggestion(told, column.codes)}"
    if column.pattern and not re.fullmatch(column.pattern, told):
        return f"Koden ”{told}” har inte den form som kolumnen ”{column.name}” anger. Menade du {{ starts_with = [”{told}”] }}?"
    if isinstance(value, int) and not _within_bounds(column, value, value + 1):
        return f"Kolumnen ”{column.name}” har aldrig värdet {told}."
    return ""


def _is_date(value: Value) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def _within_bounds(column: SourceColumn, lower: int | None, upper: int | None) -> bool:
    """True if some whole number in [lower, upper) lies within what the column may hold."""
    low = max((number for number in (lower, column.least) if number is not None), default=None)
    high = min((number for number in (None if upper is None else upper - 1, column.most) if number is not None), default=None)
    return low is None or high is None or low <= high


def _within(entry: Entry, column: SourceColumn, condition: Within, *path: str | int) -> Findings:
    wanted = _RANGED.get(column.type)
    bounds = [bound for bound in (condition.lower, condition.upper) if bound is not None]
    if wanted is None:
        yield entry.finding(f"Kolumnen ”{column.name}” är {TYPE_NAMES[column.type]} och har ingen ordning. Räkna upp värdena.", *path)
    elif not all(isinstance(bound, wanted) for bound in bounds):
        yield entry.finding(f"Gränserna passar inte i kolumnen ”{column.name}”, som är {TYPE_NAMES[column.type]}.", *path)
    elif wanted is int and not _within_bounds(column, _whole(condition.lower), _whole(condition.upper)):
        yield entry.finding(f"Kolumnen ”{column.name}” har aldrig ett värde mellan de gränserna.", *path)


def _whole(bound: int | str | None) -> int | None:
    return bound if isinstance(bound, int) else None


def _starts_with(entry: Entry, column: SourceColumn, prefixes: tuple[str, ...], *path: str | int) -> Findings:
    if column.type != ColumnType.CODE:
        yield entry.finding(f"Kolumnen ”{column.name}” är {TYPE_NAMES[column.type]} och har ingen början att jämföra med.", *path)
        return
    for index, prefix in enumerate(prefixes):
        if column.codes and not any(code.startswith(prefix) for code in column.codes):
            yield entry.finding(f"Kolumnen ”{column.name}” har ingen kod som börjar med ”{prefix}”.", *path, "starts_with", index)
        if any(prefix != other and prefix.startswith(other) for other in prefixes):
            yield entry.finding(f"”{prefix}” ryms redan i en annan början. Ta bort den.", *path, "starts_with", index)
