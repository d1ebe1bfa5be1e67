"""The pages of the structure in Chromium: with the real counties, in the four appearances, by keyboard and without script."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Seat
from styrkedja.organisations.services import load_county, load_national
from tests.apps.organisations import files
from tests.browser.seeing import PHONE, Look, axe, in_every_look, no_sideways_scroll
from tests.factories.accounts import make_user
from tests.factories.counties import hold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOADED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def coordinator(db: None) -> User:
    """Both counties, with a chair and an expert in one programme area, and the coordinator of Västernorrland."""
    load_national(actor=None, national=files.national(), at=LOADED)
    for values in (files.vasternorrland(), files.jamtland()):
        load_county(actor=None, values=values, at=LOADED)
    found = make_user("samordnare", name="Samordnare")
    hold(found, Seat.objects.get(body__key="region-vasternorrland", function="COORDINATOR"))
    for function, name in (("CHAIR", "Ordförande, LPO psykisk hälsa"), ("EXPERT", "Sakkunnig, LPO psykisk hälsa")):
        seat = Seat.objects.get(body__key="lpo-psykisk-halsa", function=function)
        hold(make_user(function.lower(), name=name), seat, valid_from=date(2026, 1, 1))
    return found


ADDRESSES = {
    "tree": "/organisation/?lan=vasternorrland",
    "search": "/organisation/?lan=vasternorrland&q=stroke",
    "earlier": "/organisation/?lan=vasternorrland&datum=2026-01-01",
    "body": "/organisation/lpo-psykisk-halsa/",
    "national": "/organisation/npo-psykisk-halsa/",
    "halland": "/organisation/region-halland/",
    "follow-up": "/organisation/uppfoljning/?lan=vasternorrland",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_pages_in_every_appearance(
    name: str, coordinator: User, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page()
    enter(page, "samordnare")
    page.goto(ADDRESSES[name])
    in_every_look(page)


def test_the_tree_opens_and_closes_by_keyboard_and_without_script(
    coordinator: User, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page(java_script_enabled=False)
    enter(page, "samordnare")
    page.goto(ADDRESSES["tree"])
    link = page.get_by_role("link", name="LPO psykisk hälsa")
    expect(link).to_be_hidden()
    summary = page.locator("summary", has_text="Lokala programområden (LPO)")
    summary.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Enter")
    expect(link).to_be_hidden()


def test_a_search_opens_what_it_found(coordinator: User, page: Page, enter: Callable[[Page, str], None]) -> None:
    enter(page, "samordnare")
    page.goto("/organisation/")
    page.get_by_label("Sök organ eller delområde").fill("stroke")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="LPO medicin och hjärtsjukdomar")).to_be_visible()
    expect(page.get_by_role("link", name="LPO kirurgi")).to_have_count(0)


def test_somebody_is_appointed_and_leaves_by_keyboard(
    coordinator: User, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page(Look(PHONE))
    enter(page, "samordnare")
    page.goto("/organisation/lpo-psykisk-halsa/")
    page.get_by_role("link", name="Utse Processledare").press("Enter")
    axe(page)
    page.get_by_role("button", name="Utse").press("Enter")
    expect(page.locator("ds-error-summary")).to_be_focused()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Konto").select_option("expert")
    page.get_by_role("button", name="Utse").press("Enter")
    expect(page.get_by_text("Sakkunnig, LPO psykisk hälsa är utsedd till Processledare.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Avsluta ?: Sakkunnig, LPO psykisk hälsa, Processledare")).press("Enter")
    axe(page)
    page.get_by_role("button", name="Avsluta").press("Enter")
    expect(page.get_by_text("Sakkunnig, LPO psykisk hälsa lämnar platsen Processledare.")).to_be_visible()
    axe(page)


def test_the_follow_up_on_paper_is_its_tables_alone(coordinator: User, page: Page, enter: Callable[[Page, str], None]) -> None:
    enter(page, "samordnare")
    page.goto(ADDRESSES["follow-up"])
    expect(page.get_by_text("Västernorrlands län", exact=True).last).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("Västernorrlands län", exact=True).last).to_be_visible()
    for hidden in (page.get_by_role("search"), page.get_by_role("link", name="Hämta som CSV"), page.get_by_role("banner")):
        expect(hidden).to_be_hidden()
    expect(page.get_by_role("cell", name="LPO ortopedi")).to_be_visible()
