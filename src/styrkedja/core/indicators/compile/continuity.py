"""Continuity where the rows stand: visits by person, month and caregiver once, then a text that is run for each window."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile.tables import Dialect, chosen, facts, numbered, part_number, text, where
from styrkedja.core.indicators.definition.cells import EntityIndex
from styrkedja.core.indicators.definition.kinds import ContinuityIndex

VISITS = "index_visits"
LASTS = "index_lasts"
WINDOW = "index_window"


@dataclass(frozen=True)
class IndexStages:
    """Texts to run in order: `visits` and `lasts` (from FACTS and UNITS) are made into tables named VISITS and LASTS. `window` reads those and WINDOW,
    a row with the first days of the window's first and last month, `_first` and `_last`; its columns are `home` (number of the unit),
    `part_<column>`, `count_0` and `total_0`.
    """

    visits: str
    lasts: str
    window: str


def continuity_stages(one: Ask, dialect: Dialect) -> IndexStages:
    index = one.measure.index
    assert index is not None
    table = _numbered(one, index)
    visits, lasts = _visits(table), _lasts(table)
    window = _window(ibis.table(visits.schema(), name=VISITS), ibis.table(lasts.schema(), name=LASTS), index)
    return IndexStages(text(visits, dialect), text(lasts, dialect), text(window, dialect))


def _numbered(one: Ask, index: EntityIndex) -> ir.Table:
    """The visits with what the index needs of them."""
    source = one.source
    table = facts(source)
    table = where(table, chosen(table, source, one.measure))
    table = table.filter(table[source.entity].notnull(), table[index.by].notnull())
    table = numbered(table, one.measure.attributed_to, "_home")
    table = numbered(table, source.unit, "_unit") if index.own_unit_only else table.mutate(_unit=ibis.null("int32"))
    parts = {f"part_{column}": part_number(table, source.columns[column]) for column in one.split}
    return table.select(
        _entity=table[source.entity],
        _month=table[source.date].truncate("M"),
        _day=table[source.date],
        _by=table[index.by],
        _unit=table["_unit"],
        home=table["_home"].fill_null(-1),
        **parts,
    )


def _visits(table: ir.Table) -> ir.Table:
    return table.group_by("_entity", "_month", "_by", "_unit").agg(_times=table.count())


def _lasts(table: ir.Table) -> ir.Table:
    """The last row of each person in each month; of several on one day the one with the highest numbers."""
    told = [name for name in table.columns if not name.startswith("_")]
    newest = [table["_day"].desc(), *(table[name].desc() for name in told)]
    ranked = table.mutate(_place=ibis.row_number().over(group_by=["_entity", "_month"], order_by=newest))
    return ranked.filter(ranked["_place"] == 0).select("_entity", "_month", *told)


def _window(visits: ir.Table, lasts: ir.Table, index: EntityIndex) -> ir.Table:
    homes = _homes(lasts)
    met = _inside(visits).join(homes, "_entity")
    if index.own_unit_only:
        met = met.mutate(_times=ibis.ifelse((met["_unit"] == met["home"]).fill_null(False), met["_times"], 0))
    told = [name for name in homes.columns if name != "_entity"]
    each = met.group_by(["_entity", "_by", *told]).agg(_n=met["_times"].sum())
    square = (each["_n"] * each["_n"]).sum()
    persons = each.group_by(["_entity", *told]).agg(
        _all=each["_n"].sum().cast("int64"), _squares=square.cast("int64"), _most=each["_n"].max()
    )
    has_index = persons["_all"] >= index.minimum_visits
    return persons.group_by(told).agg(
        count_0=ibis.ifelse(has_index, 1, 0).sum(), total_0=ibis.ifelse(has_index, _value(persons, index), 0.0).sum()
    )


def _inside(table: ir.Table) -> ir.Table:
    window = ibis.table({"_first": "date", "_last": "date"}, name=WINDOW)
    near = [table["_month"] >= window["_first"], table["_month"] <= window["_last"]]
    return table.join(window, near).drop("_first", "_last")


def _homes(lasts: ir.Table) -> ir.Table:
    """Where each person belongs at the end of the window, by the last month in which there was a visit; without those who belong nowhere."""
    inside = _inside(lasts)
    newest = ibis.row_number().over(group_by="_entity", order_by=inside["_month"].desc())
    ranked = inside.mutate(_place=newest)
    return ranked.filter(ranked["_place"] == 0, ranked["home"] >= 0).drop("_place", "_month")


def _value(persons: ir.Table, index: EntityIndex) -> ir.FloatingValue:
    visits = persons["_all"].cast("float64")
    match index.index:
        case ContinuityIndex.COC:
            return (persons["_squares"].cast("float64") - visits) / (visits * (visits - 1)).nullif(0.0)
        case ContinuityIndex.UPC:
            return persons["_most"].cast("float64") / visits.nullif(0.0)
