import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from styrkedja.cases.models import Case, Document, StoredFile
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import Body
from styrkedja.procedures.services import perform_step
from styrkedja.workflows.models import Draft, EventKind, HistoryEvent, Incident, InstanceStatus, ItemState, WorkItem
from tests.factories.accounts import make_user
from tests.factories.walks import ARRIVED, AT, AT_ASSESSMENT, MIND, OLD, REGISTERED, SENT, TO_STAFFING, World, item_of, step_post

SignedIn = Callable[[str], Client]
GROUNDS = {"grounds": "Berör hemsjukvården i alla kommuner."}
PDF = b"%PDF-1.7 remissen"


@pytest.fixture(scope="module")
def assessed(case_at: Callable[..., Case]) -> Case:
    """Two LPO are to assess (step 4)."""
    return case_at(AT_ASSESSMENT)


@pytest.fixture(scope="module")
def registered(case_at: Callable[..., Case]) -> Case:
    """The coordinator is to forward (step 3)."""
    return case_at(REGISTERED)


@pytest.fixture(scope="module")
def arrived(case_at: Callable[..., Case]) -> Case:
    """The registrar is to register (step 2)."""
    return case_at([ARRIVED])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def messages_of(client: Client, response) -> list[str]:
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def done(item: WorkItem) -> list[HistoryEvent]:
    return list(HistoryEvent.objects.filter(instance=item.instance_id, token=item.token, kind=EventKind.COMPLETED))


def acts() -> list[str]:
    return [entry.body.split('"act":"')[1].split('"')[0] for entry in PendingEntry.objects.order_by("pk")]


