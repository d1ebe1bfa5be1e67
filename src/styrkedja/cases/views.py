"""The pages of the registry."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from styrkedja.cases import presenters, selectors, services
from styrkedja.cases.forms import DocumentForm, NumberForm, RegistryFilterForm, WordingForm
from styrkedja.cases.models import Case
from styrkedja.cases.policies import can_keep_registry, check_keep_registry
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.sending import led_to
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.wording import sentence_text

_PRINTED_ROWS = 1_000
_POSTED = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@clean_address
def registry(request: HttpRequest) -> HttpResponse:
    """The registered documents, narrowed as the reader wants; with `utskrift` all on one page."""
    at = now()
    on = day(at)
    form = RegistryFilterForm(
        request.GET, series=selectors.registry_series(request.user, on=on), years=selectors.registry_years(request.user, on=on)
    )
    wanted = form.wanted()
    printed = "utskrift" in request.GET
    found = selectors.registry(request.user, wanted, on=on)
    page = Paginator(found, _PRINTED_ROWS if printed else settings.PAGE_SIZE).get_page(None if printed else request.GET.get("page"))
    rows = presenters.document_rows(list(page.object_list), public=wanted.public)
    context = {"form": form, "page": page, "rows": rows, "public": wanted.public, "printed": printed, "at": at}
    return render(request, "cases/registry.html", context)


@require_safe
def dossier(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case as the registry has it: its wording and its documents."""
    at = now()
    case = _case_or_404(request, case_id, day(at))
    documents = selectors.documents(request.user, case, on=day(at))
    context = {
        "case": case,
        "facts": presenters.case_facts(case),
        "rows": presenters.document_rows(list(documents)),
        "crumbs": presenters.registry_crumbs(),
        "may_register": can_keep_registry(request.user, case.county, on=day(at)),
    }
    return render(request, "cases/dossier.html", context)


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """What the registry says about one document, with its file to download."""
    found = selectors.document_by_id(request.user, document_id, on=day(now()))
    if found is None:
        raise Http404
    context = {
        "document": found,
        "facts": presenters.document_facts(found),
        "file": presenters.file_link(found.file),
        "direction": presenters.direction_status(found),
        "crumbs": presenters.registry_crumbs(found.case),
    }
    return render(request, "cases/document.html", context)


@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A file, only ever as a download: the browser is told to run nothing in it and to keep no copy for others."""
    found = selectors.file_for(request.user, uuid, on=day(now()))
    if found is None:
        raise Http404
    is_text = found.media_type == "text/plain"
    response = HttpResponse(selectors.content_of(found), content_type="text/plain; charset=utf-8" if is_text else found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@_POSTED
def register(request: HttpRequest, case_id: int) -> HttpResponse:
    """A document is registered by hand."""
    at = now()
    case = _case_to_keep(request, case_id, at)
    form = DocumentForm(request.POST or None, request.FILES or None, today=day(at))
    if form.is_valid() and (entered := _done(form, services.register_upload, request, case, at, **form.entered())):
        messages.success(request, _("Handlingen är diarieförd som %(reference)s.") % {"reference": entered.reference})
        return redirect("cases:dossier", case.pk)
    return _form_page(request, case, form, _("Diarieför en handling"), _("Diarieför"))


@_POSTED
def wording(request: HttpRequest, case_id: int) -> HttpResponse:
    """The wording of a case is changed."""
    at = now()
    case = _case_to_keep(request, case_id, at)
    form = WordingForm(request.POST or None, initial={"subject": case.subject, "public_subject": case.public_subject})
    if form.is_valid() and _done(form, services.change_subjects, request, case, at, **form.cleaned_data):
        messages.success(request, _("Ärendemeningen är ändrad."))
        return redirect("cases:dossier", case.pk)
    return _form_page(request, case, form, _("Ändra ärendemening"), _("Spara"))


@_POSTED
def number(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case gets its registry number by hand."""
    at = now()
    case = _case_to_keep(request, case_id, at)
    form = NumberForm(request.POST or None, case=case, series=selectors.registry_series(request.user, on=day(at)))

    def do() -> str:
        numbered = services.assign_registry_number(actor=request.user, case=case, series=form.chosen(), at=at)
        messages.success(request, _("Ärendet har fått diarienummer %(number)s.") % {"number": numbered.registry_number})
        return reverse("cases:dossier", args=[case.pk])

    page = led_to(request, form, do, is_new=True, at=at)
    return page or _form_page(request, case, form, _("Ge ärendet diarienummer"), _("Ge diarienummer"))


def _done(form: forms.Form, service: Any, request: HttpRequest, case: Case, at: datetime, **given: Any) -> Any:
    """What `service` answers; None if it refuses, and then the form says why."""
    try:
        return service(actor=request.user, case=case, at=at, **given)
    except Refused as refused:
        form.add_error(None, sentence_text(refused.reason))
        return None


def _form_page(request: HttpRequest, case: Case, form: forms.Form, title: str, submit: str) -> HttpResponse:
    context = {"case": case, "form": form, "title": title, "submit": submit, "crumbs": presenters.registry_crumbs(case)}
    return render(request, "cases/form.html", context)


def _case_or_404(request: HttpRequest, case_id: int, on: date) -> Case:
    case = selectors.case_by_id(request.user, case_id, on=on)
    if case is None:
        raise Http404
    return case


def _case_to_keep(request: HttpRequest, case_id: int, at: datetime) -> Case:
    """The case, for somebody who may register in it; the answer is 403 with the reason for others who may read it."""
    case = _case_or_404(request, case_id, day(at))
    try:
        check_keep_registry(request.user, case.county, on=day(at))
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused
    return case
