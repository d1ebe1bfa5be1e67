"""A refused act changes nothing but is on record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import transaction

from styrkedja.core.policies.refusal import Forbidden, Refused
from styrkedja.ledger.services import Actor, append

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
_LONGEST = 100  # characters of an object's id in the log


class About(NamedTuple):
    """What an act was tried on, as the log names it, and what more is to be said of it."""

    object_type: str
    object_id: object
    said: Mapping[str, Any] = {}


def on_record_when_refused(
    act: str, about: Callable[[Mapping[str, Any]], About]
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """For a service with keywords (`actor` and `at` among them), instead of `transaction.atomic`: its refusal is logged as `act`, with the
    reason as the one who was refused read it, when all that it had done has been rolled back, and raised again.

    `about` answers, from the keywords, what was tried to be acted on. A service called by another that is on record leaves one entry, the
    outer one's.
    """
    return _on_record(Refused, lambda refused, named: _write(refused, act, about(named), actor=named["actor"], at=named["at"]))


def on_record_when_forbidden(act: str) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """The same of what the actor has no right to; what was wrongly filled in is told in the form and nowhere else.

    The policy that forbids says what it was tried on (`core.policies.refusal.tried_on`).
    """
    return _on_record(Forbidden, lambda refused, named: _write(refused, act, tried(refused), actor=named["actor"], at=named["at"]))


def _on_record(
    kind: type[Refused], write: Callable[[Any, Mapping[str, Any]], None]
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    def decorate(service: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(service)
        def run(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
            try:
                with transaction.atomic():
                    return service(*arguments, **named)
            except kind as refused:
                write(refused, named)
                raise

        return run

    return decorate


@transaction.atomic
def record_refused_page(*, actor: Actor, refused: Refused | None, path: str, reason: str, at: datetime) -> None:
    """Puts on record what a page has refused before any service was asked, unless a service has."""
    if refused is not None and refused.is_on_record:
        return
    about = tried(refused) if isinstance(refused, Forbidden) and refused.about else About("page", path[:_LONGEST])
    payload = {"path": path, "reason": reason}
    append(actor=actor, act="page.refused", object_type=about.object_type, object_id=about.object_id, payload=payload, at=at)


def tried(forbidden: Forbidden) -> About:
    return About(*(forbidden.about or ("", "")))


@transaction.atomic
def _write(refused: Refused, act: str, tried: About, *, actor: Actor, at: datetime) -> None:
    payload = {**tried.said, "reason": refused.reason}
    append(actor=actor, act=act, object_type=tried.object_type, object_id=tried.object_id, payload=payload, at=at)
    refused.is_on_record = True
