"""A file under definitions/sources read: every fault in it, or the source as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from styrkedja.core.indicators.definition.kinds import ColumnType, Frequency
from styrkedja.core.indicators.definition.schema import SOURCE_FILE
from styrkedja.core.indicators.definition.source import Bands, DaysBetween, Derivation, FactSource, SourceColumn
from styrkedja.core.indicators.definition.source_rules import check_source
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.toml.documents import Document, read_document
from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.tables import TOP, Tables, read_tables


@dataclass(frozen=True)
class SourceReading:
    """`source` is None if there are findings."""

    source: FactSource | None
    findings: tuple[FileFinding, ...]


def read_source(name: str, data: bytes) -> SourceReading:
    """Read one source. `name` is the file as it is told in findings. Never raises on what the file holds."""
    document = read_document(name, data)
    if not isinstance(document, Document):
        return SourceReading(None, document)
    tables = read_tables(document, SOURCE_FILE)
    findings = sorted({*tables.findings, *check_source(tables)})
    return SourceReading(None if findings else _source(tables), tuple(findings))


def _source(tables: Tables) -> FactSource:
    top, columns = tables.first(TOP), tables.first("columns")
    assert top is not None
    assert columns is not None
    values: Mapping[str, Any] = top.values
    snapshot = values.get("snapshot")
    return FactSource(
        id=values["id"],
        title=values["title"],
        description=values["description"],
        date=values["date"],
        unit=values["unit"],
        entity=values.get("entity", ""),
        snapshot=None if snapshot is None else Frequency(snapshot),
        columns={name: _column(name, column, columns.values) for name, column in columns.values.items()},
    )


def _column(name: str, raw: Mapping[str, Any], all_columns: Mapping[str, Mapping[str, Any]]) -> SourceColumn:
    derivation = _derivation(raw.get("derived"))
    labels = derivation.labels if isinstance(derivation, Bands) else ()
    return SourceColumn(
        name=name,
        title=raw["title"],
        type=raw["type"],
        codes=raw.get("codes") or {label: label for label in labels},
        pattern=raw.get("pattern", ""),
        missing=raw.get("missing", False) or _may_be_missing(derivation, all_columns),
        least=raw.get("least"),
        most=raw.get("most"),
        level=raw.get("level", OrganisationKind.UNIT) if raw["type"] == ColumnType.UNIT else None,
        parts=100 if raw["type"] == ColumnType.ORE else raw.get("parts", 1),
        part_of=raw.get("part_of", ""),
        derivation=derivation,
    )


def _derivation(raw: Mapping[str, Any] | None) -> Derivation | None:
    if raw is None:
        return None
    if "bands_of" in raw:
        return Bands(raw["bands_of"], raw["starts"])
    return DaysBetween(raw["days_from"], raw["days_to"])


def _may_be_missing(derivation: Derivation | None, columns: Mapping[str, Mapping[str, Any]]) -> bool:
    """A derived value is missing where what it is made of is, and a band below the first start."""
    match derivation:
        case Bands(column, starts):
            least = columns[column].get("least")
            return bool(columns[column].get("missing")) or least is None or least < starts[0]
        case DaysBetween(start, end):
            return any(columns[name].get("missing", False) for name in (start, end))
        case None:
            return False
