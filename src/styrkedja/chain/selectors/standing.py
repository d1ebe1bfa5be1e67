"""How goals stand: the latest value of each of their indicators against its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.indicators.models import Observation
from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal, GoalIndicator


@dataclass(frozen=True)
class GoalStanding:
    """An indicator of a goal. `value` is that of the goal's accountable body, or else of the region; None where there is none.

    `is_met` is None when there is no target or no value, and for an indicator that is neither good high nor low.
    """

    link: GoalIndicator
    value: Decimal | None
    period_end: date | None
    body: str
    source: str

    @property
    def is_met(self) -> bool | None:
        target, direction = self.link.target_value, DesiredDirection(self.link.indicator.direction)
        if target is None or self.value is None or direction is DesiredDirection.NEUTRAL:
            return None
        return self.value >= target if direction is DesiredDirection.UP else self.value <= target


def standing(goals: Iterable[Goal], *, on: date) -> dict[int, list[GoalStanding]]:
    """By goal. Three queries, however many they are."""
    rows = list(GoalIndicator.objects.filter(goal__in=list(goals)).select_related("indicator", "goal__accountable_body").order_by("key"))
    regions = dict(County.objects.exclude(region=None).values_list("pk", "region_id"))
    bodies = {row.goal.accountable_body_id for row in rows} | set(regions.values())
    latest = _latest({row.indicator_id for row in rows}, bodies - {None}, on=on)
    found: dict[int, list[GoalStanding]] = {}
    for row in rows:
        wanted = (row.goal.accountable_body_id, regions.get(row.county_id))
        value = next((latest[row.indicator_id, body] for body in wanted if (row.indicator_id, body) in latest), None)
        found.setdefault(row.goal_id, []).append(
            GoalStanding(row, Decimal(str(value.value)), value.period_end, str(value.body), value.source)
            if value
            else GoalStanding(row, None, None, "", "")
        )
    return found


def _latest(indicators: set[int], bodies: set[int | None], *, on: date) -> dict[tuple[int, int], Observation]:
    """The value of the whole that ended last before `on`, by indicator and body; computed before fetched where both are there."""
    rows = Observation.objects.filter(
        indicator__in=indicators, body__in=bodies, dimensions={}, status=ValueStatus.VALUE, period_end__lte=on
    ).select_related("body")
    distinct = rows.order_by("indicator_id", "body_id", "-period_end", "source").distinct("indicator_id", "body_id")
    return {(row.indicator_id, row.body_id): row for row in distinct}
