from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tests.factories.walks import AT, World, world_once


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with world_once(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(whole_world: World, db: None) -> World:
    """The county with its routine. Accounts are made anew in each test."""
    return World(whole_world.county, whole_world.definition)


@pytest.fixture
def at() -> Iterator[datetime]:
    """The moment of every request."""
    with time_machine.travel(AT, tick=False):
        yield AT


@pytest.fixture
def signed_in(world: World, at: datetime) -> Callable[[str], Client]:
    """A browser in which that person has signed in."""

    def make(username: str) -> Client:
        client = Client()
        client.force_login(world.person(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
