"""The real routine, published once for a module, and a reader of its pages."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from lxml import html

from styrkedja.workflows.models import ProcessDefinition
from tests.apps.workflows.reading import AT, PAGE, Visit
from tests.factories.accounts import make_user
from tests.factories.counties import hold
from tests.factories.walks import FOLDER, ROUTINE
from tests.routines.conftest import publish


@pytest.fixture(scope="module")
def real(django_db_setup: None, django_db_blocker: Any) -> Iterator[ProcessDefinition]:
    """The real routine, published with its check; each test's changes are rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield publish(FOLDER, ROUTINE)
        transaction.set_rollback(True)


@pytest.fixture
def today() -> Iterator[None]:
    """The moment of every request."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def reader(real: ProcessDefinition, db: None, today: None, client: Client) -> Client:
    """The chair of a programme group has signed in."""
    user = make_user("lpo-psykisk-halsa")
    hold(user, real.county.bodies.get(key="lpo-psykisk-halsa").seats.get(function="CHAIR"))
    client.force_login(user)
    return client


@pytest.fixture
def visit(reader: Client) -> Visit:
    """A page as that reader gets it."""

    def get(address: str = PAGE, **query: str) -> html.HtmlElement:
        answer = reader.get(address, query)
        assert answer.status_code == 200
        return html.fromstring(answer.content.decode())

    return get
