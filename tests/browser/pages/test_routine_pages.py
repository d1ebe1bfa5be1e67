"""The maps of the real routine and of a case in it, in Chromium: every appearance, their size, the keyboard, paper, and no script at all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from styrkedja.core.process.maps import drawn_maps
from styrkedja.core.process.reader import read
from styrkedja.ui import clock
from tests.browser.seeing import DESK, LOOKS, PHONE, Look, appear, in_every_look
from tests.factories.walks import PARKED, ROUTINE, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/rutiner/vasternorrland/vasternorrland_kunskapsstod/"
PHASES = ("consultation", "national_decision", "local", "decision", "implementation")
Sit = Callable[..., Page]


@pytest.fixture
def world(live_server) -> World:
    return make_world()


@pytest.fixture
def sit_down(world: World, open_page: Callable[..., Page], enter: Callable[[Page, str], None]) -> Sit:
    """A page where the coordinator has signed in."""

    def make(look: Look = LOOKS[0], **options: object) -> Page:
        page = open_page(look, **options)
        enter(page, world.person("samordnare").username)
        return page

    return make


def draw(page: Page) -> None:
    """Goes to each map that is in sight, so that it is drawn."""
    for box in page.locator("[data-map]:visible").all():
        box.scroll_into_view_if_needed()
        expect(box).to_have_attribute("data-map-ready", "true")


def shapes(page: Page) -> dict[str, set[str]]:
    """The elements that each map of the page shows, by diagram."""
    found: dict[str, list[str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-map]')].map((box) => [
            box.dataset.mapDiagram, [...box.querySelectorAll('.djs-shape')].map((shape) => shape.dataset.elementId)]))"""
    )
    return {diagram: {shape for shape in drawn if not shape.endswith("_label")} for diagram, drawn in found.items()}


def test_the_pages_of_a_routine_in_every_appearance(sit_down: Sit) -> None:
    page = sit_down()
    addresses = [
        "/rutiner/",
        PAGE,
        *(f"{PAGE}?flik={tab}" for tab in ("ordlista", "ledtider", "versioner")),
        *(f"{PAGE}?fas={p}" for p in PHASES),
    ]
    for address in addresses:
        page.goto(address)
        draw(page)
        in_every_look(page)


def test_a_case_on_its_map_in_every_appearance(world: World, sit_down: Sit) -> None:
    case = world.walk(PARKED, at=clock.now())
    for look in (Look(DESK), Look(PHONE)):
        page = sit_down(look)
        for query in ("", "?fas=consultation"):
            page.goto(f"/arenden/{case.number}/{query}")
            draw(page)
            in_every_look(page)
            appear(page, look)


def test_every_map_shows_the_nodes_of_its_drawing_in_their_own_size_without_scrolling(sit_down: Sit) -> None:
    page = sit_down(Look(DESK))
    source = ROUTINE.read_bytes()
    routine = read(source).routine
    assert routine is not None
    seen: dict[str, set[str]] = {}
    for phase in PHASES:
        page.goto(f"{PAGE}?fas={phase}")
        draw(page)
        seen |= {diagram: nodes & routine.nodes.keys() for diagram, nodes in shapes(page).items()}
        scrolls = page.evaluate("[...document.querySelectorAll('[data-map]')].map((box) => box.scrollWidth > box.clientWidth)")
        assert not any(scrolls)
        scales = page.evaluate(
            "[...document.querySelectorAll('.djs-container .viewport')].map((view) => view.transform.baseVal.consolidate()?.matrix.a ?? 1)"
        )
        assert scales == [1] * len(scales)
    assert seen == {drawn.id: {*drawn.nodes, *drawn.outside} for drawn in drawn_maps(source, routine)}
    assert len(seen) == 12


