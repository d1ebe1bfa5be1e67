"""A new year: the next plan takes over goals and actions from the last, and says of each what became of it.

Nothing moves: what is taken over is copied, so that the old year stays as it was decided and what remains of its reporting can still be entered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.controls.snapshot.kinds import ActionState
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.models import Action, Goal, GoalState, SteeringDocument, Transfer, TransferKind
from styrkedja.steering.policies import check_edit
from styrkedja.steering.services.copying import Copies, copy_action, copy_goal
from styrkedja.steering.services.documents import create_document
from styrkedja.steering.services.objects import lock
from styrkedja.steering.services.values import DocumentValues
from styrkedja.ui.clock import day

_OPEN = (ActionState.PLANNED, ActionState.STARTED)


@dataclass(frozen=True)
class Mapped:
    """What becomes of a goal or an action of the old plan. `values` are what is otherwise in the new one (CHANGED, MERGED).

    Those that are merged share `into`, a name for the new one; the first of them is what is copied. `reason` must be given for what is dropped.
    """

    row: Goal | Action
    kind: TransferKind
    values: Mapping[str, Any] = field(default_factory=dict)
    into: str = ""
    reason: str = ""


@on_record_when_forbidden("object.creation_refused")
def start_next_plan(
    *, actor: User | None, document: SteeringDocument, mapping: Sequence[Mapped], at: datetime, **values: Unpack[DocumentValues]
) -> SteeringDocument:
    """A new plan after `document`, a draft of the same body and kind. Every open goal and action of the old plan must stand once in `mapping`.

    Raises Refused, with the names of what is missing, and unless the actor may write in the old plan; then nothing is made.
    """
    found = lock(actor=actor, row=document, at=at)
    function = check_edit(actor, found, on=day(at))
    _refuse_incomplete(found, mapping)
    for one in mapping:
        _refuse_unclear(one)
    wanted = {
        "kind": found.kind,
        "text": found.text,
        "parent": found.parent,
        "target_state": found.target_state,
        "accountable_body": found.accountable_body,
        "accountable_seat": found.accountable_seat,
        "supersedes": found,
    }
    plan = create_document(actor=actor, at=at, **wanted | values)
    copies = Copies(actor=actor, plan=plan, since=plan.valid_from or day(at), at=at)
    for group in _groups(mapping, Goal):
        copy_goal(copies, [one.row for one in group], _changed(group))
    for group in _groups(mapping, Action):
        copy_action(copies, [one.row for one in group], _changed(group))
    Transfer.objects.bulk_create(_transfer(one, found, copies, function=function) for one in mapping)
    payload = {"from": found.key, "to": plan.key, "mapping": [_line(one) for one in mapping]}
    append(actor=actor, act="plan.continued", object_type=plan.KIND, object_id=plan.pk, payload=payload, at=at, function=function)
    return plan


@on_record_when_forbidden("object.change_refused")
def record_transfer(
    *,
    actor: User | None,
    kind: TransferKind,
    row: Goal | Action,
    new: Goal | Action | None,
    to_document: SteeringDocument,
    reason: str = "",
    at: datetime,
) -> Transfer:
    """Says afterwards what became of `row` in a plan that is there already. Raises Refused as `start_next_plan`, and if it has been said."""
    found = lock(actor=actor, row=row.document, at=at)
    function = check_edit(actor, found, on=day(at))
    if (kind == TransferKind.DROPPED) != (new is None) or (kind == TransferKind.DROPPED and not reason.strip()):
        raise Refused(_("Ange vad ”%(row)s” blev, eller att det ströks och varför.") % {"row": row})
    if new is not None and new.document_id != to_document.pk:
        raise Refused(_("”%(row)s” hör inte till planen ”%(plan)s”.") % {"row": new, "plan": to_document})
    of, to = ("goal", "new_goal") if isinstance(row, Goal) else ("action", "new_action")
    if Transfer.objects.filter(**{of: row}, to_document=to_document).exists():
        raise Refused(_("Vad som blev av ”%(row)s” är redan angivet.") % {"row": row})
    said = {"kind": kind, "reason": reason.strip(), "at": at, "account": actor, "function": function}
    made = Transfer.objects.create(from_document=found, to_document=to_document, **{of: row, to: new}, **said)
    payload = {"from": found.key, "to": to_document.key, "mapping": [_line(Mapped(row, kind, reason=reason))]}
    append(actor=actor, act="plan.continued", object_type=found.KIND, object_id=to_document.pk, payload=payload, at=at, function=function)
    return made


def open_rows(document: SteeringDocument) -> list[Goal | Action]:
    """What the next plan must say something of: goals that still hold and actions that are not done, parents before what hangs in them."""
    goals = Goal.objects.filter(document=document, state=GoalState.OPEN).select_related("area", "parent").order_by("position", "key")
    actions = Action.objects.filter(document=document, state__in=_OPEN).order_by("key")
    return [*_parents_first(goals), *_parents_first(actions)]


def _refuse_incomplete(document: SteeringDocument, mapping: Sequence[Mapped]) -> None:
    rows = [one.row for one in mapping]
    missing = [row for row in open_rows(document) if row not in rows]
    if missing:
        names = ", ".join(f"”{row}”" for row in missing)
        raise Refused(_("Ange vad som händer med allt i den gamla planen. Det saknas: %(names)s.") % {"names": names})
    foreign = [row for row in rows if row.document_id != document.pk]
    if foreign:
        raise Refused(_("”%(row)s” hör inte till planen ”%(plan)s”.") % {"row": foreign[0], "plan": document})
    twice = [row for number, row in enumerate(rows) if row in rows[:number]]
    if twice:
        raise Refused(_("”%(row)s” står flera gånger. Ange en sak för varje mål och åtgärd.") % {"row": twice[0]})


def _refuse_unclear(one: Mapped) -> None:
    said = {"row": one.row}
    if one.kind == TransferKind.DROPPED and not one.reason.strip():
        raise Refused(_("Ange varför ”%(row)s” stryks.") % said)
    if one.kind == TransferKind.MERGED and not one.into:
        raise Refused(_("Ange vad ”%(row)s” slås samman med.") % said)
    if one.kind == TransferKind.CHANGED and not one.values:
        raise Refused(_("Ange vad som ändras i ”%(row)s”, eller för över det oförändrat.") % said)
    if one.kind in {TransferKind.KEPT, TransferKind.DROPPED} and one.values:
        raise Refused(_("”%(row)s” förs inte över med ändringar. Ange i så fall att det ändras.") % said)


def _groups(mapping: Iterable[Mapped], model: type[Goal | Action]) -> list[list[Mapped]]:
    """What becomes one new row together, parents before what hangs in them."""
    chosen = {one.row: one for one in mapping if isinstance(one.row, model) and one.kind != TransferKind.DROPPED}
    found: dict[object, list[Mapped]] = {}
    for row in _parents_first(chosen):
        one = chosen[row]
        found.setdefault((one.into,) if one.kind == TransferKind.MERGED else row, []).append(one)
    return list(found.values())


def _changed(group: Sequence[Mapped]) -> dict[str, Any]:
    return {name: value for one in reversed(group) for name, value in one.values.items()}


def _transfer(one: Mapped, old: SteeringDocument, copies: Copies, *, function: str) -> Transfer:
    new = copies.made.get(one.row)
    rows = {"goal": one.row, "new_goal": new} if isinstance(one.row, Goal) else {"action": one.row, "new_action": new}
    said = {"kind": one.kind, "reason": one.reason.strip(), "at": copies.at, "account": copies.actor, "function": function}
    return Transfer(from_document=old, to_document=copies.plan, **rows, **said)


def _line(one: Mapped) -> dict[str, str]:
    return {"kind": one.row.KIND, "key": one.row.key, "how": str(one.kind), "into": one.into, "reason": one.reason.strip()}


def _parents_first(rows: Iterable[Goal | Action]) -> list[Any]:
    waiting, ids = list(rows), set()
    present = {row.pk for row in waiting}
    ordered: list[Any] = []
    while waiting:
        ready = [row for row in waiting if row.parent_id not in present or row.parent_id in ids] or waiting
        ordered += ready
        ids |= {row.pk for row in ready}
        waiting = [row for row in waiting if row.pk not in ids]
    return ordered
