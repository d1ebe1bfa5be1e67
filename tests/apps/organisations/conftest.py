from datetime import UTC, datetime

import pytest

from styrkedja.organisations.models import County
from styrkedja.organisations.services import load_county, load_national
from tests.apps.organisations import files

LOADED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def structure(db: None) -> None:
    """The nation, as it is loaded before the first county."""
    load_national(actor=None, national=files.national(), at=LOADED)


@pytest.fixture
def vasternorrland(structure: None) -> County:
    return load_county(actor=None, values=files.vasternorrland(), at=LOADED)[0]


@pytest.fixture
def jamtland(structure: None) -> County:
    return load_county(actor=None, values=files.jamtland(), at=LOADED)[0]
