"""What the commands about indicators stand on: definitions from disk, read in as indicators, and the place where their figures are kept."""

import os
from pathlib import Path

import click
from django.conf import settings

from styrkedja.cli.indicator_files import LibraryFolders, library_folders
from styrkedja.core.indicators.definition.library import INDICATORS, Library
from styrkedja.indicators.computing import Site
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.loading import settle_all
from styrkedja.indicators.services.definitions import Synced, sync_indicators
from styrkedja.ui.clock import day, now


def open_site(*, warehouse: str = "") -> Site:
    """Reads the definitions, makes the indicators what they say, and tells on standard error of files in which something is wrong. What broken-off
    loads have left is put right first, so that nothing is computed on half of one.
    """
    folders = library_folders(Path(settings.DEFINITIONS), Path(settings.DEFINITIONS))
    library = folders.read(day(now()))
    for fault in library.faults:
        click.echo(f"{folders.path(fault)}:{fault.line}: {fault.message}", err=True)
    _sync(library, folders)
    settle_all(FactFiles(Path(settings.INDICATOR_STORE)))
    return Site(library.sources, library.definitions, Path(settings.INDICATOR_STORE), warehouse, threads=os.cpu_count() or 1)


def _sync(library: Library, folders: LibraryFolders) -> Synced:
    """A file in which something is wrong changes nothing: its indicator stays as it was."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folders.indicators.glob("*.toml") if path.stem in library.definitions}
    faulty = {Path(fault.file).stem for fault in library.faults}
    broken_source = any(not fault.file.startswith(INDICATORS) for fault in library.faults)
    keep = {path.stem for path in folders.indicators.glob("*.toml") if path.stem in faulty or broken_source}
    return sync_indicators(actor=None, definitions=library.definitions, texts=texts, keep=frozenset(keep), at=now())
