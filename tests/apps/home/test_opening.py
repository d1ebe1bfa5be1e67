from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from styrkedja.cases.models import Case
from styrkedja.workflows.models import HistoryEvent, ProcessDefinition, WorkItem
from tests.factories.walks import OLD, World

SignedIn = Callable[[str], Client]
SUBMISSION = "6f8d0d4e-5c1b-4f7e-9a43-0c3f0b7d9a11"
FORM = {
    "submission": SUBMISSION,
    "subject": "Nationellt vårdprogram: obesitas",
    "public_subject": "Vårdprogram",
    "given-entry": "consultation",
}


def test_a_case_is_opened_and_leads_to_its_first_task(world: World, signed_in: SignedIn) -> None:
    client = signed_in("registrator")
    page = client.get("/arenden/nytt/")
    assert page.status_code == 200
    assert "Hur kommer kunskapsstödet in?" in page.content.decode()
    response = client.post("/arenden/nytt/", FORM)
    case = Case.objects.get(subject="Nationellt vårdprogram: obesitas")
    assert (case.public_subject, case.opened_by, case.instance.givens["entry"]) == (
        "Vårdprogram",
        world.person("registrator"),
        "consultation",
    )
    item = WorkItem.objects.get(instance=case.instance)
    assert (item.node_id, response.headers["Location"]) == ("receive_consultation", f"/uppgifter/{item.pk}/")
    assert [str(message) for message in client.get(f"/uppgifter/{item.pk}/").context["messages"]] == [f"Ärende {case.number} är öppnat."]


def test_a_case_whose_first_task_is_anothers_leads_to_the_case(world: World, signed_in: SignedIn) -> None:
    response = signed_in("samordnare").post("/arenden/nytt/", FORM)
    assert response.headers["Location"] == f"/arenden/{Case.objects.get(subject=FORM['subject']).number}/"


def test_the_same_form_sent_twice_opens_one_case(world: World, signed_in: SignedIn) -> None:
    client = signed_in("registrator")
    first, second = client.post("/arenden/nytt/", FORM), client.post("/arenden/nytt/", FORM)
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.filter(subject=FORM["subject"]).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 251}, "subject"),
        ({"subject": "Klagomål från Anna Andersson 19121212-1212"}, "subject"),
        ({"public_subject": "Klagomål 121212-1212"}, "public_subject"),
        ({"given-entry": ""}, "given-entry"),
        ({"given-entry": "something"}, "given-entry"),
        ({"submission": "inte-ett-uuid"}, "submission"),
    ],
)
def test_a_form_with_a_fault_opens_nothing(world: World, signed_in: SignedIn, change: dict[str, str], field: str) -> None:
    before = Case.objects.count(), HistoryEvent.objects.count()
    response = signed_in("registrator").post("/arenden/nytt/", FORM | change)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert (Case.objects.count(), HistoryEvent.objects.count()) == before


@pytest.mark.parametrize(
    ("username", "status"), [("registrator", 302), ("samordnare", 302), ("kfvn-registrator", 302), (OLD, 403), ("natverk", 403)]
)
def test_only_registrars_and_coordinators_open_cases(world: World, signed_in: SignedIn, username: str, status: int) -> None:
    client, before = signed_in(username), Case.objects.count()
    assert client.get("/arenden/nytt/").status_code == (200 if status == 302 else 403)
    assert ("/arenden/nytt/" in client.get("/").content.decode()) is (status == 302)
    assert client.post("/arenden/nytt/", FORM).status_code == status
    assert Case.objects.count() == before + (status == 302)


def test_of_several_routines_one_is_chosen_first(world: World, signed_in: SignedIn) -> None:
    source = world.definition.source
    other = ProcessDefinition.objects.create(
        county=world.county,
        key="other",
        name="En annan rutin",
        version=1,
        source=source,
        sha256="1" * 64,
        published_at=world.definition.published_at,
    )
    client = signed_in("registrator")
    page = client.get("/arenden/nytt/")
    names = [name for _key, name in page.context["form"].fields["rutin"].choices]
    assert sorted(names) == ["En annan rutin", world.definition.name]
    assert "ärendemening" not in page.content.decode().lower()
    client.post(f"/arenden/nytt/?rutin={other.pk}", FORM)
    assert Case.objects.get(subject=FORM["subject"]).instance.definition == other


def test_a_routine_that_is_not_in_force_yet_is_no_choice(world: World, signed_in: SignedIn) -> None:
    ProcessDefinition.objects.filter(pk=world.definition.pk).update(valid_from=date(2027, 1, 1))
    response = signed_in("registrator").get("/arenden/nytt/")
    assert response.status_code == 200
    assert "Ingen rutin gäller" in response.content.decode()
