"""Accepting a finding, taking that back, and setting how the controls look."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrkedja.controls import selectors, services
from styrkedja.controls.forms import AcceptForm, SettingsForm
from styrkedja.controls.models import Finding
from styrkedja.controls.policies import check_accept
from styrkedja.controls.presenters import findings as presenter
from styrkedja.core.policies.controls import check_set
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.sending import led_to
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.organisations.selectors.readers import counties_of
from styrkedja.ui.clock import day, now
from styrkedja.ui.components import Crumb
from styrkedja.ui.wording import sentence_text

_POSTED = require_http_methods(["GET", "HEAD", "POST"])


@_POSTED
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    at = now()
    row = _may(request, pk)
    form = AcceptForm(request.POST or None)

    def do() -> str:
        given = {name: form.cleaned_data[name] for name in ("reason", "until")}
        services.accept_finding(actor=request.user, finding=row, **given, at=at)
        messages.success(request, _("Iakttagelsen är godtagen. Den står kvar i listan med skälet."))
        return reverse("controls:finding", args=[pk])

    if page := led_to(request, form, do, is_new=True, at=at):
        return page
    found = selectors.latest(row)
    context = {
        "form": form,
        "row": presenter.row(found, bodies_by_key(found.line.fault.bodies)),
        "cancel": reverse("controls:finding", args=[pk]),
        "crumbs": [Crumb(_("Revisionskontroll"), reverse("controls:findings"))],
    }
    return render(request, "controls/accept.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = _may(request, pk)
    try:
        services.withdraw_acceptance(actor=request.user, finding=row, at=now())
    except Refused as refused:
        messages.error(request, sentence_text(refused.reason))
    else:
        messages.success(request, _("Iakttagelsen är inte längre godtagen."))
    return redirect("controls:finding", pk)


def _may(request: HttpRequest, pk: int) -> Finding:
    """404 for what the reader does not see, 403 with the reason for who may not accept it."""
    on = day(now())
    row = selectors.finding_by_id(request.user, pk, on=on)
    if row is None:
        raise Http404
    try:
        check_accept(request.user, row, on=on)
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused
    return row


@_POSTED
def settings(request: HttpRequest, county: str) -> HttpResponse:
    """How the controls look at a county. What is set counts from the next run."""
    at = now()
    found = counties_of(request.user, on=day(at)).filter(key=county).first()
    if found is None:
        raise Http404
    try:
        check_set(is_administrator=request.user.is_administrator)
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused
    form = SettingsForm(request.POST or None, functions=sorted(found.functions.items(), key=lambda pair: pair[1]), initial=_standing(found))

    def do() -> str:
        services.change_settings(actor=request.user, county=found, **form.values(), at=at)
        messages.success(request, _("Inställningarna är sparade och gäller från nästa körning."))
        return reverse("controls:findings")

    if page := led_to(request, form, do, is_new=False, at=at):
        return page
    context = {
        "form": form,
        "county": found,
        "cancel": reverse("controls:findings"),
        "crumbs": [Crumb(_("Revisionskontroll"), reverse("controls:findings"))],
    }
    return render(request, "controls/settings.html", context, status=422 if form.is_bound else 200)


def _standing(county: County) -> dict[str, object]:
    """What is set now, as the form's fields have it."""
    row = selectors.setting_of(county)
    if row is None:
        return {"accepting": selectors.accepting_functions(county)}
    thresholds = {f"{rule}.{name}": value for rule, named in row.thresholds.items() for name, value in named.items()}
    return {**row.severities, **dict.fromkeys(row.off, "off"), **thresholds, "accepting": row.accepting, "version": row.version}
