"""How the browser tests look at a page: the four appearances, axe, and the width of the content."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
# The shell draws the same pages as the whole browser and keeps no windows of its own beside them, which cost more than the pages.
SHELL, WHOLE = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
CHROMIUM = Path(os.environ.get("CHROMIUM") or (SHELL if SHELL.exists() else WHOLE))
VENDOR = ROOT / "src" / "styrkedja" / "ui" / "static" / "vendor" / "app.css"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = 320, 1280


@dataclass(frozen=True)
class Look:
    """One appearance: width in CSS pixels, and "light" or "dark"."""

    width: int = DESK
    scheme: str = "light"

    def options(self) -> dict[str, Any]:
        return {"viewport": {"width": self.width, "height": 900}, "color_scheme": self.scheme, "reduced_motion": "reduce"}

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


LOOKS = tuple(Look(width, scheme) for width in (DESK, PHONE) for scheme in ("light", "dark"))


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
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    faults = [f"{fault['id']}: {fault['help']} {[node['html'] for node in fault['nodes']]}" for fault in found["violations"]]
    assert faults == [], "\n".join([page.url, *faults])


def no_sideways_scroll(page: Page) -> None:
    """Asserts that the page is no wider than its window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window, f"{page.url}: innehållet är {wide} bildpunkter brett i ett fönster på {window}"


def whole_look(open_page: Callable[..., Page], visit: Callable[[Page], None], picture: str = "", folder: Path | None = None) -> None:
    """Visits a page in the four appearances and checks each; saves pictures in `folder` if one is given."""
    for look in LOOKS:
        page = open_page(look)
        visit(page)
        no_sideways_scroll(page)
        axe(page)
        if folder:
            page.screenshot(path=folder / f"{picture}-{look}.png", full_page=True)
        page.close()
