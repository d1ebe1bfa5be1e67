"""The page of a report."""

from datetime import date

from django.utils.translation import gettext as _

from styrkedja.audits.models import AuditRecommendation, ProgressReport
from styrkedja.audits.presenters.links import recommendation_url
from styrkedja.audits.presenters.listing import period_text
from styrkedja.audits.presenters.minutes import Minutes
from styrkedja.audits.presenters.standing import decision_text
from styrkedja.ui.components import Fact
from styrkedja.ui.wording import day_text


def lead(report: ProgressReport) -> str:
    return " · ".join(filter(None, (str(report.accountable_body or ""), report.get_cycle_display(), period_text(report))))


def facts(report: ProgressReport, *, on: date, minutes: Minutes) -> list[Fact]:
    approval = decision_text(report.approved_on, None, report.paragraph)
    return [
        Fact(_("Organ"), report.accountable_body.name if report.accountable_body else ""),
        Fact(_("Period"), period_text(report)),
        Fact(_("Ansvarig funktion"), str(report.accountable_seat or "")),
        Fact(_("Lämnas senast"), day_text(report.due_on, on) if report.due_on else ""),
        Fact(_("Lämnad"), day_text(report.handed_in_on, on) if report.handed_in_on else ""),
        Fact(_("Godkänd"), approval, minutes.url([report.accountable_body], report.approved_on, report.paragraph)),
        Fact(_("Antal rader till nämnden"), str(report.row_count) if report.row_count is not None else ""),
    ]


def recommendation_links(rows: list[AuditRecommendation]) -> list[tuple[str, str]]:
    return [(f"{row.review}: {row}", recommendation_url(row)) for row in rows]
