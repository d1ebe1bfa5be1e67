"""Closing a working group: the structure keeps the group, the steps know whether it has work, the cases whether it may get more."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrkedja.core.policies.refusal import Refused
from styrkedja.home.forms import CloseGroupForm
from styrkedja.home.selectors.bodies import cases_of_group
from styrkedja.organisations import selectors
from styrkedja.organisations.models import Group
from styrkedja.organisations.policies import check_close_group
from styrkedja.organisations.presenters import body as presenter
from styrkedja.organisations.presenters.names import body_url
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.procedures.links import case_url
from styrkedja.ui import clock
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.services.groups import close_working_group


@require_http_methods(["GET", "HEAD", "POST"])
def close_group(request: HttpRequest, key: str) -> HttpResponse:
    """Closes the group, with a reason. The page tells of cases that may come back to it."""
    at = clock.now()
    group = selectors.group_row(request.user, key)
    if group is None:
        raise Http404
    _check(request, group, at)
    form = CloseGroupForm(request.POST or None)
    if form.is_valid() and _closed(request, group, form, at):
        messages.success(request, _("%(group)s är avslutad.") % {"group": group})
        return redirect(body_url(group.key))
    many = len(counties_read(request.user, on=clock.day(at))) > 1
    context = {
        "form": form,
        "group": group,
        "crumbs": [*presenter.crumbs(), presenter.crumb(group)],
        "back": body_url(group.key),
        "cases": [(case, case_url(case, many_counties=many)) for case in cases_of_group(request.user, group, at=at)],
    }
    return render(request, "home/close_group.html", context, status=422 if form.is_bound else 200)


def _check(request: HttpRequest, group: Group, at: datetime) -> None:
    try:
        check_close_group(request.user, group, on=clock.day(at))
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused


def _closed(request: HttpRequest, group: Group, form: CloseGroupForm, at: datetime) -> bool:
    """A group that has been closed already, as by a double click, is as the reader wants it."""
    if group.valid_until is not None and group.valid_until <= clock.day(at):
        return True
    try:
        close_working_group(actor=request.user, group=group, reason=form.cleaned_data["reason"], at=at)
    except Refused as refused:
        form.add_error(None, sentence_text(refused.reason))
        return False
    return True
