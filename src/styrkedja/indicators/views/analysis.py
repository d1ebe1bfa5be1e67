"""Series of indicators side by side, as the reader asks for them. The whole question stands in the address; with script the answer changes with it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.indicators.forms import AnalysisForm, parts_of
from styrkedja.indicators.presenters.analysing import form_choices, part_choices, thread_views, workbook
from styrkedja.indicators.presenters.asking import early_notes, misunderstood
from styrkedja.indicators.presenters.structures import ON_DAY, TODAY, day_asked, structure_kept
from styrkedja.indicators.selectors.analysing import Analysis, Question, analysis
from styrkedja.indicators.selectors.scenes import change_days
from styrkedja.indicators.selectors.values import generated_indicators
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.components import Crumb

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@clean_address
def analyse(request: HttpRequest) -> HttpResponse:
    today = day(now())
    asked = _question(request.GET, today)
    found = analysis(request.user, asked, on=today)
    crumbs = [Crumb(_("Indikatorer"), reverse("indicators:indicators"))]
    if found is None:
        return render(request, "indicators/analysis.html", {"crumbs": crumbs})
    views = thread_views(found, today=today)
    unclear = [*misunderstood(request.GET.dict(), asked, found), *early_notes(found.as_on, change_days())]
    context = {
        "crumbs": crumbs,
        "form": _form(request.GET, found, today),
        "misunderstood": unclear,
        "threads": views,
        "units_open": bool(found.chosen),
        "status": " ".join([*unclear, *(f"{one.title}: {one.said} {one.nothing}".rstrip() for one in views)]),
        "is_generated": _is_generated(found, today),
        "file_url": f"{reverse('indicators:analysis_file')}?{request.GET.urlencode()}",
    }
    return render(request, "indicators/analysis.html", context)


@require_safe
def analysis_file(request: HttpRequest) -> HttpResponse:
    """The values of the page, as its reader may see them."""
    at = now()
    found = analysis(request.user, _question(request.GET, day(at)), on=day(at))
    if found is None:
        raise Http404
    form = _form(request.GET, found, day(at))
    asked = {str(field.label): _said(form, field.name) for field in (*form.front(), *form.folded()) if _said(form, field.name)}
    content = workbook(found, asked, is_generated=_is_generated(found, day(at)), today=day(at), at=at)
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="analys-{found.threads[0].indicator.key}.xlsx"'
    return response


def _question(given: QueryDict, today: date) -> Question:
    return Question(
        indicators=tuple(key for key in (given.get("indikator", ""), given.get("med", "")) if key),
        within=given.get("inom", ""),
        level=given.get("niva", ""),
        bodies=tuple(given.getlist("enhet")),
        split=given.get("dela", ""),
        parts=parts_of(given.items()),
        first=_day(given.get("fran", "")),
        last=_day(given.get("till", "")),
        as_on=day_asked(given.get("struktur", ""), given.get("den", ""), today=today),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _form(given: QueryDict, found: Analysis, today: date) -> AnalysisForm:
    """Filled in with what is shown, which may be less than what was asked for."""
    shown = given.copy()
    shown["indikator"] = found.threads[0].indicator.key
    shown["med"] = found.threads[1].indicator.key if len(found.threads) > 1 else ""
    shown["inom"], shown["niva"] = found.body.key, found.level
    shown.setlist("enhet", [place.key for place in found.chosen])
    if found.as_on is not None:
        named = structure_kept(found.as_on, today=today)
        is_named = named in {TODAY, *(planned.isoformat() for planned in found.planned)}
        shown["struktur"], shown["den"] = (named, "") if is_named else (ON_DAY, named)
    return AnalysisForm(shown, choices=form_choices(found), parts=part_choices(found.threads[0]))


def _said(form: AnalysisForm, name: str) -> str:
    """What is chosen in a field, in words; "" for nothing."""
    value = form.chosen(name)
    return dict(getattr(form.fields[name], "choices", ())).get(value, value) if value else ""


def _is_generated(found: Analysis, today: date) -> bool:
    return bool(generated_indicators([one.indicator for one in found.threads], on=today))
