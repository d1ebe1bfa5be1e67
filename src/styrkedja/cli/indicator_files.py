"""Reads sources and indicators from disk for the commands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from styrkedja.core.indicators.definition.library import INDICATORS, SOURCES, Library, read_library
from styrkedja.core.toml.documents import MOST_BYTES
from styrkedja.core.toml.findings import FileFinding


@dataclass(frozen=True)
class LibraryFolders:
    """`sources` is a folder; `indicators` is a folder too, or one file in it."""

    sources: Path
    indicators: Path

    def path(self, finding: FileFinding) -> Path:
        """Where on disk the file of a finding lies."""
        folder, _, name = finding.file.partition("/")
        if folder == SOURCES:
            return self.sources / name
        return self.indicators / name if self.indicators.is_dir() else self.indicators

    def read(self, on: date) -> Library:
        return read_library(_bytes(self.sources.glob("*.toml")), _bytes(self._indicator_files()), on=on)

    def _indicator_files(self) -> Iterable[Path]:
        return self.indicators.glob("*.toml") if self.indicators.is_dir() else [self.indicators]


def library_folders(path: Path, project: Path) -> LibraryFolders:
    """What `path` means: a folder with sources and indicators, one with indicators alone, or one indicator's file.

    Sources that do not stand beside the indicators are those of the `project`.
    """
    indicators = path / INDICATORS if (path / INDICATORS).is_dir() else path
    beside = indicators.resolve().parent / SOURCES if indicators.is_dir() else indicators.resolve().parent.parent / SOURCES
    shown = path / SOURCES if indicators != path else beside
    return LibraryFolders(shown if shown.is_dir() else project / SOURCES, indicators)


def _bytes(paths: Iterable[Path]) -> Mapping[str, bytes]:
    """The files by name, each no further than it takes to see that it is too long."""
    found = {}
    for path in sorted(paths):
        with path.open("rb") as file:
            found[path.name] = file.read(MOST_BYTES + 1)
    return found
