"""Invented organisations: bodies with kinds and validities, placed and moved over two years."""

from datetime import date, timedelta

from hypothesis import strategies as st

from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period

FIRST = date(2025, 1, 1)
LAST = date(2026, 12, 31)
# From the top; every body hangs under some body of a kind above its own, so that no moves make a ring.
KINDS = (
    OrganisationKind.NATION,
    OrganisationKind.REGION,
    OrganisationKind.ADMINISTRATION,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.UNIT,
)
days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def organisations(draw: st.DrawFn, *, most: int = 12) -> tuple[list[TreeBody], list[TreePlacement]]:
    """Bodies and placements that `build` accepts: one nation, and below it what is founded, moved and closed."""
    count = draw(st.integers(2, most))
    kinds = [KINDS[0], *sorted(draw(st.lists(st.sampled_from(KINDS[1:]), min_size=count, max_size=count)), key=KINDS.index)]
    bodies = [TreeBody(f"b{number:02d}", kind, aliases=(f"SE-{number}",)) for number, kind in enumerate(kinds)]
    placements = []
    for body in bodies[1:]:
        above = [other.key for other in bodies if KINDS.index(other.kind) < KINDS.index(body.kind)]
        placements += _career(draw, body.key, above)
    return bodies, placements


def _career(draw: st.DrawFn, child: str, above: list[str]) -> list[TreePlacement]:
    """Where the body stands over time: moves on some days, perhaps founded and closed, perhaps gone for a while."""
    turns = sorted(draw(st.lists(days, max_size=3, unique=True)))
    starts = [None, *turns]
    spans = [Period(since, until) for since, until in zip(starts, [*turns, None], strict=True)]
    kept = [span for span in spans if draw(st.integers(0, 5)) > 0] or spans
    return [TreePlacement(child, draw(st.sampled_from(above)), span) for span in kept]


def built(organisation: tuple[list[TreeBody], list[TreePlacement]]) -> Structure:
    structure = build(*organisation)
    assert isinstance(structure, Structure), structure
    return structure
