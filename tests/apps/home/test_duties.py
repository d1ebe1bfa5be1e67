"""What the steering chain expects of who reads the start page: of the function where one is named, else of every function of the body."""

from datetime import date, timedelta

import pytest
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.audits.models import ProgressReport
from styrkedja.chain.selectors.duties import Duties, duties
from styrkedja.organisations.models import County, Seat
from styrkedja.steering.models import Assignment, Goal, Milestone, Obstacle
from styrkedja.ui.clock import day, now
from tests.apps.chain.conftest import county, every_kind, signed_in  # noqa: F401  the same small chain
from tests.factories.accounts import make_user
from tests.factories.counties import body
from tests.factories.steering import make

pytestmark = pytest.mark.django_db


def found(user: User) -> list[tuple[str, date]]:
    return [(duty.row.key, duty.due_on) for duty in duties(user, on=day(now())).dated]


@pytest.fixture
def chair(client: Client, every_kind: Goal) -> User:  # noqa: F811
    """The board's chair. Nothing of the small chain is due; one month has no outcome."""
    Milestone.objects.update(due_on=None)
    return signed_in(client, County.objects.get())


def test_what_is_late_and_what_is_due_soon_is_told_in_its_order(chair: User, settings) -> None:
    today = day(now())
    settings.DUTIES_AHEAD_DAYS = 14
    Milestone.objects.filter(key="halvvags").update(due_on=today + timedelta(days=14))
    Assignment.objects.filter(key="uppdraget").update(report_due_on=today - timedelta(days=1))
    Obstacle.objects.update(due_on=today + timedelta(days=15))
    board = body(County.objects.get(), "styrelsen")
    report = {"cycle": "YEAR", "starts_on": date(today.year, 1, 1), "ends_on": date(today.year, 12, 31), "title": "Årsrapport"}
    make(ProgressReport, key="arsrapport", county=County.objects.get(), accountable_body=board, due_on=today, **report)
    assert found(chair) == [("uppdraget", today - timedelta(days=1)), ("arsrapport", today), ("halvvags", today + timedelta(days=14))]


@pytest.mark.parametrize("field", ["reached_on", "valid_until"])
def test_what_is_done_or_stands_in_a_plan_that_is_over_is_not_asked_for(chair: User, field: str) -> None:
    yesterday = day(now()) - timedelta(days=1)
    milestone = Milestone.objects.get(key="halvvags")
    Milestone.objects.update(due_on=yesterday)
    assert found(chair) == [("halvvags", yesterday)]
    row = milestone if field == "reached_on" else milestone.goal.document
    type(row).objects.filter(pk=row.pk).update(**{field: yesterday})
    assert found(chair) == []


def test_a_named_function_answers_alone(chair: User, client: Client) -> None:
    yesterday = day(now()) - timedelta(days=1)
    Milestone.objects.update(
        due_on=yesterday,
        accountable_seat=Seat.objects.create(body=body(County.objects.get(), "styrelsen"), function="SECRETARY", title="Sekreterare"),
    )
    assert found(chair) == []
    assert found(signed_in(client, County.objects.get(), function="SECRETARY")) == [("halvvags", yesterday)]


def test_the_start_page_says_it_and_leads_there(chair: User, client: Client) -> None:
    Milestone.objects.update(due_on=day(now()) - timedelta(days=1))
    response = client.get("/")
    assert response.context["lead"].endswith("Inget ärende väntar på dig. I styrkedjan väntar två saker på dig, varav en är försenad.")
    assert [(row.name, row.url, row.note, row.status.word) for row in response.context["duties"]][:1] == [
        ("Halvvägs", "/styrning/milestone/halvvags/", "Delmål", "Försenad")
    ]
    last = response.context["duties"][-1]
    assert (last.url, last.note) == ("/styrning/hemtagning/", "1 åtgärd saknar utfall")
    assert last.name.startswith("Rapportera hemtagningen för ")
    assert 'id="styrkedjan"' in response.text


def test_who_acts_nowhere_is_asked_for_nothing(every_kind: Goal, django_assert_num_queries) -> None:  # noqa: F811
    stranger = make_user("utan-funktion")
    with django_assert_num_queries(1):
        assert duties(stranger, on=day(now())) == Duties()
