"""The steering chain as it stands on a day: plain values that the rules look at, whatever they are kept in.

How to fill it:

- Things refer to each other by `key`; the field says of what kind. Keys are unique within a kind, never empty, and the same from day to day,
  since a finding lives by them.
- `body` is the key of the body in whose list a fault of the thing stands.
- Amounts are whole öre, months are their first day, periods are half-open (core.periods); `starts_on` and `ends_on` are first and last days.
- A field without a default must be given: an empty one ("", (), None) is a lack that the rules speak of. **A field whose default is None is not
  kept by every organisation: None means "we do not keep it", and no check speaks of it; empty means "we keep it and it is missing".**
- Only what holds on the day belongs here: closed bodies, cancelled goals and plans that somebody may not see are left out by whoever reads.
"""

from styrkedja.core.controls.snapshot.audits import Answer, AuditReview, PromisedAction, Recommendation, Report
from styrkedja.core.controls.snapshot.economy import BalanceRequirement, Estimate, RealisedEffect, YearEffect
from styrkedja.core.controls.snapshot.indicators import Cell, Indicator, Standing
from styrkedja.core.controls.snapshot.kinds import (
    ActionKind,
    ActionState,
    DocumentKind,
    ObjectKind,
    ObstacleKind,
    PromiseState,
    ReportingCycle,
    Stance,
    TimeFrame,
)
from styrkedja.core.controls.snapshot.knowledge import DecisionBrief, Implementation, ProgrammeGroup, StaffingProposal, WorkingGroup
from styrkedja.core.controls.snapshot.mandates import Decision, Mandate
from styrkedja.core.controls.snapshot.organisation import Body, Forum, ForumFigure, Seat
from styrkedja.core.controls.snapshot.plans import Assignment, Goal, GoalArea, GoalIndicator, Milestone, SteeringDocument, Transfer, Vision
from styrkedja.core.controls.snapshot.things import Ref, Thing
from styrkedja.core.controls.snapshot.whole import Snapshot
from styrkedja.core.controls.snapshot.work import Action, GoalConflict, Obstacle, Programme
from styrkedja.core.indicators.definition.kinds import DesiredDirection, Frequency

__all__ = [
    "Action",
    "ActionKind",
    "ActionState",
    "Answer",
    "Assignment",
    "AuditReview",
    "BalanceRequirement",
    "Body",
    "Cell",
    "Decision",
    "DecisionBrief",
    "DesiredDirection",
    "DocumentKind",
    "Estimate",
    "Forum",
    "ForumFigure",
    "Frequency",
    "Goal",
    "GoalArea",
    "GoalConflict",
    "GoalIndicator",
    "Implementation",
    "Indicator",
    "Mandate",
    "Milestone",
    "ObjectKind",
    "Obstacle",
    "ObstacleKind",
    "Programme",
    "ProgrammeGroup",
    "PromiseState",
    "PromisedAction",
    "RealisedEffect",
    "Recommendation",
    "Ref",
    "Report",
    "ReportingCycle",
    "Seat",
    "Snapshot",
    "StaffingProposal",
    "Stance",
    "Standing",
    "SteeringDocument",
    "Thing",
    "TimeFrame",
    "Transfer",
    "Vision",
    "WorkingGroup",
    "YearEffect",
]
