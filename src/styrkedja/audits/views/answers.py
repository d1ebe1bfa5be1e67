"""The answer of a body: its page, and everything that is done with it until it is decided."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.audits import selectors, services
from styrkedja.audits.forms import AnswerForm, DecideForm, ResponseForm, ValuesForm, said_by
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, RecommendationAnswer
from styrkedja.audits.policies import check_answer_for
from styrkedja.audits.presenters import history as history_presenter
from styrkedja.audits.presenters import links
from styrkedja.audits.presenters import response as presenter
from styrkedja.audits.presenters.minutes import minutes_of
from styrkedja.audits.presenters.review import paragraphs
from styrkedja.audits.selectors import choices
from styrkedja.audits.views.acting import Frame, act, find, find_to_edit, posted, refuse
from styrkedja.organisations.models import Body, Seat
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import history
from styrkedja.ui.clock import day, now


@require_safe
def response(request: HttpRequest, key: str) -> HttpResponse:
    """What one body answers: as a whole, and to each recommendation."""
    on = day(now())
    found = find(request, AuditResponse, key, on=on)
    whole = selectors.whole(request.user, found.review, on=on)
    may_edit = can_edit(request.user, found, on=on)
    may_write = may_edit and (not found.is_decided or request.user.is_administrator)
    context = {
        "response": found,
        "status": presenter.status(found),
        "facts": presenter.facts(found, on=on, minutes=minutes_of(request.user, [found.accountable_body], on=on)),
        "paragraphs": paragraphs(found.text),
        "answers": presenter.answer_rows(whole, found, may_write=may_write, on=on),
        "may_write": may_write,
        "may_decide": may_edit and not found.is_decided,
        "crumbs": links.review_crumbs(found.review),
        "history": history_presenter.events([(found, history(request.user, found, on=on))]),
        "at": on,
    }
    return render(request, "audits/response.html", context)


@posted
def begin(request: HttpRequest, key: str, body: str) -> HttpResponse:
    """A body begins its answer."""
    at = now()
    found = find(request, AuditReview, key, on=day(at))
    answering = next((one for one in found.addressed.all() if one.key == body), None)
    if answering is None:
        raise Http404
    refuse(lambda: check_answer_for(request.user, answering, on=day(at)))
    form = ResponseForm(request.POST or None, **_seats(request, day(at), answering))
    title = _("Påbörja svaret från %(body)s") % {"body": answering.name}
    lead = _("Svaret är ett utkast som bara organet ser tills beslutet antecknas.")
    frame = Frame(title, _("Påbörja svaret"), links.review_url(found), links.review_crumbs(found), lead=lead, done=_("Svaret är påbörjat."))

    def do(given: ValuesForm) -> str:
        return links.response_url(services.start_response(actor=request.user, review=found, body=answering, at=at, **given.values()))

    return act(request, form, frame, do, at=at)


def _seats(request: HttpRequest, on: date, body: Body) -> dict[str, list[Seat]]:
    seats = choices.seats(request.user, on=on, county=body.county)
    return {"seats": seats, "signing": choices.signing_seats(request.user, body, on=on)}


@posted
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What the answer says as a whole is changed."""
    at = now()
    found = find_to_edit(request, AuditResponse, key, on=day(at))
    form = ResponseForm(
        request.POST or None, initial=said_by(found, ResponseForm.base_fields), **_seats(request, day(at), found.accountable_body)
    )
    frame = Frame(_("Ändra svaret"), _("Spara"), links.response_url(found), links.response_crumbs(found), done=_("Svaret är ändrat."))

    def do(given: ValuesForm) -> None:
        services.change_response(actor=request.user, response=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def answer(request: HttpRequest, key: str, recommendation: str) -> HttpResponse:
    """What the body answers to one recommendation."""
    at = now()
    found = find_to_edit(request, AuditResponse, key, on=day(at))
    about = find(request, AuditRecommendation, recommendation, on=day(at))
    said = _said(request, found, about)
    form = AnswerForm(request.POST or None, initial=said_by(said, AnswerForm.base_fields) if said else {})
    title = _("Svar på rekommendation %(number)s") % {"number": about.number}
    back, crumbs = links.response_url(found), links.response_crumbs(found)
    frame = Frame(title, _("Spara svaret"), back, crumbs, lead=about.text, done=_("Svaret är sparat."))

    def do(given: ValuesForm) -> None:
        common = {"actor": request.user, "response": found, "recommendation": about, "at": at}
        services.answer_recommendation(version=given.read_version, **common, **given.values())

    return act(request, form, frame, do, row=said, at=at)


def _said(request: HttpRequest, found: AuditResponse, about: AuditRecommendation) -> RecommendationAnswer | None:
    whole = selectors.whole(request.user, found.review, on=day(now()))
    pairs = presenter.said_in(whole, found)
    return next((said.answer for row, said in pairs if row.pk == about.pk), None)


@posted
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """The body's decision on its answer is noted, and everybody in the county sees it."""
    at = now()
    found = find_to_edit(request, AuditResponse, key, on=day(at))
    form = DecideForm(request.POST or None, initial={"registry_number": found.registry_number, "version": found.version})
    lead = _("När beslutet är antecknat kan alla i länet läsa svaret, och det ändras inte mer.")
    back, crumbs = links.response_url(found), links.response_crumbs(found)
    frame = Frame(_("Anteckna beslutet"), _("Anteckna beslutet"), back, crumbs, lead=lead, done=_("Beslutet är antecknat."))

    def do(given: ValuesForm) -> None:
        services.decide_response(actor=request.user, response=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)
