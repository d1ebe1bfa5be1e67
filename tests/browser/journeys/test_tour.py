"""The five minutes of the README, clicked through on the demonstration; the pictures of README and manual are made on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demonstration import Demonstration
from tests.browser.pictures import REWRITTEN, picture
from tests.browser.seeing import DESK, LOOKS, PHONE, Look

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

DEMENTIA = "Personcentrerat och sammanhållet vårdförlopp: demens"
STROKE = "Vårdförlopp: stroke, fortsatt vård och rehabilitering"
ANSWER = Path(__file__).resolve().parents[2] / "core" / "audits" / "texts" / "namndens-svar.txt"
FIGURES_SECONDS = 240
ROUTINE = "Kunskapsstöd inom kunskapsstyrning hälso- och sjukvård"


@pytest.fixture
def enter(visit: Visit, demonstration: Demonstration) -> Callable[..., Page]:
    """Signs a function in, in an appearance: `enter("samordnare", Look(PHONE))`."""
    return lambda username, look=LOOKS[0]: demonstration.enter(visit(look), username)


def go(page: Page, name: str) -> None:
    """Follows a link of the main menu."""
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def open_case(page: Page, subject: str) -> None:
    go(page, "Ärenden")
    page.get_by_role("link", name=subject).click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def drawn(maps: Locator) -> None:
    """Scrolls a map into view and waits until it is drawn."""
    maps.first.scroll_into_view_if_needed()
    expect(maps.first).to_have_attribute("data-map-ready", "true")


def test_1_sign_in(visit: Visit) -> None:
    page = visit()
    page.goto("/konto/logga-in/")
    expect(page.get_by_role("heading", name="Logga in i Styrkedja")).to_be_visible()
    picture(page, "logga-in")


def test_2_a_programme_area_prioritises(enter: Callable[..., Page]) -> None:
    page = enter("lpo-aldres-halsa")
    row = page.get_by_role("row").filter(has_text=DEMENTIA)
    expect(row).to_contain_text("Prioritera kunskapsstödet")
    picture(page, "mina-uppgifter")
    row.get_by_role("button", name="Ta uppgift").click()
    expect(page.get_by_role("heading", name="Prioritera kunskapsstödet")).to_be_visible()
    picture(page, "steg")
    page.get_by_label("Motivering").fill("Sjukdomen är vanlig och gapet mot kunskapsstödet är känt.")
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_role("status").first).to_contain_text("Utkastet är sparat.")
    expect(page.get_by_label("Motivering")).to_have_value("Sjukdomen är vanlig och gapet mot kunskapsstödet är känt.")


def test_3_the_date_of_a_step_is_moved_with_a_reason(enter: Callable[..., Page]) -> None:
    page = enter("samordnare")
    open_case(page, DEMENTIA)
    page.get_by_role("link", name="Prioritera kunskapsstödet").first.click()
    page.get_by_role("link", name="Ändra datum").click()
    page.get_by_label("Varför ändras datumet?").fill("Programområdet sammanträder först i januari.")
    picture(page, "andra-datum")
    page.get_by_role("button", name="Ändra datum").click()
    expect(page.get_by_role("status").first).to_contain_text("Uppgiften ska vara klar senast")


def test_4_the_coordinator_opens_a_case_and_sees_where_all_stand(enter: Callable[..., Page]) -> None:
    page = enter("samordnare")
    page.get_by_role("link", name="Öppna ärende").click()
    page.get_by_label("Ärendemening", exact=True).fill("Nationellt vårdprogram: endometrios")
    page.get_by_label("På nationell remiss").check()
    picture(page, "oppna-arende")
    go(page, "Ärenden")
    expect(page.get_by_role("row").filter(has_text=STROKE)).to_contain_text("RVN/5/")
    picture(page, "arenden")


def test_5_a_case_is_read_from_top_to_bottom(enter: Callable[..., Page]) -> None:
    page = enter("samordnare")
    open_case(page, STROKE)
    expect(page.get_by_role("heading", name="Ärendets väg")).to_be_visible()
    picture(page, "arende")
    drawn(page.locator("[data-map]:visible"))
    expect(page.locator(".ui-map-current").first).to_be_visible()
    picture(page, "arende-karta")
    expect(page.get_by_role("heading", name="Historik")).to_be_visible()


def test_6_the_routine_is_read_with_its_maps(enter: Callable[..., Page]) -> None:
    page = enter("samordnare")
    go(page, "Rutiner")
    page.get_by_role("link", name=ROUTINE).first.click()
    page.get_by_role("link", name="1 Remiss").first.click()
    expect(page.get_by_text("Bedöm om ärendet berör kommunerna", exact=True).first).to_be_visible()
    drawn(page.locator("[data-map]:visible"))
    page.get_by_role("list", name="Färger").evaluate("legend => legend.scrollIntoView()")
    picture(page, "rutin")


def test_7_the_structure_and_what_a_programme_area_lacks(enter: Callable[..., Page]) -> None:
    page = enter("samordnare")
    go(page, "Organisation")
    expect(page.get_by_role("heading", name="Västernorrlands län")).to_be_visible()
    picture(page, "organisation")
    page.get_by_role("searchbox", name="Sök").fill("psykisk hälsa")
    page.get_by_role("button", name="Visa").click()
    page.get_by_role("link", name="LPO psykisk hälsa").first.click()
    expect(page.get_by_role("table").filter(has_text="Ordförande").first).to_contain_text("LPO psykisk hälsa")
    picture(page, "organ")
    go(page, "Organisation")
    page.get_by_role("link", name="Följ upp programområden").click()
    expect(page.get_by_role("row").filter(has_text="Lokal").first).to_contain_text("16")
    picture(page, "programomraden")


def test_8_the_registry(enter: Callable[..., Page]) -> None:
    page = enter("registrator")
    go(page, "Diarium")
    expect(page.get_by_role("row").filter(has_text="RVN/5/").first).to_be_visible()
    picture(page, "diarium")


def test_9_the_statistics(enter: Callable[..., Page]) -> None:
    page = enter("samordnare")
    go(page, "Statistik")
    expect(page.get_by_role("heading", name="Ledtid per fas")).to_be_visible()
    picture(page, "statistik")


def test_10_the_same_in_the_dark_and_on_a_telephone(enter: Callable[..., Page]) -> None:
    dark = enter("lansledningen", Look(DESK, "dark"))
    expect(dark.get_by_role("heading", name="Mina uppgifter")).to_be_visible()
    picture(dark, "morkt-tema")
    phone = enter("lpo-aldres-halsa", Look(PHONE))
    expect(phone.get_by_role("row").filter(has_text=DEMENTIA)).to_be_visible()
    picture(phone, "telefon")


def test_11_a_municipality_has_its_own_decision_to_make(enter: Callable[..., Page]) -> None:
    page = enter("huvudman-ange")
    row = page.get_by_role("row").filter(has_text="svårläkta sår")
    expect(row.first).to_contain_text("Besluta om implementering hos huvudmannen")


def test_12_the_chain_and_one_goal_unit_by_unit(enter: Callable[..., Page]) -> None:
    page = enter("controller")
    go(page, "Styrning")
    expect(page.get_by_role("row").filter(has_text="Patienterna möter samma läkare")).to_contain_text("Kontinuitetsindex")
    picture(page, "styrning")
    page.get_by_role("link", name="Patienterna möter samma läkare").click()
    page.get_by_role("link", name="Enhet för enhet").click()
    expect(page.get_by_role("row").filter(has_text="Hälsocentralen Åre")).to_contain_text("1 av 2 delmål nådda")
    picture(page, "enhet-for-enhet")


def test_13_what_an_auditor_would_find(enter: Callable[..., Page]) -> None:
    page = enter("controller")
    page.goto("/kontroll/")
    expect(page.get_by_role("row").filter(has_text="Avtalet tecknat").first).to_contain_text("högre än mandatets gräns")
    picture(page, "revisionskontroll")


def test_14_an_answer_is_read_and_confirmed_beside_its_text(enter: Callable[..., Page]) -> None:
    page = enter("revisionssamordnare")
    page.goto("/granskningar/inlasta/nytt/")
    page.get_by_label("Vems svar det är").select_option(label="Hälso- och sjukvårdsnämnden i Jämtland Härjedalen")
    page.get_by_label("Fil").set_input_files(ANSWER)
    page.get_by_role("button", name="Läs in").click()
    expect(page.get_by_label("Vad som har granskats")).to_have_value("Ekonomisk strategi och planering")
    picture(page, "bekrafta-svar")


def wait_for_figures(page: Page, address: str, said: str) -> None:
    """The figures are generated beside the start; until then the indicator has a few values at most, and the page says something else of them."""
    for _second in range(FIGURES_SECONDS):
        page.goto(address)
        if page.get_by_text(said).count():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"no figures in {FIGURES_SECONDS} s")


def test_15_how_an_indicator_goes(enter: Callable[..., Page]) -> None:
    """The picture shows three years with a real change; without the generated figures there are the few values of the chain's own demonstration."""
    page = enter("controller")
    if REWRITTEN:
        wait_for_figures(page, "/indikatorer/fast-lakarkontakt/", "en verklig förbättring, inte slump")
    else:
        page.goto("/indikatorer/kontinuitetsindex-lakare/")
    page.get_by_role("heading", name="Utvecklingen").evaluate("heading => heading.scrollIntoView()")
    expect(page.locator("figure, svg").filter(visible=True).first).to_be_visible()
    picture(page, "indikator")
