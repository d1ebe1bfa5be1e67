"""The start page: what the reader has to do, and what waits on others."""

from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.accounts.models import User
from styrkedja.cases.selectors import visible_to
from styrkedja.chain.selectors.duties import duties
from styrkedja.core.collation import swedish_key
from styrkedja.home.forms import OTHERS, WATCHED, InboxFilterForm
from styrkedja.home.presenters import inbox as presenter
from styrkedja.home.presenters.duties import duties_sentence, duty_rows
from styrkedja.home.selectors import inbox as selectors
from styrkedja.home.selectors.cases import running_count
from styrkedja.home.selectors.inbox import Light
from styrkedja.home.selectors.opening import may_open
from styrkedja.organisations.selectors import stood_in_for
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.procedures.selectors.record import routines_by_definition
from styrkedja.ui import clock
from styrkedja.ui.addresses import clean_address
from styrkedja.workflows.selectors import unread_notices


@require_safe
@clean_address
def inbox(request: HttpRequest) -> HttpResponse:
    at, user = clock.now(), request.user
    on = clock.day(at)
    mine = selectors.my_work(user, at=at)
    cases = visible_to(user, on=on)
    watched = selectors.watched(user, cases=cases)
    bodies = sorted(selectors.my_bodies(user, at=at).items(), key=lambda body: swedish_key(body[1]))
    steps = sorted({item.number for item in mine}, key=swedish_key)
    form = InboxFilterForm(request.GET, steps=steps, bodies=bodies)
    shown = _shown(user, form, mine, watched, at)
    page = Paginator(shown, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    counties = counties_read(user, on=on)
    many = len(counties) > 1
    items = selectors.items_by_pk([item.pk for item in page.object_list])
    routines = routines_by_definition({item.instance.definition_id for item in items})
    own = frozenset(item.pk for item in mine)
    expected = duties(user, on=on)
    context = {
        "at": at,
        "lead": presenter.sentence(mine, at=at, elsewhere=duties_sentence(expected, today=on)),
        "figures": presenter.figures(mine, running=running_count(user, cases=cases), watched=len(watched), at=at),
        "form": form,
        "page": page,
        "rows": presenter.task_rows(items, routines, own, user_id=user.pk, many_counties=many, at=at),
        "duties": duty_rows(expected, today=on),
        "waiting": presenter.waiting_rows(selectors.waiting_on_others(user, own, cases=cases), many_counties=many, at=at),
        "standing_in": presenter.standing_in_text(stood_in_for(user, on=on)),
        "notices": unread_notices(user),
        "may_open": may_open(user, counties, on=on),
    }
    return render(request, "home/inbox.html", context)


def _shown(user: User, form: InboxFilterForm, mine: list[Light], watched: list[Light], at: datetime) -> list[Light]:
    """What the filter leaves of the reader's own work, of what colleagues have taken, or of what is watched."""
    view, body, text = (form.chosen(name) for name in ("visa", "organ", "q"))
    found = {OTHERS: lambda: selectors.others_work(user, at=at), WATCHED: lambda: watched}.get(view, lambda: mine)()
    found = presenter.narrowed(found, view=view, step=form.chosen("steg"), user_id=user.pk, today=clock.day(at))
    if body:
        in_body = selectors.of_body(user, int(body), at=at)
        found = [item for item in found if item.pk in in_body]
    return selectors.saying(found, text) if text.strip() else found
