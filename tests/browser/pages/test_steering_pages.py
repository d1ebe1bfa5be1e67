"""The pages of the chain and of its controls in Chromium: in the four appearances, without script and on paper."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from styrkedja.accounts.models import User
from styrkedja.controls.models import Finding
from styrkedja.controls.services import run_controls
from styrkedja.decisions.services import Grounds, give_mandate, record_decision_outside
from styrkedja.effects.models import EffectEstimate
from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal
from styrkedja.ui.clock import now
from tests.apps.chain.conftest import county, every_kind  # noqa: F401  the same small chain
from tests.browser.seeing import Look, in_every_look
from tests.factories.accounts import make_user
from tests.factories.counties import body, hold, seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[[Page, str], None]
ADDRESSES = (
    "/styrning/",
    "/styrning/mal/",
    "/styrning/mandat/",
    "/styrning/mandat/inkop/",
    "/styrning/beslut/inkop-2026/",
    "/styrning/action/fast-kontakt/",
    "/styrning/goal/kontinuitet/sida-vid-sida/",
    "/styrning/nytt/estimate/?action=fast-kontakt",
    "/styrning/document/regionplan/nasta-ar/",
    "/styrning/hemtagning/?manad={month}",
    "/styrning/inlasning/",
    "/kontroll/",
    "/kontroll/fragor/",
    "/kontroll/{finding}/",
)


@pytest.fixture
def controller(every_kind: Goal) -> User:  # noqa: F811
    found = make_user("controller", name="Controller")
    for function in ("CHAIR", "CONTROLLER"):
        hold(found, seat(every_kind.county, "styrelsen", function))
    return found


@pytest.fixture
def addresses(controller: User, county: County) -> list[str]:  # noqa: F811
    board = body(county, "styrelsen")
    said = {"level": "POLITICAL", "subject": "ekonomi.inköp", "amount_limit": 1_000_000_00, "body": board, "given_by": board}
    mandate = give_mandate(actor=None, key="inkop", title="Inköp", at=now(), **said)
    grounds = Grounds("POLITICAL", "ekonomi.inköp", amount=2_000_000_00, mandate=mandate)
    about = {
        "body": board,
        "registry_number": "RS/12/2026",
        "decided_on": date(2026, 3, 25),
        "paragraph": "39",
        "text": "Inköpen samordnas.",
    }
    decision = record_decision_outside(actor=None, key="inkop-2026", grounds=grounds, is_history=True, at=now(), **about)
    EffectEstimate.objects.update(decision=decision)
    run_controls(actor=None, at=now())
    return [one.format(month=f"{now():%Y}-01", finding=Finding.objects.earliest("pk").pk) for one in ADDRESSES]


def test_the_pages_in_every_appearance(addresses: list[str], open_page: Callable[..., Page], enter: Enter) -> None:
    page = open_page()
    enter(page, "controller")
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.ok, address
        in_every_look(page)


def test_a_goal_is_changed_without_script_and_what_is_vague_is_told(
    addresses: list[str], open_page: Callable[..., Page], enter: Enter
) -> None:
    page = open_page(Look(320), java_script_enabled=False)
    enter(page, "controller")
    page.goto("/styrning/goal/kontinuitet/")
    page.get_by_role("link", name="Ändra mål").press("Enter")
    page.get_by_label("Beskrivning").fill("Vi arbetar för fler fasta kontakter.")
    page.get_by_role("button", name="Spara").press("Enter")
    expect(page.get_by_text("Ändringen är sparad.")).to_be_visible()
    expect(page.get_by_text("Formuleringar att se över")).to_be_visible()
    assert Goal.objects.get(key="kontinuitet").text == "Vi arbetar för fler fasta kontakter."


def test_the_side_by_side_page_on_paper_is_its_units_alone(addresses: list[str], page: Page, enter: Enter) -> None:
    enter(page, "controller")
    page.goto("/styrning/goal/kontinuitet/sida-vid-sida/")
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_text("Ålens hälsocentral")).to_be_visible()
