"""Chromium against the real pages.

`page` and `open_page` meet a server of this process, with an empty database; `visit` meets Styrkedja as `make run` starts it, with the
demonstration loaded.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from styrkedja.accounts.models import User
from tests.browser.demonstration import Demonstration, running
from tests.browser.pictures import REWRITTEN
from tests.browser.seeing import CHROMIUM, LOOKS, Look, require_browser, watch
from tests.factories.database import emptying_allowed

# Playwright keeps an event loop in the thread; Django would refuse its database calls there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Milliseconds. Long enough for a machine that does much else; a page that never comes fails all the same.
WAIT = 30_000
BACKEND = "django.contrib.auth.backends.ModelBackend"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Date fields in the language of the page, as in a Swedish browser.
    "--enable-blink-features=LangAttributeAwareFormControlUI",
]


@pytest.fixture(scope="session", autouse=True)
def _emptying_allowed() -> Iterator[None]:
    with emptying_allowed():
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    require_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def _pages(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Makes a page in a context of its own: `make(look, java_script_enabled=False)`. Scripts' errors and breaches of the CSP fail the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def make(look: Look = LOOKS[0], **options: object) -> Page:
        context = browser.new_context(base_url=address, locale="sv-SE", **look.options(), **options)
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        watch(page, troubles)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    with _pages(browser, live_server.url) as make:
        yield make


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Started once, for all tests that only look or that open cases of their own. Pictures are made with the indicators' figures."""
    with running(tmp_path_factory.mktemp("var"), has_figures=REWRITTEN) as started:
        yield started


@pytest.fixture
def visit(browser: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Page]]:
    """As `open_page`, on the demonstration."""
    with _pages(browser, demonstration.url) as make:
        yield make


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A wide, light page."""
    return open_page()


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, str, str], None]:
    """Signs an account in by the form: `sign_in(page, "samordnare", password)`."""

    def do(page: Page, username: str, password: str) -> None:
        page.goto("/konto/logga-in/")
        page.get_by_label("Användarnamn").fill(username)
        page.get_by_label("Lösenord", exact=True).fill(password)
        page.get_by_role("button", name="Logga in", exact=True).click()
        page.wait_for_url(lambda url: "/konto/logga-in/" not in url)

    return do


@pytest.fixture
def enter(live_server) -> Callable[[Page, str], None]:
    """The account is signed in, without the form: `enter(page, "samordnare")`."""

    def do(page: Page, username: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username), backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return do
