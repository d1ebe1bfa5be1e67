from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from styrkedja.accounts.models import User
from tests.browser.seeing import LOOKS, Look, axe, no_sideways_scroll, require_browser
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.apps.ui.kit")]
PASSWORD = "ett-langt-losenord"
NAME = "Samordnare för kunskapsstyrning, Region Västernorrland"


@pytest.fixture
def account() -> User:
    return make_user("samordnare", name=NAME, password=PASSWORD)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_sign_in_and_my_account_in_every_appearance(open_page: Callable[..., Page], sign_in, account: User, look: Look) -> None:
    page = open_page(look)
    page.goto("/konto/logga-in/")
    no_sideways_scroll(page)
    axe(page)
    sign_in(page, "samordnare", PASSWORD)
    for address in (
        "/konto/",
        "/konto/losenord/",
        "/konto/tvasteg/",
        "/konto/tvasteg/app/",
        "/konto/tvasteg/nycklar/",
        "/tillganglighet/",
        "/handbok/",
        "/handbok/01-komma-igang/",
        "/handbok/11-systemforvaltaren/",
    ):
        page.goto(address)
        no_sideways_scroll(page)
        axe(page)
    page.locator(".ui-menu--account > summary").click()
    no_sideways_scroll(page)
    axe(page)


def test_sign_in_with_the_keyboard_alone(page: Page, account: User) -> None:
    page.goto("/konto/logga-in/?next=/konto/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Användarnamn")).to_be_focused()
    page.keyboard.type("samordnare")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mitt konto")).to_be_visible()


def test_a_wrong_password_brings_the_focus_to_the_summary(page: Page, account: User) -> None:
    page.goto("/konto/logga-in/")
    page.get_by_label("Användarnamn").fill("samordnare")
    page.get_by_label("Lösenord", exact=True).fill("fel")
    page.keyboard.press("Enter")
    expect(page.locator("ds-error-summary")).to_be_focused()
    expect(page).to_have_title("Fel: Logga in – Styrkedja")
    axe(page)


def test_sign_in_works_without_script(open_page: Callable[..., Page], account: User) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/konto/logga-in/?next=/konto/")
    page.get_by_label("Användarnamn").fill("samordnare")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("heading", name="Mitt konto")).to_be_visible()
    page.locator(".ui-menu--account > summary").click()
    page.get_by_role("group", name="Tema").first.get_by_role("button", name="Mörkt").click()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    expect(page.get_by_role("heading", name="Mitt konto")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_theme_wins_over_the_systems(open_page: Callable[..., Page], live_server, scheme: str) -> None:
    page = open_page(Look(scheme="dark" if scheme == "light" else "light"))
    page.context.add_cookies([{"name": "tema", "value": scheme, "url": live_server.url}])
    page.goto("/konto/logga-in/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(243, 244, 244)", "dark": "rgb(26, 32, 37)"}[scheme]
    axe(page)


def test_a_key_is_added_and_then_enough_to_sign_in(page: Page, sign_in, account: User) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, "samordnare", PASSWORD)
    page.goto("/konto/tvasteg/nycklar/ny/")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    expect(page.get_by_label("Nyckelns namn")).to_have_value("Nyckel 1")
    page.get_by_label("Logga in utan lösenord").check()
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("heading", name="Reservkoder")).to_be_visible()
    page.goto("/konto/tvasteg/nycklar/")
    expect(page.get_by_role("cell", name="Nyckel 1 utan lösenord")).to_be_visible()
    axe(page)
    page.locator(".ui-menu--account > summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.goto("/konto/logga-in/?next=/konto/")
    page.get_by_role("button", name="Logga in med säkerhetsnyckel").click()
    expect(page.get_by_role("heading", name="Mitt konto")).to_be_visible()


def test_trouble_with_a_key_is_told_on_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    # The question is broken off at once, as when one presses Cancel.
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('avbruten', 'NotAllowedError'))")
    page.goto("/konto/logga-in/")
    page.get_by_role("button", name="Logga in med säkerhetsnyckel").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Nyckeln kunde inte användas.")


def test_a_missing_browser_is_told_in_one_line() -> None:
    with pytest.raises(pytest.fail.Exception) as told:
        require_browser(Path("/finns/inte/chromium"))
    assert str(told.value) == (
        "Webbläsaren /finns/inte/chromium saknas. Installera den med apt-get install chromium, eller ange sökvägen i CHROMIUM."
    )


def test_files_that_are_not_built_are_told_in_one_line() -> None:
    with pytest.raises(pytest.fail.Exception) as told:
        require_browser(vendor=Path("/finns/inte/app.css"))
    assert str(told.value) == "Gränssnittets filer är inte byggda. Kör .venv/bin/python scripts/build_assets.py."
