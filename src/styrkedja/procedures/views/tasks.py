"""The page of a task: read it, do it."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styrkedja.core.policies.refusal import Refused
from styrkedja.procedures import services
from styrkedja.procedures.forms import EndWaitForm, StepForm, asked, step_form
from styrkedja.procedures.presenters import answers as answers_of
from styrkedja.procedures.presenters import tasks as presenter
from styrkedja.procedures.presenters.wording import after_step
from styrkedja.procedures.selectors.record import earlier_steps
from styrkedja.procedures.selectors.tasks import Task, aftermath, find_task, last_word_on, rules_of_task, starting_values
from styrkedja.procedures.views import trouble
from styrkedja.ui import clock
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import HistoryEvent
from styrkedja.workflows.selectors import draft_of
from styrkedja.workflows.services import AlreadySubmitted, StaleItem

# How many done steps are read, and how many of those that answered something stand open to view.
MOST_EARLIER, FIRST_EARLIER = 60, 6


def task_or_404(request: HttpRequest, item_id: int, *, at: datetime) -> Task:
    task = find_task(request.user, item_id, at=at)
    if task is None:
        raise Http404
    return task


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, item_id: int) -> HttpResponse:
    """The task with its form for who may do it, else as it is to be read. POST does the step."""
    at = clock.now()
    found = task_or_404(request, item_id, at=at)
    if request.method == "POST":
        return _submit(request, found, at)
    if not found.may_perform or found.item.is_wait:
        return _read(request, found, at)
    rules = rules_of_task(request.user, found, on=clock.day(at))
    initial, is_draft = starting_values(request.user, found, rules)
    begun = {**initial, "version": found.item.version}
    form = step_form(found.node, found.kind, county=found.case.county, asked=asked(rules), initial=begun)
    return page(request, found, form, at=at, restored=is_draft)


def sent_form(request: HttpRequest, task: Task) -> StepForm | None:
    """The task's form as it came; None when the step cannot be done by a form (a wait, or a step that the routine no longer has)."""
    if task.node is None or task.kind is None or task.node.step is None:
        return None
    on = clock.day(clock.now())
    rules = rules_of_task(request.user, task, on=on)
    initial, _is_draft = starting_values(request.user, task, rules)
    sent = {"data": request.POST, "files": request.FILES, "initial": initial, "on": on}
    return step_form(task.node, task.kind, county=task.case.county, asked=asked(rules), **sent)


def page(request: HttpRequest, task: Task, form: StepForm, *, at: datetime, restored: bool = False, status: int = 200) -> HttpResponse:
    """The task with its form."""
    rules = rules_of_task(request.user, task, on=clock.day(at))
    mandates = presenter.mandate_lines(rules.mandates, at=at) if rules else []
    known = {"form": form, "restored": restored, "carried": _carried(form), "rules": rules, "mandates": mandates}
    known |= {"step_title": presenter.step_title(task), "step_lead": presenter.step_lead(task)}
    context = {**_frame(task, at), **known}
    return render(request, "procedures/task.html", context, status=status)


def _carried(form: StepForm) -> list[answers_of.Answer]:
    names = {spec.id: str(spec.name) for spec in form.specs}
    return [answers_of.file_answer(names[field], file) for field, file in form.carried.items()]


def _frame(task: Task, at: datetime) -> dict[str, object]:
    """What every view of a task shows."""
    record = earlier_steps(task.item.instance, most=MOST_EARLIER)
    earlier = answers_of.step_answers(record, task.case.county)
    return {
        "task": task,
        "item": task.item,
        "at": at,
        "heading": presenter.heading(task),
        "lead": presenter.lead(task),
        "crumbs": presenter.crumbs(task),
        "facts": presenter.facts(task, at=at),
        "status": presenter.status(task, at=at),
        "case_url": presenter.url_of_case(task),
        "source": presenter.paragraphs(task.node.documentation) if task.node else [],
        "earlier": earlier[:FIRST_EARLIER],
        "still_earlier": earlier[FIRST_EARLIER:],
    }


def _read(request: HttpRequest, task: Task, at: datetime) -> HttpResponse:
    """The task for who may not do it now: who may, or who has done it."""
    form = step_form(task.node, task.kind, county=task.case.county) if task.node and task.kind else None
    draft = draft_of(request.user, task.item) if form else None
    context = {
        **_frame(task, at),
        "refusal": task.refusal if task.is_open else "",
        "closed": "" if task.is_open else presenter.what_happened(last_word_on(task.item), at=at),
        "typed": presenter.typed_texts(form, draft) if form and draft else [],
        "wait_form": EndWaitForm() if task.item.is_wait and task.may_perform else None,
        "may_free": task.is_open and task.holds_function and not task.may_perform,
    }
    return render(request, "procedures/read_task.html", context)


def _submit(request: HttpRequest, task: Task, at: datetime) -> HttpResponse:
    form = sent_form(request, task)
    if form is None:
        return trouble.stale(request, task, None, at=at)
    if form.wants_more_rows:
        return page(request, task, form, at=at)
    if not form.is_valid():
        if not task.may_perform:
            return trouble.not_yours(request, task, form, at=at)
        return page(request, task, form, at=at, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _perform(request, task, form, at)


def _perform(request: HttpRequest, task: Task, form: StepForm, at: datetime) -> HttpResponse:
    try:
        event = services.perform_step(
            actor=request.user,
            item=task.item,
            version=form.cleaned_data["version"] or 0,
            outcome=form.outcome,
            data={**form.as_data(), **form.carried},
            uploads=form.uploads(),
            at=at,
            idempotency_key=form.cleaned_data["submission"],
        )
    except AlreadySubmitted as sent:
        event = sent.event
    except StaleItem:
        return trouble.stale(request, task_or_404(request, task.item.pk, at=at), form, at=at)
    except Refused as refused:
        return _refused(request, task, form, sentence_text(refused.reason), at)
    except services.StepStopped as stopped:
        return trouble.stopped(request, task, form, sentence_text(stopped.reason), at=at)
    return _done(request, task, event)


def _refused(request: HttpRequest, task: Task, form: StepForm, reason: str, at: datetime) -> HttpResponse:
    """Who may do the step can put right what was refused: the form comes back. Who may not gets the reason."""
    if not task.may_perform:
        return trouble.not_yours(request, task, form, at=at)
    form.add_error(None, reason)
    return page(request, task, form, at=at, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _done(request: HttpRequest, task: Task, event: HistoryEvent) -> HttpResponse:
    after = aftermath(event)
    text = after_step(event, opened=after.opened, waiting=after.waiting, routine=task.routine, bodies=after.bodies)
    messages.success(request, text)
    return redirect(presenter.url_of_case(task))
