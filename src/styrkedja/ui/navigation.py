"""The main menu: the places that exist, and which of them the reader stands in; and the tabs of a place that several apps share."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from styrkedja.ui.components import Tab

# The pages of the steering chain, in the order of their tabs. Each app holds its own; the first that exists is where the menu leads.
STEERING = (
    ("steering:overview", _("Översikt")),
    ("steering:goals", _("Mål")),
    ("steering:actions", _("Åtgärder")),
    ("steering:documents", _("Styrdokument")),
    ("steering:mandates", _("Mandat och beslut")),
    ("audits:reviews", _("Granskningar")),
    ("controls:findings", _("Revisionskontroll")),
)
# What the menu calls each place, and the views of its pages, in order. A place whose app is not part of the installation is left out.
PLACES = (
    (_("Mina uppgifter"), ("home:inbox",)),
    (_("Ärenden"), ("home:cases",)),
    (_("Styrning"), tuple(view for view, _name in STEERING)),
    (_("Indikatorer"), ("indicators:indicators",)),
    (_("Rutiner"), ("workflows:routines",)),
    (_("Organisation"), ("organisations:tree",)),
    (_("Diarium"), ("cases:registry",)),
    (_("Statistik"), ("home:statistics",)),
)


@dataclass(frozen=True)
class Place:
    """A link of the main menu. `current` is "page" on that very page, "true" on a page below it, else ""."""

    name: str
    url: str
    current: str = ""


def places(path: str) -> list[Place]:
    """The menu as it looks from the page at `path`."""
    found = [(str(name), urls) for name, views in PLACES if (urls := _addresses(views))]
    here = max((url for _name, urls in found for url in urls if _lies_below(path, url)), key=len, default=None)
    return [Place(name, urls[0], _mark(path, here) if here in urls else "") for name, urls in found]


def steering_tabs(path: str) -> list[Tab]:
    """The tabs of the steering chain as they look from the page at `path`."""
    found = [(str(name), url) for view, name in STEERING for url in _addresses([view])]
    here = max((url for _name, url in found if _lies_below(path, url)), key=len, default=None)
    return [Tab(name, url, current=url == here) for name, url in found]


def _addresses(views: Iterable[str]) -> list[str]:
    """Those of the views that exist."""
    found = []
    for view in views:
        try:
            found.append(reverse(view))
        except NoReverseMatch:
            continue
    return found


def _lies_below(path: str, url: str) -> bool:
    """Every address lies below the root, so the root is the place of its own page alone."""
    return path == url or (url != "/" and path.startswith(url))


def _mark(path: str, here: str | None) -> str:
    return "page" if path == here else "true"
