"""An indicator for a body: value, chart, what it is made of, and where it comes from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.indicators.forms import PageForm, parts_of
from styrkedja.indicators.library import definition_of, fact_sources
from styrkedja.indicators.models import COMPUTED, Indicator
from styrkedja.indicators.presenters import about, page
from styrkedja.indicators.presenters import comparing as against
from styrkedja.indicators.presenters.about import comment_rows
from styrkedja.indicators.presenters.asking import early_notes
from styrkedja.indicators.presenters.choices import level_choices, part_choices, source_choices
from styrkedja.indicators.presenters.links import analysis_url, indicator_url
from styrkedja.indicators.presenters.signals import chart_asked, chart_choices, chart_text, month_text, signal, suited
from styrkedja.indicators.presenters.structures import (
    ON_DAY,
    TODAY,
    day_asked,
    move_rows,
    structure_choices,
    structure_kept,
    structure_notes,
    structure_text,
)
from styrkedja.indicators.selectors import comparing
from styrkedja.indicators.selectors.comments import comments_on, functions_over
from styrkedja.indicators.selectors.scenes import Scene, Wish, change_days, scene
from styrkedja.indicators.selectors.values import (
    bodies_with_values,
    generated_indicators,
    has_figures,
    has_value,
    indicator_by_key,
    loads_behind,
)
from styrkedja.indicators.ties import Tie, ties
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.components import Crumb

# What an address keeps when it leads to another body.
_KEPT = ("till", "kalla", "niva", "struktur", "diagram")


@require_safe
@clean_address
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    today = day(now())
    found = found_indicator(request, key)
    shown = scene(request.user, found, wish(request), on=today)
    context = about_context(request, found, today) | {"crumbs": [Crumb(_("Indikatorer"), reverse("indicators:indicators"))]}
    if shown is not None:
        context |= _scene_context(request, shown, [row.tie for row in context["ties"]], today)
    return render(request, "indicators/indicator.html", context)


def found_indicator(request: HttpRequest, key: str) -> Indicator:
    """Raises Http404."""
    found = indicator_by_key(request.user, key)
    if found is None:
        raise Http404
    return found


def wish(request: HttpRequest) -> Wish:
    """What the address asks for; what it says wrongly is not asked."""
    given = request.GET
    try:
        until = date.fromisoformat(given.get("till", ""))
    except ValueError:
        until = None
    as_on = day_asked(given.get("struktur", ""), given.get("den", ""), today=day(now()))
    return Wish(given.get("enhet", ""), given.get("kalla", ""), until, parts_of(given.items()), given.get("niva", ""), as_on)


def kept(request: HttpRequest) -> dict[str, str]:
    """What the address says, to be said again; a day of the organisation in one word."""
    today = day(now())
    as_on = day_asked(request.GET.get("struktur", ""), request.GET.get("den", ""), today=today)
    said = {name: value for name, value in request.GET.items() if name in _KEPT or name in _parts(request)}
    return said | {"struktur": structure_kept(as_on, today=today)}


def _parts(request: HttpRequest) -> list[str]:
    return [f"del-{name}" for name in parts_of(request.GET.items())]


def about_context(request: HttpRequest, found: Indicator, today: date) -> dict[str, Any]:
    definition, sources = definition_of(found, on=today), fact_sources()
    tied = [tie for tie in ties(request.user, on=today) if tie.indicator == found.pk]
    return {
        "indicator": found,
        "definition": definition,
        "definition_facts": about.definition_facts(found, definition, sources, tied),
        "load_facts": about.load_facts(loads_behind(found, on=today), sources),
        "is_generated": found.pk in generated_indicators([found], on=today),
        "today": today,
        "ties": about.tie_rows(tied, found.decimals),
        "has_figures": has_figures(),
        "has_values": bool(bodies_with_values(found)),
    }


def _scene_context(request: HttpRequest, shown: Scene, tied: Sequence[Tie], today: date) -> dict[str, Any]:
    read = page.reading(shown, wanted=chart_asked(request.GET.get("diagram", "")))
    carried = kept(request)
    held, nation = comparing.benchmark(request.user, shown, on=today)
    return {
        "beside": against.beside(read, comparing.peers(request.user, shown, on=today), carried),
        "benchmarks": against.benchmark_rows(read, held, nation),
        "source_rows": against.source_rows(read, comparing.beside(request.user, shown, on=today)),
        "form": _form(request, shown),
        "comments": comment_rows(comments_on(request.user, shown.indicator, shown.body, until=shown.until, on=today)),
        "comment_url": _comment_url(request, shown, today),
        "file_url": indicator_url(shown.indicator.key, shown.body, carried, view="values_file"),
        "analysis_url": analysis_url(shown.indicator.key, shown.body, carried),
        "scene": shown,
        "way": page.way(read, carried),
        "figures": page.figures(read),
        "goals": about.goals_text(tied, read.target, shown.body.name, read.decimals),
        "chart": page.chart(read),
        "month_chart": page.month_chart(read),
        "months": page.month_rows(read),
        "month_text": month_text(read.found, read.behind, shown.definition, day=shown.as_on or shown.until),
        "conclusion": page.said(read),
        "warnings": page.warnings(read, today=today),
        "structure": structure_text(shown.source, shown.as_on, today=today),
        "structure_notes": [
            *structure_notes(shown, is_asked_without_day=request.GET.get("struktur") == ON_DAY and shown.as_on is None, today=today),
            *early_notes(shown.as_on, change_days()),
        ],
        "moves": move_rows(shown.moves),
        "signal": signal(read.judged),
        "points": page.point_rows(read),
        "point_columns": page.point_columns(read),
        "chart_text": chart_text(read.judged),
        "body_columns": page.body_columns(),
        "bodies": page.body_rows(read, carried),
        "coverage": page.coverage(read, carried),
    }


def _comment_url(request: HttpRequest, shown: Scene, today: date) -> str:
    """ "" for who may not comment, and where there is nothing to comment on."""
    if shown.until is None or not functions_over(request.user, shown.body, on=today):
        return ""
    if not has_value(shown.indicator, shown.body.id, shown.until):
        return ""
    return indicator_url(shown.indicator.key, shown.body, {"till": shown.until.isoformat(), "kalla": shown.source}, view="comment")


def _form(request: HttpRequest, shown: Scene) -> PageForm:
    given = request.GET.copy()
    given["enhet"] = shown.body.key
    given["till"] = shown.until.isoformat() if shown.until else ""
    given["kalla"] = shown.source
    if shown.as_on is not None:
        today = day(now())
        named = structure_kept(shown.as_on, today=today)
        planned = [one.isoformat() for one in shown.planned]
        given["struktur"], given["den"] = (named, "") if named in {TODAY, *planned} else (ON_DAY, named)
    return PageForm(
        given,
        charts=chart_choices(suited(shown.shown, shown.definition)) if shown.shown else [],
        structures=structure_choices(shown.planned) if shown.source == COMPUTED else [],
        periods=page.told_of(shown.series),
        sources=source_choices(shown),
        levels=level_choices(shown),
        parts=part_choices(shown),
    )
