"""A file under definitions/indicators read: every fault in it, or the definition as a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.definition import plain_rules
from styrkedja.core.indicators.definition.building import build_definition, build_value
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.form_rules import Computed, check_form, check_value
from styrkedja.core.indicators.definition.kinds import Aggregate, Form
from styrkedja.core.indicators.definition.measure_rules import Counted, check_keys, check_measure, make_out, undivided_faults
from styrkedja.core.indicators.definition.schema import INDICATOR_FILE
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.definition.source_rules import check_id
from styrkedja.core.indicators.definition.split_rules import check_dimensions, check_levels, check_order, check_standard
from styrkedja.core.toml.documents import Document, read_document
from styrkedja.core.toml.findings import FileFinding, suggestion
from styrkedja.core.toml.tables import TOP, Entry, Tables, read_tables

Findings = Iterator[FileFinding]

_MEASURES = ("numerator", "denominator")


@dataclass(frozen=True)
class Sources:
    """`known` are the ids of every source file; `sound` those in which nothing is wrong. Nobody is blamed for a fault in another file."""

    known: frozenset[str]
    sound: Mapping[str, FactSource]


@dataclass(frozen=True)
class DefinitionReading:
    """`definition` is None if there are findings. Warnings hinder nothing. `tables` is None if the file is no TOML."""

    definition: Definition | None
    findings: tuple[FileFinding, ...]
    warnings: tuple[FileFinding, ...]
    tables: Tables | None


def read_definition(name: str, data: bytes, sources: Sources, *, on: date) -> DefinitionReading:
    """Read one indicator as of the day `on`. `name` is the file as it is told in findings. Never raises on what the file holds.

    There may be neither definition nor findings: where a fault in a source keeps the indicator from being judged.
    """
    document = read_document(name, data)
    if not isinstance(document, Document):
        return DefinitionReading(None, document, (), None)
    tables = read_tables(document, INDICATOR_FILE)
    findings = sorted({*tables.findings, *_plain(tables, on), *_measures(tables, sources)})
    judged = {entry.values.get("source") for name in _MEASURES for entry in tables.entries.get(name, ())} <= sources.sound.keys()
    definition = None if findings or not judged else build_definition(tables, sources.sound)
    return DefinitionReading(definition, tuple(findings), tuple(sorted(plain_rules.warnings(tables, on))), tables)


def _plain(tables: Tables, on: date) -> Findings:
    """The rules that need no source."""
    if (top := tables.first(TOP)) is not None:
        yield from check_id(top)
        yield from check_order(top)
        yield from plain_rules.check_top(top, on)
    if (origin := tables.first("origin")) is not None:
        yield from plain_rules.check_origin(origin)
    if (value := _sound_value(tables)) is not None:
        yield from check_value(value, build_value(value.values))
    yield from plain_rules.check_targets(tables)
    yield from plain_rules.check_ready(tables)
    yield from _presence(tables)


def _sound_value(tables: Tables) -> Entry | None:
    value = tables.first("value")
    return value if value is not None and value.keys == value.values.keys() and {"form", "unit"} <= value.keys else None


def _presence(tables: Tables) -> Findings:
    """That there is something to compute or to fetch, and no part that nothing uses."""
    top, value = tables.first(TOP), tables.first("value")
    names = tables.entries.keys()
    if top is not None and not names & {"numerator", "ready"} and tables.complete:
        yield top.finding("Indikatorn har inga värden: lägg till [numerator] för att räkna eller [[ready]] för att hämta.")
    if (denominator := tables.first("denominator")) is not None and "numerator" not in names:
        yield denominator.finding("En nämnare utan täljare räknas aldrig. Lägg till [numerator] eller ta bort tabellen.")
    form = None if value is None else value.values.get("form")
    standard = tables.first("standard")
    if standard is not None and form not in {None, Form.AGE_STANDARDISED}:
        yield standard.finding("[standard] används bara av formen ”age_standardised”. Ta bort tabellen eller ändra formen.")
    if value is not None and form == Form.AGE_STANDARDISED and standard is None and "numerator" in names and tables.complete:
        yield value.finding("Formen ”age_standardised” kräver vikter. Lägg till [standard].", "form")


def _measures(tables: Tables, sources: Sources) -> Findings:
    """The rules that hold the indicator against its sources."""
    top, entries = tables.first(TOP), {name: entry for name in _MEASURES if (entry := tables.first(name)) is not None}
    for name, entry in entries.items():
        yield from check_keys(entry)
        yield from _unknown_source(entry, sources)
        if name == "numerator" and "undivided" in entry.keys:
            yield entry.finding("Täljaren delas alltid upp. ”undivided” hör hemma i [denominator].", "undivided")
    counted = {name: made for name, entry in entries.items() if (made := _make_out(entry, sources)) is not None}
    for made in counted.values():
        yield from check_measure(made)
    if top is None or counted.keys() != entries.keys():
        return
    yield from _breakdown(tables, top, tuple(counted.values()))
    if (value := _sound_value(tables)) is not None and "numerator" in counted:
        yield from check_form(Computed(value, build_value(value.values), counted["numerator"], counted.get("denominator")))


def _breakdown(tables: Tables, top: Entry, measures: tuple[Counted, ...]) -> Findings:
    yield from check_dimensions(top, measures)
    for made in measures:
        yield from check_levels(top, made)
        if "dimensions" in top.values or "dimensions" not in top.keys:
            yield from undivided_faults(made, top.values.get("dimensions", ()))
    if (standard := tables.first("standard")) is not None:
        yield from check_standard(standard, measures)
    for made in measures:
        if made.measure.aggregate == Aggregate.ENTITY_INDEX and "months" in top.keys:
            yield top.finding("Ett index per patient mäts över ”window_months”. Ta bort ”months”.", "months")


def _unknown_source(entry: Entry, sources: Sources) -> Findings:
    name = entry.values.get("source")
    if name is not None and name not in sources.known:
        yield entry.finding(f"Det finns ingen källa ”{name}” under sources.{suggestion(name, sources.known)}", "source")


def _make_out(entry: Entry, sources: Sources) -> Counted | None:
    source = sources.sound.get(entry.values.get("source", ""))
    return None if source is None else make_out(entry, source)
