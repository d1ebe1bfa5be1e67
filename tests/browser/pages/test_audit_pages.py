"""The pages of reviews and answers in Chromium: in the four appearances, by keyboard, without script and on paper."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from styrkedja.accounts.models import User
from styrkedja.audits import services
from styrkedja.audits.models import AuditResponse, AuditReview, ProgressReport, PromisedAction, ReadAnswer
from styrkedja.organisations.models import County
from tests.browser.seeing import DESK, PHONE, Look, axe, in_every_look, no_sideways_scroll
from tests.core.audits.texts import text as answer_text
from tests.factories.accounts import make_user
from tests.factories.counties import body, hold, seat
from tests.factories.steering import make_goal, make_plan, make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
Enter = Callable[[Page, str], None]


@pytest.fixture
def county(db: None) -> County:
    return make_region()


@pytest.fixture
def coordinator(county: County) -> User:
    """Coordinates the answers of the board and of the committee."""
    found = make_user("samordnare", name="Revisionssamordnare")
    for role in ("styrelsen", "namnden"):
        hold(found, seat(county, role, "CONTROLLER"))
    return found


@pytest.fixture
def scene(county: County, coordinator: User) -> None:
    """A review with the board's decided answer and the committee's draft, a national recommendation, a report, and an answer that has been read."""
    common = {"actor": coordinator, "at": AT}
    review = services.register_review(
        key="nara-vard",
        title="Omställningen till en god och nära vård",
        reviewer="Regionens revisorer",
        registry_number="REV/8/2025",
        question="Har regionen en tillfredsställande styrning, uppföljning och kontroll av omställningsarbetet?",
        assessment="Det finns utmaningar, särskilt gällande styrning, ansvarsfördelning, resurser och IT-stöd.",
        accountable_body=body(county, "styrelsen"),
        addressed=[body(county, "namnden")],
        received_on=date(2026, 1, 15),
        answer_due_on=date(2026, 4, 1),
        stated_count=3,
        **common,
    )
    texts = ("Tydliggör målbild och strategi.", "Se över resurser i form av kompetens och IT-stöd.")
    first, second = (
        services.add_recommendation(
            review=review,
            key=f"nara-vard-{number}",
            number=str(number),
            text=told,
            report_due_on=date(2026, 8, 1),
            areas="styrning",
            **common,
        )
        for number, told in enumerate(texts, 1)
    )
    board = services.start_response(
        review=review, body=body(county, "styrelsen"), key="styrelsens-svar", text="I stort delas bilden.", **common
    )
    answer = services.answer_recommendation(
        response=board,
        recommendation=first,
        stance="PARTLY",
        text="Styrelsen avser att tydliggöra målbilden.\n\nDet sker i regionplanen.",
        **common,
    )
    promised = {"state": "PLANNED", "due_on": date(2026, 6, 30), "accountable_seat": seat(county, "forvaltningen", "DIRECTOR")}
    services.promise_action(answer=answer, key="lofte", text="Tydliggör målbilden i regionplanen", **promised, **common)
    declined = {
        "stance": "DISAGREE",
        "text": "Resurserna räcker.",
        "reason": "De är nyligen samlade.",
        "alternative": "De följs upp om ett år.",
    }
    services.answer_recommendation(response=board, recommendation=second, **declined, **common)
    services.decide_response(
        response=board,
        version=1,
        decided_on=date(2026, 3, 25),
        decided_until=date(2026, 3, 26),
        paragraph="39",
        registry_number="RS/7/2026",
        **common,
    )
    draft = services.start_response(review=review, body=body(county, "namnden"), key="namndens-svar", **common)
    services.answer_recommendation(response=draft, recommendation=first, stance="AGREE", text="Nämnden delar.", **common)
    services.report_back(recommendation=second, version=1, reported_on=date(2026, 9, 1), report="Kompetensplanen är klar.", **common)
    _national(county, common)
    report = services.plan_report(
        key="delar",
        accountable_body=body(county, "namnden"),
        cycle="INTERIM",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 4, 30),
        **common,
    )
    goal = make_goal(make_plan(county, "namnden", title="Nämndplan 2026"), title="Ekonomi i balans")
    services.change_report(report=report, version=1, goals=[goal], recommendations=[first], due_on=date(2026, 5, 15), **common)
    content = answer_text("namndens-svar").encode()
    services.read_file(body=body(county, "namnden"), review=None, content=content, name="svar.txt", **common)


def _national(county: County, common: dict) -> None:
    review = services.register_review(
        key="kunskapsstyrning",
        kind="NATIONAL_RECOMMENDATION",
        title="En gemensam struktur för kunskapsstyrning",
        reviewer="SKR",
        vision="Vår framgång räknas i liv och jämlik hälsa.",
        accountable_body=body(county, "styrelsen"),
        **common,
    )
    row = services.add_recommendation(
        review=review, key="kunskap-a", number="a", text="Att alla regioner anpassar sina organisationer.", **common
    )
    told = {"level": "LOCAL", "state": "DONE", "followed_up_on": date(2026, 9, 1), "text": "Lokala programområden är inrättade."}
    services.follow_up(recommendation=row, key="lokalt", evidence="RS/7/2026", **told, **common)


ADDRESSES = {
    "list": "",
    "review": "granskning/nara-vard/",
    "national": "granskning/kunskapsstyrning/",
    "matrix": "granskning/nara-vard/svarsmatris/",
    "recommendation": "rekommendation/nara-vard-1/",
    "response": "svar/styrelsens-svar/",
    "draft": "svar/namndens-svar/",
    "register": "ny/",
    "answer": "svar/namndens-svar/nara-vard-1/",
    "promise": "atgard/lofte/",
    "into-chain": "atgard/lofte/for-in/",
    "decide-report": "rekommendation/nara-vard-2/beslut/",
    "follow-up": "rekommendation/kunskap-a/folj-upp/",
    "reports": "rapporter/",
    "report": "rapport/delar/",
    "cover": "rapport/delar/redovisar/",
    "readings": "inlasta/",
    "upload": "inlasta/nytt/",
    "confirm": "inlasta/{found}/",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_pages_in_every_appearance(name: str, scene: None, open_page: Callable[..., Page], enter: Enter) -> None:
    address = ADDRESSES[name].format(found=ReadAnswer.objects.get().pk)

    page = open_page()
    enter(page, "samordnare")
    response = page.goto(f"/granskningar/{address}")
    assert response is not None
    assert response.ok
    in_every_look(page)


def test_the_source_stands_beside_its_fields_where_there_is_room_and_above_them_elsewhere(
    scene: None, open_page: Callable[..., Page], enter: Enter
) -> None:
    for width, beside in ((DESK, True), (PHONE, False)):
        page = open_page(Look(width))
        enter(page, "samordnare")
        page.goto(f"/granskningar/inlasta/{ReadAnswer.objects.get().pk}/")
        field = page.locator("#id_r0_answer").bounding_box()
        source = page.locator("blockquote", has_text="Det ekonomiska läget för Region").first.bounding_box()
        assert field is not None
        assert source is not None
        assert (source["x"] + source["width"] <= field["x"]) is beside
        assert (source["y"] + source["height"] <= field["y"]) is not beside


def test_a_reading_is_confirmed_by_keyboard_and_without_script(scene: None, open_page: Callable[..., Page], enter: Enter) -> None:
    page = open_page(java_script_enabled=False)
    enter(page, "samordnare")
    page.goto(f"/granskningar/inlasta/{ReadAnswer.objects.get().pk}/")
    page.get_by_label("Vad som har granskats").fill("")
    page.get_by_role("button", name="Bekräfta och spara").press("Enter")
    expect(page.get_by_role("link", name="Vad som har granskats: Skriv vad som har granskats.")).to_be_visible()
    assert AuditReview.objects.count() == 2
    page.get_by_label("Vad som har granskats").fill("Ekonomisk strategi och planering")
    group = page.get_by_role("group", name="Åtgärd 5").first
    group.get_by_label("Ta med som utlovad åtgärd").press("Space")
    page.get_by_role("button", name="Bekräfta och spara").press("Enter")
    expect(page.get_by_text("Svaret är infört. Läs igenom det, och komplettera det som saknas.")).to_be_visible()
    expect(page.get_by_role("heading", name="Svar från Hälso- och sjukvårdsnämnden")).to_be_visible()
    assert PromisedAction.objects.exclude(key="lofte").get().text.startswith("Rätt storlek, rätt stöd.")


def test_the_committee_decides_its_answer_by_keyboard(scene: None, open_page: Callable[..., Page], enter: Enter) -> None:
    page = open_page(Look(PHONE))
    enter(page, "samordnare")
    page.goto("/granskningar/svar/namndens-svar/")
    page.get_by_role("link", name="Anteckna beslutet").press("Enter")
    page.get_by_role("button", name="Anteckna beslutet").press("Enter")
    expect(page.locator("ds-error-summary")).to_be_focused()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Beslutsdatum").fill("2026-03-24")
    page.get_by_label("Paragraf").fill("12")
    page.get_by_role("button", name="Anteckna beslutet").press("Enter")
    expect(page.get_by_text("Beslutet är antecknat.")).to_be_visible()
    expect(page.get_by_text("24 mar 2026 § 12")).to_be_visible()
    assert AuditResponse.objects.get(key="namndens-svar").paragraph == "§ 12"


def test_the_matrix_on_paper_is_its_tables_alone(scene: None, page: Page, enter: Enter) -> None:
    enter(page, "samordnare")
    page.goto("/granskningar/granskning/nara-vard/svarsmatris/")
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("cell", name="Styrelsen avser att tydliggöra målbilden.")).to_be_visible()
    expect(page.get_by_role("cell", name="Kompetensplanen är klar.")).to_be_visible()
    assert ProgressReport.objects.count() == 1
