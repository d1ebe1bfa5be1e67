"""Goals, and what belongs to them."""

from datetime import date, datetime
from typing import Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.decisions.models import Decision
from styrkedja.indicators.models import Indicator
from styrkedja.steering.models import Assignment, Goal, GoalArea, GoalIndicator, Milestone
from styrkedja.steering.services.objects import change, create, free_key
from styrkedja.steering.services.values import AssignmentValues, GoalAreaValues, GoalIndicatorValues, GoalValues, MilestoneValues
from styrkedja.ui.clock import day


def create_goal_area(*, actor: User | None, at: datetime, **values: Unpack[GoalAreaValues]) -> GoalArea:
    """A new heading of a plan. Raises as `create`."""
    return create(actor=actor, model=GoalArea, values=values, at=at)


def change_goal_area(
    *, actor: User | None, area: GoalArea, version: int | None, at: datetime, **values: Unpack[GoalAreaValues]
) -> GoalArea:
    """Changes a heading. Raises as `change`."""
    return change(actor=actor, row=area, version=version, values=values, at=at)


def create_goal(*, actor: User | None, at: datetime, **values: Unpack[GoalValues]) -> Goal:
    """A new goal in a plan. Raises as `create`."""
    return create(actor=actor, model=Goal, values=values, at=at)


def change_goal(*, actor: User | None, goal: Goal, version: int | None, at: datetime, **values: Unpack[GoalValues]) -> Goal:
    """Changes a goal; a parent that stands in the goal itself is refused. Raises as `change`."""
    return change(actor=actor, row=goal, version=version, values=values, at=at)


def create_goal_indicator(*, actor: User | None, at: datetime, **values: Unpack[GoalIndicatorValues]) -> GoalIndicator:
    """A new way to see that a goal is reached. Raises as `create`, and Refused if the goal has the indicator already."""
    _refuse_second(values["goal"], values["indicator"])
    return create(actor=actor, model=GoalIndicator, values=values | {"key": _indicator_key(values)}, at=at)


def change_goal_indicator(
    *, actor: User | None, goal_indicator: GoalIndicator, version: int | None, at: datetime, **values: Unpack[GoalIndicatorValues]
) -> GoalIndicator:
    """Changes baseline or target, or which indicator it is. Raises as `change`, and Refused if the goal has that one already."""
    now = goal_indicator.goal, goal_indicator.indicator
    wanted = values.get("goal", now[0]), values.get("indicator", now[1])
    if wanted != now:
        _refuse_second(*wanted)
    return change(actor=actor, row=goal_indicator, version=version, values=values, at=at)


def _refuse_second(goal: Goal, indicator: Indicator) -> None:
    if GoalIndicator.objects.filter(goal=goal, indicator=indicator).exists():
        raise Refused(_("Målet ”%(goal)s” har redan indikatorn ”%(indicator)s”.") % {"goal": goal, "indicator": indicator})


def _indicator_key(values: GoalIndicatorValues) -> str:
    """After the goal and the indicator: it has no title of its own."""
    return values.get("key") or free_key(GoalIndicator, f"{values['goal'].key} {values['indicator'].key}")


def create_milestone(*, actor: User | None, at: datetime, **values: Unpack[MilestoneValues]) -> Milestone:
    """A new milestone of a goal or an action. Raises as `create`."""
    return create(actor=actor, model=Milestone, values=values, at=at)


def change_milestone(
    *, actor: User | None, milestone: Milestone, version: int | None, at: datetime, **values: Unpack[MilestoneValues]
) -> Milestone:
    """Changes a milestone, also in a plan whose year is over: what was reached can still be told. Raises as `change`."""
    return change(actor=actor, row=milestone, version=version, values=values, at=at)


def create_assignment(*, actor: User | None, at: datetime, **values: Unpack[AssignmentValues]) -> Assignment:
    """A new assignment from one body to another. Raises as `create`."""
    return create(actor=actor, model=Assignment, values=values, at=at)


def change_assignment(
    *, actor: User | None, assignment: Assignment, version: int | None, at: datetime, **values: Unpack[AssignmentValues]
) -> Assignment:
    """Changes an assignment, or reports it back. Raises as `change`."""
    return change(actor=actor, row=assignment, version=version, values=values, at=at)


def reach_milestone(
    *, actor: User | None, milestone: Milestone, version: int | None, reached_on: date, comment: str = "", at: datetime
) -> Milestone:
    """The milestone was reached on that day, whatever year its plan is of. Raises Refused for a day to come, else as `change`."""
    if reached_on > day(at):
        raise Refused(_("Dagen ligger i framtiden. Ange dagen då delmålet nåddes."))
    return change(actor=actor, row=milestone, version=version, values={"reached_on": reached_on, "comment": comment}, at=at)


def report_back(
    *,
    actor: User | None,
    assignment: Assignment,
    version: int | None,
    reported_on: date,
    report: str,
    decision: Decision | None = None,
    at: datetime,
) -> Assignment:
    """The receiver has reported back, and `decision` is what was decided on the report. Raises Refused without a text or for a day to come."""
    if reported_on > day(at):
        raise Refused(_("Dagen ligger i framtiden. Ange dagen då uppdraget återrapporterades."))
    if not report.strip():
        raise Refused(_("Skriv vad som återrapporterades."))
    values = {"reported_on": reported_on, "report": report, "report_decision": decision}
    return change(actor=actor, row=assignment, version=version, values=values, at=at)
