"""The objects themselves, one by one and as the pages list them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Body
from styrkedja.steering.models import (
    KINDS,
    Action,
    ActionProgramme,
    Adoption,
    Assignment,
    ChainObject,
    Forum,
    Goal,
    GoalArea,
    Milestone,
    Obstacle,
    SteeringDocument,
    TargetState,
)
from styrkedja.steering.selectors.visibility import visible

Row = TypeVar("Row", bound=ChainObject)
# What every page says of an object.
_SAID = ("accountable_body", "accountable_seat__body")


def shown(user: User | None, model: type[Row], *, on: date) -> QuerySet[Row]:
    """`visible`, with what every page says of an object, in the order of keys."""
    return visible(user, model, on=on).select_related(*_SAID).order_by("key")


def object_by_key(user: User | None, kind: str, key: str, *, on: date) -> ChainObject | None:
    """The object of that kind (a name of `models.KINDS`) and key, if `user` may see it."""
    model = KINDS.get(kind)
    return shown(user, model, on=on).filter(key=key).first() if model else None


def documents(user: User | None, *, on: date) -> QuerySet[SteeringDocument]:
    """Plans and rules, those in force last begun first."""
    return shown(user, SteeringDocument, on=on).order_by("-valid_from", "title")


def in_force(user: User | None, *, on: date) -> QuerySet[SteeringDocument]:
    """The decided documents whose period the day lies in."""
    began = Q(valid_from=None) | Q(valid_from__lte=on)
    return documents(user, on=on).filter(began, Q(valid_until=None) | Q(valid_until__gt=on), state="DECIDED")


def target_states(user: User | None, *, on: date) -> QuerySet[TargetState]:
    return shown(user, TargetState, on=on).prefetch_related("strategies")


def adoptions_of(user: User | None, row: SteeringDocument | TargetState, *, on: date) -> QuerySet[Adoption]:
    """Who has adopted it, in order of the decisions; nothing if `user` may not see it."""
    way = {"target_state": row} if isinstance(row, TargetState) else {"document": row}
    seen = visible(user, type(row), on=on).filter(pk=row.pk).exists()
    return Adoption.objects.filter(**way).select_related("body", "decision") if seen else Adoption.objects.none()


def goal_areas(user: User | None, document: SteeringDocument, *, on: date) -> QuerySet[GoalArea]:
    return shown(user, GoalArea, on=on).filter(document=document).order_by("position", "key")


def goals(user: User | None, *, on: date, document: SteeringDocument | None = None) -> QuerySet[Goal]:
    """Goals by plan, area and place in it."""
    found = shown(user, Goal, on=on).select_related("document", "area", "parent", *_SAID)
    found = found.filter(document=document) if document else found
    return found.order_by("document", "area__position", "position", "key")


def actions(
    user: User | None, *, on: date, document: SteeringDocument | None = None, programme: ActionProgramme | None = None
) -> QuerySet[Action]:
    found = shown(user, Action, on=on).select_related("document", "programme", "unit", *_SAID)
    wanted: Mapping[str, Any] = {"document": document, "programme": programme}
    return found.filter(**{name: row for name, row in wanted.items() if row is not None})


def programmes(user: User | None, *, on: date) -> QuerySet[ActionProgramme]:
    return shown(user, ActionProgramme, on=on).select_related("document", *_SAID)


def assignments(user: User | None, *, on: date) -> QuerySet[Assignment]:
    """What has been told to be done, what is to be reported first at the top."""
    return shown(user, Assignment, on=on).select_related("giver", "document", *_SAID).order_by("report_due_on", "key")


def milestones(user: User | None, *, on: date) -> QuerySet[Milestone]:
    return shown(user, Milestone, on=on).select_related("goal", "action", *_SAID).order_by("due_on", "key")


def obstacles(user: User | None, *, on: date) -> QuerySet[Obstacle]:
    return shown(user, Obstacle, on=on).select_related("goal", "action", *_SAID)


def not_over(rows: QuerySet[Row], *, on: date) -> QuerySet[Row]:
    """Milestones or obstacles without those of plans that are over: of these nothing can be caught up."""
    return rows.exclude(Q(goal__document__valid_until__lte=on) | Q(action__document__valid_until__lte=on))


def forums(user: User | None, *, on: date) -> QuerySet[Forum]:
    return shown(user, Forum, on=on).select_related("group", "reports_to", *_SAID)


def accountable_for(user: User | None, body: Body, model: type[Row], *, on: date) -> QuerySet[Row]:
    """What `body` answers for, of one kind."""
    return shown(user, model, on=on).filter(accountable_body=body)
