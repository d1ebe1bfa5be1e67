"""A county's folder into the database, in one transaction over the apps that own its parts."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from styrkedja.cases.services import load_registry_series
from styrkedja.cli.definitions import county_data, national_data, national_folder
from styrkedja.organisations.services.county import load_county, load_national


def load_folder(folder: Path, *, at: datetime) -> tuple[str, list[str]]:
    """Loads the national data beside `folder` and then the county. Answers its name and what changed. Raises DefinitionFaults before any write."""
    national = national_data(national_folder(folder))
    values = county_data(folder, national)
    with transaction.atomic():
        changes = load_national(actor=None, national=national, at=at)
        county, more = load_county(actor=None, values=values, at=at)
        series = load_registry_series(actor=None, county=county, rows=values.registry_series, at=at)
    return county.name, [*changes, *more, *series]
