"""A comment on a value, under the fixed headings."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrkedja.indicators.forms import CommentForm
from styrkedja.indicators.presenters.links import indicator_url
from styrkedja.indicators.presenters.wording import period_text, shown_text
from styrkedja.indicators.selectors.comments import functions_over
from styrkedja.indicators.selectors.scenes import Scene, scene
from styrkedja.indicators.selectors.values import has_value
from styrkedja.indicators.services.comments import HEADINGS, comment_value
from styrkedja.indicators.views.pages import found_indicator, wish
from styrkedja.ledger.sending import led_to
from styrkedja.ui.clock import day, now
from styrkedja.ui.components import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    found = found_indicator(request, key)
    shown = scene(request.user, found, wish(request), on=day(at))
    if shown is None or shown.until is None:
        raise Http404
    functions = functions_over(request.user, shown.body, on=day(at))
    if not functions:
        raise PermissionDenied(
            _("Bara den som har en funktion i eller över %(body)s, och inte granskar det, kan kommentera dess värden.")
            % {"body": shown.body.name}
        )
    if not has_value(found, shown.body.id, shown.until):
        raise PermissionDenied(_("Det finns inget värde att kommentera för den perioden."))
    form = CommentForm(request.POST or None, functions=functions)
    back = indicator_url(key, shown.body, {"till": shown.until.isoformat(), "kalla": shown.source})

    def do() -> str:
        given = form.cleaned_data
        said = {heading: given[heading] for heading in HEADINGS}
        about = {"indicator": found, "body": shown.body, "period_end": shown.until}
        comment_value(actor=request.user, **about, said=said, signed_by=given["signed_by"], at=at)
        return back

    if page := led_to(request, form, do, is_new=True, at=at):
        return page
    context = {"form": form, "back": back, "lead": _lead(shown), "crumbs": _crumbs(shown, back)}
    return render(request, "indicators/comment.html", context)


def _lead(shown: Scene) -> str:
    latest = shown.shown[-1]
    value = shown_text(latest, shown.indicator.decimals)
    return f"{shown.body.name}, {period_text(latest.first, latest.last)}: {value} {shown.indicator.unit}"


def _crumbs(shown: Scene, back: str) -> list[Crumb]:
    return [Crumb(_("Indikatorer"), reverse("indicators:indicators")), Crumb(shown.indicator.title, back)]
