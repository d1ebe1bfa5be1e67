"""Rows for the kernels: only those that a measure chooses, only the columns that it needs, units and parts as numbers."""

import ibis.expr.types as ir

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile.tables import Dialect, chosen, facts, numbered, part_number, text, where
from styrkedja.core.indicators.definition.source import FactSource


def distinct_visits(one: Ask, dialect: Dialect) -> str:
    """`value` (what is told apart), `unit` (its number, null if unknown) and `part_<column>`. Rows without a value or a unit are left out."""
    table = _chosen(one, one.measure.column)
    table = numbered(table.filter(table[one.measure.attributed_to].notnull()), one.measure.attributed_to, "_unit")
    return text(table.select(value=table[one.measure.column], unit=table["_unit"], **_parts(table, one.source, one.split)), dialect)


def index_visits(one: Ask, dialect: Dialect) -> str:
    """`entity`, `day`, `by`, `home` (the number of the unit that the person belongs to; null if none), `unit` (of the visit itself, only where the
    index asks for it) and `part_<column>`. Rows without entity or `by` are left out.
    """
    index, source = one.measure.index, one.source
    assert index is not None
    table = numbered(_chosen(one, source.entity, index.by), one.measure.attributed_to, "_home")
    if index.own_unit_only:
        table = numbered(table, source.unit, "_unit")
    unit = {"unit": table["_unit"]} if index.own_unit_only else {}
    return text(
        table.select(
            entity=table[source.entity],
            day=table[source.date],
            by=table[index.by],
            home=table["_home"],
            **unit,
            **_parts(table, source, one.split),
        ),
        dialect,
    )


def _chosen(one: Ask, *needed: str) -> ir.Table:
    table = facts(one.source)
    table = where(table, chosen(table, one.source, one.measure))
    return table.filter(*(table[column].notnull() for column in needed))


def _parts(table: ir.Table, source: FactSource, split: tuple[str, ...]) -> dict[str, ir.Column]:
    return {f"part_{column}": part_number(table, source.columns[column]) for column in split}
