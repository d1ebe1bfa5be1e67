"""Refused acts on work items, on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import About
from styrkedja.workflows.models import WorkItem


def about_item(named: Mapping[str, Any]) -> About:
    """For services that take `item_id`."""
    return _about(WorkItem.objects.get(pk=named["item_id"]))


@transaction.atomic
def record_refusal(*, actor: User | None, item: WorkItem, act: str, reason: str, at: datetime) -> None:
    """`reason` as the one who was refused read it, in Swedish."""
    tried = _about(item)
    payload = {**tried.said, "reason": reason}
    append(actor=actor, act=act, object_type=tried.object_type, object_id=tried.object_id, payload=payload, at=at)


def _about(item: WorkItem) -> About:
    return About("instance", str(item.instance_id), {"item": item.pk, "step": item.number})
