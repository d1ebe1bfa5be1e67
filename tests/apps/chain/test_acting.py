"""What is done with objects: adopted, reached, reported back, decided; a month reported, a year planned, a workbook read."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Forbidden
from styrkedja.core.sheets.writing import write_workbook
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.decisions.services import change_mandate, give_mandate, record_decision_outside
from styrkedja.effects.models import EffectEstimate, EffectRealisation
from styrkedja.effects.services import change_realisation, create_realisation
from styrkedja.effects.workbook.exporting import chain_tables, guide, headings
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County, Seat
from styrkedja.steering import services
from styrkedja.steering.models import Action, Assignment, Goal, Milestone, SteeringDocument, Transfer
from styrkedja.ui.clock import day, now
from tests.apps.chain.conftest import signed_in
from tests.apps.chain.test_editing import SUBMISSION, errors, sent
from tests.factories.counties import body, make_holder
from tests.factories.steering import make_plan, make_region


def told(text: str) -> str:
    return text.replace("\u00a0", " ")


def adopting(view: str = "adopt") -> str:
    return reverse(f"steering:{view}", args=["document", "plan"])


def test_a_plan_is_adopted_and_everybody_sees_it(client: Client, county: County, board: User) -> None:
    plan = make_plan(county, state="DRAFT", key="plan", year=2026)
    for typed, said in (
        ({"decided_on": str(day(now()) + timedelta(days=5))}, "framtiden"),
        ({"decided_on": "1950-12-01"}, "för tidig: det kan ha antagits tidigast 2025-01-01"),
        ({"decided_on": "2026-03-25", "body": body(county, "alen").pk}, "Välj något av det som står i listan"),
    ):
        response = sent(client, adopting(), **typed)
        assert (response.status_code, said in errors(response)) == (422, True), errors(response)
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.adoptions.count()) == ("DRAFT", 1, 0)
    offered = client.get(adopting()).context["form"].fields["body"].rows.values()
    assert [one.name for one in offered] == ["Region Exempellän", "Regionfullmäktige", "Regionstyrelsen"]
    response = sent(client, adopting(), decided_on="2026-03-25", paragraph="39")
    assert response.status_code == 302, errors(response)
    assert SteeringDocument.objects.get().state == "DECIDED"
    page = told(client.get(reverse("steering:object", args=["document", "plan"])).content.decode())
    assert "Regionstyrelsen, 25 mar" in page
    assert "§ 39" in page
    assert (adopting() + '"' in page, adopting("withdraw") in page) == (False, True)
    refused = client.post(adopting(), SUBMISSION | {"body": body(county, "styrelsen").pk, "decided_on": "2026-03-26"})
    assert (refused.status_code, "är redan antaget" in refused.content.decode(), plan.adoptions.count()) == (403, True, 1)


def test_a_wrong_adoption_is_withdrawn_with_a_reason_and_leaves_a_trace(client: Client, county: County, board: User) -> None:
    plan = make_plan(county, state="DRAFT", key="plan", year=2026)
    sent(client, adopting(), decided_on="2026-03-25", paragraph="93")
    refused = sent(client, adopting("withdraw"), reason=" ")
    assert (refused.status_code, plan.adoptions.count()) == (422, 1)
    client.force_login(make_holder(county, "namnden", "CHAIR"), backend="django.contrib.auth.backends.ModelBackend")
    for view in ("adopt", "withdraw"):
        assert (client.get(adopting(view)).status_code, client.post(adopting(view), {"reason": "Fel"}).status_code) == (403, 403)
        assert adopting(view) not in client.get(reverse("steering:object", args=["document", "plan"])).content.decode()
    assert plan.adoptions.count() == 1
    client.force_login(board, backend="django.contrib.auth.backends.ModelBackend")
    assert sent(client, adopting("withdraw"), reason="Fel paragraf").status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.adoptions.count(), plan.version) == ("DRAFT", 0, 3)
    page = told(client.get(reverse("steering:object", args=["document", "plan"])).content.decode())
    assert "Skäl till återtagandet: – → Fel paragraf" in page
    assert "§ 93 styrelsen-exempellan → –" in page
    assert ObjectVersion.objects.latest("pk").function == "Ordförande, Regionstyrelsen"
    assert sent(client, adopting(), decided_on="2026-03-25", paragraph="39").status_code == 302


def test_a_milestone_is_reached_and_an_assignment_reported_back(client: Client, county: County, every_kind: Goal, board: User) -> None:
    assert sent(client, reverse("steering:reach", args=["halvvags"]), reached_on="2026-01-10", comment="Mätt").status_code == 302
    assert sent(client, reverse("steering:report", args=["uppdraget"]), reported_on="2026-01-10", report="Utrett.").status_code == 302
    assert (Milestone.objects.get().reached_on, Assignment.objects.get().report) == (date(2026, 1, 10), "Utrett.")
    response = sent(client, reverse("steering:report", args=["uppdraget"]), report=" ")
    assert (response.status_code, Assignment.objects.get().report) == (422, "Utrett.")
    opened = client.get(reverse("steering:reach", args=["halvvags"])).context["form"]["version"].value()
    services.change_milestone(actor=None, milestone=Milestone.objects.get(), version=None, title="Nytt namn", at=now())
    assert sent(client, reverse("steering:reach", args=["halvvags"]), version=opened).status_code == 409


@pytest.fixture
def mandate(county: County) -> Mandate:
    board = body(county, "styrelsen")
    said = {"level": "POLITICAL", "subject": "ekonomi.inköp", "amount_limit": 1_000_000_00, "body": board, "given_by": board}
    return give_mandate(actor=None, key="inkop", title="Inköp", at=now(), **said)


DECIDED = {
    "registry_number": "RS/12/2026",
    "decided_on": "2026-03-25",
    "text": "Styrelsen beslutar om inköp.",
    "level": "POLITICAL",
    "subject": "ekonomi.inköp",
}


def test_a_decision_rests_on_its_mandate_and_its_calculation(
    client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate
) -> None:
    estimate = EffectEstimate.objects.get()
    typed = {"body": body(county, "styrelsen").pk, "amount": "900 000", "estimates": [estimate.pk]}
    response = sent(client, reverse("steering:decide"), **DECIDED, **typed)
    assert response.status_code == 302, errors(response)
    decision = Decision.objects.get()
    assert (decision.mandate, decision.amount, decision.level, decision.no_estimate_reason) == (mandate, 900_000_00, "POLITICAL", "")
    assert EffectEstimate.objects.get().decision == decision
    page = told(client.get(reverse("steering:mandates")).content.decode())
    assert "Politiskt beslut" in page
    Decision.objects.update(text=f"{'Styrelsen beslutar. ' * 7}\nPunkt två.")
    shown = client.get(reverse("steering:mandates")).context["decisions"][0].text
    assert shown == f"{('Styrelsen beslutar. ' * 6).rstrip()}…"
    Decision.objects.update(text="A" * 400)
    assert client.get(reverse("steering:mandates")).context["decisions"][0].text == f"{'A' * 120}…"
    assert "900 000 kr" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "2 000 000", "no_estimate_reason": "Brådskande"}, "Låt rätt organ besluta"),
        (
            {"amount": "5", "no_estimate_reason": "Litet", "subject": "personal"},
            "har inget mandat att besluta om ”personal”. Det finns mandat för: ekonomi.inköp.",
        ),
        ({"amount": "5"}, "beräkning"),
        ({"amount": "-5", "no_estimate_reason": "Litet"}, "får inte vara mindre än 0"),
        ({"amount": "mycket", "no_estimate_reason": "Litet"}, "Ange ett tal"),
    ],
)
def test_a_decision_beyond_its_mandate_is_refused_and_not_kept(
    client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate, typed: dict[str, str], said: str
) -> None:
    response = sent(client, reverse("steering:decide"), **DECIDED | {"body": body(county, "styrelsen").pk} | typed)
    assert response.status_code == 422
    assert said in errors(response)
    assert (Decision.objects.count(), EffectEstimate.objects.get().decision) == (0, None)


def test_a_decision_suggests_subjects_and_says_where_a_calculation_is_made(
    client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate
) -> None:
    page = client.get(reverse("steering:decide")).content.decode()
    assert '<datalist id="id_subject_subjects"><option value="ekonomi.inköp"></option></datalist>' in page
    assert "I mandaten finns: ekonomi.inköp." in page
    assert "Det finns ingen beräkning att välja" not in page
    typed = {"body": body(county, "styrelsen").pk, "amount": "5", "estimates": [EffectEstimate.objects.get().pk]}
    assert sent(client, reverse("steering:decide"), **DECIDED, **typed).status_code == 302
    page = client.get(reverse("steering:decide")).content.decode()
    assert "Det finns ingen beräkning att välja" in page
    assert f'href="{reverse("steering:create", args=["estimate"])}"' in page
    assert '<datalist id="id_subject_subjects">' in client.get(reverse("steering:give_mandate")).content.decode()
    refused = sent(client, reverse("steering:decide"), **DECIDED, **typed)
    assert (refused.status_code, Decision.objects.count()) == (422, 1)


def test_a_mandate_is_given_by_the_body_that_gives_it(client: Client, county: County, board: User) -> None:
    board_id, committee = body(county, "styrelsen").pk, body(county, "namnden").pk
    typed = {"title": "Inköp", "level": "POLITICAL", "subject": "ekonomi.inköp", "amount_limit": "50 000", "body": committee}
    response = sent(client, reverse("steering:give_mandate"), **typed, given_by=committee)
    assert (response.status_code, Mandate.objects.count()) == (422, 0)
    response = sent(client, reverse("steering:give_mandate"), **typed, given_by=board_id, valid_until="2026-12-31")
    made = Mandate.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("steering:mandate", args=["inkop"]))
    assert (made.key, made.amount_limit, made.valid_until) == ("inkop", 50_000_00, date(2027, 1, 1))


def test_a_mandate_is_offered_to_those_who_give_mandates_and_for_their_own_bodies(
    client: Client, county: County, board: User, mandate: Mandate
) -> None:
    address = reverse("steering:give_mandate")
    assert list(client.get(address).context["form"].fields["given_by"].rows.values()) == [mandate.given_by]
    client.force_login(make_holder(county, "alen", "UNIT_MANAGER"), backend="django.contrib.auth.backends.ModelBackend")
    refused = client.get(address)
    assert (refused.status_code, "Bara den som innehar en funktion i ett organ som beslutar" in refused.content.decode()) == (403, True)
    assert client.post(address, SUBMISSION | {"title": "Inköp"}).status_code == 403
    assert address not in client.get(reverse("steering:mandates")).content.decode()
    assert Mandate.objects.count() == 1


def mandate_address(view: str) -> str:
    return reverse(f"steering:{view}", args=["inkop"])


def test_a_mandate_has_a_page_with_its_decisions_and_its_history(client: Client, county: County, board: User, mandate: Mandate) -> None:
    typed = {"body": body(county, "styrelsen").pk, "amount": "5", "no_estimate_reason": "Litet"}
    assert sent(client, reverse("steering:decide"), **DECIDED, **typed).status_code == 302
    make_plan(county, key="reglemente", title="Regionstyrelsens reglemente", mandates=[mandate])
    assert sent(client, mandate_address("change_mandate"), amount_limit="2 000 000").status_code == 302
    assert sent(client, mandate_address("end_mandate"), valid_until="2026-10-31").status_code == 302
    mandate.refresh_from_db()
    assert (mandate.amount_limit, mandate.valid_until, mandate.version) == (2_000_000_00, date(2026, 11, 1), 3)
    page = told(client.get(mandate_address("mandate")).content.decode())
    for said in (
        "Regionstyrelsens reglemente",
        "2 000 000 kr",
        DECIDED["text"],
        "Beloppsgräns: 1 000 000 kr → 2 000 000 kr",
        "Gäller till: – → 2026-10-31",
        "Ordförande, Regionstyrelsen",
    ):
        assert said in page, said
    assert mandate_address("mandate") in client.get(reverse("steering:mandates")).content.decode()


def test_a_mandate_is_changed_by_nobody_but_who_gives_it(client: Client, county: County, mandate: Mandate) -> None:
    signed_in(client, county, "namnden")
    page = client.get(mandate_address("mandate"))
    assert (page.status_code, mandate_address("change_mandate") in page.content.decode()) == (200, False)
    for view in ("change_mandate", "end_mandate"):
        assert client.get(mandate_address(view)).status_code == 403
        assert client.post(mandate_address(view), {"valid_until": "2026-10-31"}).status_code == 403
    Seat.objects.create(body=body(county, "styrelsen"), function="AUDITOR", title="Revisor", county=county)
    auditor = signed_in(client, county, "styrelsen", "AUDITOR")
    assert client.post(mandate_address("change_mandate"), {"title": "Annan"}).status_code == 403
    said = DECIDED | {"grounds": None, "body": body(county, "styrelsen"), "decided_on": date(2026, 3, 25)}
    del said["level"], said["subject"]
    with pytest.raises(Forbidden):
        record_decision_outside(actor=auditor, at=now(), **said)
    assert Decision.objects.count() == 0
    signed_in(client, make_region("annat"), "styrelsen")
    assert [client.get(mandate_address(view)).status_code for view in ("mandate", "change_mandate", "end_mandate")] == [404, 404, 404]
    mandate.refresh_from_db()
    assert (mandate.version, mandate.valid_until) == (1, None)


def test_two_who_change_a_mandate_learn_of_each_other(client: Client, county: County, board: User, mandate: Mandate) -> None:
    opened = client.get(mandate_address("change_mandate")).context["form"]["version"].value()
    change_mandate(actor=None, mandate=mandate, version=None, at=now(), subject="ekonomi")
    response = sent(client, mandate_address("change_mandate"), version=opened, subject="ekonomi.inköp", title="Inköp och avtal")
    assert (response.status_code, "Ämne: ekonomi.inköp → ekonomi" in response.content.decode()) == (409, True)
    mandate.refresh_from_db()
    assert (mandate.title, mandate.version) == ("Inköp", 2)


def month_address(month: date) -> str:
    return f"{reverse('steering:month')}?manad={month:%Y-%m}"


def test_a_month_is_reported_for_every_action_at_once(client: Client, county: County, every_kind: Goal, board: User) -> None:
    action, year = Action.objects.get(), now().year
    february = month_address(date(year, 2, 1))
    response = sent(client, february, **{f"planned-{action.pk}": "100 000", f"realised-{action.pk}": "75 500,50"})
    assert (response.status_code, response["Location"]) == (302, february)
    row = EffectRealisation.objects.get(month=date(year, 2, 1))
    assert (row.planned_ore, row.realised_ore, row.forecast_ore) == (100_000_00, 7_550_050, None)
    january = sent(client, month_address(date(year, 1, 1)), **{f"evidence-{action.pk}": "Bokslut"})
    assert january.status_code == 302
    assert (EffectRealisation.objects.get(month=date(year, 1, 1)).evidence, EffectRealisation.objects.count()) == ("Bokslut", 2)
    sent(client, month_address(date(year, 3, 1)))
    assert EffectRealisation.objects.count() == 2


def test_nothing_is_brought_home_in_a_month_to_come(client: Client, county: County, every_kind: Goal, board: User) -> None:
    SteeringDocument.objects.update(valid_until=None)
    action, coming = Action.objects.get(), month_address(date(now().year + 5, 1, 1))
    response = sent(client, coming, **{f"realised-{action.pk}": "100 000"})
    assert (response.status_code, "har inte börjat" in errors(response)) == (422, True)
    made = sent(client, reverse("steering:create", args=["realisation"]) + "?action=fast-kontakt", month="2041-01", realised_ore="5")
    assert (made.status_code, "har inte börjat" in errors(made), EffectRealisation.objects.count()) == (422, True, 1)
    assert sent(client, coming, **{f"planned-{action.pk}": "100 000"}).status_code == 302
    told = EffectRealisation.objects.latest("month")
    assert (told.planned_ore, told.realised_ore) == (100_000_00, None)
    assert sent(client, coming, **{f"realised-{action.pk}": "1"}).status_code == 422
    told.refresh_from_db()
    assert (told.realised_ore, told.version) == (None, 1)


def test_what_is_no_month_is_asked_for_again(client: Client, county: County, every_kind: Goal, board: User) -> None:
    address = f"{reverse('steering:month')}?manad=abc"
    for response in (client.get(address), client.post(address, SUBMISSION | {f"realised-{Action.objects.get().pk}": "5"})):
        page = response.content.decode()
        assert (response.status_code, "Ange en månad, till exempel 2026-03." in page, "Spara månaden" in page) == (422, True, False)
        assert 'value="abc"' in page
    assert EffectRealisation.objects.count() == 1


def test_a_month_that_somebody_else_reported_is_shown_first(client: Client, county: County, every_kind: Goal, board: User) -> None:
    action, month = Action.objects.get(), date(now().year, 1, 1)
    opened = client.get(month_address(month)).context["form"][f"version-{action.pk}"].value()
    row = EffectRealisation.objects.get()
    change_realisation(actor=None, realisation=row, version=1, realised_ore=90_000_00, at=now())
    response = sent(client, month_address(month), **{f"version-{action.pk}": opened, f"realised-{action.pk}": "70 000"})
    assert response.status_code == 409
    page = told(response.content.decode())
    assert "Det här har ändrats sedan du öppnade sidan" in page
    assert 'value="70 000"' in page
    assert EffectRealisation.objects.get().realised_ore == 90_000_00
    again = {bound.html_name: bound.value() for bound in response.context["form"] if bound.value() is not None}
    assert client.post(month_address(month), again).status_code == 302
    assert EffectRealisation.objects.get().realised_ore == 70_000_00


def test_a_month_that_was_empty_when_the_page_was_opened_is_not_written_over(
    client: Client, county: County, every_kind: Goal, board: User
) -> None:
    action, month = Action.objects.get(), date(now().year, 4, 1)
    create_realisation(actor=None, action=action, month=month, realised_ore=1_00, at=now())
    response = sent(client, month_address(month), **{f"version-{action.pk}": "", f"realised-{action.pk}": "2"})
    assert (response.status_code, EffectRealisation.objects.get(month=month).realised_ore) == (409, 1_00)


def test_who_answers_for_nothing_reports_nothing(client: Client, county: County, every_kind: Goal) -> None:
    signed_in(client, county, "namnden")
    response = client.get(month_address(date(now().year, 1, 1)))
    assert "Inget att rapportera" in response.content.decode()
    action = Action.objects.get()
    client.post(month_address(date(now().year, 1, 1)), SUBMISSION | {f"realised-{action.pk}": "1"})
    assert EffectRealisation.objects.get().realised_ore == 80_000_00


def mapped(form: Any, **how: dict[str, str]) -> dict[str, str]:
    """What is said of the rows with those keys; the rest is kept."""
    return {f"{name}-{row.KIND}-{row.pk}": value for row in form.rows for name, value in how.get(row.key.replace("-", "_"), {}).items()}


def test_next_years_plan_says_what_became_of_everything(client: Client, county: County, every_kind: Goal, board: User) -> None:
    address = reverse("steering:next_plan", args=["regionplan"])
    form = client.get(address).context["form"]
    goal = next(row for row in form.rows if row.key == "kontinuitet")
    said = mapped(
        form,
        ekonomi={"how": "MERGED", "into": f"goal-{goal.pk}"},
        kontinuitet={"how": "KEPT"},
        fast_kontakt={"how": "DROPPED", "reason": "Genomförd i linjen"},
    )
    response = sent(client, address, **said)
    assert response.status_code == 302, errors(response)
    old, new = SteeringDocument.objects.order_by("pk")
    assert (new.supersedes, new.state, new.valid_from, new.title) == (old, "DRAFT", old.valid_until, f"Regionplan {now().year + 1}")
    assert [made.title for made in new.goals.all()] == ["Fast kontakt för fler"]
    assert sorted(Transfer.objects.values_list("kind", flat=True)) == ["DROPPED", "MERGED", "MERGED"]
    assert old.goals.count() == 2
    for key in (old.key, new.key):
        page = client.get(reverse("steering:object", args=["document", key])).content.decode()
        assert "Genomförd i linjen" in page
        assert "Ekonomi i balans" in page


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"how": "DROPPED"}, "Ange varför"),
        ({"how": "CHANGED"}, "Ange vad som ändras"),
        ({"how": "MERGED"}, "Ange vad ”Ekonomi i balans” slås samman med"),
    ],
)
def test_a_plan_with_something_unsaid_is_not_made(
    client: Client, county: County, every_kind: Goal, board: User, how: dict[str, str], said: str
) -> None:
    address = reverse("steering:next_plan", args=["regionplan"])
    response = sent(client, address, **mapped(client.get(address).context["form"], ekonomi=how))
    assert response.status_code == 422
    assert said in errors(response)
    assert (SteeringDocument.objects.count(), Transfer.objects.count(), ObjectVersion.objects.count()) == (1, 0, 0)


def test_nothing_is_merged_with_what_is_dropped(client: Client, county: County, every_kind: Goal, board: User) -> None:
    address = reverse("steering:next_plan", args=["regionplan"])
    form = client.get(address).context["form"]
    said = mapped(form, ekonomi={"how": "MERGED", "into": f"goal-{every_kind.pk}"}, kontinuitet={"how": "DROPPED", "reason": "Nått"})
    response = sent(client, address, **said)
    assert (response.status_code, "Det som stryks" in errors(response), SteeringDocument.objects.count()) == (422, True, 1)


def workbook(change: Any = None) -> BytesIO:
    """The chain as the program sees it, with `change` made to the rows of the goals."""
    tables = chain_tables(None, on=day(now()))
    if change:
        tables = [change(table) if table.name == "Mål" else table for table in tables]
    found = BytesIO(write_workbook(tables, headings(), guide(), at=now()))
    found.name = "styrkedja.xlsx"
    return found


def retitled(table: Any, title: str) -> Any:
    column = table.header.index("Rubrik")
    rows = tuple((number, (*cells[:column], title, *cells[column + 1 :])) for number, cells in table.rows)
    return type(table)(table.name, table.header, rows)


def test_a_workbook_is_shown_before_it_is_read_in(client: Client, county: County, every_kind: Goal, board: User) -> None:
    address = reverse("steering:import")
    shown = client.post(address, {"file": workbook(lambda table: retitled(table, "Ny rubrik"))})
    assert shown.status_code == 200
    assert (len(shown.context["found"].changed), Goal.objects.filter(title="Ny rubrik").count()) == (2, 0)
    done = client.post(address, {"carried": shown.context["carried"], "confirm": "1"})
    assert done.status_code == 302
    assert Goal.objects.filter(title="Ny rubrik").count() == 2
    versions = ObjectVersion.objects.count()
    assert client.post(address, {"file": workbook(), "confirm": "1"}).status_code == 302
    assert ObjectVersion.objects.count() == versions


def test_a_faulty_workbook_tells_row_and_column_and_stores_nothing(client: Client, county: County, every_kind: Goal, board: User) -> None:
    shown = client.post(reverse("steering:import"), {"file": workbook(lambda table: retitled(table, "x" * 300)), "confirm": "1"})
    assert shown.status_code == 422
    assert {(one.sheet, one.row) for one in shown.context["found"].faults} == {("Mål", 2), ("Mål", 3)}
    assert shown.context["carried"] == ""
    assert ObjectVersion.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 inte en arbetsbok", b"nonsens"])
def test_a_file_that_is_no_workbook_is_refused(client: Client, county: County, board: User, content: bytes) -> None:
    file = BytesIO(content)
    file.name = "fil.xlsx"
    response = client.post(reverse("steering:import"), {"file": file})
    assert response.status_code == 422
    assert errors(response)
    assert client.post(reverse("steering:import"), {"carried": "inte base64!", "confirm": "1"}).status_code == 422
    empty = client.post(reverse("steering:import"), {"carried": ""})
    assert (empty.status_code, "Välj en arbetsbok." in empty.content.decode(), "frivilligt" in empty.content.decode()) == (422, True, False)


def test_a_reader_may_not_change_by_workbook_what_is_anothers(client: Client, county: County, every_kind: Goal) -> None:
    signed_in(client, county, "namnden")
    file = workbook(lambda table: retitled(table, "Ny rubrik"))
    shown = client.post(reverse("steering:import"), {"file": file, "confirm": "1"})
    assert shown.status_code == 422
    assert Goal.objects.filter(title="Ny rubrik").count() == 0


def test_template_and_chain_are_fetched_as_workbooks(client: Client, county: County, every_kind: Goal, board: User) -> None:
    for view in ("steering:template", "steering:export"):
        response = client.get(reverse(view))
        assert (response.status_code, response.content[:2]) == (200, b"PK")
        assert ".xlsx" in response["Content-Disposition"]


def test_a_decision_is_chosen_by_who_when_and_where(
    client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate
) -> None:
    typed = {"body": body(county, "styrelsen").pk, "amount": "5", "no_estimate_reason": "Litet", "paragraph": "39"}
    assert sent(client, reverse("steering:decide"), **DECIDED, **typed).status_code == 302
    page = client.get(reverse("steering:edit", args=["action", "fast-kontakt"])).content.decode()
    assert "§ 39 RS/12/2026" in told(page)
