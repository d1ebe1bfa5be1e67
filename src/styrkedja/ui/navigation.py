"""The main menu: the places that exist, and which of them the reader stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# View name and what the menu calls it, in order. A place whose app is not part of the installation is left out.
PLACES = (
    ("home:inbox", _("Mina uppgifter")),
    ("home:cases", _("Ärenden")),
    ("workflows:routines", _("Rutiner")),
    ("organisations:tree", _("Organisation")),
    ("cases:registry", _("Diarium")),
    ("home:statistics", _("Statistik")),
)


@dataclass(frozen=True)
class Place:
    """A link of the main menu. `current` is "page" on that very page, "true" on a page below it, else ""."""

    name: str
    url: str
    current: str = ""


def places(path: str) -> list[Place]:
    """The menu as it looks from the page at `path`."""
    found = [(str(name), url) for view, name in PLACES for url in _address(view)]
    here = max((url for _name, url in found if _lies_below(path, url)), key=len, default=None)
    return [Place(name, url, _mark(path, url) if url == here else "") for name, url in found]


def _address(view: str) -> Iterator[str]:
    try:
        yield reverse(view)
    except NoReverseMatch:
        return


def _lies_below(path: str, url: str) -> bool:
    """Every address lies below the root, so the root is the place of its own page alone."""
    return path == url or (url != "/" and path.startswith(url))


def _mark(path: str, url: str) -> str:
    return "page" if path == url else "true"
