"""The case page, and writing a case off."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from styrkedja.cases.models import Case
from styrkedja.cases.policies import check_close_case
from styrkedja.cases.presenters import document_rows
from styrkedja.cases.services.closing import close_case
from styrkedja.core.policies.refusal import Refused
from styrkedja.home.forms import CloseForm
from styrkedja.home.presenters import case as presenter
from styrkedja.home.presenters.history import history
from styrkedja.home.presenters.pathway import pathway
from styrkedja.home.selectors.case import CaseView, case_view, cases_numbered
from styrkedja.procedures.links import address, case_url
from styrkedja.ui import clock
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import InstanceStatus
from styrkedja.workflows.presenters.position import CaseMaps, case_maps

WHOLE = "allt"


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """All about a case; of several counties' cases of that number, the choice between them."""
    at = clock.now()
    found = _readable(request, number, at)
    if len(found) > 1:
        choices = [(one, case_url(one, many_counties=True)) for one in found]
        return render(request, "home/which_case.html", {"number": number, "choices": choices}, status=300)
    view = case_view(request.user, found[0], at=at)
    return render(request, "home/case.html", _context(request, view, at))


def _readable(request: HttpRequest, number: str, at: datetime) -> list[Case]:
    found = cases_numbered(request.user, number, on=clock.day(at), county=request.GET.get("lan", ""))
    if not found:
        raise Http404
    return found


def _context(request: HttpRequest, view: CaseView, at: datetime) -> dict[str, object]:
    rows = presenter.open_rows(view, user_id=request.user.pk, at=at)
    links = {item.pk: row.url for item, row in zip(view.items, rows, strict=True)}
    return {
        "view": view,
        "case": view.case,
        "at": at,
        "crumbs": presenter.crumbs(),
        "lead": presenter.lead(view),
        "status": presenter.status(view, at=at),
        "facts": presenter.facts(view, at=at),
        "open_rows": rows,
        "phases": pathway(view, links, at=at),
        "documents": document_rows(view.documents),
        "dossier_url": address("cases:dossier", view.case.pk),
        "decisions": presenter.decision_rows(view.decisions, at=at),
        "history": history(view, whole=request.GET.get("historik") == WHOLE),
        "case_maps": _maps(request, view),
        "close_url": presenter.close_url(view) if view.may_close and not view.has_ended else "",
    }


def _maps(request: HttpRequest, view: CaseView) -> CaseMaps:
    """The maps of one phase: the one asked for, else the one in which the case stands."""
    path = case_url(view.case, many_counties=view.many_counties)
    asked, separator = request.GET.get("fas", ""), "&" if "?" in path else "?"
    return case_maps(view.case.instance, events=view.record.events, items=view.items, asked=asked, path=f"{path}{separator}")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Writes the case off, with a reason."""
    at = clock.now()
    found = _readable(request, number, at)
    if len(found) > 1:
        raise Http404
    [one] = found
    _check_may_close(request, one, at)
    form = CloseForm(request.POST or None)
    back = case_url(one, many_counties="lan" in request.GET)
    if form.is_valid():
        return _close(request, one, form.cleaned_data["reason"], back, at)
    context = {
        "form": form,
        "heading": _("Avskriv ärendet"),
        "submit": _("Avskriv ärendet"),
        "lead": f"{one.reference} {one.subject}",
        "crumbs": presenter.crumbs(),
        "cancel": back,
        "case": one,
    }
    return render(request, "home/close.html", context, status=422 if form.is_bound else 200)


def _check_may_close(request: HttpRequest, case: Case, at: datetime) -> None:
    try:
        check_close_case(request.user, case.county, on=clock.day(at))
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused


def _close(request: HttpRequest, case: Case, reason: str, back: str, at: datetime) -> HttpResponse:
    """A case that has been written off already, as by a double click, is as the reader wants it."""
    if case.instance.status != InstanceStatus.CLOSED:
        try:
            close_case(actor=request.user, case=case, reason=reason, at=at)
        except Refused as refused:
            messages.error(request, sentence_text(refused.reason))
            return redirect(back)
    messages.success(request, _("Ärendet är avskrivet. Dess öppna steg är återtagna."))
    return redirect(back)
