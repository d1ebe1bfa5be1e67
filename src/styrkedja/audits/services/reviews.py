"""Reviews and their recommendations."""

from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditRecommendation, AuditReview
from styrkedja.audits.services.checks import refuse_number, refuse_to_come
from styrkedja.audits.services.values import RecommendationValues, ReviewValues
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.services.objects import change, create, free_key, lock
from styrkedja.ui.clock import day


@on_record_when_forbidden("object.creation_refused")
def register_review(*, actor: User | None, at: datetime, **values: Unpack[ReviewValues]) -> AuditReview:
    """A review has come in. Raises Refused for a day to come or a registry number that cannot be read, else as `create`."""
    _refuse_faulty(values, at)
    given = dict(values)
    if (body := given.get("accountable_body")) is not None:
        given["addressed"] = [*given.get("addressed", ()), *([] if body in given.get("addressed", ()) else [body])]
    return create(actor=actor, model=AuditReview, values=given, at=at)


@on_record_when_forbidden("object.change_refused")
def change_review(
    *, actor: User | None, review: AuditReview, version: int | None, at: datetime, **values: Unpack[ReviewValues]
) -> AuditReview:
    """Changes what is known of a review. A body that has begun to answer remains addressed. Raises as `register_review` and `change`."""
    _refuse_faulty(values, at)
    found, given = lock(actor=actor, row=review, at=at), dict(values)
    body = given.get("accountable_body", found.accountable_body)
    addressed = list(given.get("addressed", found.addressed.all()))
    if body is not None and body not in addressed:
        addressed.append(body)
    lost = found.responses.exclude(accountable_body__in=addressed).select_related("accountable_body").first()
    if lost is not None:
        raise Refused(_("%(body)s har börjat svara och kan inte tas bort ur granskningen.") % {"body": lost.accountable_body})
    return change(actor=actor, row=review, version=version, values=given | {"addressed": addressed}, at=at)


@on_record_when_forbidden("object.creation_refused")
def add_recommendation(
    *, actor: User | None, review: AuditReview, at: datetime, **values: Unpack[RecommendationValues]
) -> AuditRecommendation:
    """A recommendation of the review, last unless a position is given. Raises Refused if its number is taken, else as `create`."""
    locked = lock(actor=actor, row=review, at=at)
    number = str(values.get("number", "")).strip()
    _refuse_taken(locked, number)
    given: dict[str, Any] = {
        "key": free_key(AuditRecommendation, f"{locked.key} {number}"),
        "position": locked.recommendations.count() + 1,
        **values,
        "review": locked,
        "accountable_body": locked.accountable_body,
    }
    return create(actor=actor, model=AuditRecommendation, values=given, at=at)


@on_record_when_forbidden("object.change_refused")
def change_recommendation(
    *,
    actor: User | None,
    recommendation: AuditRecommendation,
    version: int | None,
    at: datetime,
    **values: Unpack[RecommendationValues],
) -> AuditRecommendation:
    """Changes what is recommended, to whom, and when it is to be reported back. Raises as `add_recommendation` and `change`."""
    locked = lock(actor=actor, row=recommendation, at=at)
    number = str(values.get("number", locked.number)).strip()
    if number != locked.number:
        _refuse_taken(locked.review, number)
    return change(actor=actor, row=recommendation, version=version, values=values, at=at)


def _refuse_taken(review: AuditReview, number: str) -> None:
    if review.recommendations.filter(number=number).exists():
        raise Refused(_("Granskningen har redan en rekommendation med beteckningen %(number)s.") % {"number": number})


def _refuse_faulty(values: ReviewValues, at: datetime) -> None:
    refuse_number(values.get("registry_number", ""))
    received = values.get("received_on")
    if received is not None:
        refuse_to_come(received, today=day(at))
