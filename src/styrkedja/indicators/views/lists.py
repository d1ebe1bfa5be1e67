"""All indicators, each with how it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.indicators.forms import ListForm
from styrkedja.indicators.presenters.lists import Asked, area_choices, groups, rows, source_choices
from styrkedja.indicators.selectors.behind import months_of_each
from styrkedja.indicators.selectors.scenes import starting_bodies
from styrkedja.indicators.selectors.values import generated_indicators, has_figures, series_by_indicator
from styrkedja.indicators.selectors.values import indicators as followed
from styrkedja.indicators.ties import ties
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now


@require_safe
@clean_address
def indicators(request: HttpRequest) -> HttpResponse:
    today = day(now())
    bodies = starting_bodies(request.user, on=today)
    every, tied = followed(request.user), ties(request.user, on=today)
    form = ListForm(
        request.GET,
        bodies=[(place.key, place.name) for place in bodies],
        areas=area_choices(tied),
        sources=source_choices(every, on=today),
    )
    body = next((place for place in bodies if place.key == form.chosen("enhet")), next(iter(bodies), None))
    series = series_by_indicator(request.user, every, body.id, on=today) if body else {}
    months = months_of_each(request.user, every, series, body.id, on=today) if body else {}
    found = rows(every, series, months, body, tied, on=today)
    asked = Asked(*(form.chosen(name) for name in ("q", "perspektiv", "omrade", "mal", "kalla", "signal")))
    shown = [row for row in found if row.fits(asked)]
    context = {
        "form": form,
        "body": body,
        "groups": groups(shown),
        "count": len(shown),
        "is_empty": not every,
        "has_figures": has_figures(),
        "is_generated": bool(generated_indicators(every, on=today)),
    }
    return render(request, "indicators/list.html", context)
