"""The statistics page and the page that moves cases between versions, in four appearances, without script and by keyboard."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from styrkedja.accounts.models import User
from styrkedja.cases.services import open_case
from styrkedja.organisations.models import County
from styrkedja.workflows.models import ItemState, WorkItem
from styrkedja.workflows.services import claim
from tests.browser.seeing import in_every_look
from tests.factories.accounts import make_user
from tests.factories.counties import hold, make_county, seat
from tests.factories.moving import do, revise
from tests.factories.workflows import make_lead_time, open_item, publish, straight_routine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOVE = "/rutiner/exempellan/prov/flytta/"
STEPS = tuple(f"step{number}" for number in range(1, 15))


@pytest.fixture
def county() -> County:
    """Two cases in a routine of 14 steps: one has ended, one is late at its fourth step. Version 2 has a new step and lacks one."""
    county = make_county()
    coordinator = make_user("samordnare")
    registrar = make_user("registrator")
    hold(coordinator, seat(county, "region", "COORDINATOR"))
    hold(registrar, seat(county, "region", "REGISTRAR"))
    make_lead_time(county, "4", 3)
    definition = publish(county, straight_routine(county, *STEPS))
    begin = datetime.now(tz=UTC) - timedelta(days=60)  # noqa: TID251 - the page itself reads the clock
    for steps in (STEPS, STEPS[:3]):
        walk(registrar, county, definition, steps, begin)
    revise(county, straight_routine(county, "step1", "new", "step2", *STEPS[3:]), 2)
    return county


def walk(registrar: User, county: County, definition: object, steps: tuple[str, ...], begin: datetime) -> None:
    case = open_case(actor=registrar, county=county, definition=definition, subject="Vård vid stroke", givens={}, at=begin)
    for day, step in enumerate(steps, 1):
        claim(actor=registrar, item_id=open_item(case.instance, str(day)).pk, at=begin + timedelta(days=2 * day - 1))
        do(registrar, case.instance, step, at=begin + timedelta(days=2 * day))


def unfold(page: Page) -> None:
    """Opens every fold of the page."""
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()


def test_the_statistics_page_in_every_appearance(
    county: County, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page()
    enter(page, "samordnare")
    page.goto("/statistik/")
    unfold(page)
    in_every_look(page)


def test_the_page_that_moves_cases_in_every_appearance(
    county: County, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page()
    enter(page, "samordnare")
    page.goto(MOVE)
    unfold(page)
    in_every_look(page)


def test_cases_are_moved_and_moved_back_by_keyboard_without_script(
    county: County, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page(java_script_enabled=False)
    enter(page, "samordnare")
    page.goto(MOVE)
    page.get_by_role("button", name="Flytta de valda till version 2").press("Enter")
    expect(page.get_by_text("1 ärende flyttades.")).to_be_visible()
    assert list(WorkItem.objects.filter(state=ItemState.OPEN).values_list("node_id", flat=True)) == ["new"]
    page.get_by_role("link", name="Återta flyttar").press("Enter")
    page.get_by_role("button", name="Återta de valda flyttarna").press("Enter")
    expect(page.get_by_text("1 ärende flyttades.")).to_be_visible()
    assert list(WorkItem.objects.filter(state=ItemState.OPEN).values_list("node_id", flat=True)) == ["step4"]


def test_a_table_of_the_statistics_is_fetched_as_a_file(
    county: County, open_page: Callable[..., Page], enter: Callable[[Page, str], None]
) -> None:
    page = open_page()
    enter(page, "samordnare")
    page.goto("/statistik/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Hämta Ledtid per steg som CSV-fil").click()
    assert waiting.value.suggested_filename.startswith("statistik-steg-")
    lines = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("1;Steg step1;2;")
    assert len(lines) == 1 + len(STEPS)
