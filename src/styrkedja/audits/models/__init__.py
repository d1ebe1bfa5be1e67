"""Reviews, recommendations, answers and reports. `KINDS` names each as the log, the history and the addresses do."""

from styrkedja.audits.models.answers import PROMISE_STATES, STANCES, AuditResponse, PromisedAction, RecommendationAnswer
from styrkedja.audits.models.reports import REPORTING_CYCLES, ProgressReport
from styrkedja.audits.models.reviews import AuditRecommendation, AuditReview, FollowUp, FollowUpState, ReviewKind
from styrkedja.audits.models.uploads import ReadAnswer
from styrkedja.steering.models import ChainObject

_MODELS: tuple[type[ChainObject], ...] = (
    AuditReview,
    AuditRecommendation,
    FollowUp,
    AuditResponse,
    RecommendationAnswer,
    PromisedAction,
    ProgressReport,
)
KINDS: dict[str, type[ChainObject]] = {model.KIND: model for model in _MODELS}

__all__ = [
    "AuditRecommendation",
    "AuditResponse",
    "AuditReview",
    "FollowUp",
    "FollowUpState",
    "KINDS",
    "PROMISE_STATES",
    "ProgressReport",
    "PromisedAction",
    "REPORTING_CYCLES",
    "ReadAnswer",
    "RecommendationAnswer",
    "ReviewKind",
    "STANCES",
]
