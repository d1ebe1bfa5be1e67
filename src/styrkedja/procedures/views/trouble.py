"""The pages for a step that was not done. What was typed stands on them, and is kept where it could have been sent."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from styrkedja.core.policies.refusal import Refused
from styrkedja.procedures.forms import StepForm
from styrkedja.procedures.presenters import tasks as presenter
from styrkedja.procedures.selectors.tasks import Task, last_word_on
from styrkedja.workflows.services.drafts import keep_draft


def stale(request: HttpRequest, task: Task, form: StepForm | None, *, at: datetime) -> HttpResponse:
    """Somebody else was first: who, in which function, when and what."""
    event = last_word_on(task.item)
    context = {
        "title": _("Någon annan hann före") if event is None or event.account != request.user else _("Sidan var inte aktuell"),
        "reason": presenter.what_happened(event, at=at),
        "advice": _("Det du skickade har inte sparats i ärendet."),
        "kept": _keep(request, task, form, at),
    }
    return _page(request, task, form, context, at=at, status=HTTPStatus.CONFLICT)


def not_yours(request: HttpRequest, task: Task, form: StepForm | None, *, at: datetime) -> HttpResponse:
    """The reader does not hold the function (any more), or somebody else has taken the task or done it."""
    if not task.is_open or task.holds_function:
        return stale(request, task, form, at=at)
    context = {
        "title": _("Du kan inte utföra den här uppgiften"),
        "reason": task.refusal,
        "advice": _(
            "Ingenting har ändrats. Vänd dig till samordnaren om du borde ha funktionen, eller be någon som har den att utföra steget."
        ),
    }
    return _page(request, task, form, context, at=at, status=HTTPStatus.FORBIDDEN)


def stopped(request: HttpRequest, task: Task, form: StepForm, reason: str, *, at: datetime) -> HttpResponse:
    """The routine could not go on. The case stands as it stood."""
    context = {
        "title": _("Ärendet kunde inte gå vidare"),
        "reason": reason,
        "advice": _(
            "Ingenting har gått förlorat: ärendet står kvar på steget och det du skrev är sparat som utkast. Samordnaren har fått veta det. "
            "När felet är rättat öppnar du uppgiften och skickar den igen."
        ),
        "kept": _keep(request, task, form, at),
    }
    return _page(request, task, form, context, at=at, status=HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest, task: Task, form: StepForm | None, context: dict[str, object], *, at: datetime, status: HTTPStatus
) -> HttpResponse:
    frame = {
        "task": task,
        "item": task.item,
        "at": at,
        "crumbs": presenter.crumbs(task),
        "lead": f"{presenter.lead(task)} · {task.item.name}",
        "case_url": presenter.url_of_case(task),
        "typed": presenter.typed_texts(form, form.as_draft()) if form is not None else [],
        "had_files": bool(request.FILES),
    }
    return render(request, "procedures/not_done.html", {**frame, **context}, status=status)


def _keep(request: HttpRequest, task: Task, form: StepForm | None, at: datetime) -> bool:
    """Keeps what was typed; False when there was nothing, or the reader takes no part in the county's work."""
    if form is None or not form.as_draft():
        return False
    try:
        keep_draft(actor=request.user, item_id=task.item.pk, data=form.as_draft(), at=at)
    except Refused:
        return False
    return True
