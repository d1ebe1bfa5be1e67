"""The lists of the room."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.audits import selectors
from styrkedja.audits.forms import ReviewFilterForm
from styrkedja.audits.policies import acts_anywhere
from styrkedja.audits.presenters import listing
from styrkedja.audits.selectors.choices import bodies_to_address
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now


@require_safe
@clean_address
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review with how its answer and its reports stand."""
    on = day(now())
    form = ReviewFilterForm(request.GET, bodies=bodies_to_address(request.user, on=on))
    wholes = selectors.wholes(request.user, selectors.reviews(request.user, on=on), on=on)
    found = listing.matching(wholes, form.wanted(), on=on)
    page = Paginator(found, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": listing.review_rows(page.object_list, on=on),
        "tabs": listing.tabs("audits:reviews", waiting=selectors.waiting_answers(request.user, on=on).count()),
        "is_empty": not wholes,
        "may_register": acts_anywhere(request.user, on=on),
        "at": on,
    }
    return render(request, "audits/reviews.html", context)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Reports to boards, the latest period first."""
    on = day(now())
    page = Paginator(selectors.reports(request.user, on=on), settings.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": listing.report_rows(page.object_list, on=on),
        "tabs": listing.tabs("audits:reports", waiting=selectors.waiting_answers(request.user, on=on).count()),
        "may_plan": acts_anywhere(request.user, on=on),
        "at": on,
    }
    return render(request, "audits/reports.html", context)


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Answers that have been read from files and wait for somebody to confirm them."""
    on = day(now())
    found = list(selectors.waiting_answers(request.user, on=on))
    context = {
        "rows": listing.reading_rows(found),
        "tabs": listing.tabs("audits:readings", waiting=len(found)),
        "may_read": acts_anywhere(request.user, on=on),
        "at": on,
    }
    return render(request, "audits/readings.html", context)
