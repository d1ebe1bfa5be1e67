"""The organisation of Jämtland Härjedalen as its files tell it."""

from functools import cache

from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.periods import Period
from tests.apps.organisations import files


@cache
def structure() -> Structure:
    rows = [*files.national().organisations, *files.jamtland().organisations]
    bodies = [TreeBody(row.key, row.kind, row.validity) for row in rows]
    placements = []
    for row in rows:
        start = None
        for earlier in row.earlier:
            placements += [TreePlacement(row.key, parent, Period(start, earlier.until)) for parent in earlier.parents]
            start = earlier.until
        placements += [TreePlacement(row.key, parent, Period(start, None)) for parent in row.parents]
    found = build(bodies, placements)
    assert isinstance(found, Structure), found
    return found
