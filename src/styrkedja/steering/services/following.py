"""What stands in the way, and who follows up."""

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.steering.models import Forum, GoalConflict, Obstacle
from styrkedja.steering.services.objects import change, create, free_key
from styrkedja.steering.services.values import ForumValues, GoalConflictValues, ObstacleValues
from styrkedja.ui.clock import day


def create_obstacle(*, actor: User | None, at: datetime, **values: Unpack[ObstacleValues]) -> Obstacle:
    """A new obstacle, reported today unless a day is given. Raises as `create`."""
    return create(actor=actor, model=Obstacle, values={"reported_on": day(at)} | values, at=at)


def change_obstacle(
    *, actor: User | None, obstacle: Obstacle, version: int | None, at: datetime, **values: Unpack[ObstacleValues]
) -> Obstacle:
    """Changes an obstacle, says what is done about it or that it is gone. Raises as `change`."""
    return change(actor=actor, row=obstacle, version=version, values=values, at=at)


def create_goal_conflict(*, actor: User | None, at: datetime, **values: Unpack[GoalConflictValues]) -> GoalConflict:
    """Two goals pull apart. The same two, in whichever order, are one conflict. Raises as `create`."""
    first, second = sorted((values["first"], values["second"]), key=lambda goal: goal.pk)
    if GoalConflict.objects.filter(first=first, second=second).exists():
        raise Refused(_("Målkonflikten mellan ”%(first)s” och ”%(second)s” finns redan.") % {"first": first, "second": second})
    key = values.get("key") or free_key(GoalConflict, f"{first.key} {second.key}")
    return create(actor=actor, model=GoalConflict, values=values | {"key": key, "first": first, "second": second}, at=at)


def change_goal_conflict(
    *, actor: User | None, conflict: GoalConflict, version: int | None, at: datetime, **values: Unpack[GoalConflictValues]
) -> GoalConflict:
    """Says what is done about a conflict. Its two goals stay. Raises as `change`."""
    kept = {name: value for name, value in values.items() if name not in {"first", "second"}}
    return change(actor=actor, row=conflict, version=version, values=kept, at=at)


def create_forum(*, actor: User | None, at: datetime, **values: Unpack[ForumValues]) -> Forum:
    """What a group follows up from now on. Raises as `create`, and Refused if that has been said of the group already."""
    if Forum.objects.filter(group=values["group"]).exists():
        raise Refused(_("Vad %(group)s följer upp finns redan angivet. Ändra det i stället.") % {"group": values["group"]})
    key = values.get("key") or free_key(Forum, values["group"].key)
    return create(actor=actor, model=Forum, values=values | {"key": key}, at=at)


def change_forum(*, actor: User | None, forum: Forum, version: int | None, at: datetime, **values: Unpack[ForumValues]) -> Forum:
    """Changes what the forum follows up or to whom it reports. Raises as `change`."""
    return change(actor=actor, row=forum, version=version, values=values, at=at)
