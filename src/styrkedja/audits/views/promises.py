"""What an answer promises."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from styrkedja.audits import services
from styrkedja.audits.forms import IntoChainForm, LinkForm, PromiseForm, ValuesForm, said_by
from styrkedja.audits.models import PromisedAction, RecommendationAnswer
from styrkedja.audits.presenters import links
from styrkedja.audits.selectors import choices
from styrkedja.audits.views.acting import Frame, act, find_to_edit, posted
from styrkedja.steering.policies import can_edit
from styrkedja.ui.clock import day, now


def _frame(promise: PromisedAction, title: str, submit: str, done: str, *, lead: str = "") -> Frame:
    about = promise.answer.recommendation
    return Frame(title, submit, links.recommendation_url(about), links.recommendation_crumbs(about), lead=lead or promise.text, done=done)


@posted
def promise(request: HttpRequest, key: str) -> HttpResponse:
    """The answer promises an action."""
    at = now()
    found = find_to_edit(request, RecommendationAnswer, key, on=day(at))
    response = found.response
    form = PromiseForm(request.POST or None, seats=choices.seats(request.user, on=day(at), county=found.county))
    frame = Frame(
        _("Utlova en åtgärd"),
        _("Spara åtgärden"),
        links.response_url(response),
        links.response_crumbs(response),
        done=_("Åtgärden är utlovad."),
    )

    def do(given: ValuesForm) -> None:
        services.promise_action(actor=request.user, answer=found, at=at, **given.values())

    return act(request, form, frame, do, at=at)


@posted
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Who answers for a promise, when it is to be done, and whether it is."""
    at = now()
    found = find_to_edit(request, PromisedAction, key, on=day(at))
    is_decided = found.answer.response.is_decided and not request.user.is_administrator
    seats = choices.seats(request.user, on=day(at), county=found.county)
    form = PromiseForm(request.POST or None, initial=said_by(found, PromiseForm.base_fields), seats=seats, decided=is_decided)
    frame = _frame(found, _("Ändra den utlovade åtgärden"), _("Spara"), _("Åtgärden är ändrad."))

    def do(given: ValuesForm) -> None:
        services.change_promise(actor=request.user, promise=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """A promise is taken out of an answer that is not decided."""
    at = now()
    found = find_to_edit(request, PromisedAction, key, on=day(at))
    form = ValuesForm(request.POST or None, initial={"version": found.version})
    frame = _frame(found, _("Ta bort åtgärden ur svaret"), _("Ta bort"), _("Åtgärden är borttagen ur svaret."))

    def do(given: ValuesForm) -> None:
        services.withdraw_promise(actor=request.user, promise=found, version=given.read_version, at=at)

    return act(request, form, frame, do, row=found, at=at)


@posted
def take_into_chain(request: HttpRequest, key: str) -> HttpResponse:
    """A promise becomes an action of the chain."""
    at = now()
    found = find_to_edit(request, PromisedAction, key, on=day(at))
    plans = [plan for plan in choices.plans(request.user, on=day(at)) if can_edit(request.user, plan, on=day(at))]
    form = IntoChainForm(request.POST or None, plans=plans, initial={"title": found.text[:250], "version": found.version})
    frame = _frame(found, _("För in åtgärden i styrkedjan"), _("För in"), _("Åtgärden är införd i styrkedjan."))

    def do(given: ValuesForm) -> None:
        services.take_into_chain(actor=request.user, promise=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def link(request: HttpRequest, key: str) -> HttpResponse:
    """A promise is an action that the chain has already."""
    at = now()
    found = find_to_edit(request, PromisedAction, key, on=day(at))
    actions = choices.open_actions(request.user, found.accountable_body, on=day(at))
    form = LinkForm(request.POST or None, actions=actions, initial={"version": found.version})
    frame = _frame(found, _("Koppla till en åtgärd i styrkedjan"), _("Koppla"), _("Åtgärden är kopplad."))

    def do(given: ValuesForm) -> None:
        services.link_promise(actor=request.user, promise=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)
