from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import LOOKS, PHONE, Look, axe, no_sideways_scroll, whole_look
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.apps.ui.kit")]
PASSWORD = "ett-langt-losenord"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_component_in_every_appearance(open_page: Callable[..., Page], look: Look) -> None:
    page = open_page(look)
    page.goto("/kit/")
    page.locator("[data-map-ready=true]").wait_for()
    page.get_by_text("Visa siffrorna som tabell").click()
    no_sideways_scroll(page)
    axe(page)
    page.get_by_role("button", name="Slutför steget").click()
    expect(page.locator("ds-error-summary")).to_be_focused()
    no_sideways_scroll(page)
    axe(page)


@pytest.mark.parametrize("address", ["/tillganglighet/", "/konto/logga-in/"])
def test_plain_pages_in_every_appearance(open_page: Callable[..., Page], address: str) -> None:
    whole_look(open_page, lambda page: page.goto(address))


def test_the_summary_has_the_focus_without_script_too(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/kit/")
    page.get_by_role("button", name="Slutför steget").click()
    expect(page.locator("ds-error-summary")).to_be_focused()


def test_the_summary_leads_to_the_field(page: Page) -> None:
    page.goto("/kit/")
    page.get_by_role("button", name="Slutför steget").click()
    page.get_by_role("link", name="Berör ärendet kommunerna?: Detta fält måste fyllas i.").click()
    expect(page.get_by_role("radio", name="Ja")).to_be_focused()


def test_the_counter_counts_in_swedish(page: Page) -> None:
    page.goto("/kit/")
    page.get_by_label("Skäl").fill("x" * 498)
    counter = page.locator("[data-field=counter]")
    expect(counter).to_have_attribute("data-label", "2 tecken kvar")
    page.get_by_label("Skäl").fill("x" * 503)
    expect(counter).to_have_attribute("data-label", "3 tecken för mycket")


def test_a_row_is_added_in_place(page: Page) -> None:
    page.goto("/kit/")
    page.get_by_label("Rad 3, Aktivitet").fill("Utbilda")
    page.get_by_role("button", name="Fler rader").click()
    added = page.get_by_label("Rad 4, Aktivitet")
    expect(added).to_be_focused()
    expect(added).to_have_value("")
    expect(added).to_have_attribute("name", "plan-3-activity")
    expect(added).to_have_attribute("id", "id_plan-3-activity")
    expect(page.get_by_label("Rad 3, Aktivitet")).to_have_value("Utbilda")
    axe(page)


def test_rows_come_without_script_and_what_was_typed_stays(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/kit/")
    page.get_by_label("Ärendemening").fill("Stroke")
    page.get_by_label("Rad 1, Aktivitet").fill("Utbilda")
    page.get_by_role("button", name="Fler rader").click()
    expect(page.get_by_label("Ärendemening")).to_have_value("Stroke")
    expect(page.get_by_label("Rad 1, Aktivitet")).to_have_value("Utbilda")
    expect(page.locator("tbody tr").filter(has=page.get_by_label("Aktivitet"))).to_have_count(6)
    expect(page.locator("ds-error-summary")).to_have_count(0)


def test_a_row_of_a_stacked_table_is_still_a_row(open_page: Callable[..., Page]) -> None:
    page = open_page(Look(PHONE))
    page.goto("/kit/")
    table = page.get_by_role("table", name="Uppgifter att göra")
    expect(table.get_by_role("row")).to_have_count(5)
    expect(table.get_by_role("cell", name="Försenad")).to_be_visible()


def test_a_table_is_a_stop_for_the_tab_key_only_when_it_scrolls(page: Page) -> None:
    page.goto("/kit/")
    frame = page.get_by_role("region", name="Uppgifter att göra")
    expect(frame).not_to_have_attribute("tabindex", "0")
    frame.evaluate("frame => { frame.style.width = '200px' }")
    expect(frame).to_have_attribute("tabindex", "0")


def test_the_menu_opens_and_closes_with_the_keyboard_on_a_telephone(open_page: Callable[..., Page], sign_in) -> None:
    make_user("samordnare", password=PASSWORD)
    page = open_page(Look(PHONE))
    sign_in(page, "samordnare", PASSWORD)
    page.goto("/kit/")
    button = page.locator(".ui-menu--main > summary")
    button.press("Enter")
    expect(page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Rutiner")).to_have_attribute("aria-current", "page")
    axe(page)
    no_sideways_scroll(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_map_shows_where_the_case_stands_and_lets_the_page_scroll(page: Page) -> None:
    page.goto("/kit/")
    page.locator("[data-map-ready=true]").wait_for()
    expect(page.locator("[data-element-id=assess]")).to_have_class("djs-element djs-shape ui-map-current")
    expect(page.locator(".ui-map__badge--current")).to_have_text("2")
    expect(page.locator(".ui-map__badge--done")).to_have_text("✓")
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    page.locator(".ui-map").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.locator(".ui-map").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY !== before", arg=before)


def test_the_maps_buttons_enlarge_and_restore(page: Page) -> None:
    page.goto("/kit/")
    page.locator("[data-map-ready=true]").wait_for()
    width = "document.querySelector('[data-element-id=assess]').getBoundingClientRect().width"
    first = page.evaluate(width)
    page.get_by_role("button", name="Förstora").click()
    assert page.evaluate(width) == pytest.approx(first * 1.25, rel=0.05)
    page.get_by_role("button", name="Återställ").click()
    assert page.evaluate(width) == pytest.approx(first, rel=0.02)


def test_a_map_that_cannot_be_drawn_leaves_no_empty_box(page: Page) -> None:
    page.route("**/karta.bpmn", lambda route: route.fulfill(status=200, body="inte bpmn"))
    page.goto("/kit/")
    expect(page.locator("[data-map-ready=failed]")).to_be_hidden()


def test_htmx_is_there_and_writes_no_style_of_its_own(page: Page) -> None:
    page.goto("/kit/")
    assert page.evaluate("[htmx.config.includeIndicatorStyles, htmx.config.allowEval, document.querySelectorAll('style').length]") == [
        False,
        False,
        0,
    ]
