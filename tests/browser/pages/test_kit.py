from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from styrkedja.ui import appearance
from tests.browser.seeing import LOOKS, PHONE, Look, axe, in_every_look, no_sideways_scroll
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.apps.ui.kit")]


def see_map(page: Page) -> None:
    """A map is drawn when it comes near."""
    page.locator("#karta").scroll_into_view_if_needed()
    page.locator("#karta[data-map-ready=true]").wait_for()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_component_in_every_appearance(open_page: Callable[..., Page], look: Look) -> None:
    page = open_page(look)
    page.goto("/kit/")
    see_map(page)
    page.get_by_text("Visa siffrorna som tabell").click()
    no_sideways_scroll(page)
    axe(page)
    page.get_by_role("button", name="Slutför steget").click()
    expect(page.locator("ds-error-summary")).to_be_focused()
    no_sideways_scroll(page)
    axe(page)


@pytest.mark.parametrize("address", ["/tillganglighet/", "/konto/logga-in/"])
def test_plain_pages_in_every_appearance(open_page: Callable[..., Page], address: str) -> None:
    page = open_page()
    page.goto(address)
    in_every_look(page)


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


def test_many_boxes_are_searched_and_the_chosen_stay_first(page: Page) -> None:
    page.goto("/kit/")
    units = page.get_by_role("group", name="Enheter")
    boxes, search = units.get_by_role("checkbox"), units.get_by_role("searchbox", name="Sök i listan")
    expect(boxes).to_have_count(20)
    search.fill("hälsocentralen åle")
    expect(boxes).to_have_count(2)
    expect(boxes.first).to_have_accessible_name("Avdelning 15, Sjukhusen")
    expect(units.get_by_role("status")).to_have_text("2 av 20 visas.")
    units.get_by_label("Hälsocentralen Ålen").check()
    search.fill("PRIMÄR")
    expect(boxes).to_have_count(6)
    expect(boxes.first).to_have_accessible_name("Hälsocentralen Ålen, Primärvården")
    expect(units.get_by_text("Sjukhusen", exact=True)).to_be_hidden()
    axe(page)
    search.press("Enter")
    expect(page.locator("ds-error-summary")).to_have_count(0)
    search.fill("")
    expect(boxes).to_have_count(20)


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


def test_the_menu_opens_and_closes_with_the_keyboard_on_a_telephone(open_page: Callable[..., Page], enter) -> None:
    make_user("samordnare")
    page = open_page(Look(PHONE))
    enter(page, "samordnare")
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
    see_map(page)
    expect(page.locator("[data-element-id=assess]")).to_contain_class("ui-map-current")
    expect(page.locator(".ui-map__badge--current")).to_have_text("4här nu")
    expect(page.locator(".ui-map__badge--done")).to_have_text("klar")
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    page.locator("#karta").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.locator("#karta").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY !== before", arg=before)


def test_the_map_has_its_own_size_and_its_buttons_change_it(page: Page) -> None:
    page.goto("/kit/")
    see_map(page)
    width = "document.querySelector('[data-element-id=assess] rect').getBoundingClientRect().width"
    assert page.evaluate(width) == pytest.approx(140, abs=1)
    page.get_by_role("button", name="Förstora").click()
    assert page.evaluate(width) == pytest.approx(175, abs=1)
    page.get_by_role("button", name="Återställ").click()
    assert page.evaluate(width) == pytest.approx(140, abs=1)
    page.get_by_role("button", name="Förminska").click()
    assert page.evaluate(width) == pytest.approx(112, abs=1)


def test_a_map_is_one_picture_to_a_screen_reader(page: Page) -> None:
    page.goto("/kit/")
    see_map(page)
    region = page.get_by_role("region", name="Karta över rutinen")
    expect(region.get_by_role("img", name="Karta över rutinen")).to_have_count(1)
    expect(page.locator(".djs-overlay-container")).to_have_attribute("aria-hidden", "true")


def test_a_map_that_cannot_be_drawn_leaves_no_empty_box_but_a_word(page: Page) -> None:
    page.route("**/karta.bpmn", lambda route: route.fulfill(status=200, body="inte bpmn"))
    page.goto("/kit/")
    page.get_by_text("Visa siffrorna som tabell").scroll_into_view_if_needed()
    expect(page.locator("[data-map-failed=karta]")).to_have_text("Kartan kunde inte ritas. Allt som den visar står också i listan.")
    expect(page.locator("#karta[data-map-ready=failed]")).to_be_hidden()


def test_a_map_in_a_fold_is_drawn_when_the_fold_is_opened(page: Page) -> None:
    page.goto("/kit/")
    see_map(page)
    page.get_by_text("En karta till").click()
    page.locator("#karta-2[data-map-ready=true]").wait_for()
    width = "document.querySelector('#karta-2 [data-element-id=assess] rect').getBoundingClientRect().width"
    assert page.evaluate(width) == pytest.approx(140, abs=1)


def test_without_script_the_place_of_the_map_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/kit/")
    expect(page.get_by_role("region", name="Karta över rutinen")).to_contain_text("Kartan ritas med JavaScript")
    expect(page.get_by_role("button", name="Förstora")).to_have_count(0)


def test_htmx_is_there_and_writes_no_style_of_its_own(page: Page) -> None:
    page.goto("/kit/")
    assert page.evaluate("[htmx.config.includeIndicatorStyles, htmx.config.allowEval, document.querySelectorAll('style').length]") == [
        False,
        False,
        0,
    ]


@pytest.mark.parametrize("wish", ["dark", "auto"])
def test_paper_is_light_and_without_what_cannot_be_used_on_it(open_page: Callable[..., Page], live_server, wish: str) -> None:
    """Whether the reader has chosen dark or the system has."""
    page = open_page(Look(scheme="dark"))
    page.context.add_cookies([{"name": appearance.COOKIE, "value": wish, "url": live_server.url}])
    page.goto("/kit/")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) != "rgb(255, 255, 255)"
    filters = page.get_by_role("search", name="Filtrera uppgifter")
    expect(filters).to_be_visible()
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    ink = page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).map(Number)")
    assert max(ink) < 100
    for hidden in (
        filters,
        page.get_by_role("search", name="Sök uppgift"),
        page.get_by_role("banner"),
        page.get_by_role("button", name="Slutför steget"),
    ):
        expect(hidden).to_be_hidden()
    expect(page.get_by_role("table", name="Uppgifter att göra")).to_be_visible()
