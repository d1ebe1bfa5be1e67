"""What must hold of a numerator or a denominator against its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from styrkedja.core.indicators.definition.building import build_measure
from styrkedja.core.indicators.definition.cells import CellMeasure, Conditions
from styrkedja.core.indicators.definition.condition_rules import check_conditions, implies, unknown_column
from styrkedja.core.indicators.definition.kinds import Aggregate, ColumnType, ContinuityIndex, OverTime
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.definition.source_rules import TYPE_NAMES
from styrkedja.core.toml.findings import FileFinding, listed
from styrkedja.core.toml.tables import Entry

Findings = Iterator[FileFinding]

_FLAG = ("of", "followed_by", "within_days")
_INDEX = ("index", "by", "window_months", "minimum_visits")
# What each aggregate must have, and may have besides what all have.
_REQUIRED: Mapping[Aggregate, tuple[str, ...]] = {
    Aggregate.COUNT: (),
    Aggregate.SUM: ("column",),
    Aggregate.DISTINCT: (),
    Aggregate.EVENT_FLAG: _FLAG,
    Aggregate.ENTITY_INDEX: _INDEX,
}
_ALLOWED: Mapping[Aggregate, tuple[str, ...]] = {
    Aggregate.COUNT: ("over_time",),
    Aggregate.SUM: ("over_time",),
    Aggregate.DISTINCT: ("column",),
    Aggregate.EVENT_FLAG: ("event", "event_exclude", "over_time"),
    Aggregate.ENTITY_INDEX: ("own_unit_only",),
}
_SHARED = frozenset({"source", "aggregate", "where", "exclude", "attributed_to", "undivided"})


@dataclass(frozen=True)
class Counted:
    """A measure that could be made out, with where it stands."""

    entry: Entry
    measure: CellMeasure
    source: FactSource


def check_keys(entry: Entry) -> Findings:
    """That the keys are those of the aggregate."""
    aggregate = entry.values.get("aggregate")
    if aggregate is None:
        return
    missing = [key for key in _REQUIRED[aggregate] if key not in entry.keys]
    if missing:
        advice = f"Lägg till {'det' if len(missing) == 1 else 'dem'}."
        yield entry.finding(f"{listed(missing)} saknas. Det krävs av aggregate = ”{aggregate}”. {advice}", "aggregate")
    allowed = _SHARED | {*_REQUIRED[aggregate], *_ALLOWED[aggregate]}
    known = _SHARED.union(*_REQUIRED.values(), *_ALLOWED.values())
    for key in sorted((entry.keys & known) - allowed):
        yield entry.finding(f"”{key}” används inte av aggregate = ”{aggregate}”. Ta bort raden.", key)


def make_out(entry: Entry, source: FactSource) -> Counted | None:
    """The measure, or None if something in its own table is wrong (and told)."""
    is_whole = entry.keys == entry.values.keys() and {"source", "aggregate"} <= entry.keys and not list(check_keys(entry))
    return Counted(entry, build_measure(entry.values, source), source) if is_whole else None


def check_measure(counted: Counted) -> Findings:
    entry, measure, source = counted.entry, counted.measure, counted.source
    yield from check_conditions(entry, source, measure.where, "where")
    for index, group in enumerate(measure.exclude):
        yield from check_conditions(entry, source, group, "exclude", index)
        yield from _leaves_nothing(entry, measure.where, group, "exclude", index)
    yield from _column(entry, source, measure.attributed_to, "attributed_to", (ColumnType.UNIT,))
    if source.snapshot is not None:
        yield from _snapshot(counted)
    match measure.aggregate:
        case Aggregate.SUM:
            yield from _column(entry, source, measure.column, "column", (ColumnType.INTEGER, ColumnType.ORE))
        case Aggregate.DISTINCT:
            yield from _entity_or(counted, "column")
            yield from _column(entry, source, measure.column, "column", (ColumnType.KEY,))
        case Aggregate.EVENT_FLAG:
            yield from _event(counted)
        case Aggregate.ENTITY_INDEX:
            yield from _index(counted)


def _column(entry: Entry, source: FactSource, name: str, key: str, kinds: Iterable[ColumnType]) -> Findings:
    """The column that stands under `key` exists and is of one of the types."""
    yield from unknown_column(entry, source, name, key) if name else ()
    column = source.columns.get(name)
    if column is not None and column.type not in kinds:
        wanted = " eller ".join(TYPE_NAMES[kind] for kind in kinds)
        yield entry.finding(f"”{key}” är kolumnen ”{name}”, som är {TYPE_NAMES[column.type]}. Den ska vara {wanted}.", key)


def _leaves_nothing(entry: Entry, where: Conditions, group: Conditions, *path: str | int) -> Findings:
    if all(any(implies(condition, excluded) for condition in where) for excluded in group):
        yield entry.finding("Undantaget tar bort allt som ”where” väljer ut, så inget blir kvar att räkna.", *path)


def _snapshot(counted: Counted) -> Findings:
    entry, source = counted.entry, counted.source
    if counted.measure.aggregate in {Aggregate.EVENT_FLAG, Aggregate.ENTITY_INDEX}:
        message = f"Källan ”{source.id}” är ögonblicksbilder och har inga händelser att följa."
        yield entry.finding(f"{message} Använd count, sum eller distinct.", "aggregate")
    if entry.values.get("over_time") == OverTime.SUM:
        message = f"Källan ”{source.id}” är ögonblicksbilder. Summan av månaderna skulle räkna samma rad flera gånger."
        yield entry.finding(f"{message} Använd ”last” eller ”mean”.", "over_time")


def _entity_or(counted: Counted, key: str = "") -> Findings:
    if not counted.source.entity and not (key and key in counted.entry.keys):
        message = f"Källan ”{counted.source.id}” säger inte vem raderna gäller (”entity”), så de kan inte följas per person."
        yield counted.entry.finding(message, "aggregate")


def _event(counted: Counted) -> Findings:
    entry, source, event = counted.entry, counted.source, counted.measure.event
    assert event is not None
    yield from _entity_or(counted)
    yield from _column(entry, source, event.of, "of", (ColumnType.DATE,))
    yield from _column(entry, source, event.followed_by, "followed_by", (ColumnType.DATE,))
    yield from check_conditions(entry, source, event.where, "event")
    for index, group in enumerate(event.exclude):
        yield from check_conditions(entry, source, group, "event_exclude", index)
        yield from _leaves_nothing(entry, event.where, group, "event_exclude", index)


def _index(counted: Counted) -> Findings:
    entry, source, index = counted.entry, counted.source, counted.measure.index
    assert index is not None
    yield from _entity_or(counted)
    yield from _column(entry, source, index.by, "by", (ColumnType.KEY,))
    if index.by == source.entity:
        yield entry.finding("”by” ska vara den som personen har mött, inte personen själv.", "by")
    if index.index == ContinuityIndex.COC and index.minimum_visits < 2:
        message = "COC kan inte räknas på färre än två besök, eftersom nämnaren N(N-1) då är noll. Ange minst 2."
        yield entry.finding(message, "minimum_visits")
    if index.own_unit_only and counted.measure.attributed_to == source.unit:
        message = "”own_unit_only” jämför besökets enhet med personens egen. Ange personens enhet i ”attributed_to”."
        yield entry.finding(message, "own_unit_only")


def undivided_faults(counted: Counted, dimensions: Iterable[str]) -> Findings:
    known: Any = tuple(dimensions)
    for index, name in enumerate(counted.measure.undivided):
        if name not in known:
            yield counted.entry.finding(f"”{name}” finns inte bland ”dimensions”, så det finns inget att dela upp.", "undivided", index)
