"""A county's folder into the database, in one transaction over the apps that own its parts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction

from styrkedja.cases.services import load_registry_series
from styrkedja.cli.definitions import DefinitionFaults, county_data, national_data, national_folder, toml_files
from styrkedja.core.organisations.draft import read_draft
from styrkedja.core.organisations.schema import COUNTY_FILES, NATIONAL_FILES
from styrkedja.core.toml.tables import File
from styrkedja.organisations.services import KeysTaken, load_county, load_national


def load_folder(folder: Path, *, at: datetime) -> tuple[str, list[str]]:
    """Loads the national data beside `folder` and then the county. Answers its name and what changed.

    Raises DefinitionFaults or Refused, and then nothing is stored.
    """
    nation = national_folder(folder)
    national = national_data(nation)
    values = county_data(folder, national)
    with transaction.atomic():
        with _on_their_lines(nation, NATIONAL_FILES):
            changes = load_national(actor=None, national=national, at=at)
        with _on_their_lines(folder, COUNTY_FILES):
            county, more = load_county(actor=None, values=values, at=at)
        series = load_registry_series(actor=None, county=county, rows=values.registry_series, at=at)
    return county.name, [*changes, *more, *series]


@contextmanager
def _on_their_lines(folder: Path, schema: Mapping[str, File]) -> Iterator[None]:
    """That a key is taken is known to the database alone; where it stands, to the files alone."""
    try:
        yield
    except KeysTaken as taken:
        draft, _findings = read_draft(toml_files(folder), schema, {})
        named = [entry for entry in draft.own_bodies if entry.values["key"] in taken.faults]
        found = sorted(entry.finding(taken.faults[entry.values["key"]], "key") for entry in named)
        raise DefinitionFaults([f"{folder / fault.file}:{fault.line}: {fault.message}" for fault in found]) from None
