"""Goals and actions copied into the next plan, with their indicators and what is left of their milestones. Used by `planning` only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.ledger.keeping import kept_fields
from styrkedja.steering.models import (
    Action,
    ChainObject,
    DocumentState,
    Goal,
    GoalArea,
    GoalIndicator,
    Milestone,
    SteeringDocument,
    Transfer,
)
from styrkedja.steering.services.actions import create_action
from styrkedja.steering.services.goals import add_goal, add_goal_indicator, create_goal_area, create_milestone


@dataclass
class Copies:
    """What has been made so far in the new plan: new rows by old. `since`: the plan's first day."""

    actor: User | None
    plan: SteeringDocument
    since: date
    at: datetime
    made: dict[ChainObject, Any] = field(default_factory=dict)
    areas: dict[int, GoalArea] = field(default_factory=dict)


def copy_goal(copies: Copies, old: Sequence[Goal], values: Mapping[str, Any]) -> Goal:
    """One new goal of the `old`, the first of which is copied; `values` are what is otherwise."""
    first = old[0]
    wanted = _values(first) | {"document": copies.plan, "area": _area(copies, first.area), "parent": _parent(copies, first.parent)}
    goal = add_goal(actor=copies.actor, at=copies.at, **wanted | dict(values))
    copies.made |= dict.fromkeys(old, goal)
    taken: set[int] = set()
    for row in GoalIndicator.objects.filter(goal__in=old).order_by("pk"):
        if row.indicator_id not in taken:
            taken.add(row.indicator_id)
            add_goal_indicator(actor=copies.actor, at=copies.at, **_values(row) | {"goal": goal})
    _milestones(copies, Milestone.objects.filter(goal__in=old), goal=goal)
    return goal


def copy_action(copies: Copies, old: Sequence[Action], values: Mapping[str, Any]) -> Action:
    """One new action of the `old`; it serves what became of their goals, and those of other plans as before."""
    first = old[0]
    goals = {goal.pk: goal for row in old for goal in row.goals.all()}
    served = {new.pk: new for goal in goals.values() if (new := _served(copies, goal)) is not None}
    indicators = {indicator.pk: indicator for row in old for indicator in row.indicators.all()}
    many = {"goals": list(served.values()), "indicators": list(indicators.values())}
    wanted = _values(first) | many | {"document": copies.plan, "parent": _parent(copies, first.parent)}
    action = create_action(actor=copies.actor, at=copies.at, **wanted | dict(values))
    copies.made |= dict.fromkeys(old, action)
    _milestones(copies, Milestone.objects.filter(action__in=old), action=action)
    return action


def _milestones(copies: Copies, rows: Iterable[Milestone], **of: ChainObject) -> None:
    """Those that are neither reached nor due in the old year: what was due then is still reported there."""
    for row in rows:
        if row.reached_on is None and (row.due_on is None or row.due_on >= copies.since):
            create_milestone(actor=copies.actor, at=copies.at, **_values(row) | of)


def _served(copies: Copies, goal: Goal) -> Goal | None:
    """What an action serves instead of `goal`: its successor; itself when it stands in another plan; nothing when it was dropped."""
    if goal in copies.made:
        return copies.made[goal]
    return None if goal.document_id == copies.plan.supersedes_id else goal


def _parent(copies: Copies, parent: Any) -> Any:
    """What takes the parent's place: its successor in this plan, else in the decided plan that followed the parent's own, else itself."""
    if parent is None or parent in copies.made:
        return copies.made.get(parent)
    if parent.document_id is not None and parent.document_id == copies.plan.supersedes_id:
        return None
    way = "new_goal" if isinstance(parent, Goal) else "new_action"
    of = {"goal" if isinstance(parent, Goal) else "action": parent}
    decided = {"to_document__state": DocumentState.DECIDED, f"{way}__isnull": False}
    later = Transfer.objects.filter(**of, **decided).select_related(way).order_by("-at", "-pk").first()
    return getattr(later, way) if later else parent


def _area(copies: Copies, area: GoalArea | None) -> GoalArea | None:
    if area is None:
        return None
    if area.pk not in copies.areas:
        copies.areas[area.pk] = create_goal_area(actor=copies.actor, at=copies.at, **_values(area) | {"document": copies.plan})
    return copies.areas[area.pk]


def _values(row: ChainObject) -> dict[str, Any]:
    """What a copy says, but for its key, which is made anew."""
    own = {found.name: getattr(row, found.name) for found in kept_fields(type(row)) if not found.many_to_many and found.name != "key"}
    many = {found.name: list(getattr(row, found.name).all()) for found in type(row)._meta.many_to_many}
    return own | many
