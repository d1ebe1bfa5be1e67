"""The statistics page, and each of its tables as a file."""

import csv
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.home.forms import StatisticsForm
from styrkedja.home.presenters import statistics as presenter
from styrkedja.home.presenters.statistics.sections import Section, Value
from styrkedja.home.selectors.statistics import Scope, figures, readable_routines
from styrkedja.ui import clock
from styrkedja.ui.addresses import clean_address


@require_safe
@clean_address
def statistics(request: HttpRequest) -> HttpResponse:
    on = clock.day(clock.now())
    form = _form(request)
    if not form.routines:
        return render(request, "home/statistics.html", {"form": None})
    scope = form.scope()
    found = figures(scope, on=on)
    context = {
        "form": form,
        "scope": scope,
        "conclusion": presenter.conclusion(found),
        "figures": presenter.key_figures(found),
        "sections": presenter.sections(found),
        "query": request.GET.urlencode(),
        "at": clock.now(),
    }
    return render(request, "home/statistics.html", context)


@require_safe
def statistics_file(request: HttpRequest, table: str) -> HttpResponse:
    """One table with the same filter: semicolons, decimal comma, and UTF-8 with a mark, as a Swedish Excel opens it."""
    form = _form(request)
    if not form.routines:
        raise Http404
    scope = form.scope()
    section = next((one for one in presenter.sections(figures(scope, on=clock.day(clock.now()))) if one.key == table), None)
    if section is None:
        raise Http404
    response = HttpResponse(_csv(section), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(section, scope)}"'
    return response


def _form(request: HttpRequest) -> StatisticsForm:
    on = clock.day(clock.now())
    return StatisticsForm(request.GET or None, routines=readable_routines(request.user, on=on), today=on)


def _file_name(section: Section, scope: Scope) -> str:
    return f"statistik-{section.key}-{scope.first}--{scope.last}.csv"


def _csv(section: Section) -> str:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(section.labels)
    writer.writerows([_plain(value) for value in row] for row in section.values)
    return "\ufeff" + text.getvalue()


def _plain(value: Value) -> str:
    """A text that begins as a formula is told not to be one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in "=+-@\t\r" and value else value
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
