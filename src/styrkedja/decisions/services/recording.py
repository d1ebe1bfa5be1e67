"""A decision, or a recommendation, goes on record: in a case, or outside every case with a registry number of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, StoredFile
from styrkedja.cases.policies import check_acting, check_keep_registry
from styrkedja.cases.services import attach_file
from styrkedja.core.decisions import decision_faults, written_paragraph
from styrkedja.core.policies.audits import AUDITING_FUNCTIONS
from styrkedja.core.policies.refusal import Forbidden, Refused, tried_on
from styrkedja.core.registry_numbers import RegistryNumberError, parse_registry_number
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.decisions.services.grounds import Grounds, as_it_was, asked_in_case, checked
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import functions_held
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import WorkItem


@on_record_when_forbidden("decision.recording_refused")
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
    grounds: Grounds | None = None,
) -> Decision:
    """What `body` decided in the case. `item` is the step that does it, whose performer has been checked; by hand the registrar records it.

    `grounds`: what it rests on. A decision of a body whose mandates are loaded must have them; a recommendation binds nobody and rests on none.
    Raises Refused if the dates or the paragraph cannot be right, the text is missing, the decision goes beyond its mandate or the actor may not;
    then nothing is kept.
    """
    with tried_on("case", case.pk):
        function = check_acting(actor, case, item=item, function=function, on=day(at))
    days = {"decided_on": decided_on, "decided_until": decided_until}
    said = _said(**days, paragraph=paragraph, outcome=outcome, text=text, today=day(at))
    is_decision = nature == DecisionNature.DECISION
    rests_on = asked_in_case(grounds, body=body, on=decided_on) if is_decision else as_it_was(grounds)
    if minutes is not None:
        attach_file(actor=actor, file=minutes, case=case)
    about = {"case": case, "nature": nature, "body": body, "minutes": minutes, "item": item, "function": function}
    decision = Decision.objects.create(**about, **said, **rests_on, recorded_at=at, recorded_by=actor)
    payload = _payload(decision)
    append(actor=actor, act="decision.recorded", object_type="case", object_id=case.pk, payload=payload, at=at, function=function)
    return decision


@on_record_when_forbidden("decision.recording_refused")
def record_decision_outside(
    *,
    actor: User | None,
    body: Body,
    registry_number: str,
    decided_on: date,
    decided_until: date | None = None,
    paragraph: str = "",
    outcome: str = "",
    text: str,
    grounds: Grounds | None,
    nature: DecisionNature = DecisionNature.DECISION,
    key: str = "",
    is_history: bool = False,
    at: datetime,
) -> Decision:
    """What `body`, or a function in it, decided outside every case; `registry_number` says where it is kept, `key` what a file calls it.

    `is_history`: it stands in a file and is kept as it was made, whatever its grounds lack; the controls speak of that. Raises Refused as `record_decision`, without a registry number, and unless the actor acts in the body or keeps the county's registry.
    """
    county = body.county or County.objects.filter(region=body).first()
    with tried_on("body", body.key):
        function = _acting_outside(actor, body, county, on=day(at))
    days = {"decided_on": decided_on, "decided_until": decided_until}
    said = _said(**days, paragraph=paragraph, outcome=outcome, text=text, today=day(at))
    rests_on = as_it_was(grounds) if is_history else checked(grounds, body=body, on=decided_on)
    registry_number = _number(registry_number)
    if key and Decision.objects.filter(key=key).exists():
        raise Refused(_("Nyckeln %(key)s finns redan. Välj en annan.") % {"key": key})
    about = {"key": key or None, "county": county, "registry_number": registry_number, "nature": nature, "body": body}
    decision = Decision.objects.create(**about, **said, **rests_on, function=function, recorded_at=at, recorded_by=actor)
    payload = _payload(decision)
    append(actor=actor, act="decision.recorded", object_type="decision", object_id=decision.pk, payload=payload, at=at, function=function)
    return decision


def _said(*, decided_on: date, decided_until: date | None, paragraph: str, outcome: str, text: str, today: date) -> Mapping[str, Any]:
    """As it is to be stored. Raises Refused if it cannot be right."""
    outcome, text, decided_until = outcome.strip(), text.strip(), None if decided_until == decided_on else decided_until
    said = {"decided_on": decided_on, "decided_until": decided_until, "outcome": outcome, "text": text}
    if faults := decision_faults(**said, paragraph=paragraph, today=today):
        raise Refused(" ".join(map(sentence_text, faults.values())))
    return said | {"paragraph": written_paragraph(paragraph)}


def _number(registry_number: str) -> str:
    if not registry_number.strip():
        raise Refused(_("Ange beslutets diarienummer."))
    try:
        parse_registry_number(registry_number)
    except RegistryNumberError as fault:
        raise Refused(fault.reason) from None
    return " ".join(registry_number.split())


def _acting_outside(actor: User | None, body: Body, county: County | None, *, on: date) -> str:
    """What the function is called in which the actor records: one in the body itself, else that of the county's registrar."""
    if actor is None:
        return ""
    held = functions_held(actor, on=on)
    if own := sorted(position for position in held if position[0] == body.pk and position[1] not in AUDITING_FUNCTIONS):
        return held[own[0]]
    if county is None:
        raise Forbidden(_("Bara den som innehar en funktion i %(body)s kan anteckna dess beslut.") % {"body": body})
    return check_keep_registry(actor, county, on=on)


def _payload(decision: Decision) -> dict[str, object]:
    return _rests_on(decision) | {
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


def _rests_on(decision: Decision) -> dict[str, object]:
    """What was said of number, mandate and calculation, and no more."""
    names = ("registry_number", "level", "subject", "amount", "no_estimate_reason", "outside_budget", "exception_reason")
    said = {name: getattr(decision, name) for name in names if getattr(decision, name) not in ("", None, False)}
    return said | ({"mandate": decision.mandate.key} if decision.mandate else {})
