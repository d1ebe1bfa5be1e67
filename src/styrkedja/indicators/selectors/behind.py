"""The months behind rolling values, as whoever asks may see them: what such values are judged by.

They are told from the cells, all by the organisation of one day, so that like is held against like. A reader with a right of access to all that a body
is made of sees them. Whoever has none sees those of regions and of the nation, unless some are small, and only if they add up to what is shown of
the body by the organisation of each month's own time: else they would tell of the units that have moved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import TYPE_CHECKING

from django.conf import settings

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ALL
from styrkedja.core.indicators.readings import AsOn
from styrkedja.core.indicators.rolling import each_alone
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.library import definition_of, fact_sources
from styrkedja.indicators.models import COMPUTED, Indicator
from styrkedja.indicators.selectors.disclosing import Shown, is_small, wholes
from styrkedja.indicators.selectors.places import places
from styrkedja.indicators.selectors.retold import as_shown, may_see_all, organisation

if TYPE_CHECKING:
    from styrkedja.core.indicators.evaluation import Outcomes

Behind = Mapping[int, Sequence[Shown]]


@dataclass(frozen=True)
class Rolling:
    """Series of an indicator's part, by body, and the day whose organisation the months are told by."""

    indicator: Indicator
    series: Mapping[int, Sequence[Shown]]
    parts: Mapping[str, str]
    day: date


def months_behind(user: User, asked: Rolling, *, on: date) -> Behind:
    """By body, those whose months may be seen: each month on its own, in the size of the rolling value. Empty for values that do not roll."""
    definition = definition_of(asked.indicator, on=on)
    alone = each_alone(definition) if definition is not None else None
    rolling = {body: own for body, own in asked.series.items() if own and all(one.source == COMPUTED for one in own)}
    if definition is None or alone is None or not rolling:
        return {}
    try:
        outcomes = _outcomes(alone, _ends(definition.months, rolling), asked)
        return dict(_seen(user, asked, rolling, outcomes, on)) if outcomes is not None else {}
    except Refused:
        return {}


def months_of_each(user: User, every: Iterable[Indicator], series: Mapping[int, Sequence[Shown]], body: int, *, on: date) -> Behind:
    """The months behind the rolling values of a body, by indicator."""
    found = {}
    for one in every:
        own = series.get(one.pk)
        if own and (months := months_behind(user, Rolling(one, {body: own}, {}, own[-1].last), on=on).get(body)):
            found[one.pk] = months
    return found


def _ends(months: int, rolling: Mapping[int, Sequence[Shown]]) -> list[Month]:
    """Every month that the values are made of."""
    lasts = [Month.of(one.last) for own in rolling.values() for one in own]
    return list(Span(min(lasts) - (months - 1), max(lasts)))


def _outcomes(alone: Definition, ends: Sequence[Month], asked: Rolling) -> "Outcomes | None":
    # What counts is loaded by who asks for it, as for another organisation.
    from styrkedja.indicators.cellstore import CellStore
    from styrkedja.indicators.retelling import Retelling

    store = CellStore(settings.INDICATOR_STORE)
    return Retelling(store, fact_sources(), alone, AsOn(organisation(), asked.day), dict(asked.parts)).of(ends).outcomes


def _seen(
    user: User, asked: Rolling, rolling: Mapping[int, Sequence[Shown]], outcomes: "Outcomes", on: date
) -> Iterator[tuple[int, list[Shown]]]:
    keys = {place.key: pk for pk in rolling if (place := places().get(pk)) is not None}
    found: dict[int, list[Shown]] = {}
    for key, outcome in outcomes.of(tuple(asked.parts.get(column, ALL) for column in asked.indicator.dimensions), keys):
        found.setdefault(keys[key.body], []).append(as_shown(keys[key.body], key, outcome, asked.parts))
    for body, months in found.items():
        own = [one for one in months if one.last <= rolling[body][-1].last]
        if may_see_all(user, asked.indicator, body, day=asked.day, on=on) or _is_open(asked, body, own, on):
            yield body, own


def _is_open(asked: Rolling, body: int, months: Sequence[Shown], on: date) -> bool:
    """Whether the months give nobody away to a reader without a right of access."""
    definition = definition_of(asked.indicator, on=on)
    form = definition.value.form if definition else None
    if asked.parts or body not in wholes() or any(is_small(one, form) for one in months):
        return False
    return all(_adds_up(told, months) for told in asked.series[body])


def _adds_up(told: Shown, months: Sequence[Shown]) -> bool:
    if told.numerator is None:
        return False
    return isclose(told.numerator, sum(one.numerator or 0 for one in months if told.first <= one.first and one.last <= told.last))
