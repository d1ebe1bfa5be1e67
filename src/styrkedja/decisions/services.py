"""A decision, or a recommendation, goes on record."""

from datetime import date, datetime

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, StoredFile
from styrkedja.cases.policies import check_acting
from styrkedja.cases.services import attach_file
from styrkedja.core.decisions import decision_faults, written_paragraph
from styrkedja.core.policies.refusal import Refused
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.ledger.services import append
from styrkedja.organisations.models import Body
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import WorkItem


@transaction.atomic
def record_decision(
    *,
    actor: User,
    case: Case,
    nature: DecisionNature,
    body: Body,
    decided_on: date,
    decided_until: date | None = None,
    paragraph: str = "",
    outcome: str = "",
    text: str,
    minutes: StoredFile | None = None,
    at: datetime,
    item: WorkItem | None = None,
    function: str = "",
) -> Decision:
    """What `body` decided in the case. `item` is the step that does it, whose performer has been checked; by hand the registrar records it.

    Raises Refused if the dates or the paragraph cannot be right, the text is missing or the actor may not; then nothing is kept.
    """
    function = check_acting(actor, case, item=item, function=function, on=day(at))
    outcome, text, decided_until = outcome.strip(), text.strip(), None if decided_until == decided_on else decided_until
    said = {"decided_on": decided_on, "decided_until": decided_until, "outcome": outcome, "text": text}
    if faults := decision_faults(**said, paragraph=paragraph, today=day(at)):
        raise Refused(" ".join(map(sentence_text, faults.values())))
    said["paragraph"] = written_paragraph(paragraph)
    if minutes is not None:
        attach_file(actor=actor, file=minutes, case=case)
    about = {"case": case, "nature": nature, "body": body, "minutes": minutes, "item": item, "function": function}
    decision = Decision.objects.create(**about, **said, recorded_at=at, recorded_by=actor)
    append(
        actor=actor, act="decision.recorded", object_type="case", object_id=case.pk, payload=_payload(decision), at=at, function=function
    )
    return decision


def _payload(decision: Decision) -> dict[str, object]:
    return {
        "decision": decision.pk,
        "nature": str(decision.nature),
        "body": decision.body.key,
        "decided_on": decision.decided_on.isoformat(),
        "decided_until": decision.decided_until.isoformat() if decision.decided_until else None,
        "paragraph": decision.paragraph,
        "outcome": decision.outcome,
        "text": decision.text,
        "minutes": decision.minutes.sha256 if decision.minutes else None,
    }
