"""Who has the task, and when it is due: hand it over, move its date, watch it. Each on a page of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.selectors import closed_days
from styrkedja.procedures.forms import DueForm, FollowUpForm, HandOverForm
from styrkedja.procedures.presenters import tasks as presenter
from styrkedja.procedures.selectors.tasks import Task, possible_receivers
from styrkedja.procedures.views import trouble
from styrkedja.procedures.views.tasks import task_or_404
from styrkedja.ui import clock
from styrkedja.ui.forms import SubmissionForm
from styrkedja.ui.wording import day_text, sentence_text
from styrkedja.workflows import services

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@_PAGE
def hand_over(request: HttpRequest, item_id: int) -> HttpResponse:
    """Gives the task to another who could do it."""
    at = clock.now()
    task = task_or_404(request, item_id, at=at)
    receivers = possible_receivers(task, on=clock.day(at))
    form = HandOverForm(request.POST or None, receivers=receivers)
    if form.is_valid():
        return _hand_over(request, task, form, at)
    if not task.is_open or not task.holds_function:
        return trouble.not_yours(request, task, None, at=at)
    context = {
        "heading": _("Överlåt uppgiften"),
        "submit": _("Överlåt"),
        "form": form,
        "hindrance": "" if receivers else _("Det finns ingen annan som är %(performer)s.") % {"performer": task.item.performer},
    }
    return _page(request, task, context)


def _hand_over(request: HttpRequest, task: Task, form: HandOverForm, at: datetime) -> HttpResponse:
    receiver, key = form.receiver, form.cleaned_data["submission"]
    given = {"to": receiver, "reason": form.cleaned_data["reason"], "idempotency_key": key}
    try:
        services.hand_over(actor=request.user, item_id=task.item.pk, at=at, **given)
    except Refused as refused:
        if not task.is_open or not task.holds_function:
            return trouble.not_yours(request, task, None, at=at)
        raise PermissionDenied(sentence_text(refused.reason)) from refused
    messages.success(request, _("Uppgiften är överlåten till %(receiver)s.") % {"receiver": receiver})
    return redirect("procedures:task", item_id=task.item.pk)


@_PAGE
def due(request: HttpRequest, item_id: int) -> HttpResponse:
    """Moves the date of the step in this case."""
    at = clock.now()
    task = task_or_404(request, item_id, at=at)
    days = {"today": clock.day(at), "closed": closed_days(task.case.county)}
    form = DueForm(request.POST or None, initial={"due_on": task.item.due_on}, **days)
    if not form.is_valid():
        _refuse_reader(task)
        return _page(request, task, {"heading": _("Ändra datum"), "submit": _("Ändra datum"), "form": form})
    given = form.cleaned_data
    _reschedule(services.change_due, request, task, form, at, due_on=given["due_on"], reason=given["reason"])
    messages.success(request, _("Uppgiften ska vara klar senast %(day)s.") % {"day": day_text(given["due_on"], at)})
    return redirect("procedures:task", item_id=item_id)


@_PAGE
def follow_up(request: HttpRequest, item_id: int) -> HttpResponse:
    """Sets or takes away the day on which the reader is reminded of the step."""
    at = clock.now()
    task = task_or_404(request, item_id, at=at)
    form = FollowUpForm(request.POST or None, initial={"follow_up_on": task.item.follow_up_on}, today=clock.day(at))
    if not form.is_valid():
        _refuse_reader(task)
        return _page(request, task, {"heading": _("Bevaka uppgiften"), "submit": _("Spara"), "form": form})
    day = form.cleaned_data["follow_up_on"]
    _reschedule(services.set_follow_up, request, task, form, at, follow_up_on=day)
    messages.success(request, _("Uppgiften bevakas till %(day)s.") % {"day": day_text(day, at)} if day else _("Bevakningen är borttagen."))
    return redirect("procedures:task", item_id=item_id)


def _refuse_reader(task: Task) -> None:
    if not task.may_reschedule:
        raise PermissionDenied(_("Bara samordnaren eller den som utför uppgiften kan ändra dess datum, och bara så länge den är öppen."))


def _reschedule(
    service: Callable[..., object], request: HttpRequest, task: Task, form: SubmissionForm, at: datetime, **given: object
) -> None:
    key = form.cleaned_data["submission"]
    try:
        service(actor=request.user, item_id=task.item.pk, at=at, idempotency_key=key, **given)
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused


def _page(request: HttpRequest, task: Task, context: dict[str, Any]) -> HttpResponse:
    form: forms.Form = context["form"]
    frame = {
        "lead": f"{presenter.lead(task)} · {task.item.name}",
        "crumbs": presenter.crumbs_below(task),
        "cancel": reverse("procedures:task", args=[task.item.pk]),
    }
    return render(request, "procedures/act.html", {**frame, **context}, status=422 if form.is_bound else 200)
