"""What becomes of a recommendation: the four columns of its follow-up (reference 6.3), and what happens at each level (source 001)."""

from datetime import date, datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditRecommendation, FollowUp
from styrkedja.audits.services.checks import decided, refuse_to_come
from styrkedja.audits.services.values import DecisionValues, FollowUpValues
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.services.objects import change, create, free_key
from styrkedja.ui.clock import day


def report_back(
    *, actor: User | None, recommendation: AuditRecommendation, version: int | None, reported_on: date, report: str, at: datetime
) -> AuditRecommendation:
    """What has been done is reported back. Raises Refused without a text or for a day to come, else as `change`."""
    refuse_to_come(reported_on, today=day(at))
    if not report.strip():
        raise Refused(_("Skriv vad som återrapporteras."))
    values = {"reported_on": reported_on, "report": report}
    return change(actor=actor, row=recommendation, version=version, values=values, at=at)


def decide_report(
    *,
    actor: User | None,
    recommendation: AuditRecommendation,
    version: int | None,
    decision: str,
    remaining_need: str = "",
    at: datetime,
    **said: Unpack[DecisionValues],
) -> AuditRecommendation:
    """What was decided on the report, and which need remains. Raises Refused if nothing is reported or decided, else as `change`."""
    on, until, paragraph = decided(said["decided_on"], said.get("decided_until"), said.get("paragraph", ""), today=day(at))
    if not decision.strip():
        raise Refused(_("Skriv vad som beslutades utifrån återrapporten."))
    values = {
        "report_decided_on": on,
        "report_decided_until": until,
        "report_paragraph": paragraph,
        "report_decision": decision,
        "remaining_need": remaining_need,
    }
    return change(actor=actor, row=recommendation, version=version, values=values, at=at)


def close_recommendation(
    *, actor: User | None, recommendation: AuditRecommendation, version: int | None, closed_on: date, remaining_need: str, at: datetime
) -> AuditRecommendation:
    """Nothing more is followed up. Raises Refused unless it is said what need remains, or that none does, else as `change`."""
    refuse_to_come(closed_on, today=day(at))
    if not remaining_need.strip():
        raise Refused(_("Skriv vilka behov som kvarstår, eller att inga kvarstår."))
    values = {"closed_on": closed_on, "remaining_need": remaining_need}
    return change(actor=actor, row=recommendation, version=version, values=values, at=at)


def reopen_recommendation(
    *, actor: User | None, recommendation: AuditRecommendation, version: int | None, at: datetime
) -> AuditRecommendation:
    """It is followed up again. Raises as `change`."""
    return change(actor=actor, row=recommendation, version=version, values={"closed_on": None}, at=at)


@on_record_when_forbidden("object.creation_refused")
def follow_up(*, actor: User | None, recommendation: AuditRecommendation, at: datetime, **values: Unpack[FollowUpValues]) -> FollowUp:
    """What has happened at a level. Raises Refused for a day to come, else as `create`."""
    if (on := values.get("followed_up_on")) is not None:
        refuse_to_come(on, today=day(at))
    own = {"recommendation": recommendation, "accountable_body": recommendation.review.accountable_body}
    given: dict[str, Any] = {"key": free_key(FollowUp, f"{recommendation.key} {values.get('level', '')}"), **values, **own}
    return create(actor=actor, model=FollowUp, values=given, at=at)


def change_follow_up(
    *, actor: User | None, found: FollowUp, version: int | None, at: datetime, **values: Unpack[FollowUpValues]
) -> FollowUp:
    """Changes what was followed up. Raises as `follow_up` and `change`."""
    if (on := values.get("followed_up_on")) is not None:
        refuse_to_come(on, today=day(at))
    return change(actor=actor, row=found, version=version, values=values, at=at)
