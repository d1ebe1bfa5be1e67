"""Read tables into values: called only for tables in which nothing is wrong."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from styrkedja.core.indicators.definition.cells import CellMeasure, EntityIndex, FollowingEvent
from styrkedja.core.indicators.definition.definition import Definition, Origin, ReadySource, Standard, Target, ValueForm
from styrkedja.core.indicators.definition.kinds import Aggregate, Form, Frequency, OverTime
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.toml.tables import TOP, Entry, Tables

PERIOD_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
_FACTORS = {Form.PERCENTAGE: 100, Form.DEVIATION: 100}


def build_definition(tables: Tables, sources: Mapping[str, FactSource]) -> Definition:
    top, origin, value = (_values(tables, name) for name in (TOP, "origin", "value"))
    return Definition(
        id=top["id"],
        title=top["title"],
        description=top["description"],
        coverage=top.get("coverage", ""),
        kind=top["kind"],
        perspective=top["perspective"],
        direction=top["direction"],
        levels=top["levels"],
        frequency=top["frequency"],
        months=top.get("months", PERIOD_MONTHS[top["frequency"]]),
        dimensions=top.get("dimensions", ()),
        minimum_n=top["minimum_n"],
        author=top["author"],
        checker=top["checker"],
        reviewed_on=top["reviewed_on"],
        next_review=top["next_review"],
        origin=_origin(origin),
        value=build_value(value),
        numerator=_measure(tables, "numerator", sources),
        denominator=_measure(tables, "denominator", sources),
        standard=_standard(tables),
        targets=tuple(_target(entry.values) for entry in tables.entries.get("targets", ())),
        ready=tuple(build_ready(entry.values) for entry in tables.entries.get("ready", ())),
    )


def _values(tables: Tables, name: str) -> Mapping[str, Any]:
    entry = tables.first(name)
    return {} if entry is None else entry.values


def _origin(raw: Mapping[str, Any]) -> Origin:
    optional = {key: raw.get(key, "") for key in ("wording", "exclusions", "note")}
    return Origin(name=raw["name"], publisher=raw["publisher"], version=raw["version"], **optional)


def build_value(raw: Mapping[str, Any]) -> ValueForm:
    """A decimal factor is taken as it is written: 0.01 is exactly a hundredth."""
    factor = Fraction(str(raw["factor"])) if "factor" in raw else Fraction(_FACTORS.get(raw["form"], 1))
    return ValueForm(
        form=raw["form"], factor=factor, unit=raw["unit"], decimals=raw.get("decimals", 1), annualised=raw.get("annualised", False)
    )


def _measure(tables: Tables, name: str, sources: Mapping[str, FactSource]) -> CellMeasure | None:
    entry = tables.first(name)
    return None if entry is None else build_measure(entry.values, sources[entry.values["source"]])


def build_measure(raw: Mapping[str, Any], source: FactSource) -> CellMeasure:
    """`raw` has every key that its aggregate requires."""
    aggregate = Aggregate(raw["aggregate"])
    return CellMeasure(
        source=source.id,
        aggregate=aggregate,
        column=raw.get("column", source.entity if aggregate == Aggregate.DISTINCT else ""),
        where=raw.get("where", ()),
        exclude=raw.get("exclude", ()),
        attributed_to=raw.get("attributed_to", source.unit),
        over_time=raw.get("over_time", _over_time(aggregate, source)),
        undivided=raw.get("undivided", ()),
        event=_event(raw) if aggregate == Aggregate.EVENT_FLAG else None,
        index=_index(raw) if aggregate == Aggregate.ENTITY_INDEX else None,
    )


def _over_time(aggregate: Aggregate, source: FactSource) -> OverTime:
    is_state = source.snapshot is not None or aggregate == Aggregate.ENTITY_INDEX
    return OverTime.LAST if is_state else OverTime.SUM


def _event(raw: Mapping[str, Any]) -> FollowingEvent:
    return FollowingEvent(
        where=raw.get("event", ()),
        exclude=raw.get("event_exclude", ()),
        of=raw["of"],
        followed_by=raw["followed_by"],
        within_days=raw["within_days"],
    )


def _index(raw: Mapping[str, Any]) -> EntityIndex:
    return EntityIndex(
        index=raw["index"],
        by=raw["by"],
        window_months=raw["window_months"],
        minimum_visits=raw["minimum_visits"],
        own_unit_only=raw.get("own_unit_only", False),
    )


def _standard(tables: Tables) -> Standard | None:
    entry: Entry | None = tables.first("standard")
    return None if entry is None else Standard(**entry.values)


def _target(raw: Mapping[str, Any]) -> Target:
    baseline = raw.get("baseline")
    return Target(
        value=float(raw["value"]),
        by=raw["by"],
        origin=raw["origin"],
        baseline=None if baseline is None else float(baseline),
        baseline_on=raw.get("baseline_on"),
    )


def build_ready(raw: Mapping[str, Any]) -> ReadySource:
    optional = {key: raw.get(key, "") for key in ("reference", "note")}
    return ReadySource(source=raw["source"], id=raw["id"], title=raw["title"], **optional)
