"""Goals, and what belongs to them."""

from datetime import date, datetime
from typing import Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.steering.rules import due_fault
from styrkedja.decisions.models import Decision
from styrkedja.indicators.models import Indicator
from styrkedja.steering.models import Action, Assignment, Goal, GoalArea, GoalIndicator, Milestone, SteeringDocument
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
    """A new goal in a plan. Raises as `create`, and Refused if it is due before the plan begins."""
    _refuse_early("goal", values.get("due_on"), values["document"])
    return add_goal(actor=actor, at=at, **values)


def add_goal(*, actor: User | None, at: datetime, **values: Unpack[GoalValues]) -> Goal:
    """The same of one that is copied from an earlier plan, with the day that it had there."""
    return create(actor=actor, model=Goal, values=values, at=at)


def change_goal(*, actor: User | None, goal: Goal, version: int | None, at: datetime, **values: Unpack[GoalValues]) -> Goal:
    """Changes a goal; a parent that stands in the goal itself is refused, and a new day before the plan begins. Raises as `change`."""
    was = goal.due_on, goal.document
    now = values.get("due_on", was[0]), values.get("document", was[1])
    if now != was:
        _refuse_early("goal", *now)
    return change(actor=actor, row=goal, version=version, values=values, at=at)


def create_goal_indicator(*, actor: User | None, at: datetime, **values: Unpack[GoalIndicatorValues]) -> GoalIndicator:
    """A new way to see that a goal is reached.

    Raises as `create`, and Refused if the goal has the indicator already or if the target is to be reached before the plan begins.
    """
    _refuse_early("goal-indicator", values.get("target_on"), values["goal"].document)
    return add_goal_indicator(actor=actor, at=at, **values)


def add_goal_indicator(*, actor: User | None, at: datetime, **values: Unpack[GoalIndicatorValues]) -> GoalIndicator:
    """The same of one that is copied from an earlier plan, with the day that it had there."""
    _refuse_second(values["goal"], values["indicator"])
    return create(actor=actor, model=GoalIndicator, values=values | {"key": _indicator_key(values)}, at=at)


def change_goal_indicator(
    *, actor: User | None, goal_indicator: GoalIndicator, version: int | None, at: datetime, **values: Unpack[GoalIndicatorValues]
) -> GoalIndicator:
    """Changes baseline or target, or which indicator it is. Raises as `change`, and Refused as `create_goal_indicator`."""
    if values.get("target_on", goal_indicator.target_on) != goal_indicator.target_on:
        _refuse_early("goal-indicator", values["target_on"], values.get("goal", goal_indicator.goal).document)
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
    """A new milestone of a goal or an action. Raises as `create`, and Refused if it is due long before the plan begins."""
    _refuse_early("milestone", values.get("due_on"), _plan_of(values.get("goal"), values.get("action")))
    return create(actor=actor, model=Milestone, values=values, at=at)


def change_milestone(
    *, actor: User | None, milestone: Milestone, version: int | None, at: datetime, **values: Unpack[MilestoneValues]
) -> Milestone:
    """Changes a milestone, also in a plan whose year is over: what was reached can still be told. Raises as `create_milestone`."""
    if values.get("due_on", milestone.due_on) != milestone.due_on:
        of = values.get("goal", milestone.goal), values.get("action", milestone.action)
        _refuse_early("milestone", values["due_on"], _plan_of(*of))
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


def _refuse_early(kind: str, due: date | None, plan: SteeringDocument | None) -> None:
    if fault := due_fault(kind, due, plan.valid_from if plan is not None else None):
        raise Refused(fault)


def _plan_of(goal: Goal | None, action: Action | None) -> SteeringDocument | None:
    above = goal or action
    return above.document if above is not None else None
