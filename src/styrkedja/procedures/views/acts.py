"""What one does with a task by a button: take it, leave it, save a draft, end a wait."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from styrkedja.core.policies.refusal import Refused
from styrkedja.procedures.forms import EndWaitForm
from styrkedja.procedures.presenters import tasks as presenter
from styrkedja.procedures.presenters.wording import whereabouts
from styrkedja.procedures.selectors.tasks import Task, bodies_of
from styrkedja.procedures.views import trouble
from styrkedja.procedures.views.tasks import sent_form, task_or_404
from styrkedja.ui import clock
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows import services
from styrkedja.workflows.selectors import open_items
from styrkedja.workflows.services import drafts

# The task's own form comes along when the button stands in it.
_FROM_FORM = "submission"
# The name of the button that saves the draft on its way to another page.
HAND_OVER = "_hand_over"


@require_POST
def claim(request: HttpRequest, item_id: int) -> HttpResponse:
    """Takes the task. What was typed before it was taken is kept as a draft."""
    return _act(request, item_id, services.claim, keep_first=False)


@require_POST
def release(request: HttpRequest, item_id: int) -> HttpResponse:
    """Leaves the task to the others who hold the function; the draft stays."""
    return _act(request, item_id, services.release, keep_first=True, told=_("Uppgiften är lämnad. Den som har funktionen kan ta den."))


def _act(request: HttpRequest, item_id: int, service: Callable[..., object], *, keep_first: bool, told: str = "") -> HttpResponse:
    at = clock.now()
    task = task_or_404(request, item_id, at=at)
    try:
        if keep_first:
            _keep_typed(request, task, at)
        service(actor=request.user, item_id=task.item.pk, at=at)
        if not keep_first:
            _keep_typed(request, task, at)
    except Refused as refused:
        return _refused(request, item_id, sentence_text(refused.reason), at=at)
    if told:
        messages.success(request, told)
    return redirect("procedures:task", item_id=item_id)


def _keep_typed(request: HttpRequest, task: Task, at: datetime) -> None:
    form = sent_form(request, task) if _FROM_FORM in request.POST else None
    if form is not None:
        services.save_draft(actor=request.user, item_id=task.item.pk, data=form.as_draft(), at=at)


def _refused(request: HttpRequest, item_id: int, reason: str, *, at: datetime) -> HttpResponse:
    """With the task as it stands now; a refusal that concerns neither who nor when is told on the task's page."""
    task = task_or_404(request, item_id, at=at)
    if task.is_open and task.may_perform:
        messages.error(request, reason)
        return redirect("procedures:task", item_id=item_id)
    form = sent_form(request, task) if _FROM_FORM in request.POST else None
    return trouble.not_yours(request, task, form, at=at)


@require_POST
def draft(request: HttpRequest, item_id: int) -> HttpResponse:
    """Keeps what has been typed: by the button, or while typing (htmx), which is answered with a line that says so."""
    at = clock.now()
    task = task_or_404(request, item_id, at=at)
    form = sent_form(request, task)
    try:
        services.save_draft(actor=request.user, item_id=item_id, data=form.as_draft() if form else {}, at=at)
    except Refused as refused:
        if request.htmx:
            return render(request, "procedures/parts/draft_state.html", {"refusal": sentence_text(refused.reason)})
        return trouble.not_yours(request, task, form, at=at)
    if request.htmx:
        return render(request, "procedures/parts/draft_state.html", {"saved_at": at})
    if HAND_OVER in request.POST:
        return redirect("procedures:hand_over", item_id=item_id)
    messages.success(request, _("Utkastet är sparat."))
    return redirect("procedures:task", item_id=item_id)


@require_POST
def drop_draft(request: HttpRequest, item_id: int) -> HttpResponse:
    """Throws one's own draft away: the form begins as it was, or what came too late is gone."""
    task_or_404(request, item_id, at=clock.now())
    if drafts.drop_draft(actor=request.user, item_id=item_id):
        messages.success(request, _("Utkastet är borttaget."))
    return redirect("procedures:task", item_id=item_id)


@require_POST
def end_wait(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ends a wait before its date, with a reason."""
    at = clock.now()
    task = task_or_404(request, item_id, at=at)
    form = EndWaitForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "heading": _("Avsluta väntan i förtid"), "lead": presenter.lead(task), "submit": _("Avsluta väntan")}
        places = {"crumbs": presenter.crumbs_below(task), "cancel": reverse("procedures:task", args=[item_id])}
        return render(request, "procedures/act.html", {**context, **places}, status=422)
    try:
        services.end_wait(actor=request.user, item_id=item_id, at=at, reason=form.cleaned_data["reason"])
    except Refused:
        return trouble.not_yours(request, task_or_404(request, item_id, at=at), None, at=at)
    opened = [item for item in open_items(task.item.instance) if item.opened_at == at]
    messages.success(request, " ".join([_("Väntan är avslutad."), *whereabouts(opened, task.routine, bodies_of(opened))]))
    return redirect(presenter.url_of_case(task))
