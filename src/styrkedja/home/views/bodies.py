"""The page of a body: what the structure says of it, and what cases, agendas and decisions add."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styrkedja.decisions.presenters import decision_lines
from styrkedja.home.presenters.bodies import meeting_rows, work_rows
from styrkedja.home.selectors.bodies import MOST_DECISIONS, coming_meetings, latest_decisions, open_work
from styrkedja.organisations import selectors
from styrkedja.organisations.forms import WhenForm
from styrkedja.organisations.models import Body
from styrkedja.organisations.policies import can_close_group, seats_to_fill
from styrkedja.organisations.presenters import body as presenter
from styrkedja.organisations.presenters.changes import change_lines
from styrkedja.organisations.presenters.names import full_name, kind_name
from styrkedja.organisations.selectors import BodyOn
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.ui import clock
from styrkedja.ui.addresses import clean_address


@require_safe
@clean_address
def body(request: HttpRequest, key: str) -> HttpResponse:
    """A body on any day. What it has to do is told of today alone: nobody has yet written down what was open then."""
    at = clock.now()
    today = clock.day(at)
    form = WhenForm(request.GET)
    on = form.day(today)
    found, row = selectors.body_on(request.user, key, on=on), selectors.body_row(request.user, key)
    if found is None or row is None:
        raise Http404
    context = {
        "form": form,
        "body": found,
        "name": full_name(found),
        "kind": kind_name(found),
        "crumbs": presenter.crumbs(),
        "on": on,
        "today": today,
        "described_from": selectors.described_from(row.county),
        **_structure(request, found, today),
        "close_url": _close_url(request, found, today),
        **(_work(request, row, at) if on == today else {}),
        "decisions": decision_lines(latest_decisions(request.user, row, on=on, today=today)),
        "most_decisions": MOST_DECISIONS,
        "changes": change_lines(selectors.happenings(request.user, found, until=on)),
    }
    return render(request, "home/body.html", context)


def _structure(request: HttpRequest, body: BodyOn, today: date) -> dict[str, object]:
    links = None if body.on == today else body.on
    members = selectors.members_on(request.user, body)
    may_fill = seats_to_fill(request.user, [member.seat for member in members], on=today) if links is None else frozenset()
    host = selectors.host_on(request.user, body)
    return {
        "facts": presenter.body_facts(body, parents=selectors.parents_on(request.user, body), host=host, on=links),
        "seats": presenter.seat_rows(members, may_fill=may_fill),
        "counterparts": presenter.link_groups(selectors.counterparts_on(request.user, body), on=links),
        "children": presenter.link_groups(selectors.children_on(request.user, body), on=links),
    }


def _close_url(request: HttpRequest, body: BodyOn, today: date) -> str:
    """Where the group is closed; "" for other bodies, for other days and for who may not."""
    group = selectors.group_row(request.user, body.key) if body.is_group and body.is_valid and body.on == today else None
    return reverse("organisations:close_group", args=[group.key]) if group and can_close_group(request.user, group, on=today) else ""


def _work(request: HttpRequest, row: Body, at: datetime) -> dict[str, object]:
    many = len(counties_read(request.user, on=clock.day(at))) > 1
    work = open_work(request.user, row, at=at)
    return {
        "work": work,
        "work_rows": work_rows(work, at=at, many_counties=many),
        "meetings": meeting_rows(coming_meetings(request.user, row, at=at), many_counties=many),
        "at": at,
    }
