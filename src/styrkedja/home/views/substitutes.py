"""Who stands in for the reader, and for whom the reader stands in."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrkedja.core.policies.refusal import Refused
from styrkedja.home.forms import SubstituteForm
from styrkedja.home.presenters.substitutes import substitution_rows
from styrkedja.home.selectors.substitutes import possible_substitutes
from styrkedja.ledger.sending import led_to
from styrkedja.organisations.models import Substitution
from styrkedja.organisations.selectors import substitution_by_id, substitutions_of
from styrkedja.organisations.services import add_substitute, end_substitution
from styrkedja.ui import clock
from styrkedja.ui.wording import sentence_text

_DAY = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
def substitutes(request: HttpRequest) -> HttpResponse:
    """What holds now and later, and the form for a new period."""
    at = clock.now()
    on = clock.day(at)
    form = SubstituteForm(request.POST or None, accounts=possible_substitutes(request.user, on=on))
    if page := led_to(request, form, lambda: _add(request, form, at), is_new=True, at=at):
        return page
    rows = substitution_rows(substitutions_of(request.user, on=on), user=request.user, at=at)
    return render(request, "home/substitutes.html", {"form": form, **rows}, status=422 if form.is_bound else 200)


def _add(request: HttpRequest, form: SubstituteForm, at: datetime) -> str:
    given = form.cleaned_data
    period = {"valid_from": given["first"], "valid_until": given["last"] + _DAY}
    add_substitute(actor=request.user, substitute=form.account, **period, reason=given["reason"], at=at)
    messages.success(request, _("%(name)s är din ersättare under perioden.") % {"name": form.account})
    return reverse("home:substitutes")


@require_POST
def end(request: HttpRequest, substitution_id: int) -> HttpResponse:
    """The substitute's time ends now; one that has not begun never does. One that has ended already, as by a double click, is as it should be."""
    at = clock.now()
    found = substitution_by_id(request.user, substitution_id)
    if found is None:
        raise Http404
    try:
        if found.valid_until is None or found.valid_until > clock.day(at):
            end_substitution(actor=request.user, substitution=found, valid_until=_end_day(found, clock.day(at)), at=at)
    except Refused as refused:
        messages.error(request, sentence_text(refused.reason))
        return redirect("home:substitutes")
    messages.success(request, _("Ersättningen är avslutad."))
    return redirect("home:substitutes")


def _end_day(row: Substitution, today: date) -> date:
    return max(row.valid_from, today) if row.valid_from else today
