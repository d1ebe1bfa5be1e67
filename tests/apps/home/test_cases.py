from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from styrkedja.cases.models import Case, Document
from styrkedja.organisations.models import Body
from styrkedja.workflows.models import InstanceStatus, ProcessDefinition, ProcessInstance, WorkItem
from tests.factories.accounts import make_user
from tests.factories.cases import make_case
from tests.factories.counties import make_county, make_holder
from tests.factories.walks import AT, AT_ASSESSMENT, MIND, OLD, PARKED, REGISTERED, World, item_of

SignedIn = Callable[[str], Client]
TODAY = AT.date()


@pytest.fixture(scope="module")
def demens(case_at: Callable[..., Case]) -> Case:
    """Two LPO are to assess (step 4)."""
    return case_at(AT_ASSESSMENT)


@pytest.fixture(scope="module")
def artros(whole_world: World, django_db_blocker) -> Case:
    """Opened later; the coordinator is to forward (step 3)."""
    with django_db_blocker.unblock():
        return whole_world.walk(REGISTERED, subject="Vårdprogram: artros", at=AT + timedelta(days=1))


@pytest.fixture
def client(demens: Case, artros: Case, world: World, signed_in: SignedIn) -> Client:
    return signed_in("kfvn-samordnare")


def found(client: Client, query: str = "") -> list[str]:
    return [row.reference for row in client.get(f"/arenden/{query}", follow=True).context["rows"]]


def close(case: Case, status: InstanceStatus = InstanceStatus.CLOSED) -> None:
    WorkItem.objects.filter(instance=case.instance_id, state="OPEN").update(state="WITHDRAWN", closed_at=AT)
    ProcessInstance.objects.filter(pk=case.instance_id).update(status=status, ended_at=AT)


def test_running_cases_stand_with_the_newest_first(client: Client, demens: Case, artros: Case) -> None:
    response = client.get("/arenden/")
    assert [row.reference for row in response.context["rows"]] == [artros.registry_number, demens.registry_number]
    assert response.context["lead"] == "2 ärenden"
    first, second = response.context["rows"]
    assert (first.subject, first.status.word, first.place) == (
        "Vårdprogram: artros",
        "Pågår",
        "Steg 3 Vidarebefordra remissen till berörda LPO",
    )
    assert first.whom == "Region Västernorrlands samordnare för kunskapsstyrning, RVN"
    assert second.whom == "Ordförande eller processledare, LPO äldres hälsa och 1 till"
    assert second.url == f"/arenden/{demens.number}/"


def test_each_state_shows_its_cases(client: Client, demens: Case, artros: Case) -> None:
    close(demens)
    close(artros, InstanceStatus.ENDED)
    ProcessInstance.objects.filter(pk=artros.instance_id).update(end_event="end_not_introduced")
    assert found(client) == []
    assert found(client, "?status=avskrivna") == [demens.registry_number]
    assert found(client, "?status=avslutade") == [artros.registry_number]
    assert found(client, "?status=alla") == [artros.registry_number, demens.registry_number]
    assert found(client, "?status=stoppade") == []
    rows = client.get("/arenden/?status=alla").context["rows"]
    assert [(row.status.word, row.place) for row in rows] == [("Avslutat", "Inget nationellt införande"), ("Avskrivet", "")]


def test_stopped_cases_are_running_too(client: Client, demens: Case) -> None:
    ProcessInstance.objects.filter(pk=demens.instance_id).update(status=InstanceStatus.INCIDENT)
    assert found(client, "?status=stoppade") == [demens.registry_number]
    assert demens.registry_number in found(client)


def test_open_work_narrows_by_step_phase_body_and_lateness(client: Client, demens: Case, artros: Case) -> None:
    WorkItem.objects.filter(instance=demens.instance_id, state="OPEN").update(due_on=TODAY - timedelta(days=1))
    WorkItem.objects.filter(instance=artros.instance_id, state="OPEN").update(due_on=TODAY)
    both = [artros.registry_number, demens.registry_number]
    assert found(client, "?steg=4") == [demens.registry_number]
    assert found(client, "?steg=33") == []
    assert found(client, "?steg=fas:consultation") == both
    assert found(client, "?steg=fas:local") == []
    assert found(client, f"?organ={Body.objects.get(key=MIND).pk}") == [demens.registry_number]
    assert found(client, "?status=forsenade") == [demens.registry_number]
    assert found(client, f"?status=forsenade&steg=4&organ={Body.objects.get(key=OLD).pk}") == [demens.registry_number]
    assert client.get("/arenden/?status=forsenade").context["rows"][0].status.word == "Försenat"


