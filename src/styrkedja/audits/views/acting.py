"""What every page has in common where something is done: find the object, show the form, do it, or say why not.

When somebody else was first, the form comes back with what was typed and with what the other has changed; sent again it is saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styrkedja.audits import selectors
from styrkedja.audits.forms import ValuesForm
from styrkedja.audits.presenters import history as history_presenter
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.core.wording import VagueSentence, vague_sentences
from styrkedja.ledger.models import Versioned
from styrkedja.ledger.sending import send_once
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import check_edit
from styrkedja.steering.selectors import history
from styrkedja.steering.selectors.history import history_of
from styrkedja.ui.clock import day
from styrkedja.ui.components import Crumb, Event
from styrkedja.ui.wording import sentence_text

Row = TypeVar("Row", bound=ChainObject)
posted = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Frame:
    """What stands around a form. `back` is where one comes to when it is done, and by the link "Avbryt"."""

    title: str
    submit: str
    back: str
    crumbs: Sequence[Crumb] = field(default=())
    lead: str = ""
    done: str = ""
    template: str = "audits/form.html"


def find(request: HttpRequest, model: type[Row], key: str, *, on: date) -> Row:
    """The object; 404 if there is none that the reader may see."""
    found = selectors.by_key(request.user, model, key, on=on)
    if found is None:
        raise Http404
    return found


def find_to_edit(request: HttpRequest, model: type[Row], key: str, *, on: date) -> Row:
    """The same for who may write on it; 403 with the reason for others who see it."""
    found = find(request, model, key, on=on)
    refuse(lambda: check_edit(request.user, found, on=on))
    return found


def refuse(check: Callable[[], object]) -> None:
    """403 with the reason if `check` refuses."""
    try:
        check()
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused


def act(
    request: HttpRequest,
    form: ValuesForm,
    frame: Frame,
    do: Callable[[ValuesForm], str | None],
    *,
    row: Versioned | None = None,
    at: datetime,
) -> HttpResponse:
    """The form's page, or what `do` leads to: it writes by a service and answers an address other than `frame.back`, or None.

    The same form sent again does nothing more. Without a `row` that is changed, the form makes something new.
    """
    if not form.is_valid():
        return page(request, form, frame, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK)

    def done() -> str:
        to = do(form)
        if frame.done:
            messages.success(request, frame.done)
        return to or frame.back

    try:
        to = send_once(request, form, done, is_new=row is None, at=at)
    except Outdated as outdated:
        assert row is not None
        return _outdated(request, form, frame, outdated, row, at)
    except Refused as refused:
        form.add_error(None, sentence_text(refused.reason))
        return page(request, form, frame, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(to) if to is not None else page(request, form, frame, status=HTTPStatus.CONFLICT)


def _outdated(request: HttpRequest, form: ValuesForm, frame: Frame, outdated: Outdated, row: Versioned, at: datetime) -> HttpResponse:
    """The page again with what was typed, what somebody else has changed, and the version that is to be replaced if it is sent again."""
    lines = history(request.user, row, on=day(at)) if isinstance(row, ChainObject) else history_of(row, str(row._meta.model_name))
    since = form.read_version or 0
    form.data = form.data.copy()
    form.data["version"] = str(lines[0].version if lines else "")
    form.add_error(None, sentence_text(outdated.reason))
    changes = history_presenter.changes(line for line in lines if line.version > since)
    return page(request, form, frame, status=HTTPStatus.CONFLICT, changes=changes, at=at)


def page(
    request: HttpRequest,
    form: forms.Form,
    frame: Frame,
    *,
    status: int = HTTPStatus.OK,
    changes: Sequence[Event] = (),
    at: datetime | None = None,
) -> HttpResponse:
    context = {"form": form, "frame": frame, "changes": changes, "at": at, "vague": _vague(form)}
    return render(request, frame.template, context, status=status)


def _vague(form: forms.Form) -> list[tuple[str, list[VagueSentence]]]:
    """By field, what of its text says neither when, who nor how much. A help to the writer, which stops nobody."""
    found = [(str(bound.label), vague_sentences(str(bound.value() or ""))) for bound in form.visible_fields() if _is_text(bound)]
    return [(label, sentences) for label, sentences in found if sentences]


def _is_text(bound: Any) -> bool:
    return isinstance(bound.field.widget, forms.Textarea)
