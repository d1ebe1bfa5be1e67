"""Moving running cases between versions of a routine, and taking moves back: what would happen, then doing it to those that are ticked."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors.readers import counties_of
from styrkedja.ui import clock
from styrkedja.ui.components import Crumb, Tab
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.forms import TargetForm
from styrkedja.workflows.models import ProcessDefinition, ProcessInstance
from styrkedja.workflows.moving import Move
from styrkedja.workflows.presenters.moves import move_rows
from styrkedja.workflows.selectors import published
from styrkedja.workflows.selectors_moving import moved_cases, running_cases
from styrkedja.workflows.services import migrating

BACK = "tillbaka"


@require_http_methods(["GET", "HEAD", "POST"])
def move_cases(request: HttpRequest, county: str, key: str) -> HttpResponse:
    """With `flik=tillbaka` the moves that can be taken back, else the cases that follow another version than the one chosen."""
    at = clock.now()
    found, definitions = _routine(request, county, key, on=clock.day(at))
    try:
        migrating.check_mover(request.user, found, at=at)
    except Refused as refused:
        raise PermissionDenied(sentence_text(refused.reason)) from None
    back = request.GET.get("flik") == BACK
    form = TargetForm(request.GET if "till" in request.GET else None, definitions=definitions)
    target = None if back else form.target()
    instances = _instances(request, found, key, target, on=clock.day(at))
    if request.method == "POST":
        return _carry_out(request, instances, target, at)
    return render(request, "workflows/move_cases.html", _context(request, definitions[0], form, target, instances, at))


def _routine(request: HttpRequest, county: str, key: str, *, on: date) -> tuple[County, list[ProcessDefinition]]:
    """The county and the versions, newest first."""
    found = counties_of(request.user, on=on).filter(key=county).first()
    definitions = list(published(found, key=key).defer("source")) if found else []
    if found is None or not definitions:
        raise Http404
    return found, definitions


def _instances(request: HttpRequest, county: County, key: str, target: ProcessDefinition | None, *, on: date) -> list[ProcessInstance]:
    if target is None:
        return moved_cases(request.user, county, key, on=on)
    return [one for one in running_cases(request.user, county, key, on=on) if one.definition_id != target.pk]


def _context(
    request: HttpRequest,
    newest: ProcessDefinition,
    form: TargetForm,
    target: ProcessDefinition | None,
    instances: list[ProcessInstance],
    at: datetime,
) -> dict[str, Any]:
    page = Paginator(instances, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    moves = _preview(request, list(page.object_list), target, at)
    routine = reverse("workflows:routine", args=[newest.county.key, newest.key])
    return {
        "definition": newest,
        "form": form,
        "target": target,
        "page": page,
        "rows": move_rows(moves),
        "can_move": any(not move.plan.obstacle for move in moves),
        "tabs": _tabs(request.path, back=target is None),
        "crumbs": [Crumb(_("Rutiner"), reverse("workflows:routines")), Crumb(newest.name, routine)],
    }


def _tabs(path: str, *, back: bool) -> list[Tab]:
    return [Tab(_("Flytta ärenden"), path, current=not back), Tab(_("Återta flyttar"), f"{path}?flik={BACK}", current=back)]


def _preview(request: HttpRequest, instances: list[ProcessInstance], target: ProcessDefinition | None, at: datetime) -> list[Move]:
    if target is None:
        return migrating.preview_revert(user=request.user, instances=instances, at=at)
    return migrating.preview(user=request.user, definition_to=target, instances=instances, at=at)


def _carry_out(request: HttpRequest, instances: list[ProcessInstance], target: ProcessDefinition | None, at: datetime) -> HttpResponse:
    """Moves the ticked cases that the page showed; each by itself, so that one that cannot be moved does not hold the others back."""
    ticked = set(request.POST.getlist("case"))
    chosen = [instance for instance in instances if str(instance.pk) in ticked]
    if target is None:
        moves = migrating.revert_many(actor=request.user, instances=chosen, at=at)
    else:
        moves = migrating.migrate_many(actor=request.user, instances=chosen, definition_to=target, at=at)
    _tell(request, moves)
    return redirect(f"{request.path}?{_kept(request.GET)}")


def _tell(request: HttpRequest, moves: list[Move]) -> None:
    stuck = [row for row in move_rows(moves) if row.obstacle]
    done = len(moves) - len(stuck)
    if not moves:
        messages.warning(request, _("Kryssa för de ärenden som ska flyttas."))
    if done:
        messages.success(request, ngettext("%(count)s ärende flyttades.", "%(count)s ärenden flyttades.", done) % {"count": done})
    for row in stuck:
        messages.error(request, _("Ärende %(number)s flyttades inte. %(reason)s") % {"number": row.number, "reason": row.obstacle})


def _kept(query: QueryDict) -> str:
    """The choice of tab and version; the cases have changed, so the first page is shown."""
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()
