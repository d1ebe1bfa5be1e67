"""Mandates and decisions as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.chain.presenters.rows import amount
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.ui.components import Status


@dataclass(frozen=True)
class MandateRow:
    title: str
    holder: str
    subject: str
    limit: str
    given_by: str
    level: str
    status: Status
    may_correct: bool


def mandate_rows(found: Iterable[Mandate], *, on: date) -> list[MandateRow]:
    return [
        MandateRow(
            title=f"{row.title}{f' ({row.point})' if row.point else ''}",
            holder=str(row.seat or row.body),
            subject=row.subject,
            limit=amount(row.amount_limit) if row.amount_limit is not None else _("Ingen gräns"),
            given_by=str(row.given_by),
            level=row.get_level_display(),
            status=_in_force(row, on),
            may_correct=row.may_correct,
        )
        for row in found
    ]


def _in_force(row: Mandate, on: date) -> Status:
    if row.valid_until is not None and row.valid_until <= on:
        return Status(_("Har upphört"), "neutral")
    if row.valid_from is not None and row.valid_from > on:
        return Status(_("Kommande"), "neutral")
    return Status(_("Gäller"), "ok")


@dataclass(frozen=True)
class DecisionRow:
    text: str
    body: str
    decided_on: date
    reference: str
    level: str
    mandate: str
    amount: str
    calculation: str


def decision_rows(found: Iterable[Decision]) -> list[DecisionRow]:
    return [
        DecisionRow(
            text=row.outcome or row.text,
            body=str(row.seat or row.body),
            decided_on=row.decided_on,
            reference=" ".join(part for part in (row.paragraph, row.registry_number) if part),
            level=row.get_level_display() if row.level else "–",
            mandate=str(row.mandate) if row.mandate else _("Inget mandat är angivet"),
            amount=amount(row.amount),
            calculation=row.no_estimate_reason,
        )
        for row in found
    ]
