from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from styrkedja.cases.models import Case
from styrkedja.home.presenters.history import _TITLES
from styrkedja.home.presenters.pathway import PhaseSteps
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, ProcessInstance, WorkItem
from styrkedja.workflows.services import raise_incident
from tests.factories.accounts import make_user
from tests.factories.cases import make_case
from tests.factories.counties import make_county, make_holder
from tests.factories.walks import AT_ASSESSMENT, AT_PRIORITISATION, MIND, OLD, PARKED, REGISTERED, SENT, World, item_of, once, step_post

SignedIn = Callable[[str], Client]


@pytest.fixture(scope="module")
def assessed(case_at: Callable[..., Case]) -> Case:
    """Two LPO are to assess (step 4)."""
    return case_at(AT_ASSESSMENT)


@pytest.fixture(scope="module")
def prioritised(case_at: Callable[..., Case]) -> Case:
    """LPO is to prioritise (step 11); the remiss has been answered and the national decision made."""
    return case_at(AT_PRIORITISATION)


def page(client: Client, case: Case, query: str = ""):
    return client.get(f"/arenden/{case.number}/{query}")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def steps(phases: list[PhaseSteps]) -> dict[str, list[tuple[str, str]]]:
    return {part.phase.name: [(step.number, step.state) for step in part.steps] for part in phases}


def test_the_head_says_what_the_case_is_and_how_it_stands(assessed: Case, world: World, signed_in: SignedIn) -> None:
    response = page(signed_in("kfvn-samordnare"), assessed)
    assert response.status_code == 200
    text = text_of(response)
    assert "Vårdprogram: demens</h1>" in text
    assert f"{assessed.registry_number} · Ärende {assessed.number}" in text
    assert response.context["status"].word == "Pågår"
    facts = {fact.label: fact.value for fact in response.context["facts"]}
    assert facts["Rutin"] == "Kunskapsstöd inom kunskapsstyrning hälso- och sjukvård, version 3"
    assert facts["Nästa datum"].endswith("(steg 4)")


def test_who_has_it_is_told_part_by_part(assessed: Case, world: World, signed_in: SignedIn) -> None:
    signed_in(MIND).post(f"/uppgifter/{item_of(assessed, 'assess_municipal_relevance', MIND).pk}/ta/")
    rows = page(signed_in(OLD), assessed).context["open_rows"]
    assert [(row.number, row.whom, row.taken_by, row.can_do) for row in rows] == [
        ("4", "Ordförande eller processledare, LPO äldres hälsa", "", True),
        ("4", "Ordförande eller processledare, LPO psykisk hälsa", "LPO psykisk hälsa", False),
    ]


def test_the_way_shows_what_is_done_what_is_open_and_what_may_come(assessed: Case, world: World, signed_in: SignedIn) -> None:
    response = page(signed_in(OLD), assessed)
    found = steps(response.context["phases"])
    assert found["Remiss"][:4] == [("1", "done"), ("2", "done"), ("3", "done"), ("4", "current")]
    assert {state for _number, state in found["Remiss"][4:]} == {"coming"}
    assert ("4-regionintern", "coming") in found["Remiss"]
    assert '<span class="ui-step__number">4</span>' in response.content.decode()
    assert "Lämna över till regionens egen rutin (regionintern)" in " ".join(response.content.decode().split())
    assert list(found) == ["Remiss", "Nationellt beslut", "Lokal hantering", "Beslut", "Implementering"]


def test_what_can_no_longer_come_is_left_out(prioritised: Case, world: World, signed_in: SignedIn) -> None:
    """Once the municipalities are concerned the region's own routine is out of reach; the reconsideration is not."""
    context = page(signed_in(OLD), prioritised).context
    found = steps(context["phases"])
    assert "4-regionintern" not in [number for number, _state in found["Remiss"]]
    assert {state for _number, state in found["Remiss"]} == {"done"}
    assert ("11a", "coming") in found["Lokal hantering"]
    assert [part.state for part in context["phases"]] == ["done", "done", "current", "coming", "coming"]


