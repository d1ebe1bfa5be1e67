"""What something was before its changes: each change says, for every field, what it was and what it became."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Revision:
    """Version `version`, made at `at`. `changes`: field → (before, after), as JSON values; those of the first version were None before."""

    version: int
    at: datetime
    changes: Changes


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose values differ. `after` says which fields there are."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}


def values_at(now: Mapping[str, Any], revisions: Iterable[Revision], *, at: datetime) -> dict[str, Any] | None:
    """The values as they stood at the moment `at`: what has been changed since is undone, the latest first. None if it was made later.

    `revisions` in any order; those that were made before `at` need not be given, save the first.
    """
    found = dict(now)
    for revision in sorted(revisions, key=lambda revision: revision.version, reverse=True):
        if revision.at <= at:
            break
        if revision.version == 1:
            return None
        found |= {name: before for name, (before, _after) in revision.changes.items()}
    return found
