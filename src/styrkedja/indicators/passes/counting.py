"""What the loops count: distinct persons by period, continuity by month-end, from rows that a text has chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.cells import Integers
from styrkedja.core.indicators.compile import distinct_visits, index_visits
from styrkedja.core.indicators.decoding import kept_numbers, labels, numbers
from styrkedja.core.indicators.definition.kinds import ContinuityIndex
from styrkedja.core.indicators.kernels.distinct import Counted, count_distinct
from styrkedja.core.indicators.kernels.rolling import MOST_GROUPS, MOST_HOMES, Visits, Window, groups_met, pack, roll
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.indicators.versions import Forest
from styrkedja.indicators.ahead import in_order
from styrkedja.indicators.engine import EngineFault
from styrkedja.indicators.passes import Census, Counting
from styrkedja.indicators.passes.adding import Adding
from styrkedja.indicators.passes.tables import group_count, grouped, made_whole, ungrouped, wholes

EPOCH = date(1970, 1, 1)
# As many groups as may occur: each has sums for every unit and month.
_MOST_MET = 1 << 12
_TOO_MANY = "Indikatorn delas upp på fler sätt än motorn klarar. Ta bort någon uppdelning."
# (ask, month, text) -> the rows of the month, or None if it is not loaded.
Read = Callable[[Ask, Month, str], pa.Table | None]


@dataclass(frozen=True)
class CountedPeriod:
    """As passes.PeriodCells; the table of a census is None where loops are not sure of it (see Adding.cells)."""

    span: Span
    table: pa.Table
    census: list[tuple[Month, pa.Table | None]]


def distinct_cells(
    read: Read, ask: Ask, periods: Sequence[Counting], structure: Structure, census: Census | None, *, threads: int
) -> Iterator[CountedPeriod]:
    """The next months are read while those before are counted. Periods of several months are counted one at a time: they hold many rows."""
    adding = Adding([census.ask], structure) if census else None

    def counted(reading: _Reading) -> CountedPeriod:
        period, rows, own = reading
        told = [] if adding is None else [(month, _of_month(adding.cells(table, [month]))) for month, table in own.items()]
        return CountedPeriod(period.span, _distinct(ask, rows, structure, structure.versions.forest(period.placed_on)), told)

    most = max((len(period.months) for period in periods), default=1)
    months = census.months if census else frozenset[Month]()
    yield from in_order(counted, _rows_of(read, ask, periods, months), threads if most == 1 else 1)


# A period, the rows of its months, and for the census those of each month that it is to be taken of.
_Reading = tuple[Counting, pa.Table, dict[Month, pa.Table]]


def _rows_of(read: Read, ask: Ask, periods: Sequence[Counting], censuses: frozenset[Month]) -> Iterator[_Reading]:
    """Each month is read once and held while some later period has need of it."""
    texts = {every: distinct_visits(ask, "duckdb", every=every) for every in (False, True)}
    held: dict[Month, pa.Table] = {}
    for number, period in enumerate(periods):
        own: dict[Month, pa.Table] = {}
        for month in period.months:
            every = month in censuses
            if month in held or (table := read(ask, month, texts[every])) is None:
                continue
            if every:
                own[month], table = table.select(["name", "day"]), table.drop_columns(["day"])
            held[month] = table
        yield period, pa.concat_tables([held[month] for month in period.months]), own
        needed = {month for later in periods[number + 1 :] for month in later.months}
        held = {month: table for month, table in held.items() if month in needed}


def _of_month(found: list[tuple[Month, pa.Table]] | None) -> pa.Table | None:
    return None if found is None else found[0][1]


def _distinct(ask: Ask, table: pa.Table, structure: Structure, forest: Forest) -> pa.Table:
    if table["value"].null_count:
        table = table.filter(table["value"].is_valid())
    name, value = numbers(table["name"]), as_numbers(table["value"])
    group = grouped(ask, [numbers(table[f"part_{column}"]) for column in ask.split], table.num_rows)
    known = name >= 0
    if not known.all():
        name, value, group = name[known], value[known], group[known]
    rank = forest.rank[np.array(list(structure.index.values()), dtype=np.int64)][name]
    whole = count_distinct(value, rank, group, forest.parent)
    found = [whole]
    for choice in wholes(ask):
        if whole.adds_up:
            found.append(_summed(made_whole(ask, whole.group, choice), whole, len(forest.parent)))
        else:
            found.append(count_distinct(value, rank, made_whole(ask, group, choice), forest.parent))
    parts = ungrouped(ask, np.concatenate([one.group for one in found]))
    bodies = forest.order[np.concatenate([one.rank for one in found])]
    return kept_numbers(bodies, parts, ask, structure, {"count": np.concatenate([one.count for one in found])})


def _summed(group: Integers, counted: Counted, ranks: int) -> Counted:
    """Cells that fall together, added: right where nobody is met in more than one group."""
    code = group * ranks + counted.rank
    count = np.zeros(int(code.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(count, code, counted.count)
    met = np.flatnonzero(count)
    return Counted(met // ranks, met % ranks, count[met])


def as_numbers(column: pa.ChunkedArray) -> Integers:
    """Pseudonyms as numbers, equal where they are: themselves if they are numbers."""
    return numbers(column) if pa.types.is_integer(column.type) else labels(column)[0]


def index_cells(
    read: Read, asks: Sequence[Ask], months: Sequence[Month], structure: Structure, *, threads: int
) -> Iterator[tuple[Month, dict[str, pa.Table]]]:
    """Both indices come out of one pass, so that asks that differ in the index alone cost one."""
    ask = asks[0]
    index = ask.measure.index
    assert index is not None
    span = Span(min(months), max(months))
    first = span.first - (index.window_months - 1)
    visits, groups = _visits(read, ask, Span(first, span.last), structure)
    window = Window(index.window_months, span.first.number - first.number, span.last.number - first.number, index.minimum_visits)
    found = roll(visits, window, homes=len(structure.bodies), groups=len(groups), threads=threads)
    for month in sorted(months):
        number = month.number - span.first.number
        home, group = np.nonzero(found.seen[:, number])
        told = {}
        for one in asks:
            assert one.measure.index is not None
            sums = found.coc if one.measure.index.index == ContinuityIndex.COC else found.upc
            columns = {"count": found.count[home, number, group], "total": sums[home, number, group]}
            told[one.key] = kept_numbers(home, ungrouped(ask, groups[group]), one, structure, columns)
        yield month, told


@dataclass
class _Read:
    """The columns of the visits, a list of months each. What is not needed by itself is packed at once: there may be a hundred million rows."""

    entity: list[Integers | pa.ChunkedArray] = field(default_factory=list)
    by: list[Integers | pa.ChunkedArray] = field(default_factory=list)
    packed: list[Integers] = field(default_factory=list)
    unit: list[NDArray[np.int32]] = field(default_factory=list)


def _visits(read: Read, ask: Ask, span: Span, structure: Structure) -> tuple[Visits, Integers]:
    """Every visit that counts, month by month, and the groups that occur, which the visits name by their place among them."""
    if group_count(ask) > MOST_GROUPS or len(structure.bodies) > MOST_HOMES:
        raise EngineFault(_TOO_MANY)
    columns = _columns(read, ask, span)
    packed = _taken(columns.packed, np.int64)
    groups = groups_met(packed)
    if len(groups) > _MOST_MET:
        raise EngineFault(_TOO_MANY)
    own = ask.measure.index is not None and ask.measure.index.own_unit_only
    entity, by = _from_zero(_joined(columns.entity)), _joined(columns.by)
    return Visits(entity, packed, by, _taken(columns.unit, np.int32) if own else None), groups


def _taken(columns: list[NDArray[Any]], kind: type[np.integer]) -> NDArray[Any]:
    """The columns after each other; the list is emptied."""
    found = np.concatenate(columns) if columns else np.empty(0, dtype=kind)
    columns.clear()
    return found


def _columns(read: Read, ask: Ask, span: Span) -> _Read:
    text = index_visits(ask, "duckdb")
    found = _Read()
    for month in span:
        table = read(ask, month, text)
        if table is None or not table.num_rows:
            continue
        day = numbers(table["day"]) - (month.first_day - EPOCH).days
        group = grouped(ask, [numbers(table[f"part_{column}"]) for column in ask.split], table.num_rows)
        found.packed.append(pack(month.number - span.first.number, day, numbers(table["home"]), group))
        found.entity.append(_held(table["entity"]))
        found.by.append(_held(table["by"]))
        if "unit" in table.column_names:
            found.unit.append(numbers(table["unit"]).astype(np.int32))
    return found


def _held(column: pa.ChunkedArray) -> Integers | pa.ChunkedArray:
    """Numbers without the room that DuckDB leaves after them, which may be as much again."""
    return numbers(column).copy() if pa.types.is_integer(column.type) else column


def _joined(columns: list[Integers | pa.ChunkedArray]) -> Integers:
    """Pseudonyms of all the months together, so that one that is a text is the same number in all; the list is emptied."""
    texts = [column for column in columns if isinstance(column, pa.ChunkedArray)]
    if not texts:
        return _taken(columns, np.int64)
    columns.clear()
    return as_numbers(pa.chunked_array([chunk for column in texts for chunk in column.chunks], texts[0].type))


def _from_zero(entity: Integers) -> Integers:
    """The persons as numbers from 0 that do not lie far apart."""
    if not len(entity):
        return entity
    low, high = int(entity.min()), int(entity.max())
    if high - low < 8 * len(entity) + 1_000_000:
        return entity - low if low else entity
    return np.unique(entity, return_inverse=True)[1].astype(np.int64)
