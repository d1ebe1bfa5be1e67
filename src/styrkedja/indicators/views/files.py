"""An indicator's page as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from styrkedja.indicators.presenters import page
from styrkedja.indicators.presenters.files import workbook
from styrkedja.indicators.selectors.scenes import scene
from styrkedja.indicators.views.pages import about_context, found_indicator, wish
from styrkedja.ui.clock import day, now

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def values_file(request: HttpRequest, key: str) -> HttpResponse:
    """The same view of the indicator as its page, as its reader may see it."""
    at = now()
    found = found_indicator(request, key)
    shown = scene(request.user, found, wish(request), on=day(at))
    if shown is None:
        raise Http404
    known = about_context(request, found, day(at))
    content = workbook(page.reading(shown), known["definition_facts"], is_generated=known["is_generated"], at=at)
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.key}-{shown.body.key}.xlsx"'
    return response
