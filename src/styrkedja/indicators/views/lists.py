"""All indicators, each with how it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.indicators.forms import ListForm
from styrkedja.indicators.presenters.lists import groups, rows
from styrkedja.indicators.selectors.scenes import starting_bodies
from styrkedja.indicators.selectors.values import generated_indicators, series_by_indicator
from styrkedja.indicators.selectors.values import indicators as followed
from styrkedja.ui.clock import day, now


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    today = day(now())
    bodies = starting_bodies(request.user, on=today)
    form = ListForm(request.GET, bodies=[(place.key, place.name) for place in bodies])
    body = next((place for place in bodies if place.key == form.chosen("enhet")), next(iter(bodies), None))
    every = followed(request.user)
    series = series_by_indicator(request.user, every, body.id, on=today) if body else {}
    found = rows(every, series, body, on=today)
    shown = [row for row in found if row.fits(form.chosen("q"), form.chosen("perspektiv"), form.chosen("signal"))]
    context = {
        "form": form,
        "body": body,
        "groups": groups(shown),
        "count": len(shown),
        "is_empty": not every,
        "is_generated": bool(generated_indicators(every, on=today)),
    }
    return render(request, "indicators/list.html", context)
