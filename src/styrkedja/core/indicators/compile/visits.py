"""Rows for the kernels: only those that a measure chooses, only the columns that it needs, units and parts as numbers."""

import ibis
import ibis.expr.types as ir

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile.tables import Dialect, chosen, facts, named, numbered, part_number, text, where
from styrkedja.core.indicators.definition.source import FactSource


def distinct_visits(one: Ask, dialect: Dialect, *, every: bool) -> str:
    """From FACTS and NAMES: `name` (the place of the unit's, -1 if it is not known), `value` (what is told apart) and `part_<column>`. Rows without a
    value or a unit are left out. With `every` those without a value or not chosen are there too, with null for it, and the `day` of each.
    """
    source, unit, column = one.source, one.measure.attributed_to, one.measure.column
    table = facts(source) if every else _chosen(one, column)
    table = named(table.filter(table[unit].notnull()), unit)
    asked = chosen(table, source, one.measure) if every else None
    value = table[column] if asked is None else ibis.ifelse(asked, table[column], ibis.null(table[column].type()))
    day = {"day": table[source.date].cast("date")} if every else {}
    return text(table.select(name=table["_place"].fill_null(-1), value=value, **day, **_parts(table, source, one.split)), dialect)


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
