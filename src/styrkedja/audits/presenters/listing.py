"""The lists: reviews, reports, and answers that have been read and wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.audits.forms.lists import ANSWERED, LATE, WAITING
from styrkedja.audits.models import ProgressReport, ReadAnswer, ReviewKind
from styrkedja.audits.presenters.links import report_url, review_url
from styrkedja.audits.presenters.standing import report_status, reports_status, review_status
from styrkedja.audits.selectors import Whole
from styrkedja.decisions.presenters import range_text
from styrkedja.ui.components import Status, Tab


@dataclass(frozen=True)
class ReviewRow:
    """`decided`: how many of its bodies have decided their part, "1 av 2"."""

    title: str
    url: str
    about: str
    bodies: str
    due_on: date | None
    status: Status
    decided: str
    recommendations: int
    reports: Status


@dataclass(frozen=True)
class ReportRow:
    title: str
    url: str
    body: str
    period: str
    due_on: date | None
    status: Status


@dataclass(frozen=True)
class ReadingRow:
    """`review` is the review that it answers, "" for one that is not registered."""

    title: str
    url: str
    body: str
    review: str
    read_at: datetime
    read_by: str


def tabs(current: str, *, waiting: int) -> list[Tab]:
    """The pages of the room; `current` is the view's name, `waiting` how many readings wait to be confirmed."""
    found = (
        ("audits:reviews", _("Alla granskningar"), None),
        ("audits:reports", _("Återrapporter"), None),
        ("audits:readings", _("Inlästa svar"), waiting or None),
    )
    return [Tab(name, reverse(view), current=view == current, count=count) for view, name, count in found]


def matching(wholes: Iterable[Whole], wanted: dict[str, str], *, on: date) -> list[Whole]:
    """Those that the reader asks for."""
    return [whole for whole in wholes if _matches(whole, wanted, on)]


def _matches(whole: Whole, wanted: dict[str, str], on: date) -> bool:
    review, text = whole.review, wanted["q"].strip().casefold()
    said = (review.title, review.reviewer, review.registry_number, *(one.row.text for one in whole.recommendations))
    states = {WAITING: not whole.is_answered, ANSWERED: whole.is_answered, LATE: whole.is_late(on) or bool(whole.late_reports(on))}
    return (
        (not text or any(text in one.casefold() for one in said))
        and wanted["slag"] in ("", review.kind)
        and (not wanted["organ"] or wanted["organ"] in {part.body.key for part in whole.parts})
        and states.get(wanted["lage"], True)
    )


def review_rows(wholes: Iterable[Whole], *, on: date) -> list[ReviewRow]:
    return [_review_row(whole, on) for whole in wholes]


def _review_row(whole: Whole, on: date) -> ReviewRow:
    review = whole.review
    kind = review.get_kind_display() if review.kind == ReviewKind.NATIONAL_RECOMMENDATION else ""
    decided = sum(part.is_decided for part in whole.parts)
    return ReviewRow(
        title=str(review),
        url=review_url(review),
        about=" · ".join(filter(None, (kind, review.reviewer, review.registry_number))),
        bodies=", ".join(str(part.body) for part in whole.parts),
        due_on=review.answer_due_on,
        status=review_status(whole, on=on),
        decided=_("%(decided)s av %(all)s delar beslutade") % {"decided": decided, "all": len(whole.parts)} if len(whole.parts) > 1 else "",
        recommendations=len(whole.recommendations),
        reports=reports_status(whole, on=on),
    )


def report_rows(reports: Iterable[ProgressReport], *, on: date) -> list[ReportRow]:
    return [
        ReportRow(
            title=report.title or report.get_cycle_display(),
            url=report_url(report),
            body=str(report.accountable_body or ""),
            period=period_text(report),
            due_on=report.due_on,
            status=report_status(report, on=on),
        )
        for report in reports
    ]


def period_text(report: ProgressReport) -> str:
    return range_text(report.starts_on, report.ends_on)


def reading_rows(found: Iterable[ReadAnswer]) -> list[ReadingRow]:
    return [
        ReadingRow(
            title=one.title,
            url=reverse("audits:confirm", args=[one.pk]),
            body=str(one.body),
            review=str(one.review or ""),
            read_at=one.read_at,
            read_by=str(one.read_by),
        )
        for one in found
    ]
