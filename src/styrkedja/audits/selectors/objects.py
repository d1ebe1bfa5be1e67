"""Reviews, recommendations, answers and reports, one by one and as the pages list them."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import F, QuerySet

from styrkedja.accounts.models import User
from styrkedja.audits.models import (
    AuditRecommendation,
    AuditResponse,
    AuditReview,
    FollowUp,
    ProgressReport,
    PromisedAction,
    ReadAnswer,
    RecommendationAnswer,
)
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.organisations.selectors import positions
from styrkedja.steering.models import ChainObject, Goal
from styrkedja.steering.selectors import shown

Row = TypeVar("Row", bound=ChainObject)
# What is said of each kind besides the accountable body and function.
_BESIDE: dict[type[ChainObject], tuple[str, ...]] = {
    AuditReview: ("county",),
    AuditRecommendation: ("review__accountable_body",),
    FollowUp: ("recommendation__review__accountable_body",),
    AuditResponse: ("review__accountable_body",),
    RecommendationAnswer: ("response__review", "response__accountable_body", "recommendation"),
    PromisedAction: ("answer__response__review", "answer__response__accountable_body", "answer__recommendation"),
}


def by_key(user: User | None, model: type[Row], key: str, *, on: date) -> Row | None:
    """The object of that kind and key, if `user` may see it."""
    found = shown(user, model, on=on).select_related("accountable_body", "accountable_seat__body", *_BESIDE.get(model, ()))
    return found.filter(key=key).first()


def reviews(user: User | None, *, on: date) -> QuerySet[AuditReview]:
    """What has come in, the latest first; what has no day stands last."""
    return shown(user, AuditReview, on=on).order_by(F("received_on").desc(nulls_last=True), "title")


def recommendations(user: User | None, review: AuditReview, *, on: date) -> QuerySet[AuditRecommendation]:
    """Every recommendation of the review in its order, with its addressees."""
    return shown(user, AuditRecommendation, on=on).filter(review=review).prefetch_related("addressees").order_by("position", "pk")


def reports(user: User | None, *, on: date, body: Body | None = None) -> QuerySet[ProgressReport]:
    """Reports, the latest period first."""
    found = shown(user, ProgressReport, on=on).order_by("-ends_on", "accountable_body__name", "cycle")
    return found.filter(accountable_body=body) if body else found


def reports_on(user: User | None, recommendation: AuditRecommendation, *, on: date) -> QuerySet[ProgressReport]:
    """The reports that take up a recommendation, the latest first."""
    return reports(user, on=on).filter(recommendations=recommendation)


def read_answers(user: User, *, on: date) -> QuerySet[ReadAnswer]:
    """Answers that are read from files, those of the bodies that `user` acts in; for an administrator all. The latest first."""
    found = ReadAnswer.objects.select_related("body", "review", "response__review", "read_by").order_by("-read_at", "-pk")
    if not user.is_authenticated or not user.is_active:
        return found.none()
    if user.is_administrator:
        return found
    return found.filter(body__in={body for body, _function in positions(user, on=on)})


def waiting_answers(user: User, *, on: date) -> QuerySet[ReadAnswer]:
    """Those that nobody has confirmed yet. Their text is left in the database."""
    return read_answers(user, on=on).filter(confirmed_at=None).defer("source")


def read_answer_by_id(user: User, found_id: int, *, on: date) -> ReadAnswer | None:
    return read_answers(user, on=on).filter(pk=found_id).first()


@dataclass(frozen=True)
class Covered:
    """What a report takes up, as far as the reader sees it."""

    recommendations: list[AuditRecommendation]
    goals: list[Goal]
    indicators: list[Indicator]


def covered(user: User | None, report: ProgressReport, *, on: date) -> Covered:
    return Covered(
        list(shown(user, AuditRecommendation, on=on).filter(reports=report).select_related("review").order_by("review__title", "position")),
        list(shown(user, Goal, on=on).filter(reports=report)),
        list(report.indicators.order_by("title")),
    )
