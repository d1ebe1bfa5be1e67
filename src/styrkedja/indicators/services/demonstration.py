"""Values of the demonstration: made up, marked as generated, and beside the computed ones as a source of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.indicators.models import Indicator, Observation
from styrkedja.indicators.services.loads import NewLoad, check_may_load, record_loads
from styrkedja.organisations.models import Body

SOURCE = "demonstration"


@dataclass(frozen=True)
class MadeUp:
    """A value of the whole; both days of the period included."""

    indicator: Indicator
    body: Body
    start: date
    end: date
    value: float


@transaction.atomic
def record_made_up(*, actor: User | None, values: Iterable[MadeUp], sha256: str, at: datetime) -> int:
    """Takes the place of what the demonstration had before; answers how many values are new. The same again changes nothing.

    Raises Refused unless the actor is an administrator.
    """
    check_may_load(actor)
    values = list(values)
    if {(one.indicator.pk, one.body.pk, one.start, one.end, one.value) for one in values} == set(
        Observation.objects.filter(source=SOURCE).values_list("indicator_id", "body_id", "period_start", "period_end", "value")
    ):
        return 0
    rows = [
        Observation(
            indicator=one.indicator,
            body=one.body,
            period_start=one.start,
            period_end=one.end,
            source=SOURCE,
            value=one.value,
            status=ValueStatus.VALUE,
            definition_hash=one.indicator.definition_hash,
            computed_at=at,
        )
        for one in values
    ]
    Observation.objects.filter(source=SOURCE).delete()
    Observation.objects.bulk_create(rows)
    load = NewLoad(source=SOURCE, month=None, sha256=sha256, rows_read=len(rows), rows_rejected=0)
    record_loads(actor=actor, loads=[load], report={}, is_generated=True, at=at)
    return len(rows)
