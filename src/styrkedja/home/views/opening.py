"""A new case."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrkedja.cases.services import open_case as open_case_service
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.engine import EngineFault
from styrkedja.home.forms import OpeningForm, RoutineForm
from styrkedja.home.presenters.case import crumbs
from styrkedja.home.selectors.opening import first_task, may_open, openable_definitions
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.procedures.links import case_url
from styrkedja.ui import clock
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.programs import routine_of


@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """First which routine, unless there is only one; then what the case is about."""
    at = clock.now()
    on = clock.day(at)
    if not may_open(request.user, counties_read(request.user, on=on), on=on):
        raise PermissionDenied(_("Bara en registrator eller en samordnare i länet kan öppna ett ärende."))
    definitions = openable_definitions(request.user, on=on)
    chosen = _chosen(request, definitions)
    if chosen is None:
        return _choose(request, definitions)
    form = OpeningForm(request.POST or None, routine=routine_of(chosen), county=chosen.county)
    if form.is_valid():
        return _open(request, chosen, form, at)
    return _page(request, chosen, form)


def _chosen(request: HttpRequest, definitions: list[ProcessDefinition]) -> ProcessDefinition | None:
    if len(definitions) == 1:
        return definitions[0]
    return next((one for one in definitions if str(one.pk) == request.GET.get("rutin")), None)


def _choose(request: HttpRequest, definitions: list[ProcessDefinition]) -> HttpResponse:
    several = len({one.county_id for one in definitions}) > 1
    form = RoutineForm(request.GET or None, definitions=definitions, several_counties=several)
    return render(request, "home/choose_routine.html", {"form": form, "crumbs": crumbs(), "definitions": definitions})


def _page(request: HttpRequest, definition: ProcessDefinition, form: OpeningForm) -> HttpResponse:
    context = {
        "form": form,
        "crumbs": crumbs(),
        "lead": _("%(name)s, version %(version)s") % {"name": definition.name, "version": definition.version},
        "action": f"{reverse('home:open_case')}?rutin={definition.pk}",
    }
    return render(request, "home/open_case.html", context, status=422 if form.is_bound else 200)


def _open(request: HttpRequest, definition: ProcessDefinition, form: OpeningForm, at: datetime) -> HttpResponse:
    """To the first task when it is the opener's, else to the case."""
    try:
        case = open_case_service(
            actor=request.user,
            county=definition.county,
            definition=definition,
            subject=form.cleaned_data["subject"],
            public_subject=form.cleaned_data["public_subject"],
            givens=form.givens(),
            at=at,
            idempotency_key=form.cleaned_data["submission"],
        )
    except (Refused, EngineFault) as fault:
        form.add_error(None, sentence_text(fault.reason))
        return _page(request, definition, form)
    messages.success(request, _("Ärende %(number)s är öppnat.") % {"number": case.number})
    task = first_task(request.user, case, on=clock.day(at))
    if task is not None:
        return redirect("procedures:task", item_id=task.pk)
    several = len(counties_read(request.user, on=clock.day(at))) > 1
    return redirect(case_url(case, many_counties=several))
