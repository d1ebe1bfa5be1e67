"""A review and its recommendations."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.audits import selectors, services
from styrkedja.audits.forms import RecommendationForm, ReviewForm, said_by
from styrkedja.audits.models import AuditRecommendation, AuditReview
from styrkedja.audits.policies import acts_anywhere, answers_for
from styrkedja.audits.presenters import history as history_presenter
from styrkedja.audits.presenters import links, standing
from styrkedja.audits.presenters import review as presenter
from styrkedja.audits.presenters.minutes import Minutes, minutes_of_whole
from styrkedja.audits.selectors import choices
from styrkedja.audits.views.acting import Frame, act, find, find_to_edit, posted, refuse
from styrkedja.core.policies.refusal import Refused
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import history
from styrkedja.ui.clock import day, now


@require_safe
def review(request: HttpRequest, key: str) -> HttpResponse:
    """The review, its answer as one whole, its recommendations and what has become of them."""
    on = day(now())
    found = find(request, AuditReview, key, on=on)
    whole = selectors.whole(request.user, found, on=on)
    minutes = minutes_of_whole(request.user, whole, on=on)
    own = answers_for(request.user, [part.body for part in whole.parts], on=on)
    context = {
        **_said(whole, on, minutes),
        "may_edit": can_edit(request.user, found, on=on),
        "parts": presenter.part_rows(whole, may_begin=[body.pk for body in own], minutes=minutes),
        "may_read": any(part.response is None and part.body in own for part in whole.parts),
        "history": history_presenter.events([(found, history(request.user, found, on=on))]),
    }
    return render(request, "audits/review.html", context)


@require_safe
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    """The whole answer on paper: every recommendation with what each body answers and promises, and what has become of it."""
    on = day(now())
    whole = selectors.whole(request.user, find(request, AuditReview, key, on=on), on=on)
    minutes = minutes_of_whole(request.user, whole, on=on)
    parts = presenter.part_rows(whole, may_begin=(), minutes=minutes)
    context = {**_said(whole, on, minutes), "parts": parts, "crumbs": links.review_crumbs(whole.review)}
    return render(request, "audits/matrix.html", context)


def _said(whole: selectors.Whole, on: date, minutes: Minutes) -> dict[str, Any]:
    """What both pages say."""
    return {
        "review": whole.review,
        "status": standing.review_status(whole, on=on),
        "lead": presenter.lead(whole.review),
        "facts": presenter.facts(whole, on=on),
        "missing": standing.missing(whole),
        "recommendations": presenter.recommended_rows(whole, on=on, minutes=minutes),
        "levels": presenter.level_rows(whole) if presenter.shows_levels(whole) else [],
        "level_columns": presenter.level_columns(),
        "question": presenter.paragraphs(whole.review.question),
        "assessment": presenter.paragraphs(whole.review.assessment),
        "about": presenter.paragraphs(whole.review.text),
        "crumbs": links.list_crumbs(),
        "at": on,
    }


@posted
def register(request: HttpRequest) -> HttpResponse:
    """A review has come in."""
    at = now()
    on = day(at)
    refuse(lambda: _check_acts(request, on))
    form = ReviewForm(request.POST or None, **_review_choices(request, on))
    list_url = reverse("audits:reviews")
    frame = Frame(_("Registrera en granskning"), _("Registrera"), list_url, links.list_crumbs(), done=_("Granskningen är registrerad."))

    def do(given: ReviewForm) -> str:
        return links.review_url(services.register_review(actor=request.user, at=at, **given.values()))

    return act(request, form, frame, do, at=at)


def _check_acts(request: HttpRequest, on: date) -> None:
    if not acts_anywhere(request.user, on=on):
        raise Refused(_("Bara den som innehar en funktion i ett organ kan registrera en granskning."))


def _review_choices(request: HttpRequest, on: date) -> dict[str, Any]:
    bodies = choices.bodies_to_address(request.user, on=on)
    return {"own": choices.coordinating_bodies(request.user, on=on), "bodies": bodies, "seats": choices.seats(request.user, on=on)}


@posted
def change_review(request: HttpRequest, key: str) -> HttpResponse:
    """What is known of a review is changed."""
    at = now()
    found = find_to_edit(request, AuditReview, key, on=day(at))
    offered = _review_choices(request, day(at))
    if found.accountable_body is not None and found.accountable_body not in offered["own"]:
        offered["own"] = [found.accountable_body, *offered["own"]]
    form = ReviewForm(request.POST or None, initial=said_by(found, ReviewForm.base_fields), **offered)
    frame = Frame(
        _("Ändra granskningen"), _("Spara"), links.review_url(found), links.review_crumbs(found), done=_("Granskningen är ändrad.")
    )

    def do(given: ReviewForm) -> None:
        services.change_review(actor=request.user, review=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)


@posted
def add_recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """A recommendation is added to the review."""
    at = now()
    found = find_to_edit(request, AuditReview, key, on=day(at))
    form = RecommendationForm(request.POST or None, bodies=found.addressed.all(), initial={"number": _next_number(request, found, day(at))})
    frame = Frame(
        _("Lägg till en rekommendation"),
        _("Lägg till"),
        links.review_url(found),
        links.review_crumbs(found),
        done=_("Rekommendationen är tillagd."),
    )

    def do(given: RecommendationForm) -> None:
        services.add_recommendation(actor=request.user, review=found, at=at, **given.values())

    return act(request, form, frame, do, at=at)


def _next_number(request: HttpRequest, review: AuditReview, on: date) -> str:
    """The number after the last, or the letter: "3" after "2", "c" after "b"; "" where the last is neither."""
    last = selectors.recommendations(request.user, review, on=on).last()
    if last is None:
        return "1"
    if last.number.isdigit():
        return str(int(last.number) + 1)
    return chr(ord(last.number) + 1) if last.number in set("abcdefghijklmnopqrstuvwxy") else ""


@posted
def change_recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """What is recommended, to whom, and when it is to be reported back is changed."""
    at = now()
    found = find_to_edit(request, AuditRecommendation, key, on=day(at))
    initial = said_by(found, RecommendationForm.base_fields)
    form = RecommendationForm(request.POST or None, bodies=found.review.addressed.all(), initial=initial)
    back, crumbs = links.recommendation_url(found), links.recommendation_crumbs(found)
    frame = Frame(_("Ändra rekommendationen"), _("Spara"), back, crumbs, done=_("Rekommendationen är ändrad."))

    def do(given: RecommendationForm) -> None:
        services.change_recommendation(actor=request.user, recommendation=found, version=given.read_version, at=at, **given.values())

    return act(request, form, frame, do, row=found, at=at)
