"""The registry (diariet): its series, the numbers they give, and the documents entered in it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document, RegistryCounter, RegistrySeries, StoredFile
from styrkedja.cases.policies import check_acting
from styrkedja.cases.services.files import Upload, attach_file, store_file
from styrkedja.cases.services.numbers import next_number
from styrkedja.cases.services.opening import tidy
from styrkedja.cases.services.refusals import about_case
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.registration import document_faults
from styrkedja.core.registry_numbers import RegistryNumberError, format_registry_number
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_refused
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import WorkItem


class SeriesRow(Protocol):
    """A row of a county's file: `authority` is a body's key."""

    @property
    def key(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def format(self) -> str: ...


@transaction.atomic
def load_registry_series(*, actor: User | None, county: County, rows: Iterable[SeriesRow], at: datetime) -> list[str]:
    """The county's series as its file says; what is gone from it is closed. Answers what changed, a Swedish line each."""
    rows = list(rows)
    authorities = bodies_by_key(row.authority for row in rows)
    changes: list[str] = []
    for row in rows:
        wanted = {"authority_id": authorities[row.authority].pk, "name": row.name, "format": row.format, "closed_on": None}
        series, is_new = RegistrySeries.objects.get_or_create(county=county, key=row.key, defaults=wanted)
        if is_new:
            changes.append(_("Ny diarieserie: %(key)s") % {"key": row.key})
        elif any(getattr(series, field) != value for field, value in wanted.items()):
            RegistrySeries.objects.filter(pk=series.pk).update(**wanted)
            changes.append(_("Ändrad diarieserie: %(key)s") % {"key": row.key})
    for gone in RegistrySeries.objects.filter(county=county, closed_on=None).exclude(key__in=[row.key for row in rows]):
        RegistrySeries.objects.filter(pk=gone.pk).update(closed_on=day(at))
        changes.append(_("Stängd diarieserie: %(key)s") % {"key": gone.key})
    if changes:
        payload = {"changes": changes}
        append(actor=actor, act="registry_series.loaded", object_type="county", object_id=county.key, payload=payload, at=at)
    return changes


@on_record_when_refused("case.registration_refused", about_case)
def assign_registry_number(
    *, actor: User, case: Case, series: RegistrySeries, at: datetime, item: WorkItem | None = None, function: str = ""
) -> Case:
    """The case gets the next number of `series`, in the year of `at`. `item` is the step that does it, whose performer has been checked.

    Raises Refused if the actor may not, the case has a number, or the series is closed or another county's.
    """
    function = check_acting(actor, case, item=item, function=function, on=day(at))
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if locked.registry_number:
        raise Refused(_("Ärendet har redan diarienummer %(number)s.") % {"number": locked.registry_number})
    if series.county_id != case.county_id:
        raise Refused(_("Diarieserien %(series)s hör inte till ärendets län.") % {"series": series.key})
    if series.closed_on is not None and series.closed_on <= day(at):
        raise Refused(_("Diarieserien %(series)s är stängd och ger inga nya nummer.") % {"series": series.key})
    year = day(at).year
    running = next_number(RegistryCounter, series=series, year=year)
    number = _written(series, running, year)
    for target in (locked, case):
        target.registry_number, target.registry_series, target.registry_year, target.registry_running = number, series, year, running
    locked.save(update_fields=["registry_number", "registry_series", "registry_year", "registry_running"])
    payload = {"registry_number": number, "series": series.key, "authority": series.authority.key}
    append(actor=actor, act="case.registered", object_type="case", object_id=case.pk, payload=payload, at=at, function=function)
    return locked


def _written(series: RegistrySeries, running: int, year: int) -> str:
    try:
        return format_registry_number(series.format, series=series.key, number=running, year=year)
    except RegistryNumberError as fault:
        raise Refused(fault.reason) from fault


@on_record_when_refused("document.registration_refused", about_case)
def register_document(
    *,
    actor: User,
    case: Case,
    direction: str,
    dated_on: date | None,
    title: str,
    counterpart: str,
    file: StoredFile | None,
    at: datetime,
    item: WorkItem | None = None,
    public_title: str = "",
    function: str = "",
    idempotency_key: UUID | None = None,
) -> Document:
    """Enter a document in the case, with the next number in it. `item` is the step that does it, whose performer has been checked.

    The same `idempotency_key` again answers the document that it entered. Raises Refused if something that OSL 5:2 asks for is missing or the
    actor may not, and then nothing is kept.
    """
    function = check_acting(actor, case, item=item, function=function, on=day(at))
    wording = {"title": tidy(title), "counterpart": tidy(counterpart), "public_title": tidy(public_title)}
    if faults := document_faults(direction=direction, dated_on=dated_on, **wording, today=day(at)):
        raise Refused(" ".join(map(sentence_text, faults.values())))
    number = _next_in(case)
    if idempotency_key and (entered := Document.objects.filter(case=case, idempotency_key=idempotency_key).first()):
        return entered
    if file is not None:
        attach_file(actor=actor, file=file, case=case)
    said = {"running_number": number, "direction": direction, "dated_on": dated_on, **wording}
    about = {"case": case, "file": file, "item": item, "function": function, "idempotency_key": idempotency_key}
    document = Document.objects.create(**said, **about, registered_at=at, registered_by=actor)
    append(
        actor=actor, act="document.registered", object_type="case", object_id=case.pk, payload=_payload(document), at=at, function=function
    )
    return document


@on_record_when_refused("document.registration_refused", about_case)
def register_upload(*, actor: User, case: Case, upload: Upload | None, at: datetime, idempotency_key: UUID, **entered: Any) -> Document:
    """What somebody has filled in by hand, with the file as it was sent. `entered`: the rest of what `register_document` asks for."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if before := Document.objects.filter(case=case, idempotency_key=idempotency_key).first():
        return before
    file = store_file(actor=actor, upload=upload, at=at, instance=case.instance) if upload else None
    return register_document(actor=actor, case=case, file=file, at=at, idempotency_key=idempotency_key, **entered)


def _next_in(case: Case) -> int:
    """The next document's number; the case stays locked, so that no other transaction is given the same."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    return (Document.objects.filter(case=case).aggregate(last=Max("running_number"))["last"] or 0) + 1


def _payload(document: Document) -> dict[str, object]:
    return {
        "document": document.pk,
        "number": document.running_number,
        "direction": document.direction,
        "dated_on": document.dated_on.isoformat(),
        "title": document.title,
        "public_title": document.public_title,
        "counterpart": document.counterpart,
        "file": str(document.file.uuid) if document.file else None,
        "sha256": document.file.sha256 if document.file else None,
    }
