"""The chain of a county at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from styrkedja.accounts.models import User
from styrkedja.chain.selectors.economy import Sum, brought_home
from styrkedja.chain.selectors.standing import GoalStanding, standing
from styrkedja.core.controls.snapshot.kinds import ActionState
from styrkedja.effects.selectors import BalanceLine, balance
from styrkedja.organisations.models import County
from styrkedja.steering import selectors
from styrkedja.steering.models import (
    Action,
    ActionProgramme,
    Assignment,
    ChainObject,
    Goal,
    GoalState,
    Milestone,
    SteeringDocument,
    TargetState,
)

_OPEN = (ActionState.PLANNED, ActionState.STARTED)


@dataclass(frozen=True)
class Summary:
    """What is in force on a day. `balances` are the plans that must bring something home this year, with what they do."""

    targets: Sequence[TargetState]
    documents: Sequence[SteeringDocument]
    goals: Sequence[Goal]
    standing: dict[int, list[GoalStanding]]
    actions: Sequence[Action]
    programmes: Sequence[tuple[ActionProgramme, int, Sum]]
    balances: Sequence[tuple[SteeringDocument, BalanceLine]]
    late_milestones: Sequence[Milestone]
    late_assignments: Sequence[Assignment]


def summary(user: User, county: County, *, on: date) -> Summary:
    """As `user` may see it."""
    documents = list(selectors.in_force(user, on=on).filter(county=county))
    goals = list(_inside(selectors.goals(user, on=on), documents).filter(state=GoalState.OPEN).select_related("area", "document"))
    actions = list(_inside(selectors.actions(user, on=on), documents).filter(state__in=_OPEN).select_related("programme"))
    sums = brought_home(user, actions, on=on)
    return Summary(
        targets=list(selectors.target_states(user, on=on).filter(county=county, state="DECIDED")),
        documents=documents,
        goals=goals,
        standing=standing(user, goals, on=on),
        actions=actions,
        programmes=_programmes(user, county, actions, sums, on=on),
        balances=[
            (row, line) for row in documents for line in balance(user, row, on=on) if line.year == on.year and line.required is not None
        ],
        late_milestones=_late_milestones(user, county, on=on),
        late_assignments=list(
            _late(selectors.assignments(user, on=on), county).filter(report_due_on__lt=on, reported_on=None).order_by("report_due_on")
        ),
    )


def _inside(rows: QuerySet, documents: Sequence[SteeringDocument]) -> QuerySet:
    return rows.filter(document__in=documents)


def _late(rows: QuerySet, county: County) -> QuerySet:
    return rows.filter(county=county).select_related("accountable_body", "accountable_seat__body")


def _late_milestones(user: User, county: County, *, on: date) -> list[Milestone]:
    found = _late(selectors.milestones(user, on=on), county).filter(due_on__lt=on, reached_on=None)
    return list(selectors.not_over(found, on=on).order_by("due_on"))


def _programmes(
    user: User, county: County, actions: Sequence[ChainObject], sums: dict[int, Sum], *, on: date
) -> list[tuple[ActionProgramme, int, Sum]]:
    found = []
    for programme in selectors.programmes(user, on=on).filter(county=county):
        own = [action for action in actions if action.programme_id == programme.pk]
        found.append((programme, len(own), sum((sums.get(action.pk, Sum()) for action in own), Sum())))
    return found
