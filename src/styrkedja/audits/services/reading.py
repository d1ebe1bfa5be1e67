"""An answer is read from a file, and what a person has confirmed of it is written. Nothing else of it is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.documents import DocumentRefused, Limits, read_document
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, ReadAnswer
from styrkedja.audits.policies import check_answer_for
from styrkedja.audits.services.answers import answer_recommendation, decide_response, start_response
from styrkedja.audits.services.promises import promise_action
from styrkedja.audits.services.reviews import add_recommendation, register_review
from styrkedja.audits.services.values import (
    AnswerValues,
    DecisionValues,
    PromiseValues,
    RecommendationValues,
    ResponseValues,
    ReviewValues,
)
from styrkedja.core.audits.kept_text import kept
from styrkedja.core.audits.proposal import shortened
from styrkedja.core.audits.reading import read_answer
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import Body
from styrkedja.ui.clock import day


@dataclass(frozen=True)
class ConfirmedRecommendation:
    """A recommendation with what is answered. `found` is the one that the review has already; then `recommended` is left as it is."""

    found: AuditRecommendation | None
    recommended: RecommendationValues
    answered: AnswerValues
    promised: Sequence[PromiseValues]


@dataclass(frozen=True)
class Confirmed:
    """What a person has confirmed. `review` is left out when the reading is of one that is registered; `decision` while it is a draft."""

    review: ReviewValues | None
    response: ResponseValues
    decision: DecisionValues | None
    recommendations: Sequence[ConfirmedRecommendation]


@on_record_when_forbidden("answer.reading_refused")
def read_file(*, actor: User, body: Body, review: AuditReview | None, content: bytes, name: str, at: datetime) -> ReadAnswer:
    """Reads a file as the answer of `body`. Its text is kept with the names of persons masked, the file is not.

    Raises Refused if the file cannot be read, if the body has begun its answer, and unless the actor may answer for the body.
    """
    function = check_answer_for(actor, body, on=day(at))
    _refuse_begun(review, body)
    try:
        text = read_document(content, name, Limits.from_settings())
    except DocumentRefused as refused:
        raise Refused(str(refused)) from refused
    reading = read_answer(text)
    title = shortened(reading.title.text) if reading.title else _("Svar från %(body)s") % {"body": body}
    sha256 = hashlib.sha256(content).hexdigest()
    found = ReadAnswer.objects.create(
        body=body, review=review, title=title, sha256=sha256, source=kept(reading.source), read_at=at, read_by=actor
    )
    payload = {"body": body.key, "review": review.key if review else None, "sha256": sha256}
    append(actor=actor, act="answer.read", object_type="read-answer", object_id=found.pk, payload=payload, at=at, function=function)
    return found


@on_record_when_forbidden("answer.discarding_refused")
def discard_reading(*, actor: User, found: ReadAnswer, at: datetime) -> None:
    """The text is thrown away. Raises Refused once it is confirmed, and unless the actor may answer for its body."""
    locked = _locked(found)
    function = check_answer_for(actor, locked.body, on=day(at))
    pk, payload = locked.pk, {"body": locked.body.key, "sha256": locked.sha256}
    ReadAnswer.objects.filter(pk=pk).delete()
    append(actor=actor, act="answer.discarded", object_type="read-answer", object_id=pk, payload=payload, at=at, function=function)


@on_record_when_forbidden("answer.confirmation_refused")
def confirm_reading(*, actor: User, found: ReadAnswer, confirmed: Confirmed, at: datetime) -> AuditResponse:
    """Writes what has been confirmed: the review unless it is registered, its recommendations, the answer and what it promises.

    Raises Refused if it has been confirmed or thrown away meanwhile, and if any of the parts is refused; then nothing at all is written.
    """
    locked = _locked(found)
    function = check_answer_for(actor, locked.body, on=day(at))
    review = locked.review or _registered(actor, locked, confirmed, at)
    response = start_response(actor=actor, review=review, body=locked.body, at=at, **confirmed.response)
    for one in confirmed.recommendations:
        _answered(actor, review, response, one, at)
    if confirmed.decision is not None:
        response = decide_response(actor=actor, response=response, version=None, at=at, **confirmed.decision)
    locked.review, locked.response, locked.confirmed_at = review, response, at
    locked.save()
    payload = {"review": review.key, "response": response.key}
    append(actor=actor, act="answer.confirmed", object_type="read-answer", object_id=locked.pk, payload=payload, at=at, function=function)
    return response


def _registered(actor: User, found: ReadAnswer, confirmed: Confirmed, at: datetime) -> AuditReview:
    values: dict[str, Any] = {"accountable_body": found.body, **(confirmed.review or {})}
    addressed = list(values.get("addressed", ()))
    values["addressed"] = [*addressed, *([] if found.body in addressed else [found.body])]
    return register_review(actor=actor, at=at, **values)


def _answered(actor: User, review: AuditReview, response: AuditResponse, one: ConfirmedRecommendation, at: datetime) -> None:
    recommendation = one.found or add_recommendation(actor=actor, review=review, at=at, **one.recommended)
    if not any(one.answered.values()) and not one.promised:
        return
    answer = answer_recommendation(actor=actor, response=response, recommendation=recommendation, at=at, **one.answered)
    for values in one.promised:
        promise_action(actor=actor, answer=answer, at=at, **values)


def _locked(found: ReadAnswer) -> ReadAnswer:
    locked = ReadAnswer.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if locked is None:
        raise Refused(_("Det inlästa svaret har kastats. Läs in filen på nytt."))
    if locked.confirmed_at is not None:
        raise Refused(_("Det inlästa svaret är redan bekräftat."))
    return locked


def _refuse_begun(review: AuditReview | None, body: Body) -> None:
    if review is not None and review.responses.filter(accountable_body=body).exists():
        raise Refused(_("Svaret från %(body)s är redan påbörjat. Skriv vidare på det i stället för att läsa in ett nytt.") % {"body": body})
