"""Writes down what has been loaded. Used by the loading of facts and of ready values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.indicators.months import Month
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.models import DataLoad
from styrkedja.ledger.services import append


@dataclass(frozen=True)
class NewLoad:
    """What was loaded of a source, for a month or (None) all at once."""

    source: str
    month: Month | None
    sha256: str
    rows_read: int
    rows_rejected: int


def check_may_load(actor: User | None) -> None:
    """`actor` is None for the command line. Raises Refused."""
    if actor and not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får läsa in data."))


@transaction.atomic
def record_loads(
    *, actor: User | None, loads: Sequence[NewLoad], report: Mapping[str, Any], is_generated: bool, at: datetime
) -> list[DataLoad]:
    """One row for each load, all with the same report. Raises Refused unless the actor is an administrator."""
    check_may_load(actor)
    made = DataLoad.objects.bulk_create(
        DataLoad(
            source=load.source,
            month=load.month.first_day if load.month else None,
            sha256=load.sha256,
            rows_read=load.rows_read,
            rows_rejected=load.rows_rejected,
            report=dict(report),
            is_generated=is_generated,
            loaded_at=at,
            loaded_by=actor,
        )
        for load in loads
    )
    for source in sorted({load.source for load in loads}):
        own = [load for load in loads if load.source == source]
        payload = {
            "months": [str(load.month) for load in own if load.month],
            "rows": sum(load.rows_read - load.rows_rejected for load in own),
            "rejected": sum(load.rows_rejected for load in own),
            "generated": is_generated,
        }
        append(actor=actor, act="indicators.loaded", object_type="indicator-source", object_id=source, payload=payload, at=at)
    return made
