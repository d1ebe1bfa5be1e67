"""How something was described on a day: from what holds now, and what was otherwise before each change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Earlier:
    """`description` holds the values that a change took away: they held until, and not on, the day `until`."""

    until: date
    description: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """On the day `on`, `name` went from `before` to `after`."""

    on: date
    name: str
    before: Any
    after: Any


def description_on(now: Mapping[str, Any], earlier: Sequence[Earlier], *, on: date) -> dict[str, Any]:
    """The values on the day `on`. `earlier` stands in the order in which the changes were made, which is also that of their days."""
    found = dict(now)
    for version in reversed(earlier):
        if on < version.until:
            found |= version.description
    return found


def changes(now: Mapping[str, Any], earlier: Sequence[Earlier]) -> list[Change]:
    """Every change, oldest first. What was changed and changed back on one day was no change."""
    found: list[Change] = []
    after = dict(now)
    for version in reversed(earlier):
        found += [Change(version.until, name, before, after[name]) for name, before in version.description.items() if before != after[name]]
        after |= version.description
    return found[::-1]
