"""The page of a case that has been moved to another version of its routine."""

from datetime import timedelta

import pytest
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.home.presenters.pathway import pathway
from styrkedja.home.selectors.case import case_view
from styrkedja.workflows.services import migrating
from tests.factories.counties import make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, publish, straight_routine

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)


@pytest.fixture
def moved() -> tuple[Case, User]:
    """a and b are done in version 1; in version 2 a new step comes between them, so b is to be redone."""
    county = make_county()
    registrar = make_holder(county, "region", "REGISTRAR")
    definition = publish(county, straight_routine(county, "a", "b", "c"))
    case = open_case(actor=registrar, county=county, definition=definition, subject="Vård vid stroke", givens={}, at=AT)
    do(registrar, case.instance, "a")
    do(registrar, case.instance, "b")
    revised = revise(county, straight_routine(county, "a", "new", "b", "c"), 2)
    migrating.migrate(actor=None, instance=case.instance, definition_to=revised, at=LATER)
    return Case.objects.get(), registrar


def test_the_history_says_which_version_it_left_and_what_does_not_count(moved: tuple[Case, User], client: Client) -> None:
    case, registrar = moved
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    page = " ".join(client.get(f"/arenden/{case.number}/").content.decode().split())
    assert "Ärendet följer nu version 2 av rutinen" in page
    assert "Förut version 1. 1 utfört steg räknas inte längre." in page


def test_a_step_that_is_to_be_redone_is_still_to_come(moved: tuple[Case, User]) -> None:
    case, registrar = moved
    [phase] = pathway(case_view(registrar, case, at=LATER), {}, at=LATER)
    assert [(step.name, step.state.value) for step in phase.steps] == [
        ("Steg a", "done"),
        ("Steg new", "current"),
        ("Steg b", "coming"),
        ("Steg c", "coming"),
    ]
