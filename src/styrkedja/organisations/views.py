"""The pages of the structure: the tree, the follow-up of the programme areas, and who holds which seat."""

from datetime import date, timedelta
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from styrkedja.accounts.selectors import active_accounts
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.seats import HELD_BY_ONE
from styrkedja.ledger.sending import led_to
from styrkedja.organisations import selectors, services
from styrkedja.organisations.forms import AppointForm, EndForm, TreeForm, WhenForm
from styrkedja.organisations.models import Seat
from styrkedja.organisations.policies import check_appoint
from styrkedja.organisations.presenters import body as body_presenter
from styrkedja.organisations.presenters import follow_up as presenter
from styrkedja.organisations.presenters.names import body_url
from styrkedja.organisations.presenters.tree import parts
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.wording import sentence_text

_DAY = timedelta(days=1)
Asking = TypeVar("Asking", bound=WhenForm)
_POSTED = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@clean_address
def tree(request: HttpRequest) -> HttpResponse:
    """The structure of a county and the nation above it, on any day, narrowed to what the reader looks for."""
    today = day(now())
    form = _form(TreeForm, request, today)
    county, on = form.county(), form.day(today)
    text = form.cleaned_data.get("q", "").strip()
    found = selectors.tree_on(request.user, county=county, on=on)
    shown = parts(found, county=county.name if county else "", text=text, on=_link_day(on, today))
    context = {"form": form, "parts": shown, "text": text, "hits": sum(part.hits for part in shown), "on": on, "today": today}
    context["described_from"] = selectors.described_from(county)
    return render(request, "organisations/tree.html", context)


@require_safe
@clean_address
def follow_up(request: HttpRequest) -> HttpResponse:
    """The programme areas held against what the regions have joined."""
    today = day(now())
    form = _form(WhenForm, request, today)
    county, on = form.county(), form.day(today)
    found = selectors.follow_up_on(request.user, county=county, on=on)
    links = _link_day(on, today)
    context = {
        "form": form,
        "county": county,
        "commitments": presenter.COMMITMENTS,
        "sum_columns": presenter.SUM_COLUMNS,
        "sums": presenter.level_sums(found),
        "tables": presenter.level_tables(found, on=links),
        "received": presenter.received(found, on=links),
        "answering": presenter.answering(found, on=links),
        "ending": presenter.ending(found, on=links),
        "groups": presenter.group_rows([*found.deciding, *found.collaborating], on=links),
        "crumbs": body_presenter.crumbs(),
        "on": on,
        "today": today,
        "described_from": selectors.described_from(county),
    }
    return render(request, "organisations/follow_up.html", context)


@require_safe
def follow_up_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    today = day(now())
    form = _form(WhenForm, request, today)
    county, on = form.county(), form.day(today)
    text = presenter.as_csv(selectors.follow_up_on(request.user, county=county, on=on))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="programomraden-{on.isoformat()}.csv"'
    return response


@_POSTED
def appoint(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Somebody is to hold a seat."""
    at = now()
    seat = selectors.seat_by_id(request.user, seat_id)
    _check(request, seat, day(at))
    held = selectors.present_and_coming_holders(request.user, seat, on=day(at))
    accounts = selectors.accounts_by_county(active_accounts(), on=day(at))
    may_replace = bool(held) and seat.function in HELD_BY_ONE
    form = AppointForm(request.POST or None, accounts=accounts, may_replace=may_replace, initial={"first": day(at)})

    def do() -> str:
        given = form.cleaned_data
        period = {"valid_from": given["first"], "valid_until": given["last"] + _DAY if given["last"] else None}
        replaces = bool(given.get("replaces"))
        made = services.appoint_member(actor=request.user, seat=seat, account=form.chosen(), **period, at=at, replaces=replaces)
        messages.success(request, body_presenter.appointed_text(made, on=day(at)))
        return body_url(seat.body.key)

    page = led_to(request, form, do, is_new=True, at=at)
    return page or _form_page(request, form, seat, _("Utse innehavare"), _("Utse"), lead=body_presenter.holders_text(seat, held))


@_POSTED
def end_membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Somebody's time in a seat ends."""
    at = now()
    held = selectors.membership_by_id(request.user, membership_id)
    _check(request, held.seat if held else None, day(at))
    form = EndForm(request.POST or None, initial={"last": day(at)})

    def do() -> str:
        services.end_membership(actor=request.user, membership=held, valid_until=form.cleaned_data["last"] + _DAY, at=at)
        messages.success(request, _("%(name)s lämnar platsen %(seat)s.") % {"name": held.account, "seat": held.seat.title})
        return body_url(held.seat.body.key)

    if page := led_to(request, form, do, is_new=False, at=at):
        return page
    period = body_presenter.membership_period(held)
    lead = _("%(name)s innehar platsen %(seat)s, %(period)s.") % {"name": held.account, "seat": held.seat.title, "period": period}
    return _form_page(request, form, held.seat, _("Avsluta innehav"), _("Avsluta"), lead=lead)


def _form(kind: type[Asking], request: HttpRequest, today: date) -> Asking:
    """What the page is asked to show, of the counties that there are."""
    own = selectors.own_county(request.user, on=today)
    return kind(request.GET, counties=selectors.counties_in_order(), own=own)


def _link_day(on: date, today: date) -> date | None:
    """The day that the page's links carry along: none when it is today."""
    return None if on == today else on


def _check(request: HttpRequest, seat: Seat | None, on: date) -> None:
    """404 for a seat that there is not, 403 with the reason for a reader who may not fill it."""
    if seat is None:
        raise Http404
    try:
        check_appoint(request.user, seat, on=on)
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from refused


def _form_page(request: HttpRequest, form: forms.Form, seat: Seat, title: str, submit: str, *, lead: str = "") -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead or _("%(seat)s i %(body)s.") % {"seat": seat.title, "body": seat.body.name},
        "back": body_url(seat.body.key),
        "crumbs": [*body_presenter.crumbs(), body_presenter.crumb(seat.body)],
    }
    return render(request, "organisations/form.html", context, status=422 if form.is_bound else 200)
