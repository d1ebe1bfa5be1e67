"""The page of a recommendation, and what becomes of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.audits import selectors, services
from styrkedja.audits.forms import CloseForm, DecideReportForm, FollowUpForm, ReportBackForm, ValuesForm, said_by
from styrkedja.audits.models import AuditRecommendation, FollowUp
from styrkedja.audits.presenters import history as history_presenter
from styrkedja.audits.presenters import links, listing
from styrkedja.audits.presenters import recommendation as presenter
from styrkedja.audits.presenters import review as review_presenter
from styrkedja.audits.presenters.minutes import minutes_of_whole
from styrkedja.audits.views.acting import Frame, act, find, find_to_edit, posted
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import history
from styrkedja.ui.clock import day, now


@require_safe
def recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """One recommendation with every answer, every promise, its four columns and its history."""
    on = day(now())
    found = find(request, AuditRecommendation, key, on=on)
    whole = selectors.whole(request.user, found.review, on=on)
    one = next(one for one in whole.recommendations if one.row.pk == found.pk)
    rows = presenter.rows_of(one)
    context = {
        "recommendation": found,
        "row": review_presenter.recommended_row(one, on=on, minutes=minutes_of_whole(request.user, whole, on=on)),
        "facts": presenter.facts(one, on=on),
        "acts": presenter.acts(request.user, one, on=on),
        "levels": presenter.follow_ups(one),
        "reports": listing.report_rows(selectors.reports_on(request.user, found, on=on), on=on),
        "may_edit": can_edit(request.user, found, on=on),
        "crumbs": links.review_crumbs(found.review),
        "history": history_presenter.events([(row, history(request.user, row, on=on)) for row in rows], main=found),
        "at": on,
    }
    return render(request, "audits/recommendation.html", context)


def _frame(found: AuditRecommendation, title: str, submit: str, done: str) -> Frame:
    return Frame(title, submit, links.recommendation_url(found), links.recommendation_crumbs(found), lead=str(found), done=done)


@posted
def report_back(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, AuditRecommendation, key, on=day(at))
    initial = {"reported_on": day(at)} | {name: value for name, value in said_by(found, ReportBackForm.base_fields).items() if value}
    frame = _frame(found, _("Återrapportera"), _("Spara återrapporten"), _("Återrapporten är sparad."))

    def do(given: ValuesForm) -> None:
        services.report_back(actor=request.user, recommendation=found, version=given.read_version, at=at, **given.values())

    return act(request, ReportBackForm(request.POST or None, initial=initial), frame, do, row=found, at=at)


@posted
def decide_report(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, AuditRecommendation, key, on=day(at))
    initial = {
        "decided_on": found.report_decided_on,
        "decided_until": found.report_decided_until,
        "paragraph": found.report_paragraph,
        "decision": found.report_decision,
        "remaining_need": found.remaining_need,
        "version": found.version,
    }
    frame = _frame(found, _("Beslut om återrapporten"), _("Spara beslutet"), _("Beslutet om återrapporten är sparat."))

    def do(given: ValuesForm) -> None:
        services.decide_report(actor=request.user, recommendation=found, version=given.read_version, at=at, **given.values())

    return act(request, DecideReportForm(request.POST or None, initial=initial), frame, do, row=found, at=at)


@posted
def close(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, AuditRecommendation, key, on=day(at))
    initial = {"closed_on": day(at), "remaining_need": found.remaining_need, "version": found.version}
    frame = _frame(found, _("Avsluta rekommendationen"), _("Avsluta"), _("Rekommendationen är avslutad."))

    def do(given: ValuesForm) -> None:
        services.close_recommendation(actor=request.user, recommendation=found, version=given.read_version, at=at, **given.values())

    return act(request, CloseForm(request.POST or None, initial=initial), frame, do, row=found, at=at)


@posted
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, AuditRecommendation, key, on=day(at))
    frame = _frame(found, _("Öppna rekommendationen igen"), _("Öppna igen"), _("Rekommendationen följs upp igen."))

    def do(given: ValuesForm) -> None:
        services.reopen_recommendation(actor=request.user, recommendation=found, version=given.read_version, at=at)

    return act(request, ValuesForm(request.POST or None, initial={"version": found.version}), frame, do, row=found, at=at)


@posted
def follow_up(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, AuditRecommendation, key, on=day(at))
    initial = {"followed_up_on": day(at), "level": request.GET.get("niva", "")}
    frame = _frame(found, _("Följ upp"), _("Spara uppföljningen"), _("Uppföljningen är sparad."))

    def do(given: ValuesForm) -> None:
        services.follow_up(actor=request.user, recommendation=found, at=at, **given.values())

    return act(request, FollowUpForm(request.POST or None, initial=initial), frame, do, at=at)


@posted
def change_follow_up(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = find_to_edit(request, FollowUp, key, on=day(at))
    frame = _frame(found.recommendation, _("Ändra uppföljningen"), _("Spara"), _("Uppföljningen är ändrad."))

    def do(given: ValuesForm) -> None:
        services.change_follow_up(actor=request.user, found=found, version=given.read_version, at=at, **given.values())

    form = FollowUpForm(request.POST or None, initial=said_by(found, FollowUpForm.base_fields))
    return act(request, form, frame, do, row=found, at=at)
