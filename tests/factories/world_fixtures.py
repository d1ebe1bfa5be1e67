"""Fixtures of the tests that walk cases on the real routine; a conftest imports them by name."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from styrkedja.cases.models import Case
from styrkedja.cli.answers import Answer
from tests.factories.walks import AT, World, world_once

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with world_once(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="module")
def case_at(whole_world: World, django_db_blocker) -> Callable[[Sequence[Answer]], Case]:
    """Walks a case for all tests of the module; what a test does with it is undone after the test."""

    def walk(steps: Sequence[Answer]) -> Case:
        with django_db_blocker.unblock():
            return whole_world.walk(steps)

    return walk


@pytest.fixture
def world(whole_world: World, db: None) -> World:
    """The county with its routine, and those of its people whom the whole module knows."""
    return World(whole_world.county, whole_world.definition, dict(whole_world.people))


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
        client.force_login(world.person(username), backend=BACKEND)
        return client

    return make
