"""A step is done: its kind writes the noun, the routine runs on. One transaction, always down."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.cases.services import store_file
from styrkedja.cases.services.files import Upload
from styrkedja.core.fields import answer_faults
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.engine import EngineFault, TokenNotOpen
from styrkedja.procedures.effects import StepContext
from styrkedja.procedures.kinds.base import fields_of
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.ui.clock import day
from styrkedja.workflows.models import HistoryEvent, WorkItem
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.services import complete_work_item, lock_for_completion, raise_incident, record_refusal

NO_UPLOADS: Mapping[str, Upload] = MappingProxyType({})


class StepStopped(Exception):
    """The routine could not go on; an incident has been recorded and the case stands as before. `reason` is Swedish."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def perform_step(
    *,
    actor: User,
    item: WorkItem,
    version: int,
    outcome: str,
    data: Mapping[str, Any],
    at: datetime,
    uploads: Mapping[str, Upload] = NO_UPLOADS,
    idempotency_key: UUID | None = None,
) -> HistoryEvent:
    """Does the step of `item` with `data` as a validated form gives it (core.fields says the shapes).

    `uploads` are files by field id: they are stored in the transaction of the step, so that a step that fails leaves none behind.
    Raises AlreadySubmitted, StaleItem, Refused (all from the locks and policies below) or StepStopped.
    """
    given = {"outcome": outcome, "data": data, "uploads": uploads, "at": at, "idempotency_key": idempotency_key}
    try:
        with transaction.atomic():
            return _perform(actor=actor, item=item, version=version, **given)
    except (EngineFault, TokenNotOpen) as fault:
        reason = fault.reason if isinstance(fault, EngineFault) else "Steget är inte öppet i rutinen."
        raise_incident(actor=actor, instance_id=item.instance_id, token=item.token, reason=reason, at=at)
        raise StepStopped(reason) from fault
    except Refused as refused:
        record_refusal(actor=actor, item=item, act="step.refused", reason=refused.reason, at=at)
        raise


def _perform(
    *,
    actor: User,
    item: WorkItem,
    version: int,
    outcome: str,
    data: Mapping[str, Any],
    uploads: Mapping[str, Upload],
    at: datetime,
    idempotency_key: UUID | None,
) -> HistoryEvent:
    locked, acting = lock_for_completion(actor=actor, item_id=item.pk, version=version, idempotency_key=idempotency_key, at=at)
    data = {**data, **_stored(uploads, actor=actor, item=locked, at=at)}
    node = routine_of(locked.instance.definition).nodes[locked.node_id]
    for spec, fault in answer_faults(fields_of(node, CATALOGUE[locked.kind]), data, today=day(at)):
        raise Refused("%(what)s: %(fault)s", what=str(spec.name), fault=fault)
    context = StepContext(actor=actor, acting=acting, item=locked, node=node, outcome=outcome, at=at)
    derived = CATALOGUE[locked.kind].effect(context, data)
    return complete_work_item(
        actor=actor,
        item=locked,
        function=acting.label,
        outcome=outcome,
        data={**data, **derived},
        at=at,
        idempotency_key=idempotency_key,
    )


def _stored(uploads: Mapping[str, Upload], *, actor: User, item: WorkItem, at: datetime) -> dict[str, dict[str, str]]:
    """The files in the shape of core.fields, kept in the case."""
    files = {field: store_file(actor=actor, upload=upload, at=at, instance=item.instance) for field, upload in uploads.items()}
    return {field: {"file": str(file.uuid), "name": file.name} for field, file in files.items()}
