"""How the browser tests look at a page: the four appearances, axe, and the width of the content."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
# The shell draws the same pages as the whole browser and keeps no windows of its own beside them, which cost more than the pages.
SHELL, WHOLE = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
CHROMIUM = Path(os.environ.get("CHROMIUM") or (SHELL if SHELL.exists() else WHOLE))
VENDOR = ROOT / "src" / "styrkedja" / "ui" / "static" / "vendor" / "app.css"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK, HEIGHT = 320, 1280, 900


@dataclass(frozen=True)
class Look:
    """One appearance: width in CSS pixels, and "light" or "dark"."""

    width: int = DESK
    scheme: Literal["light", "dark"] = "light"

    def options(self) -> dict[str, Any]:
        return {"viewport": {"width": self.width, "height": HEIGHT}, "color_scheme": self.scheme, "reduced_motion": "reduce"}

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = tuple(Look(width, scheme) for width in (DESK, PHONE) for scheme in SCHEMES)


def require_browser(chromium: Path = CHROMIUM, vendor: Path = VENDOR) -> None:
    """Fails with one line that says what to do when the browser or the built files are missing."""
    if not chromium.exists():
        pytest.fail(
            f"Webbläsaren {chromium} saknas. Installera den med apt-get install chromium, eller ange sökvägen i CHROMIUM.", pytrace=False
        )
    if not vendor.exists():
        pytest.fail("Gränssnittets filer är inte byggda. Kör .venv/bin/python scripts/build_assets.py.", pytrace=False)


def watch(page: Page, troubles: list[str]) -> None:
    """Notes what goes wrong in the page's scripts, and what the Content-Security-Policy stops, in `troubles`."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            troubles.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: troubles.append(str(error)))


def axe(page: Page) -> None:
    """Asserts that axe-core finds nothing against WCAG 2.2 AA or its own good practice; says what and where if it does."""
    # Evaluated by the debugger, not by the page: the CSP stays as it is.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    faults = [f"{fault['id']}: {fault['help']} {[node['html'] for node in fault['nodes']]}" for fault in found["violations"]]
    assert faults == [], "\n".join([page.url, *faults])


def no_sideways_scroll(page: Page) -> None:
    """Asserts that the page is no wider than its window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window, f"{page.url}: innehållet är {wide} bildpunkter brett i ett fönster på {window}"


def appear(page: Page, look: Look) -> None:
    """Gives a page that is open another appearance."""
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(color_scheme=look.scheme)


def in_every_look(page: Page) -> None:
    """Asserts of the page as it stands open that it holds in the four appearances, and leaves it wide and light.

    Styles alone tell them apart, so it is not loaded again.
    """
    for look in LOOKS:
        appear(page, look)
        no_sideways_scroll(page)
        axe(page)
    appear(page, LOOKS[0])
