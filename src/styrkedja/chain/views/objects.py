"""One object of the chain: what it is, its place, how it stands, its history."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styrkedja.audits.presenters.listing import report_rows
from styrkedja.audits.selectors import reports
from styrkedja.chain import selectors as chain
from styrkedja.chain.forms import LevelForm
from styrkedja.chain.policies import may_begin
from styrkedja.chain.presenters import doing, levels, rows
from styrkedja.chain.presenters.decisions import Adopted, adoption_rows
from styrkedja.chain.presenters.economy import estimate_rows, month_rows, year_rows
from styrkedja.chain.presenters.facts import chosen_decisions, facts
from styrkedja.chain.presenters.history import history_rows
from styrkedja.chain.presenters.links import crumbs_of, kind_crumbs, kind_word
from styrkedja.chain.presenters.transfers import transfer_rows
from styrkedja.chain.selectors.transfers import transfers_from, transfers_to
from styrkedja.controls import selectors as controls
from styrkedja.controls.presenters.findings import row as finding_row
from styrkedja.core.controls.snapshot import ObjectKind
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.decisions import selectors as decided
from styrkedja.effects import selectors as economy
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.steering import models, selectors
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import Share
from styrkedja.steering.selectors.adopters import to_adopt, to_withdraw
from styrkedja.steering.selectors.history import history_of
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.navigation import steering_tabs

_LATEST = 12  # reports that a goal is taken up in
_LEVELS = (OrganisationKind.ADMINISTRATION, OrganisationKind.AREA, OrganisationKind.DEPARTMENT, OrganisationKind.UNIT)


@require_safe
def show(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    at = now()
    today = day(at)
    row = _found(request, kind, key)
    in_chain = kind in models.KINDS
    place = selectors.chain(request.user, row, on=today) if in_chain else None
    context: dict[str, Any] = {
        "row": row,
        "kind": kind_word(type(row)),
        "state": rows.state_of(row, today),
        "facts": facts(row, decisions=_readable(request, chosen_decisions(row))),
        "above": rows.link_rows(place.above, on=today) if place else [],
        "below": rows.link_rows(place.below, on=today) if place else [],
        "findings": _findings(request, kind, row),
        "history": history_rows(history_of(row, row.KIND)),
        "has_levels": isinstance(row, models.Goal | models.Action),
        **_own(request, row),
        "at": at,
        "today": today,
        **_doing(request, row),
        "tabs": steering_tabs(request.path),
        "crumbs": kind_crumbs(kind),
    }
    return render(request, "chain/object.html", context)


def _doing(request: HttpRequest, row: ChainObject) -> dict[str, Any]:
    """What the reader may do here, and the advice that is shown to those who may write."""
    on = day(now())
    user = request.user
    may_edit = can_edit(user, row, on=on)
    offered = [one for one in doing.below(row) if may_begin(user, chain.KINDS[one.kind], one.begun, on=on)]
    return {
        "acts": doing.acts(row, may_edit=may_edit, **_adopting(request, row, may_edit=may_edit)),
        "adds": [one.act for one in offered],
        "vague": doing.vague_texts(row) if may_edit else [],
    }


def _adopting(request: HttpRequest, row: ChainObject, *, may_edit: bool) -> dict[str, bool]:
    """Whether the reader may put an adoption on record, and withdraw one."""
    if not isinstance(row, models.SteeringDocument | models.TargetState):
        return {"may_adopt": False, "may_withdraw": False}
    said = {"may_edit": may_edit, "on": day(now())}
    return {"may_adopt": bool(to_adopt(request.user, row, **said)), "may_withdraw": bool(to_withdraw(request.user, row, **said))}


def _own(request: HttpRequest, row: ChainObject) -> dict[str, Any]:
    """What pages of some kinds show beside what all do."""
    today = day(now())
    if isinstance(row, models.Goal):
        standing = chain.standing(request.user, [row], on=today).get(row.pk, [])
        told = report_rows(reports(request.user, on=today).filter(goals=row)[:_LATEST], on=today)
        return {"indicators": rows.indicator_rows(standing), "reports": told}
    if isinstance(row, models.Action):
        months = list(economy.realisations(request.user, on=today, actions=[row]))
        return {"estimates": estimate_rows(economy.estimates(request.user, on=today, actions=[row])), "months": month_rows(months)}
    if isinstance(row, models.SteeringDocument):
        return {
            "years": year_rows(economy.balance(request.user, row, on=today)),
            "adoptions": _adoptions(request, row),
            "became": transfer_rows(transfers_from(request.user, row, on=today)),
            "came_from": transfer_rows(transfers_to(request.user, row, on=today)),
        }
    if isinstance(row, models.TargetState):
        return {"adoptions": _adoptions(request, row)}
    return {}


def _adoptions(request: HttpRequest, row: models.SteeringDocument | models.TargetState) -> list[Adopted]:
    found = list(selectors.adoptions_of(request.user, row, on=day(now())))
    return adoption_rows(found, _readable(request, [adoption.decision_id for adoption in found]))


def _readable(request: HttpRequest, decisions: Iterable[int | None]) -> frozenset[int]:
    """Those of the decisions whose pages the reader may open."""
    return decided.readable(request.user, decisions, on=day(now()))


def _findings(request: HttpRequest, kind: str, row: ChainObject) -> list[Any]:
    """What the controls find of it today."""
    name = {"target-state": "VISION"}.get(kind, kind.replace("-", "_").upper())
    return findings_of(request, ObjectKind[name], row.key) if name in ObjectKind.__members__ else []


def findings_of(request: HttpRequest, kind: ObjectKind, key: str) -> list[Any]:
    found = controls.findings_about(request.user, kind, key, on=day(now()))
    names = bodies_by_key({key for one in found for key in one.line.fault.bodies})
    return [finding_row(one, names) for one in found]


@require_safe
def vertical(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A goal or an action from council to unit."""
    row = _levelled(request, kind, key)
    found = selectors.vertical(request.user, row, on=day(now()))
    known = _known(request, [share for level in found for share in level.shares])
    return render(request, "chain/vertical.html", _meeting(kind, row) | {"levels": levels.level_rows(found, known)})


