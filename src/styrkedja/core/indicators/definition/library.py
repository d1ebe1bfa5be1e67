"""The folder of definitions read: every source and indicator, every fault with file and line. See docs/indicator-format.md.

The caller reads the disk: both arguments map the name of a TOML file in the folder ("visits.toml") to its bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.definition_files import DefinitionReading, Sources, read_definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.definition.source_files import read_source
from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.tables import TOP, Entry, repeats

SOURCES = "sources"
INDICATORS = "indicators"


@dataclass(frozen=True)
class Library:
    """`sources` and `definitions` by id: those in which nothing is wrong, whatever is wrong in others. Faults and warnings are sorted."""

    sources: Mapping[str, FactSource]
    definitions: Mapping[str, Definition]
    faults: tuple[FileFinding, ...]
    warnings: tuple[FileFinding, ...]


def read_library(sources: Mapping[str, bytes], indicators: Mapping[str, bytes], *, on: date) -> Library:
    """Read a folder as of the day `on`. Files are told as "sources/visits.toml". Never raises on what the files hold."""
    read = {name: read_source(f"{SOURCES}/{name}", data) for name, data in sorted(sources.items())}
    sound = {reading.source.id: reading.source for reading in read.values() if reading.source is not None}
    known = Sources(frozenset(PurePosixPath(name).stem for name in sources), sound)
    readings = [read_definition(f"{INDICATORS}/{name}", data, known, on=on) for name, data in sorted(indicators.items())]
    faults = {fault for source in read.values() for fault in source.findings}
    faults |= {fault for reading in readings for fault in reading.findings} | set(_same(readings))
    return Library(
        sources=sound,
        definitions={reading.definition.id: reading.definition for reading in readings if reading.definition is not None},
        faults=tuple(sorted(faults)),
        warnings=tuple(sorted(warning for reading in readings for warning in reading.warnings)),
    )


def _same(readings: Sequence[DefinitionReading]) -> Iterator[FileFinding]:
    """Two indicators under one id or title cannot be told apart."""
    tops: list[Entry] = [top for reading in readings if reading.tables is not None and (top := reading.tables.first(TOP)) is not None]
    for key, word in (("id", "Id"), ("title", "Titeln")):
        for top, earlier in repeats(tops, lambda entry, key=key: entry.values.get(key)):  # type: ignore[misc]  # bound now
            yield top.finding(f"{word} ”{top.values[key]}” finns redan {earlier.place()}. Ge indikatorerna olika.", key)
