from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from styrkedja.accounts.models import User
from styrkedja.accounts.services import create_account
from styrkedja.cli.answers import read_answers
from styrkedja.cli.driving import Driver, Walk
from styrkedja.cli.loading import load_folder
from styrkedja.core.policies.cases import REGISTRY_FUNCTIONS
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import county_by_key, seats_in_county
from styrkedja.organisations.services.groups import appoint_member
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.services import publish_definition
from tests.architecture.sources import ROOT

OPENED = datetime(2026, 6, 8, 8, tzinfo=UTC)
ANSWERS = ROOT / "tests" / "routines" / "answers"
DEFINITIONS = ROOT / "definitions"
Walker = Callable[[str], Walk]


def publish(folder: Path, routine: Path) -> ProcessDefinition:
    """Loads a county and publishes a routine in it, as an operator does."""
    load_folder(folder, at=OPENED)
    county = county_by_key(folder.name)
    assert county is not None
    definition, _new = publish_definition(actor=None, county=county, source=routine.read_bytes(), kinds=dict(CATALOGUE), at=OPENED)
    return definition


def author_of(definition: ProcessDefinition) -> User:
    """A registrar who opens cases and stands in sample answers."""
    county: County = definition.county
    author = create_account(actor=None, username="provkorning", name="Provkörning", at=OPENED)
    seat = seats_in_county(county, functions=REGISTRY_FUNCTIONS, on=OPENED.date())[0]
    appoint_member(actor=None, seat=seat, account=author, valid_from=OPENED.date(), valid_until=None, at=OPENED)
    return author


def drive(definition: ProcessDefinition, answers: Path) -> Walk:
    """One case through the routine, with a registrar who opens it."""
    return Driver(definition, read_answers(answers.read_bytes()), author=author_of(definition), at=OPENED, appoint=True).run()


@pytest.fixture
def vasternorrland(db: None) -> ProcessDefinition:
    """The real county with its real routine."""
    return publish(DEFINITIONS / "counties" / "vasternorrland", DEFINITIONS / "routines" / "vasternorrland-kunskapsstod.bpmn")


@pytest.fixture
def walk(vasternorrland: ProcessDefinition) -> Walker:
    """Walks the real routine with a file of tests/routines/answers."""
    return lambda name: drive(vasternorrland, ANSWERS / f"{name}.toml")
