"""An answer is read from a file, shown beside its text, changed by a person, and first then written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.audits import services
from styrkedja.audits.models import KINDS, AuditRecommendation, AuditResponse, AuditReview, PromisedAction, ReadAnswer
from styrkedja.audits.services import Confirmed, ConfirmedRecommendation
from styrkedja.core.audits.proposal import LONGEST_TITLE, shortened
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from tests.apps.organisations.reading import signed_in, text_of
from tests.core.audits.texts import NAMED, text
from tests.factories.audits import make_recommendation, make_response, make_review
from tests.factories.counties import body, make_holder, seat

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
COMMITTEE, BOARD = "namndens-svar", "regionstyrelsens-svar"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "namnden", "CONTROLLER")


@pytest.fixture
def page(coordinator: User) -> Client:
    return signed_in(coordinator)


def written() -> dict[str, int]:
    return {kind: model._default_manager.count() for kind, model in KINDS.items()} | {"versions": ObjectVersion.objects.count()}


def upload(client: Client, county: County, name: str, role: str, **values: Any) -> str:
    """Reads a text in on the page; answers the address where it is confirmed."""
    file = SimpleUploadedFile(f"{name}.txt", text(name).encode())
    form = client.get("/granskningar/inlasta/nytt/").context["form"]
    sent = {"submission": form["submission"].value(), "file": file, "body": body(county, role).pk, **values}
    response = client.post("/granskningar/inlasta/nytt/", sent)
    assert response.status_code == 302, text_of(response.text)
    return response["Location"]


def shown(client: Client, url: str) -> dict[str, Any]:
    """Every field of the page as a browser would send it."""
    form = client.get(url).context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is True:
            sent[bound.html_name] = "on"
        elif value not in (None, False, "", []):
            sent[bound.html_name] = value
    return sent


# The text beside the fields


def test_the_committees_answer_is_shown_beside_its_text_and_nothing_is_written(county: County, page: Client) -> None:
    url = upload(page, county, COMMITTEE, "namnden")
    response = page.get(url)
    told = text_of(response.text)
    assert "rad 18–20 granskning av ekonomisk strategi och planering" in told
    assert "rad 34–37 Stärk kopplingen mellan mål och åtgärder." in told
    assert "Inget beslut om att fastställa svaret hittades i texten." in told
    form = response.context["form"]
    assert form["review_title"].value() == "Ekonomisk strategi och planering"
    assert form["review_stated_count"].value() == 5
    assert form["response_registry_number"].value() == "HSN/1641/2025"
    assert form["response_dated_on"].value() == date(2025, 11, 15)
    assert [form[f"r{number}_number"].value() for number in range(5)] == ["1", "2", "3", "4", "5"]
    assert [form[f"r{number}_stance"].value() for number in range(5)] == ["AGREE", "AGREE", "AGREE", "", "AGREE"]
    signing = (seat(county, "namnden", "CHAIR"), seat(county, "forvaltningen", "DIRECTOR"))
    assert set(form["response_signatories"].value()) == {str(one.pk) for one in signing}
    assert written() == dict.fromkeys(written(), 0)


def test_the_boards_answer_has_its_decision_over_two_days(county: County) -> None:
    client = signed_in(make_holder(county, "styrelsen", "CHAIR"))
    form = client.get(upload(client, county, BOARD, "styrelsen")).context["form"]
    assert form["review_title"].value() == "Omställningsarbetet mot en god och nära vård"
    assert (form["response_decided_on"].value(), form["response_decided_until"].value()) == (date(2025, 3, 25), date(2025, 3, 26))
    assert form["response_paragraph"].value() == "39"
    assert [form[f"r{number}_addressees"].value() for number in range(4)] == [[str(body(county, "styrelsen").pk)]] * 4
    assert [form[f"r{number}_stance"].value() for number in range(4)] == ["PARTLY", "AGREE", "AGREE", "AGREE"]
    assert {str(one) for one in form["review_addressed"].value()} == {str(body(county, role).pk) for role in ("styrelsen", "namnden")}


def test_an_answer_read_in_for_the_wrong_body_is_warned_of_and_refused_where_it_is_wrong(county: County, page: Client) -> None:
    url = upload(page, county, BOARD, "namnden")
    response = page.get(url)
    told = text_of(response.text)
    assert "Texten ser ut att vara svaret från Regionstyrelsen, men läses in som svaret från Hälso- och sjukvårdsnämnden" in told
    assert "§ 39) är fattat av Regionstyrelsen" in told
    assert (response.context["form"]["response_decided_on"].value(), response.context["form"]["response_paragraph"].value()) == (None, "")
    before = written()
    refused = page.post(url, shown(page, url))
    assert refused.status_code == 422
    assert "Rekommendation 1 är inte riktad till Hälso- och sjukvårdsnämnden" in refused.context["form"].errors["r0_addressees"][0]
    assert written() == before


def test_a_title_of_running_text_is_cut_between_words() -> None:
    assert shortened("Ekonomi i balans") == "Ekonomi i balans"
    cut = shortened("Regionen har tagit emot revisorernas granskning och vill lämna " + "följande synpunkter " * 10)
    assert len(cut) <= LONGEST_TITLE + 1
    assert cut.endswith(("följande…", "synpunkter…"))


def test_a_national_recommendation_is_proposed_as_one(county: County, page: Client) -> None:
    form = page.get(upload(page, county, "nationell-rekommendation", "namnden")).context["form"]
    assert form["review_kind"].value() == "NATIONAL_RECOMMENDATION"
    assert form["review_vision"].value().startswith("Vår framgång räknas i liv och jämlik hälsa.")
    assert [form[f"r{number}_number"].value() for number in range(4)] == ["a", "b", "c", "d"]


def test_what_has_no_place_is_shown_and_every_line_of_the_text(county: County, page: Client) -> None:
    response = page.get(upload(page, county, COMMITTEE, "namnden"))
    told = text_of(response.text)
    without = told.partition("Text utan plats")[2]
    assert "Nedan följer Hälso- och sjukvårdsnämndens svar på revisionens rekommendationer." in without
    source = ReadAnswer.objects.get().source["lines"]
    for line in source:
        assert " ".join(line["text"].split()) in told


def test_no_name_of_a_person_is_kept(county: County, page: Client) -> None:
    response = page.get(upload(page, county, COMMITTEE, "namnden"))
    kept = str(ReadAnswer.objects.values().get())
    for name in NAMED[COMMITTEE]:
        assert name not in response.text
        assert name not in kept
    assert "[personnamn]" in response.text


# What a person confirms


def test_what_is_confirmed_is_written_as_it_was_changed(county: County, page: Client, coordinator: User) -> None:
    url = upload(page, county, COMMITTEE, "namnden")
    sent = shown(page, url)
    director = seat(county, "forvaltningen", "DIRECTOR")
    sent |= {
        "review_title": "Ekonomisk strategi",
        "review_reviewer": "Regionens revisorer",
        "review_addressed": [body(county, "styrelsen").pk],
        "r0_answer": "Nämnden delar bedömningen.",
        "r0_areas": "styrning, ekonomi",
        "r0_p4_include": "on",
        "r0_p4_state": "PLANNED",
        "r0_p4_seat": director.pk,
        "r0_p4_due": "2026-12-31",
        "r3_stance": "PARTLY",
        "response_decided_on": "2025-11-15",
    }
    del sent["r4_include"]
    response = page.post(url, sent)
    made = AuditResponse.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/granskningar/svar/{made.key}/")
    review = AuditReview.objects.get()
    assert (review.title, review.stated_count, review.accountable_body) == ("Ekonomisk strategi", 5, body(county, "namnden"))
    assert set(review.addressed.all()) == {body(county, "styrelsen"), body(county, "namnden")}
    assert (made.state, made.registry_number, made.decided_on) == ("DECIDED", "HSN/1641/2025", date(2025, 11, 15))
    assert [row.number for row in review.recommendations.all()] == ["1", "2", "3", "4"]
    first = made.answers.get(recommendation__number="1")
    assert (first.text, first.stance, first.recommendation.area_list) == ("Nämnden delar bedömningen.", "AGREE", ["styrning", "ekonomi"])
    promise = PromisedAction.objects.get()
    assert promise.text.startswith("Rätt storlek, rätt stöd.")
    assert (promise.state, promise.accountable_seat, promise.due_on) == ("PLANNED", director, date(2026, 12, 31))
    found = ReadAnswer.objects.get()
    assert (found.response, found.review, found.confirmed_at) == (made, review, AT)
    assert {version.account for version in ObjectVersion.objects.all()} == {coordinator.pk}
    again = page.post(url, sent)
    assert (again.status_code, again["Location"]) == (302, response["Location"])
    assert AuditReview.objects.count() == 1


def test_the_second_body_answers_the_same_review(county: County, page: Client) -> None:
    board = signed_in(make_holder(county, "styrelsen", "CHAIR"))
    url = upload(board, county, BOARD, "styrelsen")
    board.post(url, shown(board, url))
    review = AuditReview.objects.get()
    assert [row.number for row in review.recommendations.all()] == ["1", "2", "3", "4"]
    assert {one for row in review.recommendations.all() for one in row.addressees.all()} == {body(county, "styrelsen")}
    url = upload(page, county, COMMITTEE, "namnden", review=review.pk)
    form = page.get(url).context["form"]
    assert "review_title" not in form.fields
    assert [form[f"r{number}_number"].value() for number in range(5)] == ["1 b", "2 b", "3 b", "4 b", "5"]
    sent = shown(page, url) | {"r1_number": "2"}
    refused = page.post(url, sent)
    assert refused.status_code == 422
    assert "Numret 2 finns redan." in text_of(refused.text)
    assert AuditResponse.objects.count() == 1
    page.post(url, sent | {"r1_number": "2 b"})
    assert AuditReview.objects.count() == 1
    assert [row.number for row in review.recommendations.all()] == ["1", "2", "3", "4", "1 b", "2 b", "3 b", "4 b", "5"]
    assert {part.accountable_body.name: part.state for part in AuditResponse.objects.all()} == {
        "Regionstyrelsen": "DECIDED",
        "Hälso- och sjukvårdsnämnden": "DRAFT",
    }
    told = text_of(page.get(f"/granskningar/granskning/{review.key}/").text)
    assert "Regionstyrelsen Beslutat 25–26 mar 2025 § 39" in told
    assert "Hälso- och sjukvårdsnämnden Utkast" in told


def test_what_both_bodies_answer_is_one_recommendation(county: County, page: Client) -> None:
    review = make_review(county)
    common, mine, others = (
        make_recommendation(review, number, addressees=[body(county, role)] if role else [])
        for number, role in (("1", ""), ("2", "namnden"), ("3", "styrelsen"))
    )
    url = upload(page, county, COMMITTEE, "namnden", review=review.pk)
    form = page.get(url).context["form"]
    assert [form[f"r{number}_found"].value() for number in range(3)] == [str(common.pk), str(mine.pk), None]
    sent = shown(page, url)
    page.post(url, sent)
    assert [row.number for row in review.recommendations.all()] == ["1", "2", "3", "3 b", "4", "5"]
    assert AuditResponse.objects.get().answers.filter(recommendation=common).exists()
    assert not others.answers.exists()
    twice = page.post(url, sent)
    assert twice.status_code == 302


def test_what_the_reading_missed_is_added(county: County, page: Client) -> None:
    url = upload(page, county, COMMITTEE, "namnden")
    sent = shown(page, url) | {
        "r5_include": "on",
        "r5_number": "6",
        "r5_text": "En sjätte rekommendation.",
        "r5_answer": "Nämnden delar.",
        "r5_p0_include": "on",
        "r5_p0_text": "En åtgärd som inte stod i texten.",
    }
    page.post(url, sent)
    assert AuditRecommendation.objects.get(number="6").text == "En sjätte rekommendation."
    assert PromisedAction.objects.get().text == "En åtgärd som inte stod i texten."


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"review_title": ""}, "Skriv vad som har granskats."),
        ({"r0_number": ""}, "Ange rekommendationens nummer eller bokstav."),
        ({"r1_number": "1"}, "Numret 1 finns redan."),
        ({"r0_text": " "}, "Skriv vad som rekommenderas."),
        ({"r0_p0_include": "on", "r0_p0_text": ""}, "Skriv vilken åtgärd som utlovas."),
        ({"r5_p0_include": "on", "r5_p0_text": "Något"}, "Åtgärden hör till en rekommendation som inte är med."),
        ({"response_paragraph": "39"}, "Ange beslutsdatumet"),
        ({"response_decided_on": "2027-01-01"}, "Beslutsdatumet ligger i framtiden"),
        ({"response_registry_number": "HSN"}, "är inget diarienummer"),
        ({"review_received_on": "inte ett datum"}, "Ange ett datum"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(changed: dict, message: str, county: County, page: Client) -> None:
    url = upload(page, county, COMMITTEE, "namnden")
    before = written()
    response = page.post(url, shown(page, url) | {"r2_answer": "Det jag skrev själv."} | changed)
    assert response.status_code == 422
    assert message in text_of(response.text)
    assert "Det jag skrev själv." in response.text
    assert "Rätt storlek, rätt stöd." in response.text
    assert written() == before
    assert ReadAnswer.objects.get().confirmed_at is None


def test_a_part_that_is_refused_undoes_all(county: County, coordinator: User, page: Client) -> None:
    upload(page, county, COMMITTEE, "namnden")
    found, before = ReadAnswer.objects.get(), written()
    twice = [ConfirmedRecommendation(None, {"number": "1", "text": "x"}, {"text": "Svar"}, ()) for _ in range(2)]
    confirmed = Confirmed({"title": "Granskning"}, {}, None, twice)
    with pytest.raises(Refused, match="redan en rekommendation med beteckningen 1"):
        services.confirm_reading(actor=coordinator, found=found, confirmed=confirmed, at=AT)
    assert written() == before
    assert ReadAnswer.objects.get().confirmed_at is None


def test_it_is_confirmed_once(county: County, coordinator: User, page: Client) -> None:
    upload(page, county, COMMITTEE, "namnden")
    found, confirmed = ReadAnswer.objects.get(), Confirmed({"title": "Granskning"}, {"text": "Svar"}, None, ())
    services.confirm_reading(actor=coordinator, found=found, confirmed=confirmed, at=AT)
    with pytest.raises(Refused, match="redan bekräftat"):
        services.confirm_reading(actor=coordinator, found=found, confirmed=confirmed, at=AT)
    with pytest.raises(Refused, match="redan bekräftat"):
        services.discard_reading(actor=coordinator, found=found, at=AT)
    assert AuditReview.objects.count() == 1


def test_it_can_be_thrown_away(county: County, coordinator: User, page: Client) -> None:
    url = upload(page, county, COMMITTEE, "namnden")
    found = ReadAnswer.objects.get()
    assert "Hälso- och sjukvårdsnämndens svar på granskning" in text_of(page.get("/granskningar/inlasta/").text)
    form = page.get(f"{url}kasta/").context["form"]
    assert page.post(f"{url}kasta/", {"submission": form["submission"].value()}).status_code == 302
    assert ReadAnswer.objects.count() == 0
    assert page.get(url).status_code == 404
    with pytest.raises(Refused, match="har kastats"):
        services.confirm_reading(actor=coordinator, found=found, confirmed=Confirmed({"title": "G"}, {}, None, ()), at=AT)


# Who


def test_only_the_body_itself_sees_what_is_read_of_its_answer(county: County, page: Client, coordinator: User) -> None:
    url = upload(page, county, COMMITTEE, "namnden")
    board = make_holder(county, "styrelsen", "CHAIR")
    assert signed_in(board).get(url).status_code == 404
    assert "Inga inlästa svar väntar" in text_of(signed_in(board).get("/granskningar/inlasta/").text)
    found, before = ReadAnswer.objects.get(), written()
    for act in (
        lambda: services.confirm_reading(actor=board, found=found, confirmed=Confirmed({"title": "G"}, {}, None, ()), at=AT),
        lambda: services.discard_reading(actor=board, found=found, at=AT),
        lambda: services.read_file(actor=board, body=body(county, "namnden"), review=None, content=b"Svar", name="svar.txt", at=AT),
    ):
        with pytest.raises(Refused, match="Bara den som innehar en funktion i Hälso- och sjukvårdsnämnden kan svara för organet"):
            act()
    assert (written(), ReadAnswer.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("svar.txt", b"", "tom"),
        ("svar.pdf", b"%PDF-1.7 trasig", "PDF"),
        ("svar.docx", b"PK\x03\x04trasig", "skadad"),
        ("svar.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "bild"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_kept(
    name: str, content: bytes, message: str, county: County, page: Client
) -> None:
    form = page.get("/granskningar/inlasta/nytt/").context["form"]
    sent = {"submission": form["submission"].value(), "file": SimpleUploadedFile(name, content), "body": body(county, "namnden").pk}
    response = page.post("/granskningar/inlasta/nytt/", sent)
    assert response.status_code == 422
    assert message in text_of(response.text)
    assert ReadAnswer.objects.count() == 0


def test_an_answer_that_is_begun_is_not_read_once_more(county: County, coordinator: User) -> None:
    review = make_review(county)
    make_recommendation(review)
    make_response(review, "namnden")
    content = text(COMMITTEE).encode()
    with pytest.raises(Refused, match="är redan påbörjat. Skriv vidare"):
        services.read_file(actor=coordinator, body=body(county, "namnden"), review=review, content=content, name="svar.txt", at=AT)
    assert ReadAnswer.objects.count() == 0
