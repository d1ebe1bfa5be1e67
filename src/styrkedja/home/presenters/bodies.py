"""What a body has to do and where it meets, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from styrkedja.home.selectors.bodies import ComingMeeting, Work
from styrkedja.procedures.links import case_url
from styrkedja.ui.clock import day
from styrkedja.ui.components import Status, Tone
from styrkedja.workflows.models import WorkItem


@dataclass(frozen=True)
class WorkRow:
    """An open step of a case. `due_on` None: no time is set."""

    subject: str
    reference: str
    url: str
    step: str
    performer: str
    due_on: date | None
    status: Status


@dataclass(frozen=True)
class MeetingRow:
    """A day with the cases on the agenda, as (subject, address)."""

    on: date
    cases: list[tuple[str, str]]


def work_rows(work: Work, *, at: datetime, many_counties: bool) -> list[WorkRow]:
    return [_work_row(item, at, many_counties) for item in work.items]


def _work_row(item: WorkItem, at: datetime, many_counties: bool) -> WorkRow:
    case = item.instance.case
    url = case_url(case, many_counties=many_counties)
    step = _("Steg %(number)s %(name)s") % {"number": item.number, "name": item.name}
    return WorkRow(case.subject, case.reference, url, step, item.performer, item.due_on, _status(item, day(at)))


def _status(item: WorkItem, today: date) -> Status:
    if item.due_on is not None and item.due_on < today:
        return Status(_("Försenad"), Tone.DANGER)
    if item.claimed_by is not None:
        return Status(_("Tagen av %(name)s") % {"name": item.claimed_by}, Tone.INFO)
    return Status(_("Att göra"))


def meeting_rows(meetings: Iterable[ComingMeeting], *, many_counties: bool) -> list[MeetingRow]:
    return [
        MeetingRow(meeting.on, [(case.subject, case_url(case, many_counties=many_counties)) for case in meeting.cases])
        for meeting in meetings
    ]
