"""What an answer promises, and how it becomes an action of the chain."""

from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import PromisedAction, RecommendationAnswer
from styrkedja.audits.services.checks import refuse_decided
from styrkedja.audits.services.values import PromiseValues
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.models import Action, SteeringDocument
from styrkedja.steering.services import create_action
from styrkedja.steering.services.objects import change, create, free_key, lock

# What may still be said of a promise once the answer is decided: what it says is kept to its word, what becomes of it is not known yet.
_FOLLOWED = frozenset({"state", "due_on", "accountable_seat", "action"})
MAX_TITLE = 250


@on_record_when_forbidden("object.creation_refused")
def promise_action(*, actor: User | None, answer: RecommendationAnswer, at: datetime, **values: Unpack[PromiseValues]) -> PromisedAction:
    """An action that the answer promises. Raises Refused once the answer is decided, else as `create`."""
    refuse_decided(actor, lock(actor=actor, row=answer.response, at=at))
    locked = lock(actor=actor, row=answer, at=at)
    number = locked.promised.count() + 1
    given: dict[str, Any] = {"key": free_key(PromisedAction, f"{locked.key} {number}"), "position": number, **values}
    return create(actor=actor, model=PromisedAction, values=given | {"answer": locked, "accountable_body": locked.accountable_body}, at=at)


@on_record_when_forbidden("object.change_refused")
def change_promise(
    *, actor: User | None, promise: PromisedAction, version: int | None, at: datetime, **values: Unpack[PromiseValues]
) -> PromisedAction:
    """Changes a promise; once the answer is decided only its owner, its day and whether it is taken. Raises as `change`."""
    response = lock(actor=actor, row=promise.answer.response, at=at)
    locked = lock(actor=actor, row=promise, at=at)
    if any(getattr(locked, name) != value for name, value in values.items() if name not in _FOLLOWED):
        refuse_decided(actor, response)
    return change(actor=actor, row=promise, version=version, values=values, at=at)


@on_record_when_forbidden("object.change_refused")
def withdraw_promise(*, actor: User | None, promise: PromisedAction, version: int | None, at: datetime) -> PromisedAction:
    """Takes a promise out of an answer that is not decided yet. Its history stays. Raises as `change_promise`."""
    refuse_decided(actor, lock(actor=actor, row=promise.answer.response, at=at))
    return change(actor=actor, row=promise, version=version, values={"is_withdrawn": True}, at=at)


@on_record_when_forbidden("object.creation_refused")
def take_into_chain(
    *, actor: User | None, promise: PromisedAction, version: int | None, document: SteeringDocument, title: str = "", at: datetime
) -> Action:
    """Makes the promise an action of `document`, with its owner and its day. Raises Refused if it is one already, else as `create_action`."""
    locked = _unlinked(actor, promise, at)
    action = create_action(
        actor=actor,
        title=(title.strip() or locked.text)[:MAX_TITLE],
        text=locked.text,
        document=document,
        accountable_body=locked.accountable_body,
        accountable_seat=locked.accountable_seat,
        ends_on=locked.due_on,
        at=at,
    )
    change(actor=actor, row=promise, version=version, values={"action": action}, at=at)
    return action


@on_record_when_forbidden("object.change_refused")
def link_promise(*, actor: User | None, promise: PromisedAction, version: int | None, action: Action, at: datetime) -> PromisedAction:
    """Says that an action of the chain is what was promised. Raises Refused if another one is, else as `change`."""
    _unlinked(actor, promise, at)
    return change(actor=actor, row=promise, version=version, values={"action": action}, at=at)


def _unlinked(actor: User | None, promise: PromisedAction, at: datetime) -> PromisedAction:
    locked = lock(actor=actor, row=promise, at=at)
    if locked.action_id is not None:
        raise Refused(_("Åtgärden finns redan i styrkedjan."))
    if locked.is_withdrawn:
        raise Refused(_("Åtgärden är borttagen ur svaret."))
    return locked
