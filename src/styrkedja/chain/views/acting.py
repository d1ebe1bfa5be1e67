"""What is done with an object beside changing it: adopted, reached, reported back; decisions and mandates."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.audits.forms import ValuesForm
from styrkedja.audits.selectors.choices import seats
from styrkedja.audits.views.acting import Frame, act, posted, refuse
from styrkedja.chain import selectors as chain
from styrkedja.chain.forms.acts import AdoptForm, DecisionForm, ReachForm, ReportForm, WithdrawForm
from styrkedja.chain.policies import check_writes, may_begin
from styrkedja.chain.presenters.decisions import adoption_text
from styrkedja.chain.presenters.doing import new_url
from styrkedja.chain.presenters.facts import decision_text
from styrkedja.chain.presenters.links import crumbs_of, mandate_crumbs, object_url
from styrkedja.chain.selectors.choices import candidates, writing_bodies
from styrkedja.chain.views.editing import found_to_edit
from styrkedja.decisions import selectors as decided
from styrkedja.decisions.presenters import decision_url
from styrkedja.effects.models import EffectEstimate
from styrkedja.effects.selectors import undecided_estimates
from styrkedja.effects.services import decide_on_estimates
from styrkedja.organisations.selectors.readers import counties_of
from styrkedja.steering import services
from styrkedja.steering.models import SteeringDocument, TargetState
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors.adopters import to_adopt, to_withdraw
from styrkedja.ui.clock import day, now


@posted
def adopt(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A body has adopted a document or a target state; it is decided from now on, and everybody in the county sees it."""
    at = now()
    row, may_edit = _to_adopt(request, kind, key, on=day(at))
    bodies = to_adopt(request.user, row, may_edit=may_edit, on=day(at))
    if not bodies:
        raise PermissionDenied(_nothing_to_adopt(row))
    begun = row.accountable_body if row.accountable_body in bodies else bodies[0] if len(bodies) == 1 else None
    form = AdoptForm(request.POST or None, bodies=bodies, initial={"body": begun})
    lead = _("Dokumentet är därefter beslutat och syns för alla i länet. Ett gemensamt dokument antas av ett organ i taget.")
    frame = Frame(_("Anteckna antagande"), _("Anteckna"), object_url(row), crumbs_of(row), lead=lead, done=_("Antagandet är antecknat."))

    def do(given: ValuesForm) -> None:
        services.adopt(actor=request.user, row=row, at=at, **given.values())

    return act(request, form, frame, do, row=row, at=at)


@posted
def withdraw(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """An adoption was put on record by mistake. What nobody else has adopted is a draft again, which its own body alone sees."""
    at = now()
    row, may_edit = _to_adopt(request, kind, key, on=day(at))
    adoptions = to_withdraw(request.user, row, may_edit=may_edit, on=day(at))
    if not adoptions:
        raise PermissionDenied(
            _("Det finns inget antagande som du kan återta. Det kan den som innehar en funktion i det organ som har antagit.")
        )
    begun = adoptions[0] if len(adoptions) == 1 else None
    form = WithdrawForm(request.POST or None, adoptions=adoptions, label_of=adoption_text, initial={"adoption": begun})
    lead = _(
        "För ett antagande som har antecknats fel. Det tas bort, och historiken visar vad som togs bort, av vilken funktion och varför."
    )
    frame = Frame(_("Återta antagande"), _("Återta"), object_url(row), crumbs_of(row), lead=lead, done=_("Antagandet är återtaget."))

    def do(given: ValuesForm) -> str:
        services.withdraw_adoption(actor=request.user, at=at, **given.values())
        still = chain.found_object(request.user, kind, key, on=day(at))
        return object_url(row) if still else reverse("steering:documents")

    return act(request, form, frame, do, row=row, at=at)


def _to_adopt(request: HttpRequest, kind: str, key: str, *, on: date) -> tuple[SteeringDocument | TargetState, bool]:
    """The object, and whether the reader may change it. 404 for what the reader does not see and for what nobody adopts."""
    row = chain.found_object(request.user, kind, key, on=on)
    if not isinstance(row, SteeringDocument | TargetState):
        raise Http404
    return row, can_edit(request.user, row, on=on)


def _nothing_to_adopt(row: SteeringDocument | TargetState) -> str:
    if row.adoptions.exists():
        return _("”%(what)s” är redan antaget. Ett antagande som är fel kan återtas av den som innehar en funktion i organet.") % {
            "what": row
        }
    return _(
        "Bara den som innehar en funktion i det ansvariga organet, eller i ett organ som antar ”%(what)s”, kan anteckna antagandet."
    ) % {"what": row}


@posted
def reach(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    row = found_to_edit(request, "milestone", key, on=day(at))
    begun = {"version": row.version, "reached_on": row.reached_on or day(at), "comment": row.comment}
    form = ReachForm(request.POST or None, initial=begun)
    frame = Frame(
        _("Delmålet är nått"), _("Spara"), object_url(row), crumbs_of(row), lead=str(row), done=_("Delmålet är antecknat som nått.")
    )

    def do(given: ValuesForm) -> None:
        services.reach_milestone(actor=request.user, milestone=row, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=row, at=at)


@posted
def report(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    on = day(at)
    row = found_to_edit(request, "assignment", key, on=on)
    offered = candidates(request.user, row.county, on=on, kept=row)(row._meta.get_field("report_decision"))
    begun = {"version": row.version, "reported_on": row.reported_on or on, "report": row.report, "decision": row.report_decision}
    form = ReportForm(request.POST or None, initial=begun, decisions=offered, label_of=decision_text)
    frame = Frame(
        _("Återrapportera uppdraget"), _("Spara"), object_url(row), crumbs_of(row), lead=str(row), done=_("Återrapporten är sparad.")
    )

    def do(given: ValuesForm) -> None:
        services.report_back(actor=request.user, assignment=row, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=row, at=at)


@posted
def decide(request: HttpRequest) -> HttpResponse:
    """A decision outside every case goes on record, if its mandate carries it and it says what it rests on."""
    at = now()
    on = day(at)
    refuse(lambda: check_writes(request.user, on=on))
    county = counties_of(request.user, on=on).first()
    form = DecisionForm(
        request.POST or None,
        bodies=writing_bodies(request.user, on=on),
        seats=seats(request.user, on=on, county=county),
        mandates=list(decided.mandates(request.user, on=on)),
        estimates=undecided_estimates(request.user, county, on=on),
        estimate_url=new_url("estimate") if may_begin(request.user, EffectEstimate, {}, on=on) else reverse("steering:actions"),
    )
    lead = _("Beslutet prövas mot mandatets ämne, belopp och tid. Ange beräkningen bakom beslutet, eller skälet till att den saknas.")
    frame = Frame(
        _("Anteckna ett beslut"), _("Anteckna"), reverse("steering:mandates"), mandate_crumbs(), lead=lead, done=_("Beslutet är antecknat.")
    )

    def do(given: Any) -> str:
        said = given.said()
        return decision_url(decide_on_estimates(actor=request.user, estimates=given.rests_on(), grounds=given.grounds(), at=at, **said))

    return act(request, form, frame, do, at=at)
