"""Cases and documents as the pages of the registry show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.cases.models import Case, Direction, Document, StoredFile
from styrkedja.ui.components import Crumb, Fact, Status, Tone
from styrkedja.ui.wording import day_text, moment_text

_TONES = {Direction.RECEIVED: Tone.INFO, Direction.DISPATCHED: Tone.OK, Direction.DRAWN_UP: Tone.NEUTRAL}


@dataclass(frozen=True)
class FileLink:
    name: str
    url: str
    size: int


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list. `note` is the other wording, where a reader in house shall know of it; addresses are empty in the public view."""

    reference: str
    url: str
    dated_on: date
    direction: Status
    counterpart: str
    title: str
    note: str
    subject: str
    case_url: str
    file: FileLink | None


def document_rows(documents: Sequence[Document], *, public: bool = False) -> list[DocumentRow]:
    """`public`: the wording that the public sees, without the way to the rest."""
    rows = [_row(document) for document in documents]
    return [_as_public(row, document) for row, document in zip(rows, documents, strict=True)] if public else rows


def _as_public(row: DocumentRow, document: Document) -> DocumentRow:
    title, subject = document.public_title or document.title, document.case.public_subject or document.case.subject
    return replace(row, title=title, subject=subject, note="", url="", case_url="", file=None)


def _row(document: Document) -> DocumentRow:
    case, other = document.case, document.public_title
    return DocumentRow(
        reference=document.reference,
        url=reverse("cases:document", args=[document.pk]),
        dated_on=document.dated_on,
        direction=direction_status(document),
        counterpart=document.counterpart,
        title=document.title,
        note=_("Offentlig rubrik: %(title)s") % {"title": other} if other else "",
        subject=case.subject,
        case_url=reverse("cases:dossier", args=[case.pk]),
        file=file_link(document.file),
    )


def direction_status(document: Document) -> Status:
    return Status(document.get_direction_display(), _TONES[Direction(document.direction)])


def file_link(file: StoredFile | None) -> FileLink | None:
    return FileLink(file.name, reverse("cases:file", args=[file.uuid]), file.size) if file else None


def document_facts(document: Document) -> list[Fact]:
    """What the registry says about the document."""
    case = document.case
    return [
        Fact(_("Ärende"), f"{case.reference} {case.subject}", reverse("cases:dossier", args=[case.pk])),
        Fact(_("Handlingen är"), document.get_direction_display()),
        Fact(_("Datum"), day_text(document.dated_on)),
        Fact(_("Avsändare eller mottagare"), document.counterpart),
        Fact(_("Offentlig rubrik"), document.public_title or _("Samma som rubriken")),
        Fact(_("Registrerad"), moment_text(document.registered_at)),
        Fact(_("Registrerad av"), document.function or str(document.registered_by)),
    ]


def case_facts(case: Case) -> list[Fact]:
    """What the registry says about the case."""
    series = case.registry_series
    return [
        Fact(_("Diarienummer"), case.registry_number),
        Fact(_("Diarieserie"), f"{series.key} – {series.name}" if series else ""),
        Fact(_("Ärendenummer"), case.number),
        Fact(_("Öppnat"), day_text(case.opened_at)),
        Fact(_("Offentlig ärendemening"), case.public_subject or _("Samma som ärendemeningen")),
    ]


def registry_crumbs(case: Case | None = None) -> list[Crumb]:
    """The way to a page below the registry, or below a case in it."""
    crumbs = [Crumb(_("Diarium"), reverse("cases:registry"))]
    return crumbs + ([Crumb(case.reference, reverse("cases:dossier", args=[case.pk]))] if case else [])
