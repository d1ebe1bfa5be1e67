"""The indicators' pages in Chromium: in the four appearances, by keyboard and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from styrkedja.accounts.models import User
from tests.browser.seeing import PHONE, Look, axe, in_every_look, no_sideways_scroll
from tests.factories.accounts import make_user
from tests.factories.counties import body, hold, seat
from tests.factories.observations import monthly_index, observe, observe_years, read_in
from tests.factories.steering import make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEVEL = (0.36, 0.38, 0.35, 0.37, 0.39, 0.36, 0.35, 0.38, 0.37, 0.36, 0.38, 0.37, 0.36)
RISE = (0.41, 0.42, 0.43, 0.42, 0.44, 0.45, 0.44, 0.46)


@pytest.fixture
def analyst(db: None) -> User:
    """Works for the region; an index that has risen, and one that is only fetched."""
    county = make_region()
    index = monthly_index()
    for role in ("region", "forvaltningen", "primarvarden", "alen"):
        observe(index, body(county, role), [*LEVEL, *RISE])
    observe(index, body(county, "arnas"), [*RISE[::-1], *LEVEL])
    observe(index, body(county, "odeborg"), [*LEVEL, None, 0.4])
    rate = read_in("hembesok-per-1000")
    observe(rate, body(county, "region"), [41.0 + number for number in range(20)])
    trust = read_in("fortroende-vardcentral")
    observe_years(trust, body(county, "region"), [58.0, 60.0, 57.0, 61.0, 62.0], source="kolada:U70455")
    share = read_in("medicinsk-bedomning-tre-dagar")
    for number, (role, value) in enumerate((("alen", 90.0), ("arnas", 84.0), ("odeborg", 60.0), ("primarvarden", 80.0)), 1):
        observe(share, body(county, role), [value + 1, value - 1, value], numerator=value * 4 * number, denominator=400 * number)
    found = make_user("analytiker", name="Analytiker")
    hold(found, seat(county, "region", "COORDINATOR"))
    return found


ADDRESSES = {
    "list": "/indikatorer/",
    "page": "/indikatorer/kontinuitetsindex-lakare/",
    "department": "/indikatorer/kontinuitetsindex-lakare/?enhet=primarvarden-exempellan",
    "today": "/indikatorer/kontinuitetsindex-lakare/?enhet=primarvarden-exempellan&struktur=idag",
    "rolling": "/indikatorer/hembesok-per-1000/",
    "beside": "/indikatorer/medicinsk-bedomning-tre-dagar/?enhet=primarvarden-exempellan",
    "ready": "/indikatorer/fortroende-vardcentral/",
    "analysis": "/indikatorer/analys/?indikator=kontinuitetsindex-lakare&med=fortroende-vardcentral&inom=primarvarden-exempellan&niva=UNIT",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_pages_in_every_appearance(
    name: str, analyst: User, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page()
    enter(page, "analytiker")
    page.goto(ADDRESSES[name])
    in_every_look(page)


def test_from_region_to_unit_by_keyboard_without_script(
    analyst: User, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page(Look(PHONE), java_script_enabled=False)
    enter(page, "analytiker")
    page.goto(ADDRESSES["page"])
    for name in ("Hälso- och sjukvårdsförvaltningen", "Primärvården", "Ålens hälsocentral"):
        page.get_by_role("link", name=name).press("Enter")
        expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="Nedbrytning")).to_have_count(0)
    page.locator("summary", has_text="Värdena som tabell").press("Enter")
    expect(page.get_by_role("cell", name="okt 2026")).to_be_visible()
    no_sideways_scroll(page)


def test_the_analysis_changes_in_place_with_script_and_by_its_button_without(
    analyst: User, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    with_script, without = open_page(), open_page(Look(PHONE), java_script_enabled=False)
    for page in (with_script, without):
        enter(page, "analytiker")
        page.goto(ADDRESSES["page"])
        page.get_by_role("link", name="Analysera").click()
        page.get_by_label("Nivå").focus()
        page.get_by_label("Nivå").select_option("UNIT")
    without.get_by_role("button", name="Visa").click()
    for page in (with_script, without):
        expect(page.locator("#analys-lage")).to_contain_text("3 serier inom Region Exempellän")
        expect(page.get_by_role("img", name="Kontinuitetsindex, läkare")).to_have_count(1)
        assert "niva=UNIT" in page.url
        assert "=&" not in f"{page.url}&"
    expect(with_script.get_by_label("Nivå")).to_be_focused()
    with_script.go_back()
    expect(with_script.get_by_label("Nivå")).to_have_value("")


def test_the_chart_is_told_to_who_does_not_see_it(analyst: User, page: Page, enter: Callable[[Page, str], None]) -> None:
    enter(page, "analytiker")
    page.goto(ADDRESSES["page"])
    chart = page.get_by_role("img", name="Kontinuitetsindex, läkare, Region Exempellän")
    expect(chart).to_have_count(1)
    expect(chart).to_have_accessible_description("Det senaste värdet ligger över den övre styrgränsen: en verklig förbättring, inte slump.")
    axe(page)
