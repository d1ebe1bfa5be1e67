"""The answer of a body: drafted, decided, and what it promises."""

from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, RecommendationAnswer
from styrkedja.audits.services.checks import decided, refuse_decided, refuse_number, refuse_unaddressed
from styrkedja.audits.services.values import AnswerValues, DecisionValues, ResponseValues
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import Body
from styrkedja.steering.models import DocumentState
from styrkedja.steering.services.objects import change, create, free_key, lock
from styrkedja.ui.clock import day


@on_record_when_forbidden("object.creation_refused")
def start_response(*, actor: User | None, review: AuditReview, body: Body, at: datetime, **values: Unpack[ResponseValues]) -> AuditResponse:
    """The part of `body` in the answer, a draft that it alone sees until it is decided.

    Raises Refused unless the review is addressed to `body`, and if its part is begun already, else as `create`.
    """
    locked = lock(actor=actor, row=review, at=at)
    refuse_unaddressed(locked, body)
    refuse_number(values.get("registry_number", ""))
    if locked.responses.filter(accountable_body=body).exists():
        raise Refused(_("Svaret från %(body)s är redan påbörjat.") % {"body": body})
    given: dict[str, Any] = {"key": free_key(AuditResponse, f"{locked.key} {body.key}"), **values}
    return create(actor=actor, model=AuditResponse, values=given | {"review": locked, "accountable_body": body}, at=at)


@on_record_when_forbidden("object.change_refused")
def change_response(
    *, actor: User | None, response: AuditResponse, version: int | None, at: datetime, **values: Unpack[ResponseValues]
) -> AuditResponse:
    """Changes what the answer says as a whole. Raises Refused once it is decided, else as `change`."""
    refuse_number(values.get("registry_number", ""))
    refuse_decided(actor, lock(actor=actor, row=response, at=at))
    return change(actor=actor, row=response, version=version, values=values, at=at)


@on_record_when_forbidden("object.change_refused")
def answer_recommendation(
    *,
    actor: User | None,
    response: AuditResponse,
    recommendation: AuditRecommendation,
    version: int | None = None,
    at: datetime,
    **values: Unpack[AnswerValues],
) -> RecommendationAnswer:
    """What the body answers to one recommendation, for the first time or anew (then `version` is the one that was read).

    Raises Refused if the recommendation belongs to another review or to other bodies, and once the answer is decided, else as `create`.
    """
    locked = lock(actor=actor, row=response, at=at)
    refuse_decided(actor, locked)
    _refuse_foreign(locked, recommendation)
    found = locked.answers.filter(recommendation=recommendation).first()
    if found is not None:
        return change(actor=actor, row=found, version=version, values=values, at=at)
    own = {"response": locked, "recommendation": recommendation, "accountable_body": locked.accountable_body}
    given: dict[str, Any] = {"key": free_key(RecommendationAnswer, f"{locked.key} {recommendation.number}"), **values, **own}
    return create(actor=actor, model=RecommendationAnswer, values=given, at=at)


@on_record_when_forbidden("object.change_refused")
def decide_response(
    *,
    actor: User | None,
    response: AuditResponse,
    version: int | None,
    at: datetime,
    registry_number: str | None = None,
    **said: Unpack[DecisionValues],
) -> AuditResponse:
    """The body has decided its answer, which is from now on seen by everybody in the county and stands as it is.

    Raises Refused for an answer without a word, if the days or the paragraph cannot be right, and if it is decided already, else as `change`.
    """
    locked = lock(actor=actor, row=response, at=at)
    refuse_decided(actor, locked)
    if not locked.text.strip() and not locked.answers.exclude(text="", stance="").exists():
        raise Refused(_("Svaret är tomt. Skriv svaret innan beslutet antecknas."))
    on, until, paragraph = decided(said["decided_on"], said.get("decided_until"), said.get("paragraph", ""), today=day(at))
    values: dict[str, Any] = {"state": DocumentState.DECIDED, "decided_on": on, "decided_until": until, "paragraph": paragraph}
    if registry_number is not None:
        refuse_number(registry_number)
        values["registry_number"] = registry_number
    return change(actor=actor, row=response, version=version, values=values, at=at)


def _refuse_foreign(response: AuditResponse, recommendation: AuditRecommendation) -> None:
    if recommendation.review_id != response.review_id:
        raise Refused(_("Rekommendationen hör till en annan granskning."))
    addressees = set(recommendation.addressees.values_list("pk", flat=True))
    if addressees and response.accountable_body_id not in addressees:
        told = {"number": recommendation.number, "body": response.accountable_body}
        raise Refused(_("Rekommendation %(number)s är inte riktad till %(body)s. Se fältet ”Riktad till”.") % told)
