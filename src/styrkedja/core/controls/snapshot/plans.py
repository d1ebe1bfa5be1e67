"""What shall be reached and who has asked for it: the picture of the future, steering documents, goals, milestones, assignments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from styrkedja.core.controls.snapshot.kinds import DocumentKind, ObjectKind
from styrkedja.core.controls.snapshot.things import Ref, Thing
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.periods import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Vision(Thing):
    """A jointly adopted picture of the future (målbild). `text` may say how many strategies there are; `strategies` are their names."""

    kind: ClassVar[ObjectKind] = ObjectKind.VISION
    text: str
    strategies: tuple[str, ...]
    adopted_by: tuple[str, ...]
    decision: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SteeringDocument(Thing):
    """A document that steers. `parents` are the documents that it carries out, `accountable` the seats that answer for it.

    `figures_named` and `figures_attached`: how many pictures and annexes the text refers to, and how many there are (A30).
    `named_documents`: documents that it refers to and that are not in the register (A28). `next_report_on`: when it is next reported back (A44).
    `stated_effect`: the sum that the plan itself gives for its actions, a year, in öre (A40).
    """

    kind: ClassVar[ObjectKind] = ObjectKind.DOCUMENT
    document_kind: DocumentKind
    period: Period
    parents: tuple[str, ...]
    adopted_by: tuple[str, ...]
    adopted_on: date | None
    accountable: tuple[str, ...]
    reports_back: bool = False
    next_report_on: date | None = None
    stated_effect: int | None = None
    figures_named: int | None = None
    figures_attached: int = 0
    named_documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalArea(Thing):
    """A heading of a plan."""

    kind: ClassVar[ObjectKind] = ObjectKind.GOAL_AREA
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalIndicator:
    """How a goal is measured: where one stood, where one shall be and when. `direction`: which way this goal wants it, None as the indicator says.

    `bodies`: where the target holds; empty: for the goal's own body.
    """

    indicator: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    direction: DesiredDirection | None = None
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(Thing):
    """`accountable` are keys of seats: there should be one. `resources`: what it is carried out with, in words. `period`: from when to when it holds.

    `reports`: keys of the reports that take it up (A12). `text`: its own words where they are more than the name (6.4).
    """

    kind: ClassVar[ObjectKind] = ObjectKind.GOAL
    document: str
    area: str | None
    parent: str | None
    accountable: tuple[str, ...]
    resources: str
    period: Period
    indicators: tuple[GoalIndicator, ...]
    text: str = ""
    reports: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone(Thing):
    """A milestone of a goal or an action (`of`). `criterion` in words, or an `indicator` with its `target`. `follow_ups`: days of follow-up (A03)."""

    kind: ClassVar[ObjectKind] = ObjectKind.MILESTONE
    of: Ref
    due_on: date | None
    criterion: str
    indicator: str | None
    target: Decimal | None
    reached_on: date | None
    follow_ups: tuple[date, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment(Thing):
    """`giver` and `receiver` are keys of bodies, `accountable` of seats, `goals` of goals. `report_due_on` is when it shall be reported back (`due_on` when
    that is not kept apart), `reported_on` when it was; `is_report_decided`: whether the giver has decided on the report.

    `requires_report` says that it asks for new reporting; then `replaces` names the report that it takes up or lets go of (A59).
    """

    kind: ClassVar[ObjectKind] = ObjectKind.ASSIGNMENT
    giver: str | None
    receiver: str | None
    accountable: tuple[str, ...]
    resources: str
    given_on: date
    due_on: date | None
    report_due_on: date | None
    reported_on: date | None
    is_report_decided: bool | None = None
    goals: tuple[str, ...] = ()
    text: str = ""
    requires_report: bool = False
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """What became of a goal or an action of last period's plan: `into` are the new ones; empty needs `reason` (dropped)."""

    document: str
    previous: Ref
    previous_name: str
    into: tuple[Ref, ...]
    reason: str
    is_decided: bool
