"""How well persons meet the same caregiver: COC (Bice and Boxerman 1977) and UPC (Breslau and Reeb 1975) of each person over some months."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from styrkedja.core.indicators.definition.cells import CellMeasure, EntityIndex
from styrkedja.core.indicators.definition.kinds import ContinuityIndex
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.reference.facts import Facts, Row, Value
from styrkedja.core.indicators.tree import Structure


def indices(
    measure: CellMeasure, split: Sequence[str], facts: Facts, structure: Structure, month: Month
) -> Iterator[tuple[Row, float | None]]:
    """The last row in the window that ends with `month` of everybody who has one, and the person's index, None if the visits are too few.

    Rows without a caregiver tell nothing and count nowhere. Who belongs to no unit on the last row is left out. Of several rows on the last day
    the one whose unit comes last in the order of keys is taken, then the one whose parts come last among
    the codes of their columns, the columns in the order of their names.
    """
    index = measure.index
    assert index is not None
    for visits in _visits(measure, index, facts, month).values():
        last = max(visits, key=lambda row: _order(row, measure, split, facts, structure))
        own = last[measure.attributed_to]
        if own is not None:
            home = structure.index[str(own)]
            counted = [row for row in visits if not index.own_unit_only or _unit(row, facts, structure) == home]
            yield last, _value(index, [row[index.by] for row in counted])


def _visits(measure: CellMeasure, index: EntityIndex, facts: Facts, month: Month) -> dict[Value, list[Row]]:
    found: defaultdict[Value, list[Row]] = defaultdict(list)
    for one in Span.ending(month, index.window_months):
        for row in facts.of(one):
            entity = row[facts.source.entity]
            if entity is not None and row[index.by] is not None and facts.holds(row, measure.where, measure.exclude):
                found[entity].append(row)
    return found


def _unit(row: Row, facts: Facts, structure: Structure) -> int | None:
    unit = row[facts.source.unit]
    return None if unit is None else structure.index[str(unit)]


def _order(row: Row, measure: CellMeasure, split: Sequence[str], facts: Facts, structure: Structure) -> tuple[object, ...]:
    own = row[measure.attributed_to]
    unit = -1 if own is None else structure.index[str(own)]
    parts = [_number(facts, column, facts.part(row, column)) for column in sorted(split) if column not in measure.undivided]
    return (facts.day(row), unit, *parts)


def _number(facts: Facts, column: str, part: str) -> int:
    codes = list(facts.source.columns[column].codes)
    return codes.index(part) if part in codes else -1


def _value(index: EntityIndex, met: Sequence[Value]) -> float | None:
    visits = Counter(met)
    total = len(met)
    if total < index.minimum_visits:
        return None
    match index.index:
        case ContinuityIndex.COC:
            return (sum(count * count for count in visits.values()) - total) / (total * (total - 1))
        case ContinuityIndex.UPC:
            return max(visits.values()) / total
