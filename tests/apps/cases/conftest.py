import pytest

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from tests.factories.counties import make_county, make_holder


@pytest.fixture
def county(db: None) -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR")


@pytest.fixture
def chair(county: County) -> User:
    """Takes part in the county's collaboration, but may neither open nor register."""
    return make_holder(county, "lpo", "CHAIR")
