"""What each kind of object can be given. Every field may be left out: of a new object it is then empty, of a changed one as it was."""

from datetime import date
from decimal import Decimal
from typing import Required, TypedDict

from styrkedja.decisions.models import Decision, Mandate
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, County, Group, Seat
from styrkedja.steering.models import (
    Action,
    ActionProgramme,
    Assignment,
    Goal,
    GoalArea,
    GoalIndicator,
    Milestone,
    SteeringDocument,
    Strategy,
    TargetState,
)


class ObjectValues(TypedDict, total=False):
    """Of every object. The county is that of the accountable body unless it is given."""

    key: str
    county: County | None
    title: str
    text: str
    accountable_body: Body | None
    accountable_seat: Seat | None


class TargetStateValues(ObjectValues, total=False):
    """`state` is for files that tell of what was decided before; else it follows from the adoption."""

    kind: str
    state: str


class StrategyValues(ObjectValues, total=False):
    target_state: TargetState
    position: int


class DocumentValues(ObjectValues, total=False):
    """`state` as of a target state."""

    kind: str
    state: str
    registry_number: str
    valid_from: date | None
    valid_until: date | None
    parent: SteeringDocument | None
    supersedes: SteeringDocument | None
    target_state: TargetState | None
    next_report_on: date | None
    mandates: list[Mandate]


class AdoptionValues(TypedDict, total=False):
    """`body` and `decided_on` are always given; `decided_until` when the meeting lasted several days."""

    body: Required[Body]
    decided_on: Required[date]
    decided_until: date | None
    paragraph: str
    registry_number: str
    decision: Decision | None


class GoalAreaValues(ObjectValues, total=False):
    document: SteeringDocument
    position: int


class GoalValues(ObjectValues, total=False):
    document: SteeringDocument
    area: GoalArea | None
    parent: Goal | None
    strategies: list[Strategy]
    horizon: str
    due_on: date | None
    state: str
    resources: str
    position: int


class GoalIndicatorValues(ObjectValues, total=False):
    goal: Goal
    indicator: Indicator
    baseline_value: Decimal | None
    baseline_on: date | None
    target_value: Decimal | None
    target_on: date | None


class MilestoneValues(ObjectValues, total=False):
    goal: Goal | None
    action: Action | None
    due_on: date | None
    criterion: str
    indicator: Indicator | None
    target_value: Decimal | None
    reached_on: date | None
    comment: str


class AssignmentValues(ObjectValues, total=False):
    giver: Body | None
    document: SteeringDocument | None
    area: GoalArea | None
    goal: Goal | None
    parent: Assignment | None
    decision: Decision | None
    given_on: date | None
    due_on: date | None
    report_due_on: date | None
    reported_on: date | None
    report: str
    report_decision: Decision | None
    resources: str


class ProgrammeValues(ObjectValues, total=False):
    document: SteeringDocument | None
    starts_on: date | None
    ends_on: date | None


class ActionValues(ObjectValues, total=False):
    document: SteeringDocument | None
    programme: ActionProgramme | None
    parent: Action | None
    assignment: Assignment | None
    goals: list[Goal]
    indicators: list[Indicator]
    kind: str
    time_frame: str
    state: str
    unit: Body | None
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    resources: str
    corrects_milestone: Milestone | None
    corrects_target: GoalIndicator | None
    decision: Decision | None


class ObstacleValues(ObjectValues, total=False):
    kind: str
    goal: Goal | None
    action: Action | None
    response: str
    reported_on: date | None
    due_on: date | None
    resolved_on: date | None


class GoalConflictValues(ObjectValues, total=False):
    first: Goal
    second: Goal
    response: str
    decision: Decision | None
    resolved_on: date | None


class ForumValues(ObjectValues, total=False):
    group: Group
    reports_to: Body | None
    goals: list[Goal]
    programmes: list[ActionProgramme]
    assignments: list[Assignment]
    indicators: list[Indicator]
