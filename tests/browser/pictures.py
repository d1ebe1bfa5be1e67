"""The pictures of README and the manual. They are made by the tour, and only when asked for: STYRKEDJA_PICTURES=1."""

import os

from playwright.sync_api import Page

from tests.browser.seeing import ROOT

FOLDER = ROOT / "docs" / "bilder"
REWRITTEN = os.environ.get("STYRKEDJA_PICTURES", "") == "1"


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keeps what the page looks like now as docs/bilder/NAME.png: the window, or the whole page. Does nothing when not asked for."""
    if REWRITTEN:
        FOLDER.mkdir(parents=True, exist_ok=True)
        page.evaluate("document.fonts.ready.then(() => null)")
        page.screenshot(path=FOLDER / f"{name}.png", full_page=whole, animations="disabled", caret="hide")
