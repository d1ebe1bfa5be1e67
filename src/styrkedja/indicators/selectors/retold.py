"""Computed values by another organisation than that of their own time, as whoever asks may see them.

A reader with a right of access to all that a body is made of that day sees its values. Whoever has none sees what the same values were as-was and is
shown there, and nothing where the two differ: what tells two organisations apart tells of the units that have moved.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isclose
from typing import TYPE_CHECKING

from django.conf import settings

from styrkedja.accounts.models import User
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ALL, Key, Outcome, ValueStatus
from styrkedja.core.indicators.readings import AsOn
from styrkedja.core.indicators.tree import Structure, Tree
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.library import definition_of, fact_sources
from styrkedja.indicators.models import COMPUTED, ComputedPeriod, Indicator, Observation
from styrkedja.indicators.selectors.access import accessible_bodies
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.organisation import held_structure
from styrkedja.indicators.selectors.places import places
from styrkedja.organisations.selectors.descriptions import may_read
from styrkedja.ui.reading import once_a_reading
from styrkedja.ui.wording import sentence_text

if TYPE_CHECKING:
    from styrkedja.indicators.retelling import Retold

# The values as-was of some bodies, as the reader may see them.
AsWas = Callable[[Collection[int]], Mapping[int, list[Shown]]]


@dataclass(frozen=True)
class Again:
    """By body the values told anew, and the periods that cannot be. `refused` says why the organisation of the day cannot be told at all."""

    series: Mapping[int, list[Shown]]
    lacking: tuple[Span, ...] = ()
    refused: str = ""


def told_again(
    user: User, indicator: Indicator, bodies: Collection[int], *, day: date, parts: Mapping[str, str], as_was: AsWas, on: date
) -> Again:
    """Of the periods that have been computed, by the organisation of `day`."""
    if not may_read(user):
        return Again({})
    try:
        found = _retold(indicator.pk, day, tuple(sorted(parts.items())), on)
    except Refused as refused:
        return Again({}, refused=sentence_text(refused.reason))
    if found is None or found.outcomes is None:
        return Again({}, found.lacking if found else ())
    keys = {place.key: place.id for pk in bodies if (place := places().get(pk)) is not None}
    asked = tuple(parts.get(column, ALL) for column in indicator.dimensions)
    own = frozenset(pk for pk in keys.values() if may_see_all(user, indicator, pk, day=day, on=on))
    shown_before = _by_period(as_was(set(keys.values()) - own)) if set(keys.values()) - own else {}
    series: defaultdict[int, list[Shown]] = defaultdict(list)
    for key, outcome in found.outcomes.of(asked, keys):
        body = keys[key.body]
        told = as_shown(body, key, outcome, parts)
        series[body].append(told if body in own else _as_before(told, shown_before))
    return Again(dict(series), found.lacking)


@once_a_reading
def organisation() -> Structure:
    """The organisation on every day. Raises Refused."""
    return held_structure()


@once_a_reading
def _retold(indicator: int, day: date, parts: tuple[tuple[str, str], ...], on: date) -> "Retold | None":
    """None for an indicator that is not computed."""
    # Only who asks for another organisation waits for what counts to be loaded: not every page of the program.
    from styrkedja.indicators.cellstore import CellStore
    from styrkedja.indicators.retelling import Retelling

    rows = ComputedPeriod.objects.filter(indicator=indicator).order_by("period_end")
    ends = [Month.of(last) for last in rows.values_list("period_end", flat=True)]
    definition = definition_of(Indicator.objects.get(pk=indicator), on=on)
    if definition is None or not definition.is_computed or not ends:
        return None
    asked = Retelling(CellStore(settings.INDICATOR_STORE), fact_sources(), definition, AsOn(organisation(), day), dict(parts))
    return asked.of(ends)


def may_see_all(user: User, indicator: Indicator, body: int, *, day: date, on: date) -> bool:
    """Whether the reader has a right of access to everybody whose figures are added in the body that day: one that has ceased, or had not begun, too.

    Those stand where they stood last, or first, and so it is by today's tree that the right to them is judged.
    """
    ids, mine, counted = _ids(), accessible_bodies(user, on=on), _counted(indicator.pk)
    found, tree, today = organisation(), _tree(day), _tree(on)
    index = found.index.get(places()[body].key)
    if index is None:
        return False
    below = [one for one in tree.order[tree.rank[index] : tree.end[tree.rank[index]]] if ids.get(found.bodies[one].key) in counted]
    return bool(below) and all(any(ids.get(found.bodies[over].key) in mine for over in today.path(one)) for one in below)


@once_a_reading
def _ids() -> Mapping[str, int]:
    return {place.key: place.id for place in places().values()}


@once_a_reading
def _tree(day: date) -> Tree:
    return organisation().on(day)


@once_a_reading
def _counted(indicator: int) -> frozenset[int]:
    rows = Observation.objects.filter(indicator=indicator, source=COMPUTED, dimensions={}).order_by()
    return frozenset(rows.values_list("body_id", flat=True).distinct())


def as_shown(body: int, key: Key, outcome: Outcome, parts: Mapping[str, str]) -> Shown:
    lower = outcome.denominator
    return Shown(
        body, key.span.first_day, key.span.last_day, COMPUTED, dict(parts),
        outcome.numerator.amount, None if lower is None else lower.amount, outcome.value, outcome.status,
    )  # fmt: skip


def _by_period(series: Mapping[int, list[Shown]]) -> dict[tuple[int, date, date], Shown]:
    return {(body, one.first, one.last): one for body, own in series.items() for one in own}


def _as_before(told: Shown, before: Mapping[tuple[int, date, date], Shown]) -> Shown:
    was = before.get((told.body, told.first, told.last))
    if was is not None and (was.is_withheld or _same(was, told)):
        return was
    return replace(told, numerator=None, denominator=None, value=None, status=ValueStatus.TOO_FEW, is_withheld=True)


def _same(one: Shown, other: Shown) -> bool:
    pairs = ((one.numerator, other.numerator), (one.denominator, other.denominator), (one.value, other.value))
    return one.status == other.status and all(_equal(*pair) for pair in pairs)


def _equal(one: float | None, other: float | None) -> bool:
    """Sums of indices are added in another order, so that the last digit may differ."""
    return one == other or (one is not None and other is not None and isclose(one, other, rel_tol=1e-9))


def moves(body: int, *, since: date, until: date) -> Iterator[tuple[date, int, int | None, int | None]]:
    """(day, who, from, to) of those that came to stand under the body, or left it, between the days. Raises Refused."""
    found = organisation()
    ids = _ids()
    for number, own in enumerate(found.places):
        for before, after in zip(own, own[1:], strict=False):
            if not since.toordinal() < after.since <= until.toordinal():
                continue
            day = date.fromordinal(after.since)
            lines = [_line(found, number, date.fromordinal(after.since - 1)), _line(found, number, day)]
            if any(ids.get(key) == body for line in lines for key in line):
                ends = [None if one.parent < 0 else ids.get(found.bodies[one.parent].key) for one in (before, after)]
                yield day, ids[found.bodies[number].key], ends[0], ends[1]


def _line(found: Structure, body: int, day: date) -> list[str]:
    """Those over the body that day."""
    line, here = [], found.parent_on(body, day)
    while here >= 0:
        line.append(found.bodies[here].key)
        here = found.parent_on(here, day)
    return line
