"""Rows with what every measure of a grain wants of them, for loops that add: a database tells at little cost whether a row counts, but adds dearly."""

from dataclasses import dataclass
from functools import lru_cache

import ibis.expr.types as ir

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile.tables import Dialect, facts, holds, named, part_number, text
from styrkedja.core.indicators.definition.cells import Conditions
from styrkedja.core.indicators.definition.kinds import Aggregate

_Chosen = tuple[Conditions, tuple[Conditions, ...]]


@dataclass(frozen=True)
class Flagged:
    """`text` reads FACTS and NAMES: `name` (-1 if it is not known), `day`, `part_<column>`, `flag_<number>` (1 where the row is chosen) and
    `value_<number>`. Of each ask: which flag chooses its rows (None: all are), and which value it sums (None: none).
    """

    text: str
    flags: tuple[int | None, ...]
    values: tuple[int | None, ...]


@lru_cache(maxsize=32)
def flagged_rows(asks: tuple[Ask, ...], dialect: Dialect) -> Flagged:
    """For `asks` of one grain. What several choose or sum alike is told once. Rows without a unit are left out."""
    grain, source = asks[0].grain, asks[0].source
    chosen = {(one.measure.where, one.measure.exclude): None for one in asks if one.measure.where or one.measure.exclude}
    summed = {one.measure.column: None for one in asks if one.measure.aggregate == Aggregate.SUM}
    table = facts(source)
    table = named(table.filter(table[grain.unit].notnull()), grain.unit)
    columns: dict[str, ir.Value] = {"name": table["_place"].fill_null(-1), "day": table[source.date].cast("date")}
    columns |= {f"part_{column}": part_number(table, source.columns[column]) for column in grain.split}
    for number, (where, exclude) in enumerate(chosen):
        asked = holds(table, source, where, exclude)
        assert asked is not None
        # A case takes little more than half the time of a truth value made a number.
        columns[f"flag_{number}"] = asked.ifelse(1, 0).cast("uint8")
    columns |= {f"value_{number}": table[column].cast("int64") for number, column in enumerate(summed)}
    return Flagged(
        text=text(table.select(**columns), dialect),
        flags=tuple(_place(chosen, one) for one in asks),
        values=tuple(list(summed).index(one.measure.column) if one.measure.aggregate == Aggregate.SUM else None for one in asks),
    )


def _place(chosen: dict[_Chosen, None], one: Ask) -> int | None:
    own = (one.measure.where, one.measure.exclude)
    return list(chosen).index(own) if own in chosen else None