def test_the_phases_of_several_counties_say_whose_they_are(client: Client, demens: Case, artros: Case, world: World) -> None:
    phase = {"fas:consultation": "1 Remiss"}
    assert phase.items() <= dict(dict(client.get("/arenden/").context["form"].fields["steg"].choices)["Faser"]).items()
    other = make_county("grannlan", name="Grannlän")
    given = {name: getattr(world.definition, name) for name in ("key", "name", "version", "source", "sha256", "published_at")}
    ProcessDefinition.objects.create(county=other, **given)
    administrator = Client()
    administrator.force_login(make_user("forvaltare", administrator=True))
    choices = dict(administrator.get("/arenden/").context["form"].fields["steg"].choices)
    assert dict(choices["Faser, Grannlän"])["fas:consultation:grannlan"] == "1 Remiss"
    assert dict(choices[f"Faser, {world.county.name}"])[f"fas:consultation:{world.county.key}"] == "1 Remiss"
    both = [artros.registry_number, demens.registry_number]
    assert found(administrator, f"?steg=fas:consultation:{world.county.key}") == both
    assert found(administrator, f"?steg=fas:local:{world.county.key}") == []
    assert found(administrator, "?steg=fas:consultation:grannlan") == []
    assert found(administrator, f"?steg=fas:consultation:grannlan&lan={world.county.key}") == []


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("artros", ["Vårdprogram: artros"]),
        ("vård", ["Vårdprogram: artros", "Vårdprogram: demens"]),
        ("handlingens rubrik", ["Vårdprogram: artros", "Vårdprogram: demens"]),
        ("schizofreni", []),
        ("   ", ["Vårdprogram: artros", "Vårdprogram: demens"]),
    ],
)
def test_a_text_is_found_in_cases_and_in_their_documents(client: Client, demens: Case, text: str, subjects: list[str]) -> None:
    Document.objects.update(title="Handlingens rubrik")
    assert [row.subject for row in client.get("/arenden/", {"q": text}).context["rows"]] == subjects


def test_a_number_finds_its_case(client: Client, demens: Case) -> None:
    assert found(client, f"?q={demens.registry_number}") == [demens.registry_number]
    assert found(client, f"?q={demens.number}&steg=4") == [demens.registry_number]
    assert found(client, f"?q={demens.number}&steg=3") == []


def test_the_nearest_date_comes_first_and_those_without_date_last(client: Client, world: World, demens: Case, artros: Case) -> None:
    parked = world.walk(PARKED, subject="Vårdprogram: astma")
    WorkItem.objects.filter(pk=item_of(demens, "assess_municipal_relevance", MIND).pk).update(due_on=date(2026, 9, 17))
    WorkItem.objects.filter(instance=artros.instance_id, state="OPEN").update(due_on=date(2026, 9, 18))
    assert found(client, "?sortera=datum") == [demens.registry_number, artros.registry_number, parked.registry_number]
    assert found(client, "?sortera=datum&q=vårdprogram&steg=3") == [artros.registry_number]


def test_pages_follow_each_other_in_both_orders(client: Client, world: World, demens: Case, artros: Case, settings) -> None:
    settings.PAGE_SIZE = 2
    third = world.walk(PARKED, subject="Vårdprogram: astma", at=AT - timedelta(days=30))
    assert found(client) == [artros.registry_number, demens.registry_number]
    assert found(client, "?page=2") == [third.registry_number]
    assert found(client, "?page=2&sortera=datum") == [third.registry_number]
    assert found(client, "?q=vårdprogram&page=2") == [third.registry_number]
    assert found(client, "?page=99") == [third.registry_number]


def test_counting_ends_at_the_most_that_is_shown(client: Client, settings) -> None:
    settings.MAX_LISTED_CASES = settings.PAGE_SIZE = 1
    response = client.get("/arenden/")
    assert response.context["lead"] == "Fler än 1 ärenden. De första 1 visas; begränsa urvalet för att se andra."
    assert (response.context["page"].paginator.count, response.context["page"].has_next()) == (1, False)


def test_it_is_said_when_a_text_is_in_more_documents_than_are_looked_through(client: Client, demens: Case, settings) -> None:
    assert Document.objects.filter(case=demens).count() == 1
    Document.objects.update(title="Handlingens rubrik")
    settings.MAX_FOUND_CASES = 1
    response = client.get("/arenden/?q=rubrik")
    assert [row.subject for row in response.context["rows"]] == ["Vårdprogram: artros"]
    assert response.context["lead"] == "Fler än 1 ärenden. De första 1 visas; begränsa urvalet för att se andra."


def test_another_countys_cases_are_not_shown(client: Client, demens: Case, artros: Case, at) -> None:
    other = make_county()
    registrar = make_holder(other, "region", "REGISTRAR")
    theirs = make_case(registrar, other)
    assert theirs.number not in found(client, "?status=alla")
    stranger = Client()
    stranger.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    assert [row.reference for row in stranger.get("/arenden/?status=alla").context["rows"]] == [theirs.number]


@pytest.mark.parametrize("query", ["?status=nonsens", "?steg=fas:nonsens&steg=", "?organ=x", "?lan=y", "?sortera=z"])
def test_a_filter_that_means_nothing_narrows_nothing(client: Client, query: str) -> None:
    assert len(found(client, query)) == 2


@pytest.mark.parametrize("query", ["", "?status=alla", "?steg=4", "?status=forsenade", "?q=vårdprogram", "?sortera=datum"])
def test_the_list_costs_the_same_however_many_cases(client: Client, world: World, query: str, django_assert_max_num_queries) -> None:
    client.get("/arenden/")
    for _more in range(2):
        with django_assert_max_num_queries(19):
            client.get(f"/arenden/{query}")
        for _case in range(3):
            world.walk(REGISTERED)