def test_a_step_for_many_says_how_many_are_done(assessed: Case, world: World, signed_in: SignedIn) -> None:
    WorkItem.objects.filter(instance=assessed.instance_id, state=ItemState.OPEN).update(due_on=date(2026, 9, 24))
    item = item_of(assessed, "assess_municipal_relevance", OLD)
    client = signed_in(OLD)
    client.post(f"/uppgifter/{item.pk}/", step_post(item, {"grounds": "Berör"}, "yes"))
    [remiss, *_rest] = page(client, assessed).context["phases"]
    [current] = [step for step in remiss.steps if step.state == "current"]
    assert current.note == "hos LPO psykisk hälsa sedan 15 sep, 1 av 2 klara, klart senast 24 sep (om 6 arbetsdagar)"


def test_a_parked_case_says_until_when(world: World, signed_in: SignedIn) -> None:
    case = world.walk(PARKED)
    response = page(signed_in(OLD), case)
    [row] = response.context["open_rows"]
    assert (row.is_wait, row.due_on, row.status.word) == (True, date(2027, 3, 1), "Väntar")
    assert "LPO omprövar prioriteringen den dag som LPO har bestämt." in text_of(response)
    assert response.context["status"].word == "Väntar"


def test_documents_and_decisions_are_there_with_their_register(prioritised: Case, world: World, signed_in: SignedIn) -> None:
    response = page(signed_in(OLD), prioritised)
    assert [row.reference for row in response.context["documents"]] == [f"{prioritised.registry_number}:{number}" for number in (1, 2, 3)]
    assert f'href="/diarium/arende/{prioritised.pk}/"' in text_of(response)


