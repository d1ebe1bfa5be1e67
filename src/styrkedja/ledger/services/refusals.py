"""A refused act changes nothing but is on record."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import transaction

from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


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

    def decorate(service: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(service)
        def run(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
            try:
                with transaction.atomic():
                    return service(*arguments, **named)
            except Refused as refused:
                with transaction.atomic():
                    tried = about(named)
                    payload = {**tried.said, "reason": refused.reason}
                    append(
                        actor=named["actor"],
                        act=act,
                        object_type=tried.object_type,
                        object_id=tried.object_id,
                        payload=payload,
                        at=named["at"],
                    )
                raise

        return run

    return decorate
