"""What the steering chain expects of the reader, for the start page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.audits.models import ProgressReport
from styrkedja.audits.presenters.links import report_url
from styrkedja.chain.presenters.links import kind_word, object_url
from styrkedja.chain.selectors.duties import Duties, Duty
from styrkedja.home.presenters.inbox import in_words
from styrkedja.procedures.presenters.items import due_status
from styrkedja.ui.components import Status
from styrkedja.ui.wording import long_month_text


@dataclass(frozen=True)
class DutyRow:
    """`note` says what kind of thing it is. What has no day of its own is due at once."""

    name: str
    url: str
    note: str
    whom: str
    due_on: date | None
    status: Status


def duty_rows(found: Duties, *, today: date) -> list[DutyRow]:
    """The most urgent first; the month that has not been told last."""
    rows = [_row(duty, today) for duty in found.dated]
    if found.month is None or not found.unreported:
        return rows
    name = _("Rapportera hemtagningen för %(month)s") % {"month": long_month_text(found.month)}
    note = ngettext("%(count)s åtgärd saknar utfall", "%(count)s åtgärder saknar utfall", found.unreported) % {"count": found.unreported}
    return [*rows, DutyRow(name, reverse("steering:month"), note, "", None, due_status(due_on=None, is_taken=False, today=today))]


def _row(duty: Duty, today: date) -> DutyRow:
    row = duty.row
    return DutyRow(
        name=str(row),
        url=report_url(row) if isinstance(row, ProgressReport) else object_url(row),
        note=kind_word(type(row)).capitalize(),
        whom=str(row.accountable_seat or row.accountable_body or ""),
        due_on=duty.due_on,
        status=due_status(due_on=duty.due_on, is_taken=False, today=today),
    )


def duties_sentence(found: Duties, *, today: date) -> str:
    """ "I styrkedjan väntar tre saker på dig, varav en är försenad."; "" where nothing does."""
    count = len(found.dated) + bool(found.unreported)
    if not count:
        return ""
    said = ngettext("I styrkedjan väntar %(number)s sak på dig", "I styrkedjan väntar %(number)s saker på dig", count)
    late = sum(duty.due_on < today for duty in found.dated)
    if late:
        said += ngettext(", varav %(late)s är försenad", ", varav %(late)s är försenade", late)
    return said % {"number": in_words(count), "late": in_words(late)} + "."
