"""Distinct counts where the rows stand: how often each pair of units meets as neighbours among the units of one value (see kernels.distinct)."""

from collections.abc import Sequence

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile.tables import Dialect, chosen, facts, numbered, part_number, text, where


def distinct_pairs(one: Ask, dialect: Dialect, *, split: Sequence[str]) -> str:
    """From FACTS and UNITS, whose numbers are ranks in preorder: `part_<column>` of `split`, `previous` (null for the first unit of a value),
    `rank` and `count_0`. A null rank is a unit that is not known.
    """
    source = one.source
    table = facts(source)
    table = where(table, chosen(table, source, one.measure))
    table = table.filter(table[one.measure.column].notnull(), table[one.measure.attributed_to].notnull())
    table = numbered(table, one.measure.attributed_to, "_rank")
    parts = {f"part_{column}": part_number(table, source.columns[column]) for column in split}
    met = table.select(**parts, _value=table[one.measure.column], rank=table["_rank"]).distinct()
    before = met["rank"].lag().over(group_by=[*parts, "_value"], order_by=met["rank"])
    pairs = met.mutate(previous=before)
    return text(pairs.group_by([*parts, "previous", "rank"]).agg(count_0=pairs.count()), dialect)
