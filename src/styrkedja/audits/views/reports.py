"""Reports to boards."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.audits import selectors, services
from styrkedja.audits.forms import ApproveForm, CoverForm, HandInForm, ReportForm, ValuesForm, said_by
from styrkedja.audits.models import ProgressReport
from styrkedja.audits.policies import acts_anywhere
from styrkedja.audits.presenters import history as history_presenter
from styrkedja.audits.presenters import links, standing
from styrkedja.audits.presenters import report as presenter
from styrkedja.audits.presenters.minutes import minutes_of
from styrkedja.audits.presenters.review import paragraphs
from styrkedja.audits.selectors import choices
from styrkedja.audits.views.acting import Frame, act, find, find_to_edit, posted, refuse
from styrkedja.core.policies.refusal import Refused
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import history
from styrkedja.ui.clock import day, now


@require_safe
def report(request: HttpRequest, key: str) -> HttpResponse:
    """A report: its analysis, what is proposed, and what it takes up."""
    on = day(now())
    found = find(request, ProgressReport, key, on=on)
    covered = selectors.covered(request.user, found, on=on)
    context = {
        "report": found,
        "status": standing.report_status(found, on=on),
        "lead": presenter.lead(found),
        "facts": presenter.facts(found, on=on, minutes=minutes_of(request.user, [found.accountable_body], on=on)),
        "analysis": paragraphs(found.analysis),
        "proposal": paragraphs(found.proposal),
        "recommendations": presenter.recommendation_links(covered.recommendations),
        "goals": covered.goals,
        "indicators": covered.indicators,
        "may_edit": can_edit(request.user, found, on=on),
        "crumbs": links.report_crumbs(),
        "history": history_presenter.events([(found, history(request.user, found, on=on))]),
        "at": on,
    }
    return render(request, "audits/report.html", context)


@posted
def plan(request: HttpRequest) -> HttpResponse:
    """A report is planned."""
    at = now()
    refuse(lambda: _check_acts(request, day(at)))
    form = ReportForm(request.POST or None, **_choices(request, day(at)))
    frame = Frame(
        _("Planera en återrapport"), _("Planera"), reverse("audits:reports"), links.report_crumbs(), done=_("Återrapporten är planerad.")
    )

    def do(given: ValuesForm) -> str:
        return links.report_url(services.plan_report(actor=request.user, at=at, **given.values()))

    return act(request, form, frame, do, at=at)


def _check_acts(request: HttpRequest, on: date) -> None:
    if not acts_anywhere(request.user, on=on):
        raise Refused(_("Bara den som innehar en funktion i ett organ kan planera en återrapport."))


def _choices(request: HttpRequest, on: date) -> dict[str, Any]:
    return {"own": choices.own_bodies(request.user, on=on), "seats": choices.seats(request.user, on=on)}


def _frame(found: ProgressReport, title: str, submit: str, done: str) -> Frame:
    return Frame(title, submit, links.report_url(found), links.report_crumbs(), lead=presenter.lead(found), done=done)


@posted
def change(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, ProgressReport, key, on=day(at))
    offered = _choices(request, day(at))
    if found.accountable_body is not None and found.accountable_body not in offered["own"]:
        offered["own"] = [found.accountable_body, *offered["own"]]
    form = ReportForm(request.POST or None, initial=said_by(found, ReportForm.base_fields), **offered)
    frame = _frame(found, _("Ändra återrapporten"), _("Spara"), _("Återrapporten är ändrad."))

    def do(given: ValuesForm) -> None:
        services.change_report(actor=request.user, report=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def cover(request: HttpRequest, key: str) -> HttpResponse:
    """What the report takes up."""
    at = now()
    found = find_to_edit(request, ProgressReport, key, on=day(at))
    offered = {
        "recommendations": choices.recommendations_to_report(request.user, on=day(at)),
        "goals": choices.goals_to_report(request.user, on=day(at)),
        "indicators": choices.indicators_to_report(),
    }
    form = CoverForm(request.POST or None, initial=said_by(found, CoverForm.base_fields), **offered)
    frame = _frame(found, _("Ange vad rapporten redovisar"), _("Spara"), _("Återrapporten är ändrad."))

    def do(given: ValuesForm) -> None:
        services.change_report(actor=request.user, report=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def hand_in(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, ProgressReport, key, on=day(at))
    initial = said_by(found, HandInForm.base_fields)
    form = HandInForm(request.POST or None, initial={**initial, "handed_in_on": found.handed_in_on or day(at)})
    frame = _frame(found, _("Lämna återrapporten"), _("Lämna"), _("Återrapporten är lämnad."))

    def do(given: ValuesForm) -> None:
        services.hand_in_report(actor=request.user, report=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def approve(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, ProgressReport, key, on=day(at))
    form = ApproveForm(request.POST or None, initial=said_by(found, ApproveForm.base_fields))
    frame = _frame(found, _("Godkänn återrapporten"), _("Godkänn"), _("Återrapporten är godkänd."))

    def do(given: ValuesForm) -> None:
        services.approve_report(actor=request.user, report=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)
