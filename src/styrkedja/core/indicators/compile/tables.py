"""The tables that every text is about, the columns of a fact table, and what a row must fulfil."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Literal

import ibis
import ibis.expr.types as ir
from ibis.config import Config, options

from styrkedja.core.indicators.definition.cells import CellMeasure, Condition, Conditions, Missing, OneOf, StartsWith, Value, Within
from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import Bands, DaysBetween, FactSource, SourceColumn

# What whoever runs a text must have bound under these names.
FACTS = "facts"
PIECES = "pieces"
UNITS = "units"
NAMES = "names"

# Whose SQL is written.
Dialect = Literal["duckdb", "postgres", "pyspark"]

_TYPES = {
    ColumnType.DATE: "date",
    ColumnType.CODE: "string",
    ColumnType.INTEGER: "int64",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.ORE: "int64",
    ColumnType.KEY: "string",
    ColumnType.UNIT: "string",
}
# Parts of a dimension as numbers: of a column with n codes, 2 … n + 1.
WHOLE_NUMBER = 0
UNKNOWN_NUMBER = 1
FIRST_NUMBER = 2


class _SparkOptions(Config):  # type: ignore[misc]  # ibis has no types
    """What ibis' backend for Spark says when it is imported, which nothing here does: without it no text with a decimal number can be written."""

    treat_nan_as_null: bool = False


if options.pyspark is None:
    options.pyspark = _SparkOptions()


def text(expression: ir.Table, dialect: Dialect) -> str:
    return str(ibis.to_sql(expression, dialect=dialect))


def facts(source: FactSource, name: str = FACTS) -> ir.Table:
    """The rows of a source, with its derived columns, so that a column is a column."""
    stored = ibis.table({column.name: _TYPES[column.type] for column in source.stored}, name=name)
    return reduce(_with_derived, source.columns.values(), stored)


def pieces() -> ir.Table:
    """By name of a unit in the data: the days [_since, _until) inside a month from which another version of it holds. No source has such names."""
    return ibis.table({"_name": "string", "_since": "date", "_until": "date"}, name=PIECES)


def units() -> ir.Table:
    """The number of each unit, by each name that it has in the data."""
    return ibis.table({"_name": "string", "_number": "int32"}, name=UNITS)


def numbered(table: ir.Table, column: str, result: str) -> ir.Table:
    """With the number of the unit that `column` names, as `result`; null for one that is not known."""
    names = units()
    return table.left_join(names, table[column] == names["_name"]).drop("_name").rename({result: "_number"})


def named(table: ir.Table, column: str) -> ir.Table:
    """With `_place`, that of the name in `column` among the names that units may have in the data; null for one that is not known."""
    names = ibis.table({"_name": "string", "_place": "int32"}, name=NAMES)
    return table.left_join(names, table[column] == names["_name"]).drop("_name")


def where(table: ir.Table, condition: ir.BooleanValue | None) -> ir.Table:
    return table if condition is None else table.filter(condition)


def _with_derived(table: ir.Table, column: SourceColumn) -> ir.Table:
    """Bands are told by their number, so that a row carries no text: `part_number` and conditions know."""
    match column.derivation:
        case DaysBetween(start, end):
            return table.mutate(**{column.name: table[end].delta(table[start], unit="day")})
        case Bands(of, starts):
            measured = table[of]
            lower = [(measured < start, number) for number, start in enumerate(starts, start=FIRST_NUMBER - 1)]
            number = ibis.cases((measured.isnull(), UNKNOWN_NUMBER), *lower, else_=len(starts) + FIRST_NUMBER - 1)
            return table.mutate(**{column.name: number.cast("int16")})
        case None:
            return table


def part_number(table: ir.Table, column: SourceColumn) -> ir.Column:
    """The part of a dimension that a row belongs to, as a number: UNKNOWN_NUMBER, or the place of its code among the codes."""
    if isinstance(column.derivation, Bands):
        return table[column.name]
    numbered = [(code, number) for number, code in enumerate(column.codes, start=FIRST_NUMBER)]
    return table[column.name].cases(*numbered, else_=UNKNOWN_NUMBER).cast("int16")


def chosen(table: ir.Table, source: FactSource, measure: CellMeasure) -> ir.BooleanValue | None:
    """Whether a row fulfils all of `where` and no group of `exclude`; None if every row does."""
    return holds(table, source, measure.where, measure.exclude)


def holds(table: ir.Table, source: FactSource, where: Conditions, exclude: Iterable[Conditions]) -> ir.BooleanValue | None:
    asked = [_condition(table, source.columns[condition.column], condition) for condition in where]
    asked += [~_group(table, source, group).fill_null(False) for group in exclude]
    return reduce(and_, asked) if asked else None


def _group(table: ir.Table, source: FactSource, group: Conditions) -> ir.BooleanValue:
    return reduce(and_, (_condition(table, source.columns[condition.column], condition) for condition in group))


def _condition(table: ir.Table, column: SourceColumn, condition: Condition) -> ir.BooleanValue:
    """May be null where the column is; whoever asks takes null for no."""
    value = table[column.name]
    match condition:
        case Missing(_, missing):
            has_none = value == UNKNOWN_NUMBER if isinstance(column.derivation, Bands) else value.isnull()
            return has_none if missing else ~has_none
        case OneOf(_, values):
            return value.isin([_literal(column, one) for one in values])
        case StartsWith(_, prefixes) if isinstance(column.derivation, Bands):
            labels = [label for label in column.derivation.labels if label.startswith(prefixes)]
            return value.isin([_literal(column, label) for label in labels])
        case StartsWith(_, prefixes):
            return reduce(or_, (value.startswith(prefix) for prefix in prefixes))
        case Within(_, lower, upper):
            bounds = [value >= _literal(column, lower)] if lower is not None else []
            bounds += [value < _literal(column, upper)] if upper is not None else []
            return reduce(and_, bounds)


def _literal(column: SourceColumn, value: Value) -> ir.Scalar:
    if isinstance(column.derivation, Bands):
        return ibis.literal(column.derivation.labels.index(str(value)) + FIRST_NUMBER, type="int16")
    return ibis.literal(value, type=_TYPES[column.type])
