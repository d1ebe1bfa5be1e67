"""A refused act changes nothing but is on record."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append
from styrkedja.workflows.models import WorkItem

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def on_record_when_refused(act: str) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """For a service on a work item (`actor`, `item_id`, `at`), instead of `transaction.atomic`: its refusal is logged as `act` when all that it
    had done has been rolled back, and raised again."""

    def decorate(service: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(service)
        def run(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
            try:
                with transaction.atomic():
                    return service(*arguments, **named)
            except Refused as refused:
                record_refusal(
                    actor=named["actor"], item=WorkItem.objects.get(pk=named["item_id"]), act=act, reason=refused.reason, at=named["at"]
                )
                raise

        return run

    return decorate


@transaction.atomic
def record_refusal(*, actor: User | None, item: WorkItem, act: str, reason: str, at: datetime) -> None:
    """`reason` as the one who was refused read it, in Swedish."""
    payload = {"item": item.pk, "step": item.number, "reason": reason}
    append(actor=actor, act=act, object_type="instance", object_id=str(item.instance_id), payload=payload, at=at)
