"""What the auditors said, what was answered, and what is reported back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from styrkedja.core.controls.snapshot.kinds import ObjectKind, PromiseState, ReportingCycle, Stance
from styrkedja.core.controls.snapshot.things import Ref, Thing
from styrkedja.core.periods import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditReview(Thing):
    """`stated_count`: how many recommendations the review says that it gives (A41)."""

    kind: ClassVar[ObjectKind] = ObjectKind.AUDIT
    stated_count: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromisedAction:
    """An action that an answer promises; `action` is its key once it has been taken into the chain. `state` None: it does not say."""

    text: str
    state: PromiseState | None
    accountable: tuple[str, ...]
    due_on: date | None
    action: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer of one of the bodies. `alternative`: what is done instead, when a recommendation is not followed (A18)."""

    body: str
    stance: Stance | None
    text: str
    reason: str
    alternative: str
    decision: str | None
    promised: tuple[PromisedAction, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation(Thing):
    """From the auditors or a national body. `addressees` and `answers` by body: an answer may be split and is still one whole.

    The four columns of reference 6.3: decided actions (`answers`), `reported_on`, `report_decision`, `remaining_need` ("": not examined).
    """

    kind: ClassVar[ObjectKind] = ObjectKind.RECOMMENDATION
    audit: str
    number: str
    addressees: tuple[str, ...]
    answers: tuple[Answer, ...]
    answer_due_on: date | None
    report_due_on: date | None
    reported_on: date | None
    report_decision: str | None
    remaining_need: str
    closed_on: date | None
    areas: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report(Thing):
    """A report of a body on a period. `covers`: goals and indicators that it takes up. `rows`: how many lines the board gets (A58)."""

    kind: ClassVar[ObjectKind] = ObjectKind.REPORT
    cycle: ReportingCycle
    period: Period
    due_on: date | None
    handed_in_on: date | None
    approved_on: date | None
    covers: tuple[Ref, ...] | None = None
    analysis: str | None = None
    proposal: str | None = None
    rows: int | None = None
