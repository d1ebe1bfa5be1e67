"""Long lists of boxes: what is chosen stands first, and a script lets the reader search in the rest (assets/choices.js)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Line:
    """A box, or (`option` None) the heading of a group. `place` is where it stands while nothing is chosen; a heading over nothing `is_hidden`."""

    place: int
    group: str
    option: Mapping[str, Any] | None = None
    is_hidden: bool = False

    @property
    def is_chosen(self) -> bool:
        return self.option is not None and bool(self.option["selected"])


def is_long(widget: Mapping[str, Any]) -> bool:
    """Has the widget (its context) more boxes than SEARCHED_CHOICES?"""
    return sum(len(options) for _group, options, _index in widget["optgroups"]) > settings.SEARCHED_CHOICES


def lines(widget: Mapping[str, Any]) -> list[Line]:
    """What is chosen first, then everything else under its headings; within each in the order of the choices."""
    found: list[Line] = []
    for group, options, _index in widget["optgroups"]:
        if group:
            found.append(Line(len(found), str(group), is_hidden=all(option["selected"] for option in options)))
        for option in options:
            found.append(Line(len(found), str(group or ""), option))
    return sorted(found, key=lambda line: not line.is_chosen)
