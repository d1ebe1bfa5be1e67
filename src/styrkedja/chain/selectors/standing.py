"""How goals stand: the latest value of each of their indicators against its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.indicators.selectors.values import latest_values
from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal, GoalIndicator


@dataclass(frozen=True)
class GoalStanding:
    """An indicator of a goal. `value` is that of the goal's accountable body, or else of the region; None where there is none.

    One that `is_withheld` is there, and not shown to the reader. `is_met` is None when there is no target or no value, and for an indicator that is neither good high nor low.
    """

    link: GoalIndicator
    value: Decimal | None
    period_end: date | None
    body: str
    source: str
    is_withheld: bool = False

    @property
    def is_met(self) -> bool | None:
        target, direction = self.link.target_value, DesiredDirection(self.link.indicator.direction)
        if target is None or self.value is None or direction is DesiredDirection.NEUTRAL:
            return None
        return self.value >= target if direction is DesiredDirection.UP else self.value <= target


def standing(user: User, goals: Iterable[Goal], *, on: date) -> dict[int, list[GoalStanding]]:
    """By goal, as `user` may see it. Three queries, however many they are."""
    rows = list(GoalIndicator.objects.filter(goal__in=list(goals)).select_related("indicator", "goal__accountable_body").order_by("key"))
    regions = {county.pk: county.region for county in County.objects.exclude(region=None).select_related("region")}
    bodies = {body.pk: str(body) for body in (*(row.goal.accountable_body for row in rows), *regions.values()) if body}
    indicators = {row.indicator_id: row.indicator for row in rows}
    latest = latest_values(user, list(indicators.values()), list(bodies), on=on)
    found: dict[int, list[GoalStanding]] = {}
    for row in rows:
        region = regions.get(row.county_id)
        wanted = (row.goal.accountable_body_id, region.pk if region else None)
        shown = next((latest[row.indicator_id, body] for body in wanted if body and (row.indicator_id, body) in latest), None)
        found.setdefault(row.goal_id, []).append(
            GoalStanding(row, _exactly(shown.value), shown.last, bodies[shown.body], shown.source, shown.is_withheld)
            if shown
            else GoalStanding(row, None, None, "", "")
        )
    return found


def _exactly(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