def test_the_history_names_function_outcome_and_answers(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item, client = item_of(assessed, "assess_municipal_relevance", OLD), signed_in(OLD)
    client.post(f"/uppgifter/{item.pk}/", step_post(item, {"grounds": "Berör hemsjukvården."}, "yes"))
    happenings = page(client, assessed).context["history"].happenings
    first = happenings[0]
    assert (first.title, first.part, first.outcome) == (
        "Steg 4: Bedöm om ärendet berör kommunerna",
        "LPO äldres hälsa",
        "Ja, kommunerna berörs",
    )
    assert first.who == "Ordförande, LPO äldres hälsa"
    assert [(answer.label, answer.text) for answer in first.answers] == [("Skäl för bedömningen", "Berör hemsjukvården.")]
    assert happenings[-1].title == "Ärendet öppnades"


def test_small_things_come_with_the_whole_history(assessed: Case, world: World, signed_in: SignedIn) -> None:
    client, item = signed_in(OLD), item_of(assessed, "assess_municipal_relevance", OLD)
    client.post(f"/uppgifter/{item.pk}/ta/")
    client.post(f"/uppgifter/{item.pk}/datum/", once({"due_on": "2026-10-05", "reason": "Sammanträdet är flyttat."}))
    client.post(f"/uppgifter/{item.pk}/bevakning/", once({"follow_up_on": "2026-09-30"}))
    short, whole = (page(client, assessed, query).context["history"] for query in ("", "?historik=allt"))
    assert [event.title for event in short.happenings][0] == "Steg 4 fick nytt datum: Bedöm om ärendet berör kommunerna"
    assert "Sammanträdet är flyttat." in short.happenings[0].text
    assert short.hidden == 2
    assert (whole.hidden, whole.happenings[0].text) == (0, "Bevakas 30 sep 2026.")
    assert whole.happenings[2].title == "Steg 4 togs: Bedöm om ärendet berör kommunerna"


def test_every_kind_of_event_has_its_words() -> None:
    assert set(_TITLES) == set(EventKind)


def test_a_stopped_case_says_why(assessed: Case, world: World, signed_in: SignedIn) -> None:
    raise_incident(actor=None, instance_id=assessed.instance_id, token="x#1", reason="Listan är tom.", at=assessed.opened_at)
    response = page(signed_in(OLD), assessed)
    assert response.context["status"].word == "Stoppat"
    text = text_of(response)
    assert "Ärendet har stannat" in text
    assert "Listan är tom." in text


def test_another_phase_of_the_map_can_be_asked_for(assessed: Case, world: World, signed_in: SignedIn) -> None:
    client = signed_in(OLD)
    assert page(client, assessed).context["case_maps"].phase.name == "Remiss"
    assert page(client, assessed, "?fas=decision").context["case_maps"].phase.name == "Beslut"
    assert page(client, assessed, "?fas=nonsens").context["case_maps"].phase.name == "Remiss"


@pytest.mark.parametrize("number", ["2026-9999", "x", "2026-0001%20"])
def test_a_number_that_no_case_has_is_not_found(assessed: Case, world: World, signed_in: SignedIn, number: str) -> None:
    assert signed_in(OLD).get(f"/arenden/{number}/").status_code == 404


def test_of_two_counties_cases_with_one_number_the_reader_chooses(assessed: Case, world: World, signed_in: SignedIn) -> None:
    other = make_county()
    theirs = make_case(make_holder(other, "region", "REGISTRAR"), other)
    Case.objects.filter(pk=theirs.pk).update(number=assessed.number)
    client = Client()
    client.force_login(make_user("forvaltare", administrator=True), backend="django.contrib.auth.backends.ModelBackend")
    response = page(client, assessed)
    assert response.status_code == 300
    assert {url for _case, url in response.context["choices"]} == {
        f"/arenden/{assessed.number}/?lan=exempellan",
        f"/arenden/{assessed.number}/?lan=vasternorrland",
    }
    assert page(client, assessed, "?lan=vasternorrland").context["case"] == assessed
    assert page(signed_in(OLD), assessed).context["case"] == assessed


def test_whoever_works_in_no_body_of_the_county_finds_no_case(assessed: Case, world: World, at) -> None:
    client = Client()
    client.force_login(make_user("utomstaende"), backend="django.contrib.auth.backends.ModelBackend")
    assert page(client, assessed).status_code == 404


def test_a_coordinator_writes_a_case_off_with_a_reason(assessed: Case, world: World, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    assert "Avskriv ärendet" in text_of(page(client, assessed))
    assert client.get(f"/arenden/{assessed.number}/avskriv/").status_code == 200
    refused = client.post(f"/arenden/{assessed.number}/avskriv/", {"reason": " "})
    assert (refused.status_code, ProcessInstance.objects.get(pk=assessed.instance_id).status) == (422, "RUNNING")
    response = client.post(f"/arenden/{assessed.number}/avskriv/", {"reason": "Remissen är återkallad."})
    assert response.headers["Location"] == f"/arenden/{assessed.number}/"
    assert ProcessInstance.objects.get(pk=assessed.instance_id).status == "CLOSED"
    assert not WorkItem.objects.filter(instance=assessed.instance_id, state=ItemState.OPEN).exists()
    shown = page(client, assessed)
    assert shown.context["status"].word == "Avskrivet"
    assert (shown.context["history"].happenings[0].title, shown.context["history"].happenings[0].text) == (
        "Ärendet avskrevs",
        "Remissen är återkallad.",
    )
    assert {step.state for part in shown.context["phases"] for step in part.steps} == {"done"}
    again = client.post(f"/arenden/{assessed.number}/avskriv/", {"reason": "Remissen är återkallad."})
    assert again.headers["Location"] == f"/arenden/{assessed.number}/"
    assert HistoryEvent.objects.filter(instance=assessed.instance_id, kind=EventKind.CLOSED).count() == 1


@pytest.mark.parametrize(("username", "status"), [("registrator", 403), (OLD, 403), ("samordnare", 302), ("kfvn-samordnare", 302)])
def test_only_coordinators_of_the_county_may_write_off(
    assessed: Case, world: World, signed_in: SignedIn, username: str, status: int
) -> None:
    client = signed_in(username)
    assert client.get(f"/arenden/{assessed.number}/avskriv/").status_code == (200 if status == 302 else 403)
    response = client.post(f"/arenden/{assessed.number}/avskriv/", {"reason": "Dubblett"})
    assert response.status_code == status
    assert ProcessInstance.objects.get(pk=assessed.instance_id).status == ("CLOSED" if status == 302 else "RUNNING")
    assert ("Avskriv ärendet" in text_of(page(client, assessed))) is False


def test_the_page_costs_the_same_however_long_its_history(
    case_at, world: World, signed_in: SignedIn, django_assert_max_num_queries
) -> None:
    client = signed_in(OLD)
    for case in (world.walk(REGISTERED), world.walk(SENT), world.walk(AT_PRIORITISATION)):
        with django_assert_max_num_queries(27):
            page(client, case)
