"""The pages that coordinators live in, in Chromium: every appearance, drafts while typing, two at the same task, and everything without script."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from styrkedja.cases.models import Case
from styrkedja.ui import clock
from styrkedja.workflows.models import Draft, EventKind, HistoryEvent
from styrkedja.workflows.services import claim
from tests.browser.seeing import LOOKS, Look, in_every_look
from tests.factories.walks import AT_ASSESSMENT, OLD, REGISTERED, TO_STAFFING, World, item_of, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROUNDS = "Skäl för bedömningen"


@dataclass(frozen=True)
class Office:
    """The county with a case at step 3, one at step 4 and one at step 12; `sit_down` gives a page where somebody has signed in."""

    world: World
    registered: Case
    assessed: Case
    staffed: Case
    sit_down: Callable[..., Page]


@pytest.fixture
def office(open_page: Callable[..., Page], enter: Callable[[Page, str], None]) -> Office:
    world, at = make_world(), clock.now()
    cases = [world.walk(steps, at=at, subject=f"Vårdprogram: {name}") for steps, name in _ROADS]
    world.substitute("samordnare", OLD)

    def sit_down(username: str, look: Look = LOOKS[0], **options: object) -> Page:
        page = open_page(look, **options)
        enter(page, world.person(username).username)
        return page

    return Office(world, *cases, sit_down)


_ROADS = ((REGISTERED, "demens"), (AT_ASSESSMENT, "artros"), (TO_STAFFING, "obesitas hos barn och unga"))


def look_at(page: Page, address: str) -> None:
    page.goto(address)
    in_every_look(page)


def test_the_pages_of_work_in_every_appearance(office: Office) -> None:
    page = office.sit_down(OLD)
    task, staffing = item_of(office.assessed, "assess_municipal_relevance", OLD).pk, item_of(office.staffed, "propose_staffing").pk
    for address in ("/", "/?visa=forsenade", "/arenden/", "/arenden/?status=alla&q=artros", "/ersattare/"):
        look_at(page, address)
    for address in ("", "?historik=allt", "?fas=decision"):
        look_at(page, f"/arenden/{office.staffed.number}/{address}")
    for item in (task, staffing):
        look_at(page, f"/uppgifter/{item}/")
    for act in ("overlat", "datum", "bevakning"):
        look_at(page, f"/uppgifter/{task}/{act}/")


def test_the_pages_of_trouble_in_every_appearance(office: Office) -> None:
    """A form with faults, a step that somebody else has taken, one that is another's, and opening and writing off a case."""
    page, forward = office.sit_down(OLD), item_of(office.registered, "forward_consultation")
    look_at(page, f"/uppgifter/{forward.pk}/")
    page.get_by_role("button", name="Slutför").click()
    expect(page.locator("ds-error-summary")).to_be_focused()
    in_every_look(page)
    page.get_by_label("Meddelande").fill("Svara gärna före semestern.")
    page.get_by_label("LPO äldres hälsa").check()
    page.get_by_label("LPO som håller samman ärendet").select_option("LPO äldres hälsa")
    claim(actor=office.world.person("samordnare"), item_id=forward.pk, at=clock.now())
    page.get_by_role("button", name="Slutför").click()
    expect(page.get_by_role("heading", name="Någon annan hann före")).to_be_visible()
    expect(page.get_by_label("Meddelande")).to_have_value("Svara gärna före semestern.")
    in_every_look(page)
    coordinator = office.sit_down("kfvn-samordnare")
    look_at(coordinator, f"/uppgifter/{forward.pk}/")
    look_at(coordinator, "/arenden/nytt/")
    look_at(coordinator, f"/arenden/{office.registered.number}/avskriv/")


def test_what_one_types_is_kept_while_typing(office: Office) -> None:
    item = item_of(office.assessed, "assess_municipal_relevance", OLD)
    page = office.sit_down(OLD)
    page.goto(f"/uppgifter/{item.pk}/")
    page.get_by_label(GROUNDS).press_sequentially("Berör hemsjukvården")
    expect(page.get_by_text("Utkastet sparat kl.")).to_be_visible(timeout=15_000)
    assert Draft.objects.get().data == {"grounds": "Berör hemsjukvården"}
    page.get_by_label("Ja, kommunerna berörs").check()
    with page.expect_response(lambda answer: answer.url.endswith("/utkast/")):
        pass
    page.goto("/")
    page.goto(f"/uppgifter/{item.pk}/")
    expect(page.get_by_label(GROUNDS)).to_have_value("Berör hemsjukvården")
    expect(page.get_by_label("Ja, kommunerna berörs")).to_be_checked()
    page.get_by_role("button", name="Slutför").click()
    expect(page.get_by_text("Steg 4 är klart. Ärendet går vidare när övriga är klara. Steg 4 är nu hos LPO psykisk hälsa.")).to_be_visible()
    assert Draft.objects.count() == 0


def test_a_case_goes_from_the_inbox_through_a_step_without_script(office: Office) -> None:
    page = office.sit_down(OLD, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("row", name="Vårdprogram: artros").get_by_role("button", name="Ta uppgift").click()
    expect(page.get_by_role("button", name="Lämna tillbaka")).to_be_visible()
    page.get_by_label(GROUNDS).fill("Berör hemsjukvården")
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    expect(page.get_by_label(GROUNDS)).to_have_value("Berör hemsjukvården")
    page.get_by_label("Ja, kommunerna berörs").check()
    page.get_by_role("button", name="Slutför").click()
    expect(page.get_by_role("heading", name="Vårdprogram: artros", level=1)).to_be_visible()
    done = HistoryEvent.objects.filter(instance=office.assessed.instance_id, kind=EventKind.COMPLETED, item=OLD)
    assert [event.data for event in done] == [{"grounds": "Berör hemsjukvården"}]


def test_the_map_stands_beside_its_words(office: Office) -> None:
    page = office.sit_down(OLD)
    page.goto(f"/arenden/{office.assessed.number}/")
    expect(page.locator(".ui-step[aria-current=step]")).to_contain_text("Bedöm om ärendet berör kommunerna")
    shown = page.locator("#karta .ui-map").first
    shown.scroll_into_view_if_needed()
    expect(shown.locator("svg").first).to_be_visible()
