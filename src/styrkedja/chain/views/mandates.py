"""A mandate: what it allows, what has been decided on it, and how it has changed. It is given, changed and ended by the body that gives it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from styrkedja.audits.forms import ValuesForm, said_by
from styrkedja.audits.views.acting import Frame, act, posted, refuse
from styrkedja.chain.forms.mandates import EndMandateForm, MandateForm
from styrkedja.chain.policies import check_writes
from styrkedja.chain.presenters import mandates as presenter
from styrkedja.chain.presenters.history import history_rows
from styrkedja.chain.presenters.links import mandate_crumbs
from styrkedja.chain.selectors.choices import candidates, givers
from styrkedja.chain.views.objects import findings_of
from styrkedja.core.controls.snapshot import ObjectKind
from styrkedja.decisions import selectors as decided
from styrkedja.decisions.models import Mandate
from styrkedja.decisions.policies import can_change_mandate, check_mandate
from styrkedja.decisions.services import change_mandate, give_mandate
from styrkedja.organisations.selectors.readers import counties_of
from styrkedja.steering.selectors import documents
from styrkedja.steering.selectors.history import history_of
from styrkedja.ui.clock import day, now
from styrkedja.ui.navigation import steering_tabs

_NO_GIVER = gettext_lazy(
    "Bara den som innehar en funktion i ett organ som beslutar, eller som självt har mandat att ge vidare, kan lägga till mandat."
)
_MOST = 50  # the latest decisions that the page shows


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    today = day(at)
    row = _found(request, key, on=today)
    context = {
        "row": row,
        "state": presenter.in_force(row, on=today),
        "facts": presenter.mandate_facts(row, documents(request.user, on=today).filter(mandates=row)),
        "acts": presenter.mandate_acts(row, may_change=can_change_mandate(request.user, row, on=today), on=today),
        "findings": findings_of(request, ObjectKind.MANDATE, row.key),
        "decisions": presenter.decision_rows(decided.decisions(request.user, on=today).filter(mandate=row)[:_MOST]),
        "history": history_rows(history_of(row, presenter.MANDATE)),
        "at": at,
        "today": today,
        "tabs": steering_tabs(request.path),
        "crumbs": mandate_crumbs(),
    }
    return render(request, "chain/mandate.html", context)


@posted
def give(request: HttpRequest) -> HttpResponse:
    """A new mandate."""
    at = now()
    on = day(at)
    refuse(lambda: check_writes(request.user, on=on))
    own = givers(request.user, on=on)
    if not own:
        raise PermissionDenied(_NO_GIVER)
    offered = candidates(request.user, counties_of(request.user, on=on).first(), on=on)
    form = MandateForm(
        request.POST or None,
        candidates=offered,
        givers=own,
        subjects=_subjects(request, on),
        initial={"given_by": own[0] if len(own) == 1 else None},
    )
    frame = Frame(_("Nytt mandat"), _("Spara"), reverse("steering:mandates"), mandate_crumbs(), done=_("Mandatet är sparat."))

    def do(given: ValuesForm) -> str:
        return presenter.mandate_url(give_mandate(actor=request.user, at=at, **given.values()))

    return act(request, form, frame, do, at=at)


@posted
def change(request: HttpRequest, key: str) -> HttpResponse:
    """A new version of the mandate; what was decided on it stands as it was."""
    at = now()
    on = day(at)
    row = _found_to_change(request, key, on=on)
    offered = candidates(request.user, row.county, on=on, kept=row)
    own = list(dict.fromkeys((row.given_by, *givers(request.user, on=on))))
    form = MandateForm(
        request.POST or None, candidates=offered, givers=own, subjects=_subjects(request, on), initial=said_by(row, MandateForm.base_fields)
    )
    frame = Frame(_("Ändra mandatet"), _("Spara"), presenter.mandate_url(row), _below(row), lead=str(row), done=_("Ändringen är sparad."))

    def do(given: ValuesForm) -> None:
        change_mandate(actor=request.user, mandate=row, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=row, at=at)


@posted
def end(request: HttpRequest, key: str) -> HttpResponse:
    """The mandate ends on a day."""
    at = now()
    on = day(at)
    row = _found_to_change(request, key, on=on)
    form = EndMandateForm(request.POST or None, initial=said_by(row, ["valid_until"]))
    lead = _("Det som redan har beslutats med stöd av ”%(mandate)s” påverkas inte.") % {"mandate": row}
    frame = Frame(
        _("Avsluta mandatet"), _("Avsluta"), presenter.mandate_url(row), _below(row), lead=lead, done=_("Slutdatumet är antecknat.")
    )

    def do(given: ValuesForm) -> None:
        change_mandate(actor=request.user, mandate=row, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=row, at=at)


def _subjects(request: HttpRequest, on: date) -> list[str]:
    """Those of the mandates that the reader sees."""
    return [row.subject for row in decided.mandates(request.user, on=on)]


def _below(row: Mandate) -> list:
    return [*mandate_crumbs(), presenter.mandate_crumb(row)]


def _found(request: HttpRequest, key: str, *, on: date) -> Mandate:
    row = decided.mandate_by_key(request.user, key, on=on)
    if row is None:
        raise Http404
    return row


def _found_to_change(request: HttpRequest, key: str, *, on: date) -> Mandate:
    """404 for what the reader does not see, 403 with the reason for who does not act in the body that gives it."""
    row = _found(request, key, on=on)
    refuse(lambda: check_mandate(request.user, row, on=on))
    return row
