"""The tree of the structure: kinds as headings that open, and what a search leaves of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from styrkedja.organisations.presenters.names import body_url, full_name, kind_heading
from styrkedja.organisations.selectors import BodyOn, Branch, Tree

# A heading with more under it than this is closed until the reader opens it: near the top there may be more than further down.
_OPEN_NEAR = 8
_NEAR = 1
_OPEN_FAR = 2


@dataclass(frozen=True)
class Node:
    """A body in the tree. `notes` are small words beside its name."""

    name: str
    url: str
    is_mine: bool
    notes: tuple[str, ...]
    groups: tuple["NodeGroup", ...]


@dataclass(frozen=True)
class NodeGroup:
    """The bodies of one kind under a body. `of` says under which, for those who hear the heading alone."""

    heading: str
    of: str
    nodes: tuple[Node, ...]
    is_open: bool


@dataclass(frozen=True)
class Part:
    """One of the page's trees; `hits` is how many bodies a search found in it."""

    heading: str
    groups: tuple[NodeGroup, ...]
    hits: int


def parts(tree: Tree, *, county: str, text: str = "", on: date | None = None) -> list[Part]:
    """The county's tree and the nation's, narrowed to what holds `text`. `on` is the day of the links, None for today's."""
    found = [(county, tree.county), (_("Nationellt och sjukvårdsregionalt"), tree.national)]
    drawn = _Drawing(text.strip().casefold(), on)
    return [Part(heading, drawn.groups(branches), drawn.hits(branches)) for heading, branches in found if branches]


class _Drawing:
    def __init__(self, sought: str, on: date | None) -> None:
        self.sought = sought
        self.on = on

    def groups(self, branches: Iterable[Branch], *, under: str = "", depth: int = 0) -> tuple[NodeGroup, ...]:
        shown = [branch for branch in branches if self._is_shown(branch)]
        by_kind = [list(found) for _heading, found in groupby(shown, key=lambda branch: kind_heading(branch.body))]
        return tuple(
            NodeGroup(
                kind_heading(found[0].body, count=len(found)),
                under,
                tuple(self._node(branch, depth) for branch in found),
                bool(self.sought) or len(found) <= (_OPEN_NEAR if depth <= _NEAR else _OPEN_FAR),
            )
            for found in by_kind
        )

    def hits(self, branches: Iterable[Branch]) -> int:
        return sum(self._is_hit(branch.body) + self.hits(branch.children) for branch in branches)

    def _node(self, branch: Branch, depth: int) -> Node:
        name = full_name(branch.body)
        below = self.groups(branch.children, under=name, depth=depth + 1)
        return Node(name, body_url(branch.body.key, on=self.on), branch.is_mine, tuple(self._notes(branch)), below)

    def _notes(self, branch: Branch) -> Iterable[str]:
        if branch.also_under:
            yield _("även under %(names)s") % {"names": ", ".join(body.name for body in branch.also_under)}
        if branch.body.municipal_participation:
            yield _("kommunmedverkan")
        areas = [area for area in branch.body.areas if self.sought and self.sought in area.casefold()]
        if areas:
            yield _("delområde: %(names)s") % {"names": ", ".join(areas)}

    def _is_shown(self, branch: Branch) -> bool:
        return self._is_hit(branch.body) or not self.sought or any(self._is_shown(child) for child in branch.children)

    def _is_hit(self, body: BodyOn) -> bool:
        return bool(self.sought) and any(self.sought in text.casefold() for text in (body.name, body.short_name, *body.areas))
