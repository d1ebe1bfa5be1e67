"""What each kind of object can be given, as in steering.services.values."""

from datetime import date
from typing import Required, TypedDict

from styrkedja.audits.models import AuditRecommendation
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, Seat
from styrkedja.steering.models import Goal
from styrkedja.steering.services.values import ObjectValues


class ReviewValues(ObjectValues, total=False):
    """The body that sees to the answer is one of those that are addressed, whether it is named among them or not."""

    kind: str
    reviewer: str
    registry_number: str
    question: str
    assessment: str
    vision: str
    received_on: date | None
    answer_due_on: date | None
    stated_count: int | None
    addressed: list[Body]


class RecommendationValues(TypedDict, total=False):
    key: str
    title: str
    text: str
    number: str
    position: int
    areas: str
    addressees: list[Body]
    report_due_on: date | None


class DecisionValues(TypedDict, total=False):
    """`decided_until` when the meeting lasted several days."""

    decided_on: Required[date]
    decided_until: date | None
    paragraph: str


class FollowUpValues(TypedDict, total=False):
    key: str
    level: str
    state: str
    followed_up_on: date
    text: str
    evidence: str
    accountable_seat: Seat | None


class ResponseValues(TypedDict, total=False):
    key: str
    text: str
    registry_number: str
    dated_on: date | None
    signatories: list[Seat]
    accountable_seat: Seat | None


class AnswerValues(TypedDict, total=False):
    key: str
    text: str
    stance: str
    reason: str
    alternative: str


class PromiseValues(TypedDict, total=False):
    key: str
    text: str
    state: str
    due_on: date | None
    accountable_seat: Seat | None


class ReportValues(ObjectValues, total=False):
    cycle: str
    starts_on: date
    ends_on: date
    due_on: date | None
    row_count: int | None
    goals: list[Goal]
    indicators: list[Indicator]
    recommendations: list[AuditRecommendation]


class HandedInValues(TypedDict, total=False):
    handed_in_on: Required[date]
    analysis: str
    proposal: str
    row_count: int | None
