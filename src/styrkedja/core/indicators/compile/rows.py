"""One pass over a fact table for every measure that is of one row each."""

from collections.abc import Sequence

import ibis.expr.types as ir

from styrkedja.core.indicators.asks import Ask, Grain
from styrkedja.core.indicators.compile.tables import Dialect, chosen, facts, part_number, pieces, text
from styrkedja.core.indicators.definition.kinds import Aggregate
from styrkedja.core.indicators.definition.source import FactSource


def row_cells(asks: Sequence[Ask], dialect: Dialect, *, cut: bool, by_month: bool) -> str:
    """Cells of `asks`, all of one grain: `unit` (its name in the data), `month` (its first day, with `by_month`), `since` (with `cut`; null for the beginning of the month), `part_<column>` as a number for each column of the split, `rows`, and
    for the ask with index i `count_i` and, if it sums, `total_i`. Of snapshots `first` and `last` day too. Rows without a unit are left out.
    """
    grain, source = asks[0].grain, asks[0].source
    table = facts(source)
    table = table.filter(table[grain.unit].notnull())
    if cut:
        table = with_pieces(table, grain, source)
    sums = {"rows": table.count()}
    if source.snapshot is not None:
        sums |= {"first": table[source.date].min(), "last": table[source.date].max()}
    for number, one in enumerate(asks):
        sums |= _sums(table, one, number)
    return text(table.group_by(**group_keys(table, grain, source, by_month=by_month, cut=cut)).agg(**sums), dialect)


def with_pieces(table: ir.Table, grain: Grain, source: FactSource) -> ir.Table:
    """With the day `_since` from which the version of the row's unit holds, where that is not the first of the month."""
    cuts, day = pieces(), table[source.date]
    return table.left_join(cuts, [table[grain.unit] == cuts["_name"], day >= cuts["_since"], day < cuts["_until"]])


def group_keys(table: ir.Table, grain: Grain, source: FactSource, *, by_month: bool, cut: bool) -> dict[str, ir.Column]:
    keys = {"unit": table[grain.unit]}
    if by_month:
        keys["month"] = table[source.date].truncate("M")
    if cut:
        keys["since"] = table["_since"]
    return keys | {f"part_{column}": part_number(table, source.columns[column]) for column in grain.split}


def _sums(table: ir.Table, one: Ask, number: int) -> dict[str, ir.Scalar]:
    where = chosen(table, one.source, one.measure)
    if one.measure.aggregate == Aggregate.SUM:
        value = table[one.measure.column]
        return {f"count_{number}": value.count(where=where), f"total_{number}": value.sum(where=where).cast("int64")}
    return {f"count_{number}": table.count(where=where)}


def loaded_months(source: FactSource, dialect: Dialect) -> str:
    """`month`: the first day of each month that has any row."""
    table = facts(source)
    return text(table.select(month=table[source.date].truncate("M")).distinct(), dialect)
