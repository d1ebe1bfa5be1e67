import pytest

from styrkedja.organisations.models import County
from tests.factories.steering import make_region


@pytest.fixture
def county(db: None) -> County:
    return make_region()
