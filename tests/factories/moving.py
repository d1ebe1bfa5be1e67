"""Revised versions of a routine, and steps done by outcome, for tests of what comes after."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.workflows.models import HistoryEvent, ItemState, ProcessDefinition, ProcessInstance, WorkItem
from styrkedja.workflows.services import complete_work_item, lock_for_completion
from tests.core.process.builder import Builder
from tests.factories.accounts import MADE_AT
from tests.factories.workflows import AT, KEY


def revise(county: County, routine: Builder, version: int) -> ProcessDefinition:
    """The routine as the published version of that number."""
    routine.head[0] = routine.head[0].replace('version="1"', f'version="{version}"')
    source = routine.build().decode()
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    return ProcessDefinition.objects.create(
        county=county, key=KEY, name="Prov", version=version, source=source, sha256=sha256, published_at=MADE_AT
    )


def do(
    actor: User, instance: ProcessInstance, node_id: str, outcome: str = "", *, item: str = "", at: datetime = AT, **data: Any
) -> HistoryEvent:
    work = WorkItem.objects.get(instance=instance, node_id=node_id, item=item, state=ItemState.OPEN)
    with transaction.atomic():
        locked, acting = lock_for_completion(actor=actor, item_id=work.pk, version=work.version, idempotency_key=None, at=at)
        return complete_work_item(actor=actor, item=locked, function=acting.label, outcome=outcome, data=data, at=at)
