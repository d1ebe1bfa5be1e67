"""The realised effects of a month as one table."""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from styrkedja.audits.views.acting import posted, refuse
from styrkedja.chain.forms.months import ChooseMonthForm, MonthForm
from styrkedja.chain.policies import check_writes
from styrkedja.chain.presenters.history import HistoryRow, history_rows
from styrkedja.chain.presenters.links import kind_crumbs
from styrkedja.chain.selectors.months import to_report
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.effects.services import report_month
from styrkedja.ledger.sending import send_once
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.steering.selectors.history import history_of
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.wording import long_month_text, sentence_text


@posted
@clean_address
def month(request: HttpRequest) -> HttpResponse:
    """Planned, realised and forecast of every action that the reader answers for. Saved all at once. What is no month is asked for again."""
    at = now()
    on = day(at)
    refuse(lambda: check_writes(request.user, on=on))
    counties = list(counties_read(request.user, on=on))
    asked = ChooseMonthForm(request.GET, counties=counties)
    is_unclear = "manad" in asked.errors
    chosen, key = asked.month(_last_month(on)), asked.chosen("lan")
    county = next((one for one in counties if one.key == key), counties[0] if counties else None)
    rows = to_report(request.user, county, chosen, on=on) if county and not is_unclear else []
    form = MonthForm((request.POST or None) if not is_unclear else None, rows=rows)
    others: list[Changed] = []

    def do() -> str:
        report_month(actor=request.user, month=chosen, lines=form.lines(), at=at)
        messages.success(request, _("Hemtagningseffekterna för %(month)s är sparade.") % {"month": long_month_text(chosen)})
        return request.get_full_path()

    if form.is_valid():
        try:
            return redirect(send_once(request, form, do, is_new=False, at=at) or request.get_full_path())
        except Refused as refused:
            form.add_error(None, sentence_text(refused.reason))
            others = _changed_meanwhile(form) if isinstance(refused, Outdated) else []
    context = {
        "form": form,
        "chooser": asked
        if is_unclear
        else ChooseMonthForm(initial={"manad": chosen, "lan": county.key if county else ""}, counties=counties),
        "month": None if is_unclear else chosen,
        "others": others,
        "at": at,
        "crumbs": kind_crumbs("action"),
    }
    status = HTTPStatus.CONFLICT if others else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or is_unclear else HTTPStatus.OK
    return render(request, "chain/month.html", context, status=status)


def _last_month(on: date) -> date:
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Changed:
    """A month that somebody else has told of since the page was opened."""

    action: str
    rows: list[HistoryRow]


def _changed_meanwhile(form: MonthForm) -> list[Changed]:
    """What others have written, by action; the form goes on from there when it is sent again."""
    found = []
    form.data = form.data.copy()
    for row in form.rows:
        read = form.cleaned_data.get(f"version-{row.action.pk}") or 0
        if row.told is not None and row.told.version != read:
            form.data[f"version-{row.action.pk}"] = str(row.told.version)
            lines = [line for line in history_of(row.told, row.told.KIND) if line.version > read]
            found.append(Changed(str(row.action), history_rows(lines)))
    return found