def test_on_a_telephone_the_map_scrolls_in_its_region_by_keyboard_and_keeps_its_mark_in_sight(sit_down: Sit) -> None:
    page = sit_down(Look(PHONE))
    page.goto(f"{PAGE}?fas=decision")
    region = page.get_by_role("region", name="Karta: Beslut")
    draw(page)
    region.focus()
    assert page.evaluate("document.activeElement.scrollLeft") == 0
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    mark, box = region.locator(".bjs-powered-by").bounding_box(), region.bounding_box()
    assert mark is not None
    assert box is not None
    assert box["x"] <= mark["x"]
    assert mark["x"] + mark["width"] <= box["x"] + box["width"] <= PHONE
    assert box["y"] <= mark["y"]
    assert mark["y"] + mark["height"] <= box["y"] + box["height"]


def test_one_file_is_fetched_once_for_all_maps_of_the_page(sit_down: Sit) -> None:
    page = sit_down()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if request.url.endswith(".bpmn") else None)
    page.goto(f"{PAGE}?fas=local")
    draw(page)
    assert page.locator("[data-map-ready=true]").count() == 5
    assert len(fetched) == 1


def test_a_link_in_the_list_leads_to_the_step_in_another_phase(sit_down: Sit) -> None:
    page = sit_down()
    page.goto(f"{PAGE}?fas=consultation")
    page.get_by_role("link", name="8 Invänta nationellt beslut").first.click()
    page.wait_for_url("**/?fas=national_decision#steg-await_national_decision")
    expect(page.locator("#steg-await_national_decision")).to_be_in_viewport()


def test_without_script_every_phase_is_reached_and_read(sit_down: Sit) -> None:
    page = sit_down(java_script_enabled=False)
    page.goto("/rutiner/")
    page.get_by_role("link", name="Kunskapsstöd inom kunskapsstyrning").click()
    for tab, first in (("1 Remiss", "Ta emot remissen"), ("4 Beslut", "Besluta om rekommendation till huvudmännen")):
        page.get_by_role("navigation", name="Rutinens delar").get_by_role("link", name=tab).click()
        expect(page.get_by_role("listitem").filter(has_text=first).first).to_be_visible()
    expect(page.locator("[data-map]")).to_contain_text("Kartan ritas med JavaScript")
    assert page.locator("[data-map-tools]:visible").count() == 0


def test_the_whole_routine_fits_on_paper(sit_down: Sit) -> None:
    page = sit_down(Look(700))
    page.goto(f"{PAGE}?utskrift=1")
    expect(page.locator("[data-map-ready=true]")).to_have_count(12, timeout=30_000)
    page.emulate_media(media="print")
    widths = page.evaluate("[...document.querySelectorAll('[data-map]')].map((box) => box.getBoundingClientRect().right)")
    assert max(widths) <= 700
    expect(page.get_by_role("button", name="Förstora")).to_have_count(0)
    expect(page.get_by_text("RVN diarieför och skickar till sin samordnare för kunskapsstyrning.")).to_be_visible()


def test_a_case_is_shown_where_it_stands_and_how_it_got_there(world: World, sit_down: Sit) -> None:
    case = world.walk(PARKED, at=clock.now())
    page = sit_down()
    page.goto(f"/arenden/{case.number}/")
    draw(page)
    here = page.locator("#karta-phase_local_1")
    expect(here.locator("[data-element-id=until_reconsideration]")).to_contain_class("ui-map-current")
    expect(here.locator("[data-element-id=prioritise]")).to_contain_class("ui-map-done")
    expect(here.locator(".ui-map__badge--current")).to_have_text("11aväntar till 1 mar 2027")
    expect(here.locator(".ui-map__badge--done").first).to_have_text("10klar")
    assert page.locator("[data-map]:visible").count() == 1
    page.get_by_text("Lokal hantering, steg 13–14", exact=True).click()
    expect(page.locator("#karta-phase_local_2")).to_have_attribute("data-map-ready", "true")
    page.get_by_role("navigation", name="Faser på kartan").get_by_role("link", name="1 Remiss").click()
    page.wait_for_url("**/?fas=consultation#karta")
    draw(page)
    expect(page.locator("#karta-phase_consultation_1 .ui-map__badge--done").first).to_have_text("1klar")