@require_safe
@clean_address
def horizontal(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A goal or an action over all bodies of a level."""
    row = _levelled(request, kind, key)
    on = day(now())
    level = LevelForm(request.GET, levels=_LEVELS).level() or selectors.lowest(request.user, row, among=_LEVELS, on=on)
    found = selectors.horizontal(request.user, row, level=level, on=on)
    drawn = levels.share_rows(found, _known(request, found))
    context = {
        "form": LevelForm({"niva": level}, levels=_LEVELS),
        "shares": [one for one in drawn if not one.is_gap],
        "without": [one.body for one in drawn if one.is_gap],
    }
    return render(request, "chain/horizontal.html", _meeting(kind, row) | context)


def _known(request: HttpRequest, shares: Sequence[Share]) -> levels.Known:
    today = day(now())
    standing = chain.standing(request.user, [goal for share in shares for goal in share.goals], on=today)
    sums = chain.brought_home(request.user, [action for share in shares for action in share.actions], on=today)
    return levels.Known(standing, sums, today)


def _meeting(kind: str, row: ChainObject) -> dict[str, Any]:
    return {"row": row, "kind": kind_word(type(row)), "state": rows.state_of(row), "crumbs": crumbs_of(row), "today": day(now())}


def _levelled(request: HttpRequest, kind: str, key: str) -> Any:
    row = _found(request, kind, key)
    if not isinstance(row, models.Goal | models.Action):
        raise Http404
    return row


def _found(request: HttpRequest, kind: str, key: str) -> ChainObject:
    row = chain.found_object(request.user, kind, key, on=day(now()))
    if row is None:
        raise Http404
    return row
