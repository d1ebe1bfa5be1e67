"""The next year's plan is made of the last."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from styrkedja.audits.views.acting import posted
from styrkedja.chain.forms.planning import NextPlanForm
from styrkedja.chain.presenters.links import crumbs_of, object_url
from styrkedja.chain.views.editing import found_to_edit
from styrkedja.core.policies.refusal import Refused
from styrkedja.effects.services import plan_next_year
from styrkedja.ledger.sending import send_once
from styrkedja.steering.models import SteeringDocument
from styrkedja.steering.services.planning import open_rows
from styrkedja.ui.clock import day, now
from styrkedja.ui.wording import sentence_text


@posted
def next_plan(request: HttpRequest, key: str) -> HttpResponse:
    """Asks of every open goal and action what becomes of it. The old plan stays as it was decided."""
    at = now()
    document = found_to_edit(request, "document", key, on=day(at))
    if not isinstance(document, SteeringDocument):
        raise Http404
    form = NextPlanForm(request.POST or None, rows=open_rows(document), initial=_begun(document))

    def do() -> str:
        plan = plan_next_year(actor=request.user, document=document, mapping=form.mapping(), at=at, **form.plan())
        messages.success(request, _("”%(what)s” är gjord, som utkast. Komplettera den och låt organet anta den.") % {"what": plan})
        return object_url(plan)

    if form.is_valid():
        try:
            to = send_once(request, form, do, is_new=True, at=at)
        except Refused as refused:
            form.add_error(None, sentence_text(refused.reason))
        else:
            if to is not None:
                return redirect(to)
    context = {"form": form, "document": document, "cancel": object_url(document), "crumbs": crumbs_of(document)}
    return render(request, "chain/next_plan.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


def _begun(document: SteeringDocument) -> dict[str, object]:
    """The same plan a year on."""
    first, last = document.valid_from, document.valid_until
    if last is None:
        return {"title": document.title}
    title = document.title.replace(str(last.year - 1), str(last.year)) if first else document.title
    return {"title": title, "valid_from": last, "valid_until": _a_year_on(last)}


def _a_year_on(day: date) -> date:
    """A leap day is followed by the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, month=3, day=1)
