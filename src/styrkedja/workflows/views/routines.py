"""The pages of the published routines."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.ui.clock import day, now
from styrkedja.workflows import selectors_routines as selectors
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.presenters import routines as presenter
from styrkedja.workflows.presenters.steps import RoutineText
from styrkedja.workflows.selectors_moving import may_move
from styrkedja.workflows.selectors_routines import PublishedRoutine, RoutineView


@require_safe
def routines(request: HttpRequest) -> HttpResponse:
    """The routines of the counties in which the reader works."""
    on = day(now())
    found = selectors.published_routines(request.user, on=on)
    names = _deciders(version.definition for routine in found for version in routine.versions)
    return render(request, "workflows/routines.html", {"counties": presenter.routine_rows(found, names, on=on)})


def _deciders(definitions: Iterable[ProcessDefinition]) -> Mapping[str, str]:
    bodies = bodies_by_key({definition.decided_by for definition in definitions})
    return {key: body.name for key, body in bodies.items()}


@require_safe
def routine(request: HttpRequest, county: str, key: str, version: int | None = None) -> HttpResponse:
    """A version of a routine, the one that is valid unless another is asked for; with `utskrift` all of it on one page."""
    on = day(now())
    published = selectors.published_routine(request.user, county, key, on=on)
    definition = (published.shown if version is None else published.version(version)) if published else None
    if published is None or definition is None:
        raise Http404
    view = selectors.routine_view(definition)
    about = {
        "published": published,
        "definition": definition,
        "view": view,
        "state": presenter.version_state(definition, published, on=on),
        "crumbs": presenter.crumbs(),
        "may_move": may_move(request.user, definition.county, on=on),
        "on": on,
    }
    parts = _whole(view, published, on) if "utskrift" in request.GET else _part(request, view, published, on)
    return render(request, "workflows/routine.html", {**about, **parts})


def _whole(view: RoutineView, published: PublishedRoutine, on: date) -> dict[str, Any]:
    text = RoutineText(view)
    return {
        "printed": True,
        "facts": presenter.facts(view, published, on=on),
        "phases": [(phase, text.sections(phase)) for phase in view.routine.phases.values()],
        "terms": view.routine.terms,
        "times": presenter.lead_time_rows(view),
        "versions": presenter.version_rows(published, _names(published), on=on),
    }


def _part(request: HttpRequest, view: RoutineView, published: PublishedRoutine, on: date) -> dict[str, Any]:
    """What the chosen tab shows: a phase, glossary, lead times or versions, else the overview."""
    phase = view.routine.phases.get(request.GET.get("fas", ""))
    if phase:
        tabs = presenter.tabs(view, phase.id)
        return {"printed": False, "tabs": tabs, "phases": [(phase, RoutineText(view, phase.id).sections(phase))]}
    asked, shown = _tab(request.GET.get("flik", ""), view, published, on)
    return {"printed": False, "tabs": presenter.tabs(view, asked), **shown}


def _tab(asked: str, view: RoutineView, published: PublishedRoutine, on: date) -> tuple[str, dict[str, Any]]:
    """The tab that is shown, and its content."""
    if asked == presenter.TERMS:
        return asked, {"terms": view.routine.terms}
    if asked == presenter.TIMES:
        return asked, {"times": presenter.lead_time_rows(view)}
    if asked == presenter.VERSIONS:
        return asked, {"versions": presenter.version_rows(published, _names(published), on=on)}
    return presenter.OVERVIEW, {"facts": presenter.facts(view, published, on=on), "overview": presenter.overview(view)}


def _names(published: PublishedRoutine) -> Mapping[str, str]:
    return _deciders(version.definition for version in published.versions)


@require_safe
def definition_bpmn(request: HttpRequest, definition_id: int, *, download: bool = False) -> HttpResponseBase:
    """The file of a version, for the map or to keep. It never changes, so who has it is told so by its hash; rights are asked each time."""
    definition = selectors.definition_by_id(request.user, definition_id, on=day(now()))
    if definition is None:
        raise Http404
    etag = quote_etag(definition.sha256)
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        definition.source, content_type="application/xml; charset=utf-8"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Disposition"] = content_disposition_header(download, f"{definition.key}-{definition.version}.bpmn")
    return response
