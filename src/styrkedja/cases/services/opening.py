"""A case is opened, and its wording changed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, CaseCounter
from styrkedja.cases.policies import check_keep_registry, check_open_case
from styrkedja.cases.services.numbers import next_number
from styrkedja.cases.services.refusals import about_case, about_county
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.engine import Value
from styrkedja.core.registration import subject_faults
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_refused
from styrkedja.organisations.models import County
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import HistoryEvent, ProcessDefinition
from styrkedja.workflows.services import AlreadySubmitted, start_instance

_SUBMITTED_ONCE = "history_submit_once"


@on_record_when_refused("case.opening_refused", about_county)
def open_case(
    *,
    actor: User,
    county: County,
    definition: ProcessDefinition,
    subject: str,
    public_subject: str = "",
    givens: Mapping[str, Value],
    at: datetime,
    idempotency_key: UUID | None = None,
) -> Case:
    """A new case on its first step. The same `idempotency_key` again answers the case that it opened.

    Raises Refused, or EngineFault when a given is missing or the first step cannot open; then nothing is kept.
    """
    wording = (tidy(subject), tidy(public_subject))
    try:
        with transaction.atomic():
            return _open(actor, county, definition, wording, givens, at, idempotency_key)
    except AlreadySubmitted as sent:
        return _opened_before(actor, sent.event)
    except IntegrityError as error:  # the same form twice at the very same time: the other one was first
        if idempotency_key is None or getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != _SUBMITTED_ONCE:
            raise
        return _opened_before(actor, HistoryEvent.objects.get(idempotency_key=idempotency_key))


def _open(
    actor: User,
    county: County,
    definition: ProcessDefinition,
    wording: tuple[str, str],
    givens: Mapping[str, Value],
    at: datetime,
    idempotency_key: UUID | None,
) -> Case:
    function = check_open_case(actor, county, on=day(at))
    _check_wording(*wording)
    if definition.county_id != county.pk:
        raise Refused(_("Rutinen %(routine)s gäller inte i %(county)s.") % {"routine": definition.name, "county": county.name})
    instance = start_instance(actor=actor, definition=definition, givens=givens, at=at, idempotency_key=idempotency_key)
    year = day(at).year
    number = f"{year}-{next_number(CaseCounter, county=county, year=year):04}"
    subject, public_subject = wording
    case = Case.objects.create(
        county=county, instance=instance, number=number, subject=subject, public_subject=public_subject, opened_at=at, opened_by=actor
    )
    payload = {"number": number, "subject": subject, "public_subject": public_subject, "instance": instance.pk, "givens": instance.givens}
    routine = {"routine": definition.key, "version": definition.version}
    append(actor=actor, act="case.opened", object_type="case", object_id=case.pk, payload=payload | routine, at=at, function=function)
    return case


def _opened_before(actor: User, event: HistoryEvent) -> Case:
    case = Case.objects.filter(instance=event.instance_id, opened_by=actor).first()
    if case is None:
        raise Refused(_("Formuläret har redan använts till något annat. Öppna sidan på nytt och fyll i det igen."))
    return case


@on_record_when_refused("case.subjects_change_refused", about_case)
def change_subjects(*, actor: User, case: Case, subject: str, public_subject: str, at: datetime) -> Case:
    """New wording of the case, in house and in public; what it was before is in the log. Raises Refused."""
    function = check_keep_registry(actor, case.county, on=day(at))
    wording = {"subject": tidy(subject), "public_subject": tidy(public_subject)}
    _check_wording(**wording)
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    before = {field: getattr(locked, field) for field in wording}
    if before == wording:
        return locked
    for field, text in wording.items():
        setattr(locked, field, text)
    locked.save(update_fields=list(wording))
    payload = {"before": before, "after": wording}
    append(actor=actor, act="case.subjects_changed", object_type="case", object_id=case.pk, payload=payload, at=at, function=function)
    return locked


def _check_wording(subject: str, public_subject: str) -> None:
    if faults := subject_faults(subject=subject, public_subject=public_subject):
        raise Refused(" ".join(map(sentence_text, faults.values())))


def tidy(text: str) -> str:
    """One line, no double spaces."""
    return " ".join(text.split())
