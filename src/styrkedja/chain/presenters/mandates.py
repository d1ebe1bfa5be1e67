"""Mandates and decisions as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.chain.presenters.doing import Act
from styrkedja.chain.presenters.links import body_url, object_url
from styrkedja.chain.presenters.rows import amount
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.decisions.presenters import decision_url
from styrkedja.steering.models import SteeringDocument
from styrkedja.ui.components import Crumb, Fact, Status
from styrkedja.ui.wording import day_text

MANDATE = "mandate"  # what its history is kept under
_DAY = timedelta(days=1)
_LONGEST = 120  # characters of a decision's text that stand for it


@dataclass(frozen=True)
class MandateRow:
    title: str
    url: str
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
            url=mandate_url(row),
            holder=str(row.seat or row.body),
            subject=row.subject,
            limit=limit_text(row),
            given_by=str(row.given_by),
            level=row.get_level_display(),
            status=in_force(row, on=on),
            may_correct=row.may_correct,
        )
        for row in found
    ]


def in_force(row: Mandate, *, on: date) -> Status:
    if row.valid_until is not None and row.valid_until <= on:
        return Status(_("Har upphört"), "neutral")
    if row.valid_from is not None and row.valid_from > on:
        return Status(_("Kommande"), "neutral")
    return Status(_("Gäller"), "ok")


def mandate_url(row: Mandate) -> str:
    return reverse("steering:mandate", args=[row.key])


def mandate_crumb(row: Mandate) -> Crumb:
    return Crumb(str(row), mandate_url(row))


def mandate_facts(row: Mandate, documents: Iterable[SteeringDocument]) -> list[Fact]:
    """All that is told of it; the documents that give it last."""
    corrected = ", ".join(str(body) for body in row.corrects.all())
    told = [
        Fact(_("Innehas av"), str(row.seat or row.body), body_url(row.body)),
        Fact(_("Givet av"), str(row.given_by), body_url(row.given_by)),
        Fact(_("Nivå"), row.get_level_display()),
        Fact(_("Ämne"), row.subject),
        Fact(_("Belopp högst"), limit_text(row)),
        Fact(_("Punkt i reglementet"), row.point),
        Fact(_("Gäller från"), day_text(row.valid_from) if row.valid_from else _("Inget datum är angivet")),
        Fact(_("Gäller till"), day_text(row.valid_until - _DAY) if row.valid_until else _("Tills vidare")),
        Fact(_("Får korrigera"), corrected or (_("Egen verksamhet") if row.may_correct else "")),
    ]
    given = [Fact(_("Styrdokument"), str(document), object_url(document)) for document in documents]
    return [fact for fact in [*told, *given] if fact.value]


def mandate_acts(row: Mandate, *, may_change: bool, on: date) -> list[Act]:
    if not may_change:
        return []
    found = [Act(_("Ändra mandatet"), reverse("steering:change_mandate", args=[row.key]), "primary")]
    if row.valid_until is None or row.valid_until > on:
        found.append(Act(_("Avsluta mandatet"), reverse("steering:end_mandate", args=[row.key])))
    return found


def limit_text(row: Mandate) -> str:
    return amount(row.amount_limit) if row.amount_limit is not None else _("Ingen gräns")


@dataclass(frozen=True)
class DecisionRow:
    url: str
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
            url=decision_url(row),
            text=row.outcome or _beginning(row.text),
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


def _beginning(text: str) -> str:
    """The first line of a text, cut after a word where it is long: what a decision is called that has no short name."""
    line = text.strip().partition("\n")[0].strip()
    if len(line) <= _LONGEST:
        return line
    cut = line[:_LONGEST]
    return f"{cut.rpartition(' ')[0] or cut}…"
