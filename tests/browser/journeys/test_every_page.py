"""Every page that a link leads to, found by following the links of the demonstration: nothing that a machine can see stands in anybody's way."""

from collections import deque
from collections.abc import Callable, Iterator

import pytest
from django.urls import URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.demonstration import Demonstration
from tests.browser.seeing import LOOKS, axe, no_sideways_scroll

pytestmark = pytest.mark.browser
WIDE_LIGHT, NARROW_DARK = LOOKS[0], LOOKS[-1]
# Those who together may open every page: the first in line gets a page that several may see.
READERS = ("samordnare", "registrator", "lpo-aldres-halsa", "administrator")
_ACT = "an act: answers a button, shows nothing"
_FILE = "a file"
_SIGN_IN = "part of signing in, looked at in test_sign_in.py"
_BUTTON = "a button leads to it, looked at in test_case_pages.py"
NOT_LINKED = {
    **dict.fromkeys(("accounts:language", "ui:appearance", "workflows:mark_notices_read", "home:end_substitution"), _ACT),
    **dict.fromkeys((f"procedures:{act}" for act in ("claim", "release", "draft", "drop_draft", "end_wait")), _ACT),
    **dict.fromkeys(("cases:file", "workflows:definition_bpmn", "workflows:definition_file", "ui:handbook_picture"), _FILE),
    **dict.fromkeys(("organisations:follow_up_file", "home:statistics_file"), _FILE),
    **dict.fromkeys(("account_login", "account_logout", "account_inactive", "account_set_password", "account_reauthenticate"), _SIGN_IN),
    **dict.fromkeys(("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"), _SIGN_IN),
    **dict.fromkeys(("mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_add_webauthn", "mfa_activate_totp"), _SIGN_IN),
    **dict.fromkeys((f"mfa_{act}_recovery_codes" for act in ("view", "generate", "download")), _SIGN_IN),
    "mfa_list_webauthn": _SIGN_IN,
    "procedures:hand_over": _BUTTON,
    "organisations:close_group": "a button on the page of a group that these readers may close; the demonstration has none",
    "workflows:move_cases": "on a tab of the routine, looked at in test_statistics_and_moving.py",
}

# The chain, its reviews, controls and indicators belong to another county and other readers: tests/browser/pages looks at each kind of their pages.
ELSEWHERE = ("steering:", "audits:", "controls:", "indicators:")


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the program."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif not space.startswith(ELSEWHERE):
            yield f"{space}{pattern.name}"


def links(page: Page) -> list[str]:
    """Where the page's links to the program itself lead, files left out."""
    here = "links => links.filter(it => it.origin === location.origin && !it.hasAttribute('download')).map(it => it.pathname + it.search)"
    found: list[str] = page.eval_on_selector_all("a[href]", here)
    return [address for address in found if not _is_left_out(resolve(address.partition("?")[0]).view_name)]


def _is_left_out(view: str) -> bool:
    return view in NOT_LINKED or view.startswith(ELSEWHERE)


def look_at(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, f"{address}: {answer.status}"
    no_sideways_scroll(page)
    axe(page)


def explore(page: Page, seen: set[str], begin: list[str]) -> dict[str, str]:
    """Looks at the pages to begin with and follows links to those whose name is not in `seen`, one of each; adds them, answers their addresses."""
    queue, found = deque(begin), dict[str, str]()
    while queue:
        address = queue.popleft()
        name = resolve(address.partition("?")[0]).view_name
        if name not in seen or (address in begin and address not in found.values()):
            seen.add(name)
            found[name] = address
            look_at(page, address)
            queue.extend(links(page))
    return found


def open_a_case(page: Page) -> str:
    """One that has no registry number yet: the address of its place in the registry."""
    page.goto("/arenden/nytt/")
    page.get_by_label("Ärendemening", exact=True).fill("Nationellt vårdprogram: för den som läser allt")
    page.get_by_label("På nationell remiss").check()
    page.get_by_role("button", name="Öppna ärende").click()
    page.get_by_role("link", name="Nationellt vårdprogram: för den som läser allt").first.click()
    return str(page.get_by_role("link", name="Ärendet i diariet").get_attribute("href"))


def test_every_linked_page_wide_and_light_then_narrow_and_dark(visit: Callable[..., Page], demonstration: Demonstration) -> None:
    seen: set[str] = set()
    for reader in READERS:
        page = demonstration.enter(visit(WIDE_LIGHT), reader)
        found = explore(page, seen, ["/", open_a_case(page)] if reader == "registrator" else ["/"])
        narrow = demonstration.enter(visit(NARROW_DARK), reader)
        for address in found.values():
            look_at(narrow, address)
    assert set(names()) - seen == set(NOT_LINKED)
