"""Fingerprints: what must be computed again when a definition or a source changes, and nothing else."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import Bands, DaysBetween, FactSource
from styrkedja.core.ledger.chain import canonical_json


def content_hash(definition: Definition) -> str:
    """64 hex digits over what changes the values alone: not titles, texts, people, dates, targets, decimals or the direction."""
    value = definition.value
    return _hash(
        {
            "form": value.form,
            "factor": str(value.factor),
            "annualised": value.annualised,
            "levels": sorted(definition.levels),
            "frequency": definition.frequency,
            "months": definition.months,
            "dimensions": sorted(definition.dimensions),
            "minimum_n": definition.minimum_n,
            "numerator": _measure(definition.numerator),
            "denominator": _measure(definition.denominator),
            "standard": None if definition.standard is None else _standard(definition.standard.column, definition.standard.weights),
            "ready": sorted([ready.source, ready.id, ready.reference] for ready in definition.ready),
        }
    )


def cell_hash(measure: CellMeasure, source: FactSource, split_by: Iterable[str]) -> str:
    """64 hex digits over what changes the cells of a measure: the measure, what the source says of its columns, and what cells are split by.

    `split_by` is `Definition.split_by`. How months are joined (`over_time`, `undivided`) is left out: that is done on cells.
    """
    split = sorted(set(split_by) - set(measure.undivided))
    told = _measure(measure) or {}
    counted = {key: value for key, value in told.items() if key not in {"over_time", "undivided"}}
    columns = {name: _column(source, name) for name in sorted({*used_columns(measure, source), *split})}
    return _hash({"measure": counted, "split": split, "date": source.date, "snapshot": source.snapshot, "columns": columns})


def used_columns(measure: CellMeasure, source: FactSource) -> frozenset[str]:
    """Every column that the measure reads, with those that derived ones are made of."""
    named = {source.date, measure.attributed_to, measure.column, *(condition.column for condition in measure.conditions)}
    if measure.event is not None:
        named |= {measure.event.of, measure.event.followed_by, source.entity}
    if measure.index is not None:
        named |= {measure.index.by, source.unit, source.entity}
    named &= source.columns.keys()
    return frozenset(named | {origin for name in named for origin in _origins(source, name)})


def _origins(source: FactSource, name: str) -> tuple[str, ...]:
    match source.columns[name].derivation:
        case DaysBetween(start, end):
            return (start, end)
        case Bands(column, _):
            return (column,)
        case None:
            return ()


def _column(source: FactSource, name: str) -> Mapping[str, Any] | None:
    column = source.columns.get(name)
    if column is None:
        return None
    derivation = column.derivation
    made = None if derivation is None else [type(derivation).__name__, asdict(derivation)]
    return {"type": column.type, "derivation": made}


def _measure(measure: CellMeasure | None) -> dict[str, Any] | None:
    """The measure as plain values; the order of conditions and of their values says nothing and is sorted away."""
    if measure is None:
        return None
    told = asdict(measure)
    told["where"] = _conditions(measure.where)
    told["exclude"] = _groups(measure.exclude)
    told["undivided"] = sorted(measure.undivided)
    if measure.event is not None:
        told["event"] |= {"where": _conditions(measure.event.where), "exclude": _groups(measure.event.exclude)}
    return told


def _groups(groups: Iterable[Iterable[Any]]) -> list[Any]:
    return sorted((_conditions(group) for group in groups), key=repr)


def _conditions(conditions: Iterable[Any]) -> list[Any]:
    return sorted(([type(one).__name__, _sorted(asdict(one))] for one in conditions), key=repr)


def _sorted(condition: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(value, key=repr) if isinstance(value, tuple) else value for key, value in condition.items()}


def _standard(column: str, weights: Mapping[str, int]) -> dict[str, Any]:
    return {"column": column, "weights": dict(weights)}


def _hash(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()
