"""What ties indicators to the chain, for the indicators' own pages."""

from collections.abc import Iterator
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.chain.presenters.links import kind_word, object_url
from styrkedja.indicators.ties import Tie
from styrkedja.steering.models import Action, Forum, GoalIndicator, GoalState
from styrkedja.steering.selectors import visible


def ties(user: User, *, on: date) -> list[Tie]:
    """Goals that are open, actions, and groups that follow an indicator, as far as `user` sees them. Three queries and one for each many-to-many."""
    return [*_goals(user, on), *_actions(user, on), *_forums(user, on)]


def _goals(user: User, on: date) -> Iterator[Tie]:
    rows = visible(user, GoalIndicator, on=on).filter(goal__state=GoalState.OPEN).order_by("goal__title", "goal__key")
    for row in rows.select_related("goal__area", "goal__accountable_body"):
        goal = row.goal
        areas = (str(goal.area),) if goal.area else ()
        target = None if row.target_value is None else float(row.target_value)
        yield Tie(
            row.indicator_id, kind_word(type(goal)), str(goal), object_url(goal), str(goal.accountable_body or ""), areas, is_goal=True,
            target=target, target_on=row.target_on,
        )  # fmt: skip


def _actions(user: User, on: date) -> Iterator[Tie]:
    rows = visible(user, Action, on=on).filter(indicators__isnull=False).distinct().order_by("title", "key")
    for row in rows.select_related("accountable_body").prefetch_related("indicators"):
        for indicator in row.indicators.all():
            yield Tie(indicator.pk, kind_word(Action), str(row), object_url(row), str(row.accountable_body or ""), (), is_goal=False)


def _forums(user: User, on: date) -> Iterator[Tie]:
    rows = visible(user, Forum, on=on).filter(indicators__isnull=False).distinct().order_by("group__name")
    for row in rows.select_related("group").prefetch_related("indicators"):
        for indicator in row.indicators.all():
            yield Tie(indicator.pk, kind_word(Forum), str(row), object_url(row), str(row.group), (str(row.group),), is_goal=False)
