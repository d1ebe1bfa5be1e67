"""The case list."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.home.forms import CaseFilterForm
from styrkedja.home.presenters import cases as presenter
from styrkedja.home.selectors.cases import find_cases, published_routines, working_bodies
from styrkedja.home.selectors.opening import may_open
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.procedures.selectors.record import routines_by_definition
from styrkedja.ui import clock
from styrkedja.ui.addresses import clean_address


@require_safe
@clean_address
def cases(request: HttpRequest) -> HttpResponse:
    user, on = request.user, clock.day(clock.now())
    counties = list(counties_read(user, on=on))
    routines = published_routines(counties)
    form = CaseFilterForm(request.GET, counties=counties, places=presenter.places(routines), bodies=working_bodies(counties, on=on))
    wanted = presenter.wanted(form, counties=counties, routines=routines)
    found = find_cases(user, wanted, on=on, page=request.GET.get("page"), size=settings.PAGE_SIZE)
    many = len(counties) > 1
    by_definition = routines_by_definition({case.instance.definition_id for case in found.cases})
    context = {
        "form": form,
        "page": found.page,
        "rows": presenter.case_rows(found, by_definition, many_counties=many, today=on),
        "lead": presenter.count_text(found),
        "is_narrowed": any(request.GET.values()),
        "may_open": may_open(user, counties, on=on),
        "at": clock.now(),
    }
    return render(request, "home/cases.html", context)
