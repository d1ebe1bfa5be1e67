"""The snapshot itself."""

from dataclasses import dataclass
from datetime import date

from styrkedja.core.controls.snapshot.audits import AuditReview, Recommendation, Report
from styrkedja.core.controls.snapshot.economy import BalanceRequirement, Estimate, RealisedEffect
from styrkedja.core.controls.snapshot.indicators import Indicator
from styrkedja.core.controls.snapshot.knowledge import DecisionBrief, Implementation, ProgrammeGroup, StaffingProposal, WorkingGroup
from styrkedja.core.controls.snapshot.mandates import Decision, Mandate
from styrkedja.core.controls.snapshot.organisation import Body, Forum, Seat
from styrkedja.core.controls.snapshot.plans import Assignment, Goal, GoalArea, Milestone, SteeringDocument, Transfer, Vision
from styrkedja.core.controls.snapshot.work import Action, GoalConflict, Obstacle, Programme


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything that the rules may look at, as it stands on the day `on`."""

    on: date
    bodies: tuple[Body, ...] = ()
    seats: tuple[Seat, ...] = ()
    forums: tuple[Forum, ...] = ()
    visions: tuple[Vision, ...] = ()
    documents: tuple[SteeringDocument, ...] = ()
    areas: tuple[GoalArea, ...] = ()
    goals: tuple[Goal, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    programmes: tuple[Programme, ...] = ()
    actions: tuple[Action, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    realised: tuple[RealisedEffect, ...] = ()
    requirements: tuple[BalanceRequirement, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    conflicts: tuple[GoalConflict, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    decisions: tuple[Decision, ...] = ()
    audits: tuple[AuditReview, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    reports: tuple[Report, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    programme_groups: tuple[ProgrammeGroup, ...] = ()
    proposals: tuple[StaffingProposal, ...] = ()
    working_groups: tuple[WorkingGroup, ...] = ()
    briefs: tuple[DecisionBrief, ...] = ()
    implementations: tuple[Implementation, ...] = ()
