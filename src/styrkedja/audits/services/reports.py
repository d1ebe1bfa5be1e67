"""Reports to a board: planned, handed in, approved."""

from datetime import date, datetime
from typing import Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import ProgressReport
from styrkedja.audits.services.checks import decided, refuse_to_come
from styrkedja.audits.services.values import HandedInValues, ReportValues
from styrkedja.core.policies.refusal import Refused
from styrkedja.steering.services.objects import change, create
from styrkedja.ui.clock import day


def plan_report(*, actor: User | None, at: datetime, **values: Unpack[ReportValues]) -> ProgressReport:
    """A report that a body shall hand in. Raises Refused without a body, else as `create`."""
    if values.get("accountable_body") is None:
        raise Refused(_("Ange vilket organ som lämnar rapporten."))
    return create(actor=actor, model=ProgressReport, values=values, at=at)


def change_report(
    *, actor: User | None, report: ProgressReport, version: int | None, at: datetime, **values: Unpack[ReportValues]
) -> ProgressReport:
    """Changes the period, the day or what it covers. Raises as `change`."""
    return change(actor=actor, row=report, version=version, values=values, at=at)


def hand_in_report(
    *, actor: User | None, report: ProgressReport, version: int | None, at: datetime, **values: Unpack[HandedInValues]
) -> ProgressReport:
    """The report is handed in, with its analysis and what it proposes. Raises Refused for a day to come, else as `change`."""
    refuse_to_come(values["handed_in_on"], today=day(at))
    return change(actor=actor, row=report, version=version, values=values, at=at)


def approve_report(
    *, actor: User | None, report: ProgressReport, version: int | None, approved_on: date, paragraph: str = "", at: datetime
) -> ProgressReport:
    """The board has approved it. Raises Refused for a report that is not handed in, a day to come or a faulty paragraph, else as `change`."""
    if report.handed_in_on is None:
        raise Refused(_("Rapporten är inte lämnad än, så den kan inte godkännas."))
    on, _until, written = decided(approved_on, None, paragraph, today=day(at))
    return change(actor=actor, row=report, version=version, values={"approved_on": on, "paragraph": written}, at=at)
