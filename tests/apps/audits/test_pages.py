"""The pages: what they say, to whom, and what is done on them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.audits import services
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, FollowUp, ProgressReport, PromisedAction
from styrkedja.organisations.models import County, Seat
from styrkedja.steering.models import Action
from tests.apps.organisations.reading import signed_in, text_of
from tests.factories.accounts import make_user
from tests.factories.audits import make_answer, make_promise, make_recommendation, make_response, make_review
from tests.factories.counties import body, make_county, make_holder, seat
from tests.factories.steering import make_action, make_goal, make_plan

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
ON = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "namnden", "CONTROLLER")


@pytest.fixture
def review(county: County) -> AuditReview:
    found = make_review(
        county,
        key="ekonomi",
        title="Ekonomisk strategi och planering",
        reviewer="Regionens revisorer",
        registry_number="REV/12/2025",
        question="Är styrningen tillfredsställande?",
        assessment="Det saknas en samlad plan.",
        answer_due_on=date(2026, 10, 1),
        stated_count=2,
    )
    make_recommendation(found, "1", key="ekonomi-1", title="Stärk kopplingen", areas="styrning, ekonomi")
    make_recommendation(found, "2", key="ekonomi-2", title="Förbättra uppföljningen", report_due_on=date(2026, 9, 1))
    return found


@pytest.fixture
def page(coordinator: User) -> Client:
    return signed_in(coordinator)


def says(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return text_of(response.text)


def send(client: Client, url: str, **values: Any) -> Any:
    """The form as it is shown, with `values` filled in."""
    form = client.get(url).context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "", [])}
    return client.post(url, {**shown, **values})


# The list


def test_the_list_says_how_each_review_stands(review: AuditReview, county: County, page: Client) -> None:
    assert "Ekonomisk strategi och planering Regionens revisorer · REV/12/2025" in (told := says(page, "/granskningar/"))
    assert "Väntar på svar 0 av 2 delar beslutade 2 1 försenad" in told
    make_response(review, "styrelsen", decided_on=ON)
    assert "Delvis besvarad 1 av 2 delar beslutade" in says(page, "/granskningar/")
    make_response(review, "namnden", decided_on=ON)
    assert "Besvarad 2 av 2 delar beslutade" in says(page, "/granskningar/")
    AuditResponse.objects.update(state="DRAFT")
    AuditReview.objects.update(answer_due_on=date(2026, 9, 15))
    assert "Svaret är försenat" in says(page, "/granskningar/")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?q=samlad", []),
        ("?q=uppföljningen 2", ["Ekonomisk strategi och planering"]),
        ("?q=skr", ["God och nära vård"]),
        ("?slag=NATIONAL_RECOMMENDATION", ["God och nära vård"]),
        ("?organ=styrelsen-exempellan", ["Ekonomisk strategi och planering"]),
        ("?lage=besvarade", ["God och nära vård"]),
        ("?lage=vantar", ["Ekonomisk strategi och planering"]),
        ("?lage=sena", ["Ekonomisk strategi och planering"]),
        ("?lage=obegripligt&slag=fel", ["Ekonomisk strategi och planering", "God och nära vård"]),
    ],
)
def test_the_list_is_narrowed(asked: str, found: list[str], review: AuditReview, county: County, page: Client) -> None:
    other = make_review(
        county, "namnden", title="God och nära vård", kind="NATIONAL_RECOMMENDATION", reviewer="SKR", received_on=date(2026, 1, 1)
    )
    make_response(other, "namnden", decided_on=ON)
    rows = page.get(f"/granskningar/{asked}").context["rows"]
    assert [row.title for row in rows] == found


def test_an_empty_list_says_what_to_do(page: Client) -> None:
    assert "Inga granskningar är registrerade Registrera en granskning" in says(page, "/granskningar/")


def test_the_lists_take_as_many_queries_however_many_reviews_there_are(
    review: AuditReview, county: County, page: Client, django_assert_max_num_queries
) -> None:
    for number in range(12):
        other = make_review(county, title=f"Granskning {number}")
        make_promise(make_answer(make_response(other, "namnden"), make_recommendation(other)))
    with django_assert_max_num_queries(40):
        page.get("/granskningar/")


# A review


def test_a_review_is_shown_as_one_whole_with_what_is_missing(review: AuditReview, county: County, page: Client) -> None:
    first, second = AuditRecommendation.objects.order_by("number")
    board = make_response(review, "styrelsen", decided_on=date(2026, 3, 25), decided_until=date(2026, 3, 26), registry_number="RS/7/2026")
    board.signatories.set([seat(county, "styrelsen", "CHAIR")])
    answer = make_answer(board, first, text="Styrelsen delar bedömningen.\n\nEn plan tas fram.")
    make_promise(answer, accountable_seat=seat(county, "forvaltningen", "DIRECTOR"), due_on=date(2026, 12, 31))
    make_answer(make_response(review, "namnden"), first, text="Nämndens utkast.", stance="DISAGREE")
    told = says(page, "/granskningar/granskning/ekonomi/")
    assert "Frågeställning Är styrningen tillfredsställande? Samlad bedömning Det saknas en samlad plan." in told
    assert "Regionstyrelsen Beslutat 25–26 mar 2026 § 39 RS/7/2026 Ordförande" in told
    assert "Hälso- och sjukvårdsnämnden Utkast" in told
    assert "Hälso- och sjukvårdsnämnden har inte beslutat sitt svar." in told
    assert "Rekommendation 1: Hälso- och sjukvårdsnämnden delar den inte, men skäl eller alternativ åtgärd saknas." in told
    assert "Rekommendation 2: svar från Regionstyrelsen saknas." in told
    assert "Ta fram en uppföljningsplan Planerad Hälso- och sjukvårdsdirektör, Hälso- och sjukvårdsförvaltningen 31 dec" in told
    assert "Försenad, skulle ha lämnats 1 sep" in told
    assert "Styrelsen delar bedömningen. En plan tas fram." in told


def test_anothers_draft_is_missing_and_nothing_more_is_said(review: AuditReview, county: County) -> None:
    first = AuditRecommendation.objects.get(number="1")
    make_answer(make_response(review, "namnden", key="hemligt"), first, text="Nämndens hemliga utkast.")
    board = signed_in(make_holder(county, "styrelsen", "CONTROLLER"))
    for url in (
        "/granskningar/granskning/ekonomi/",
        "/granskningar/granskning/ekonomi/svarsmatris/",
        "/granskningar/rekommendation/ekonomi-1/",
    ):
        told = says(board, url)
        assert "hemlig" not in told
        assert "Utkast" not in told
    told = says(board, "/granskningar/granskning/ekonomi/")
    assert "Hälso- och sjukvårdsnämnden Inte beslutat" in told
    assert "Rekommendation 1: svar från Hälso- och sjukvårdsnämnden" not in told
    for url in ("/granskningar/svar/hemligt/", "/granskningar/svar/hemligt/andra/", "/granskningar/svar/hemligt/ekonomi-1/"):
        assert board.get(url).status_code == 404


def test_what_may_not_be_seen_is_not_there(review: AuditReview) -> None:
    stranger = signed_in(make_holder(make_county("annatlan", name="Annat län"), "region", "COORDINATOR"))
    for url in ("granskning/ekonomi/", "granskning/ekonomi/svarsmatris/", "rekommendation/ekonomi-1/", "granskning/finns-inte/"):
        assert stranger.get(f"/granskningar/{url}").status_code == 404
    assert Client().get("/granskningar/").status_code == 302


def test_who_may_not_write_has_no_buttons_and_is_told_why(review: AuditReview, county: County) -> None:
    reader = signed_in(make_holder(county, "forvaltningen", "DIRECTOR"))
    told = says(reader, "/granskningar/granskning/ekonomi/")
    assert "Ändra" not in told
    assert "Påbörja svaret" not in told
    assert "Lägg till en rekommendation" not in told
    for url in ("granskning/ekonomi/andra/", "rekommendation/ekonomi-1/aterrapportera/", "granskning/ekonomi/svara/namnden-exempellan/"):
        response = reader.get(f"/granskningar/{url}")
        assert response.status_code == 403
        assert "Bara den som innehar en funktion" in text_of(response.text)
    seatless = signed_in(make_user("utan"))
    assert seatless.get("/granskningar/ny/").status_code == seatless.get("/granskningar/inlasta/nytt/").status_code == 403


def test_a_review_is_registered_and_changed(page: Client, county: County) -> None:
    values = {"title": "Kunskapsstyrning", "accountable_body": body(county, "namnden").pk, "addressed": [body(county, "styrelsen").pk]}
    response = send(page, "/granskningar/ny/", **values, kind="NATIONAL_RECOMMENDATION", received_on="2026-09-01")
    made = AuditReview.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/granskningar/granskning/kunskapsstyrning/")
    assert (made.kind, made.addressed.count(), made.received_on) == ("NATIONAL_RECOMMENDATION", 2, date(2026, 9, 1))
    send(page, "/granskningar/granskning/kunskapsstyrning/andra/", vision="Vår framgång räknas i liv och jämlik hälsa.")
    assert "Vår framgång räknas" in says(page, "/granskningar/granskning/kunskapsstyrning/")
    refused = send(page, "/granskningar/granskning/kunskapsstyrning/andra/", answer_due_on="2026-08-01")
    assert refused.status_code == 422
    assert "Svaret ska lämnas innan granskningen kom in" in text_of(refused.text)
    assert AuditReview.objects.get().version == 2


def test_an_auditor_registers_a_review_that_a_board_answers_and_adds_what_it_recommends(county: County) -> None:
    Seat.objects.create(body=body(county, "fullmaktige"), function="AUDITOR", title="Revisor", county=county)
    auditor = signed_in(make_holder(county, "fullmaktige", "AUDITOR"))
    offered = says(auditor, "/granskningar/ny/")
    assert "Regionstyrelsen" in offered.split("Organ som samordnar svaret")[1].split("Ansvarig funktion")[0]
    send(auditor, "/granskningar/ny/", kind="AUDIT", title="Ekonomi i balans", accountable_body=body(county, "namnden").pk)
    assert AuditReview.objects.get().accountable_body == body(county, "namnden")
    send(auditor, "/granskningar/granskning/ekonomi-i-balans/ny-rekommendation/", number="1", text="Stärk uppföljningen.")
    assert AuditRecommendation.objects.get().number == "1"


def test_recommendations_are_added_with_the_next_number_or_letter(page: Client, county: County) -> None:
    made = make_review(county, "namnden", key="skr")
    for text in ("Anpassa organisationen.", "Säkra organisationen."):
        number = {"number": "a"} if text.startswith("Anpassa") else {}
        assert send(page, "/granskningar/granskning/skr/ny-rekommendation/", text=text, **number).status_code == 302
    assert [row.number for row in made.recommendations.all()] == ["a", "b"]
    send(page, "/granskningar/rekommendation/skr-b/andra/", areas="organisation")
    assert AuditRecommendation.objects.get(number="b").areas == "organisation"
    assert "Områden: organisation" in says(page, "/granskningar/granskning/skr/")


# Answers


def test_an_answer_is_begun_written_decided_and_then_stands(review: AuditReview, county: County, page: Client) -> None:
    begun = send(page, "/granskningar/granskning/ekonomi/svara/namnden-exempellan/", text="I stort delar nämnden bilden.")
    response = AuditResponse.objects.get()
    url = f"/granskningar/svar/{response.key}/"
    assert begun["Location"] == url
    send(page, f"{url}ekonomi-1/", stance="AGREE", text="Nämnden avser att arbeta för detta.")
    send(page, f"{url}andra/", registry_number="HSN/1641/2025")
    answer = response.answers.get()
    send(page, f"/granskningar/utlova/{answer.key}/", text="Ta fram en plan", state="PLANNED", due_on="2026-12-31")
    told = says(page, url)
    assert "Svaret är ett utkast." in told
    assert "I stort delar nämnden bilden." in told
    assert "Ta fram en plan Planerad – 31 dec" in told
    assert "Nämnden avser att arbeta för detta." in (vague := says(page, f"{url}ekonomi-1/").partition("Formuleringar att se över")[2])
    assert "avser" in vague
    assert send(page, f"{url}beslut/", decided_on="2026-09-15", decided_until="2026-09-16", paragraph="39")["Location"] == url
    told = says(page, url)
    assert "15–16 sep 2026 § 39" in told
    assert "utkast" not in told
    assert "Ändra svaret" not in told
    assert send(page, f"{url}andra/", text="Nytt").status_code == 422
    assert AuditResponse.objects.get().text == "I stort delar nämnden bilden."


def test_of_two_who_write_the_second_sees_what_the_first_wrote_and_can_save_again(
    review: AuditReview, county: County, coordinator: User, page: Client
) -> None:
    response = make_response(review, "namnden", key="nsvar")
    opened = page.get("/granskningar/svar/nsvar/andra/").context["form"]
    first = make_holder(county, "namnden", "CHAIR")
    services.change_response(actor=first, response=response, version=1, text="Ordförandens text", at=AT)
    late = page.post("/granskningar/svar/nsvar/andra/", {"submission": opened["submission"].value(), "version": 1, "text": "Min text"})
    told = text_of(late.text)
    assert late.status_code == 409
    assert "har ändrats av någon annan sedan du öppnade sidan" in told
    assert "Ordförande, Hälso- och sjukvårdsnämnden" in told
    assert "Beskrivning: Ordförandens text" in told
    assert "Min text" in late.text
    assert AuditResponse.objects.get().text == "Ordförandens text"
    again = {bound.html_name: bound.value() for bound in late.context["form"] if bound.value()}
    assert again["version"] == "2"
    assert page.post("/granskningar/svar/nsvar/andra/", again).status_code == 302
    assert AuditResponse.objects.get().text == "Min text"


def test_a_promise_is_changed_taken_into_the_chain_linked_and_withdrawn(review: AuditReview, county: County, page: Client) -> None:
    answer = make_answer(make_response(review, "namnden"), AuditRecommendation.objects.get(number="1"))
    promise = make_promise(answer, key="lofte")
    plan = make_plan(county, "namnden", title="Nämndplan 2026")
    hidden = make_plan(county, "styrelsen", title="Styrelsens plan")
    send(page, "/granskningar/atgard/lofte/", state="TAKEN", accountable_seat=seat(county, "forvaltningen", "DIRECTOR").pk)
    shown = page.get("/granskningar/atgard/lofte/for-in/")
    assert "Nämndplan 2026" in shown.text
    assert hidden.title not in shown.text
    assert send(page, "/granskningar/atgard/lofte/for-in/", document=plan.pk).status_code == 302
    action = Action.objects.get()
    assert (action.title, action.accountable_seat) == (promise.text, seat(county, "forvaltningen", "DIRECTOR"))
    told = says(page, "/granskningar/rekommendation/ekonomi-1/")
    assert "För in i styrkedjan" not in told
    make_promise(answer, "En till", key="lofte2")
    assert send(page, "/granskningar/atgard/lofte2/koppla/", action=action.pk).status_code == 302
    make_promise(answer, "En tredje", key="lofte3")
    assert send(page, "/granskningar/atgard/lofte3/ta-bort/").status_code == 302
    assert "En tredje" not in says(page, "/granskningar/granskning/ekonomi/")
    assert [row.action for row in PromisedAction.objects.order_by("key")] == [action, action, None]


# What becomes of a recommendation


def test_a_recommendation_is_followed_to_its_end(review: AuditReview, page: Client) -> None:
    url = "/granskningar/rekommendation/ekonomi-2/"
    assert "Anteckna beslut om återrapporten" not in says(page, url)
    send(page, f"{url}aterrapportera/", reported_on="2026-09-10", report="Uppföljningen är samordnad.")
    send(page, f"{url}beslut/", decided_on="2026-09-15", paragraph="12", decision="Godkänns", remaining_need="")
    told = says(page, url)
    assert "10 sep Uppföljningen är samordnad. 15 sep 2026 § 12 Godkänns Inte utrett" in told
    assert send(page, f"{url}avsluta/", remaining_need=" ").status_code == 422
    send(page, f"{url}avsluta/", remaining_need="Inga")
    assert "Avslutad 16 sep" in says(page, "/granskningar/granskning/ekonomi/")
    send(page, f"{url}oppna/")
    assert AuditRecommendation.objects.get(number="2").closed_on is None
    assert "Controller, Hälso- och sjukvårdsnämnden" in says(page, url)


def test_a_national_recommendation_is_followed_up_at_three_levels(county: County, page: Client) -> None:
    made = make_review(county, "styrelsen", "namnden", key="skr", title="Kunskapsstyrning", kind="NATIONAL_RECOMMENDATION")
    make_recommendation(made, "a", key="skr-a", text="Anpassa organisationen.")
    assert "Anpassa organisationen. Inte uppföljt Inte uppföljt Inte uppföljt" in says(page, "/granskningar/granskning/skr/")
    url = "/granskningar/rekommendation/skr-a/folj-upp/"
    send(page, url, level="LOCAL", state="DONE", text="Lokala programområden är inrättade.", evidence="§ 223", followed_up_on="2026-09-10")
    told = says(page, "/granskningar/granskning/skr/")
    assert "Inte uppföljt Inte uppföljt Genomfört 10 sep Lokala programområden är inrättade. Underlag: § 223" in told
    found = FollowUp.objects.get()
    send(page, f"/granskningar/uppfoljning/{found.key}/", state="UNDER_WAY")
    assert "Lokal 10 sep Pågår" in says(page, "/granskningar/rekommendation/skr-a/")
    assert "Lokala programområden är inrättade." in says(page, "/granskningar/granskning/skr/svarsmatris/")


# Reports


def test_a_report_is_planned_handed_in_and_approved(review: AuditReview, county: County, page: Client) -> None:
    goal = make_goal(make_plan(county, "namnden"), title="Ekonomi i balans")
    values = {"accountable_body": body(county, "namnden").pk, "cycle": "INTERIM", "starts_on": "2026-01-01", "ends_on": "2026-04-30"}
    assert "Inga återrapporter är planerade" in says(page, "/granskningar/rapporter/")
    send(page, "/granskningar/rapporter/ny/", **values, due_on="2026-05-15")
    report = ProgressReport.objects.get()
    url = f"/granskningar/rapport/{report.key}/"
    assert "Delårsrapport Hälso- och sjukvårdsnämnden 1 jan–30 apr 2026 15 maj Försenad" in says(page, "/granskningar/rapporter/")
    recommendation = AuditRecommendation.objects.get(number="2")
    send(page, f"{url}redovisar/", goals=[goal.pk], recommendations=[recommendation.pk])
    send(page, f"{url}lamna/", handed_in_on="2026-05-20", analysis="Kostnaderna ökar.", proposal="Nämnden godkänner rapporten.")
    send(page, f"{url}godkann/", approved_on="2026-06-01", paragraph="§ 7")
    told = says(page, url)
    assert "Godkänd 1 jun 2026 § 7" in told
    assert "Kostnaderna ökar." in told
    assert "Ekonomi i balans" in told
    assert "Redovisas i Återrapporter" in says(page, "/granskningar/rekommendation/ekonomi-2/")
    send(page, f"{url}andra/", title="Delårsrapport april")
    assert "Delårsrapport april" in says(page, "/granskningar/rapporter/")
    board = signed_in(make_holder(county, "styrelsen", "CONTROLLER"))
    assert board.get(f"{url}lamna/").status_code == 403
    assert "Lämna" not in says(board, url).partition("Om rapporten")[0]


def test_every_page_has_the_tabs_of_the_chain(review: AuditReview, page: Client) -> None:
    for name, args in (("reviews", []), ("reports", []), ("readings", []), ("review", ["ekonomi"]), ("recommendation", ["ekonomi-1"])):
        assert 'aria-label="Styrning"' in page.get(reverse(f"audits:{name}", args=args)).text


def test_an_action_of_a_draft_is_not_shown_to_others(review: AuditReview, county: County) -> None:
    draft = make_plan(county, "namnden", state="DRAFT")
    action = make_action(draft, title="Hemlig åtgärd")
    answer = make_answer(make_response(review, "namnden", decided_on=ON), AuditRecommendation.objects.get(number="1"))
    make_promise(answer, action=action)
    board = signed_in(make_holder(county, "styrelsen", "CHAIR"))
    assert "Hemlig åtgärd" not in says(board, "/granskningar/granskning/ekonomi/")