def test_a_holder_sees_the_form_the_source_and_what_came_before(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(assessed, "assess_municipal_relevance", OLD)
    response = signed_in(OLD).get(f"/uppgifter/{item.pk}/")
    assert (response.status_code, response.templates[0].name) == (200, "procedures/task.html")
    text = text_of(response)
    assert "<h1" in text
    assert "Bedöm om ärendet berör kommunerna</h1>" in text
    assert "Steg 4 · Remiss · LPO äldres hälsa" in text
    assert "LPO som fått remiss gör en bedömning om ärendet berör kommunerna eller endast regionen." in text
    assert "Ja, kommunerna berörs" in text
    assert response.context["form"].initial["version"] == item.version
    assert [step.title for step in response.context["earlier"]] == [
        "Steg 3: Vidarebefordra remissen till berörda LPO",
        "Steg 2: Diarieför remissen och skicka den till samordnaren",
        "Steg 1: Ta emot remissen",
    ]
    [forwarded] = response.context["earlier"][0].parts
    assert [(answer.label, answer.text) for answer in forwarded.answers] == [
        ("Berörda LPO", "LPO äldres hälsa, LPO psykisk hälsa"),
        ("LPO som håller samman ärendet", "LPO äldres hälsa"),
    ]


def test_a_reader_sees_the_step_without_the_form_and_who_may_do_it(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(assessed, "assess_municipal_relevance", OLD)
    response = signed_in("kfvn-samordnare").get(f"/uppgifter/{item.pk}/")
    assert (response.status_code, response.templates[0].name) == (200, "procedures/read_task.html")
    text = text_of(response)
    assert "Uppgiften utförs av Ordförande eller processledare, LPO äldres hälsa." in text
    assert "Slutför" not in text


def test_whoever_works_in_no_body_of_the_county_finds_no_task(registered: Case, world: World, at) -> None:
    item = item_of(registered, "forward_consultation")
    client = Client()
    client.force_login(make_user("utomstaende"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/uppgifter/{item.pk}/").status_code == 404
    assert client.post(f"/uppgifter/{item.pk}/", step_post(item)).status_code == 404


def test_a_done_step_leads_to_the_case_and_says_who_has_it_next(registered: Case, world: World, signed_in: SignedIn) -> None:
    item, client = item_of(registered, "forward_consultation"), signed_in("samordnare")
    response = client.post(f"/uppgifter/{item.pk}/", step_post(item, {"affected_lpos": [OLD, MIND], "lead_lpo": OLD}))
    assert (response.status_code, response.headers["Location"]) == (302, f"/arenden/{registered.number}/")
    assert messages_of(client, response) == ["Steg 3 är klart. Steg 4 är nu hos LPO äldres hälsa och LPO psykisk hälsa."]
    [event] = done(item)
    assert (event.account, event.function) == (world.person("samordnare"), "Region Västernorrlands samordnare för kunskapsstyrning, RVN")
    assert event.data == {"affected_lpos": [OLD, MIND], "lead_lpo": OLD}


def test_one_of_several_bodies_is_told_whom_the_case_waits_for(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item, client = item_of(assessed, "assess_municipal_relevance", OLD), signed_in(OLD)
    response = client.post(f"/uppgifter/{item.pk}/", step_post(item, GROUNDS, "yes"))
    told = "Steg 4 är klart. Ärendet går vidare när övriga är klara. Steg 4 är nu hos LPO psykisk hälsa."
    assert messages_of(client, response) == [told]


def test_steps_that_open_together_are_told_each_by_its_number(world: World, signed_in: SignedIn) -> None:
    item, client = item_of(world.walk(SENT[:-1]), "send_to_association"), signed_in(OLD)
    response = client.post(f"/uppgifter/{item.pk}/", step_post(item))
    assert messages_of(client, response) == [
        "Steg 4 är klart. Steg 4 är nu hos KFVN:s samordnare för kunskapsstyrning. Steg 5 är nu hos LPO äldres hälsa och LPO psykisk hälsa."
    ]


def test_the_last_step_says_how_the_case_ended(assessed: Case, world: World, signed_in: SignedIn) -> None:
    for lpo in (OLD, MIND):
        item = item_of(assessed, "assess_municipal_relevance", lpo)
        signed_in(lpo).post(f"/uppgifter/{item.pk}/", step_post(item, {"grounds": "Endast slutenvård."}, "no"))
    item, client = item_of(assessed, "hand_over_to_regional_routine"), signed_in(OLD)
    response = client.post(f"/uppgifter/{item.pk}/", step_post(item))
    told = "Steg 4-regionintern är klart. Ärendet är avslutat: Handläggs i regionens egen rutin."
    assert messages_of(client, response) == [told]


def test_what_is_lacking_is_told_and_what_was_typed_is_kept(arrived: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(arrived, "register_consultation")
    upload = SimpleUploadedFile("remiss.pdf", PDF)
    typed = {"document_title": "", "received_on": "2026-06-08", "counterpart": "Socialstyrelsen", "document_file": upload}
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/", step_post(item) | typed)
    assert response.status_code == 422
    assert response.context["form"].errors == {"document_title": ["Detta fält måste fyllas i."]}
    text = text_of(response)
    assert 'value="Socialstyrelsen"' in text
    assert "Filer som du hade valt måste väljas igen." in text
    assert (done(item), StoredFile.objects.count()) == ([], 0)


def test_the_same_form_sent_twice_is_done_once_and_leads_to_the_same_place(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item, client = item_of(assessed, "assess_municipal_relevance", OLD), signed_in(OLD)
    form = step_post(item, GROUNDS, "yes")
    first, second = client.post(f"/uppgifter/{item.pk}/", form), client.post(f"/uppgifter/{item.pk}/", form)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert len(done(item)) == 1


def test_who_comes_second_learns_who_was_first_and_keeps_what_was_typed(registered: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(registered, "forward_consultation")
    world.substitute("samordnare", "registrator")
    typed = step_post(item, {"message": "Svara gärna före semestern.", "affected_lpos": [MIND], "lead_lpo": MIND})
    signed_in("samordnare").post(f"/uppgifter/{item.pk}/", step_post(item, {"affected_lpos": [OLD], "lead_lpo": OLD}))
    events = HistoryEvent.objects.count()
    client = signed_in("registrator")
    response = client.post(f"/uppgifter/{item.pk}/", typed)
    assert response.status_code == 409
    text = text_of(response)
    assert "Någon annan hann före" in text
    first = "Samordnare för kunskapsstyrning, Region Västernorrland (Region Västernorrlands samordnare för kunskapsstyrning, RVN)"
    assert f"{first} slutförde steget 16 sep kl. 10:30." in text
    assert [(field.label, field.text) for field in response.context["typed"]] == [
        ("Meddelande", "Svara gärna före semestern."),
        ("Berörda LPO", "LPO psykisk hälsa"),
        ("LPO som håller samman ärendet", "LPO psykisk hälsa"),
    ]
    assert text.count("readonly") == 3
    assert HistoryEvent.objects.count() == events
    assert done(item)[0].data["lead_lpo"] == OLD
    assert Draft.objects.get(item=item).account == world.person("registrator")
    assert "Svara gärna före semestern." in text_of(client.get(f"/uppgifter/{item.pk}/"))


def test_a_task_taken_meanwhile_is_not_done_by_another(registered: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(registered, "forward_consultation")
    world.substitute("samordnare", "registrator")
    form = step_post(item, {"affected_lpos": [MIND], "lead_lpo": MIND})
    signed_in("samordnare").post(f"/uppgifter/{item.pk}/ta/")
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/", form)
    assert response.status_code == 409
    assert "tog uppgiften 16 sep kl. 10:30." in text_of(response)
    assert done(item) == []


def test_one_without_the_function_is_refused_and_the_refusal_is_on_record(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(assessed, "assess_municipal_relevance", OLD)
    response = signed_in(MIND).post(f"/uppgifter/{item.pk}/", step_post(item, GROUNDS, "yes"))
    assert response.status_code == 403
    text = text_of(response)
    assert "Du kan inte utföra den här uppgiften" in text
    assert "Uppgiften utförs av Ordförande eller processledare, LPO äldres hälsa." in text
    assert "Berör hemsjukvården i alla kommuner." in text
    assert (done(item), acts()[-1]) == ([], "step.refused")
    item.refresh_from_db()
    assert (item.state, item.claimed_by) == (ItemState.OPEN, None)


def test_what_the_act_itself_refuses_comes_back_in_the_form(arrived: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(arrived, "register_consultation")
    fields = {"document_title": "Remiss", "received_on": "2026-09-15", "counterpart": "info@skr.se"}
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/", step_post(item, fields))
    assert response.status_code == 422
    said = "Ange organisationens namn, inte en e-postadress, som avsändare eller mottagare."
    assert response.context["form"].non_field_errors() == [said]
    assert 'value="Remiss"' in text_of(response)
    assert (done(item), Document.objects.filter(case=arrived).exists()) == ([], False)


@pytest.mark.parametrize(
    ("dates", "faults"),
    [
        ({"arrived_on": "2027-05-05"}, {"arrived_on": "Datumet ligger i framtiden. Ange dagen då det skedde."}),
        ({"answer_due": "2026-01-05"}, {"answer_due": "Datumet ligger före ”Ankom den”. Rätta det som är fel av dem."}),
    ],
)
def test_dates_that_break_the_rules_of_the_routine_are_told_at_their_field(
    world: World, signed_in: SignedIn, dates: dict[str, str], faults: dict[str, str]
) -> None:
    item = item_of(world.walk(), "receive_consultation")
    fields = {"arrived_on": "2026-06-08", "sender": "SKR", "answer_due": "2027-10-30"} | dates
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/", step_post(item, fields))
    assert response.status_code == 422
    assert {name: " ".join(map(str, found)) for name, found in response.context["form"].errors.items()} == faults
    with pytest.raises(Refused, match=next(iter(faults.values())).partition("”")[0]):
        perform_step(actor=world.person("registrator"), item=item, version=item.version, outcome="", data=fields, at=AT)
    item.refresh_from_db()
    assert (item.state, done(item)) == (ItemState.OPEN, [])


def test_a_file_belongs_to_the_case_and_is_linked_from_what_comes_after(world: World, signed_in: SignedIn) -> None:
    case = world.walk()
    item = item_of(case, "receive_consultation")
    upload = SimpleUploadedFile("remiss.pdf", PDF)
    fields = {"arrived_on": "2026-06-08", "sender": "SKR", "answer_due": "2026-10-30"}
    client = signed_in("registrator")
    client.post(f"/uppgifter/{item.pk}/", step_post(item, fields) | {"received_file": upload})
    file = StoredFile.objects.get()
    assert (file.name, file.instance_id, done(item)[0].data["received_file"]) == (
        "remiss.pdf",
        case.instance_id,
        {"file": str(file.uuid), "name": "remiss.pdf"},
    )
    following = item_of(case, "register_consultation")
    response = client.get(f"/uppgifter/{following.pk}/")
    assert [(one.label, one.text, one.url) for one in response.context["carried"]] == [
        ("Handlingen som fil", "remiss.pdf", f"/diarium/fil/{file.uuid}/")
    ]
    assert client.get(f"/diarium/fil/{file.uuid}/").content == PDF
    client.post(
        f"/uppgifter/{following.pk}/", step_post(following, {"document_title": "Remiss", "received_on": "2026-06-08", "counterpart": "SKR"})
    )
    assert Document.objects.get(case=case).file == file


def test_a_step_that_stops_says_why_and_leaves_no_file_and_what_was_typed_is_a_draft(
    arrived: Case, world: World, signed_in: SignedIn
) -> None:
    """The body of the next step is gone."""
    item = item_of(arrived, "register_consultation")
    Body.objects.filter(key="region-vasternorrland").update(key="borta")
    fields = {"document_title": "Remiss", "received_on": "2026-06-08", "counterpart": "SKR"}
    upload = {"document_file": SimpleUploadedFile("remiss.pdf", PDF)}
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/", step_post(item, fields) | upload)
    assert response.status_code == 409
    assert "pekar på organet region-vasternorrland, som inte finns" in text_of(response)
    assert "Filerna är inte sparade." in text_of(response)
    assert (StoredFile.objects.count(), Document.objects.filter(case=arrived).count(), done(item)) == (0, 0, [])
    arrived.instance.refresh_from_db()
    assert (arrived.instance.status, Incident.objects.count()) == (InstanceStatus.INCIDENT, 1)
    assert Draft.objects.get(item=item).data["document_title"] == "Remiss"
    Body.objects.filter(key="borta").update(key="region-vasternorrland")
    assert 'value="Remiss"' in text_of(signed_in("registrator").get(f"/uppgifter/{item.pk}/"))


def test_a_form_of_the_routine_is_headed_by_what_the_routine_says(world: World, signed_in: SignedIn) -> None:
    page = text_of(signed_in("registrator").get(f"/uppgifter/{item_of(world.walk(), 'receive_consultation').pk}/"))
    assert re.search(r'id="steg".*?<h2[^>]*>\s*Ta emot remissen\s*</h2>', page)
    assert '<p class="ui-lead">Processen startar när ett nationellt kunskapsstöd kommer in till Region Västernorrland (RVN)' in page
    assert "Formulär" not in page


def test_an_empty_file_is_told_at_its_field(world: World, signed_in: SignedIn) -> None:
    item = item_of(world.walk(), "receive_consultation")
    fields = step_post(item, {"arrived_on": "2026-06-08", "sender": "SKR", "answer_due": "2026-10-30"})
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/", fields | {"received_file": SimpleUploadedFile("tom.pdf", b"")})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["received_file"]


def test_a_program_is_no_document_and_the_field_says_what_is(world: World, signed_in: SignedIn) -> None:
    item, client = item_of(world.walk(), "receive_consultation"), signed_in("registrator")
    assert "Tillåtna format: pdf, docx," in text_of(client.get(f"/uppgifter/{item.pk}/"))
    fields = step_post(item, {"arrived_on": "2026-06-08", "sender": "SKR", "answer_due": "2026-10-30"})
    response = client.post(f"/uppgifter/{item.pk}/", fields | {"received_file": SimpleUploadedFile("evil.exe", b"MZ\x90")})
    [fault] = response.context["form"].errors["received_file"]
    assert fault.startswith("Filen kan inte tas emot. Den ska vara, och innehålla, något av formaten pdf, docx,")
    assert (response.status_code, done(item), StoredFile.objects.count()) == (422, [], 0)


def test_more_rows_show_the_page_again_and_judge_nothing(world: World, signed_in: SignedIn) -> None:
    case = world.walk(TO_STAFFING)
    item = item_of(case, "propose_staffing")
    typed = step_post(item, {"functions": [{"function": "Dietist"}]}) | {"_more": "functions"}
    response = signed_in(OLD).post(f"/uppgifter/{item.pk}/", typed)
    assert response.status_code == 200
    text = text_of(response)
    assert 'value="Dietist"' in text
    assert 'name="functions-3-function"' in text
    assert "fel behöver rättas" not in text


def test_a_closed_task_says_who_did_it(registered: Case, world: World, signed_in: SignedIn) -> None:
    item = WorkItem.objects.get(instance=registered.instance, node_id="register_consultation")
    response = signed_in("samordnare").get(f"/uppgifter/{item.pk}/")
    assert response.status_code == 200
    assert "Registrator, Region Västernorrland (Registrator vid Region Västernorrland, RVN) slutförde steget 15 sep kl. 10:30." in text_of(
        response
    )


@pytest.mark.parametrize("username", [OLD, "kfvn-samordnare"])
def test_a_task_costs_the_same_however_long_its_case(
    assessed: Case, world: World, signed_in: SignedIn, username: str, django_assert_max_num_queries
) -> None:
    long = world.walk(SENT)
    client = signed_in(username)
    for item in (item_of(assessed, "assess_municipal_relevance", OLD), item_of(long, "collect_expert_comments", OLD)):
        with django_assert_max_num_queries(20):
            assert client.get(f"/uppgifter/{item.pk}/").status_code == 200
