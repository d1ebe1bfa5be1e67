"""What the files behind the indicators say, for pages: each text is read once for as long as it stays what it is."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from styrkedja.core.indicators.comparisons import Comparison, read_comparison
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.definition_files import Sources, read_definition
from styrkedja.core.indicators.definition.library import SOURCES
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.definition.source_files import read_source
from styrkedja.indicators.models import Indicator

COMPARISONS = "comparisons"
_Files = tuple[tuple[str, int, int], ...]


def definition_of(indicator: Indicator, *, on: date) -> Definition | None:
    """The definition as it was when the indicator was last read in. None if its sources are no longer what it was written for."""
    return _definition(indicator.key, indicator.definition, _files(SOURCES), on)


def fact_sources() -> dict[str, FactSource]:
    """The fact tables by id; those in which something is wrong are left out."""
    return _sources(_files(SOURCES))


def comparisons() -> tuple[Comparison, ...]:
    """The groups to compare with, in the order of their files; those in which something is wrong are left out."""
    return _comparisons(_files(COMPARISONS))


def _files(folder: str) -> _Files:
    """What tells one state of the folder from another."""
    found = sorted((Path(settings.DEFINITIONS) / folder).glob("*.toml"))
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in found)


@lru_cache(maxsize=4)
def _sources(files: _Files) -> dict[str, FactSource]:
    read = (read_source(Path(path).name, Path(path).read_bytes()).source for path, _changed, _size in files)
    return {source.id: source for source in read if source is not None}


@lru_cache(maxsize=4)
def _comparisons(files: _Files) -> tuple[Comparison, ...]:
    read = (read_comparison(Path(path).name, Path(path).read_bytes()) for path, _changed, _size in files)
    return tuple(one for one in read if isinstance(one, Comparison))


@lru_cache(maxsize=512)
def _definition(key: str, text: str, files: _Files, on: date) -> Definition | None:
    known = Sources(frozenset(Path(path).stem for path, _changed, _size in files), _sources(files))
    return read_definition(f"{key}.toml", text.encode(), known, on=on).definition
