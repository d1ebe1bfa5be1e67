"""A region, somebody who reads, and what the page says: what the tests of the indicators' pages share."""

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from tests.factories.accounts import make_user
from tests.factories.counties import hold, seat
from tests.factories.steering import make_region

LEVEL = [0.36, 0.38, 0.35, 0.37, 0.39, 0.36, 0.35, 0.38, 0.37, 0.36, 0.38, 0.37, 0.36]


@pytest.fixture
def county(db: None) -> County:
    return make_region()


def sign_in(client: Client, county: County, role: str = "region", function: str = "COORDINATOR") -> User:
    user = make_user(f"{role}-{function}".lower())
    hold(user, seat(county, role, function))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def text_of(client: Client, view: str, *args: str, **query: str) -> str:
    response = client.get(reverse(f"indicators:{view}", args=args), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())
