"""The page where the coordinator moves cases between versions of a routine, and takes moves back."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from lxml import html

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.organisations.models import County
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, ProcessDefinition, WorkItem
from tests.factories.counties import make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, publish, straight_routine

pytestmark = pytest.mark.django_db

PAGE = "/rutiner/exempellan/prov/flytta/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR")


@pytest.fixture
def coordinator(county: County, client: Client) -> Client:
    client.force_login(make_holder(county, "region", "COORDINATOR"), backend=BACKEND)
    return client


@pytest.fixture
def cases(county: County, registrar: User) -> list[Case]:
    """Stroke has done a and b, demens nothing. In version 2 a new step comes before b."""
    definition = publish(county, straight_routine(county, "a", "b", "c"))
    found = [opened(registrar, definition, subject) for subject in ("Stroke", "Demens")]
    do(registrar, found[0].instance, "a")
    do(registrar, found[0].instance, "b")
    revise(county, straight_routine(county, "a", "new", "b", "c"), 2)
    return found


def opened(registrar: User, definition: ProcessDefinition, subject: str) -> Case:
    return open_case(actor=registrar, county=definition.county, definition=definition, subject=subject, givens={}, at=AT)


def read(client: Client, address: str = PAGE) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(page: html.HtmlElement) -> list[list[str]]:
    return [[text(cell) for cell in row.xpath("./td")[1:]] for row in page.xpath("//main//tbody/tr")]


def ticked(page: html.HtmlElement) -> list[str]:
    return page.xpath("//input[@name='case' and @checked]/@value")


def stands_at(case: Case) -> list[str]:
    return list(WorkItem.objects.filter(instance=case.instance_id, state=ItemState.OPEN).values_list("node_id", flat=True))


def test_the_page_says_for_each_case_what_a_move_to_the_newest_version_would_do(cases: list[Case], coordinator: Client) -> None:
    page = read(coordinator)
    stroke, demens = cases
    assert rows(page) == [
        [
            f"Stroke{stroke.number}",
            "1",
            "2 Steg new",
            "1 steg behålls 1 steg görs om 2 Steg bI version 2 ska först steget ”2 Steg new” göras.",
        ],
        [f"Demens{demens.number}", "1", "1 Steg a", "0 steg behålls"],
    ]
    assert ticked(page) == [str(case.instance_id) for case in cases]
    assert stands_at(stroke) == ["c"]


def test_only_the_ticked_cases_are_moved(cases: list[Case], coordinator: Client) -> None:
    response = coordinator.post(PAGE, {"case": [cases[0].instance_id]}, follow=True)
    assert "1 ärende flyttades." in response.content.decode()
    assert [stands_at(case) for case in cases] == [["new"], ["a"]]
    assert HistoryEvent.objects.get(kind=EventKind.MIGRATED).account.username == "coordinator-region-exempellan"
    assert len(rows(html.fromstring(response.content.decode()))) == 1


def test_a_move_is_taken_back_on_the_other_tab(cases: list[Case], coordinator: Client) -> None:
    coordinator.post(PAGE, {"case": [case.instance_id for case in cases]})
    back = PAGE + "?flik=tillbaka"
    page = read(coordinator, back)
    assert [row[1:3] for row in rows(page)] == [["2 → 1", "3 Steg c"], ["2 → 1", "1 Steg a"]]
    response = coordinator.post(back, {"case": ticked(page)}, follow=True)
    assert "2 ärenden flyttades." in response.content.decode()
    assert "Inga flyttar att återta" in response.content.decode()
    assert [stands_at(case) for case in cases] == [["c"], ["a"]]


def test_a_case_that_cannot_be_moved_says_why_and_cannot_be_ticked(county: County, cases: list[Case], coordinator: Client) -> None:
    revise(county, straight_routine(county, "a").given("entry", "letter", "mail"), 3)
    page = read(coordinator)
    reason = "Version 3 behöver uppgifter som inte lämnades när ärendet öppnades: ”Vad gäller?”."
    assert [row[2] for row in rows(page)] == [f"Kan inte flyttas {reason}"] * 2
    assert page.xpath("//main//button[@type='submit' and not(ancestor::form[@method='get'])]") == []
    response = coordinator.post(PAGE, {"case": [cases[0].instance_id]}, follow=True)
    assert f"Ärende {cases[0].number} flyttades inte. {reason}" in text(html.fromstring(response.content.decode()))
    assert stands_at(cases[0]) == ["c"]


def test_another_version_can_be_chosen_and_cases_that_follow_it_are_left_out(
    county: County, cases: list[Case], registrar: User, coordinator: Client
) -> None:
    revise(county, straight_routine(county, "c"), 3)
    assert [row[2] for row in rows(read(coordinator))] == ["1 Steg c", "1 Steg c"]
    assert [row[2] for row in rows(read(coordinator, PAGE + "?till=2"))] == ["2 Steg new", "1 Steg a"]
    coordinator.post(PAGE + "?till=2", {"case": [cases[0].instance_id]})
    assert [row[0] for row in rows(read(coordinator, PAGE + "?till=2"))] == [f"Demens{cases[1].number}"]
    assert "Inga ärenden att flytta" not in text(read(coordinator, PAGE + "?till=1"))


def test_a_move_that_ends_a_case_is_told_before_it_is_done(county: County, cases: list[Case], coordinator: Client) -> None:
    revise(county, straight_routine(county, "a", "b"), 3)
    assert rows(read(coordinator))[0][2] == "Avslutas Klart"


def test_nothing_ticked_moves_nothing_and_says_so(cases: list[Case], coordinator: Client) -> None:
    response = coordinator.post(PAGE, {}, follow=True)
    assert "Kryssa för de ärenden som ska flyttas." in response.content.decode()
    assert not HistoryEvent.objects.filter(kind=EventKind.MIGRATED).exists()


def test_who_does_not_coordinate_is_refused_and_another_county_sees_nothing(cases: list[Case], registrar: User, client: Client) -> None:
    client.force_login(registrar, backend=BACKEND)
    refusal = client.get(PAGE)
    assert refusal.status_code == 403
    assert "Bara länets samordnare eller en systemförvaltare kan flytta ärenden mellan rutinens versioner." in refusal.content.decode()
    assert client.post(PAGE, {"case": [cases[0].instance_id]}).status_code == 403
    client.force_login(make_holder(make_county("annat", name="Annat"), "region", "COORDINATOR"), backend=BACKEND)
    assert client.get(PAGE).status_code == 404
    assert stands_at(cases[0]) == ["c"]


def test_a_routine_that_does_not_exist_is_not_found(cases: list[Case], coordinator: Client) -> None:
    assert coordinator.get("/rutiner/exempellan/annan/flytta/").status_code == 404


def test_the_routine_shows_the_way_here_to_those_who_may(cases: list[Case], registrar: User, coordinator: Client) -> None:
    versions = "/rutiner/exempellan/prov/?flik=versioner"
    link = "//a[normalize-space()='Flytta ärenden mellan versioner']/@href"
    assert read(coordinator, versions).xpath(link) == [PAGE]
    coordinator.force_login(registrar, backend=BACKEND)
    assert read(coordinator, versions).xpath(link) == []
