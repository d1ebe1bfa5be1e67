"""Ready values: what a publisher says now takes the place of what it said before, for the bodies and days that it was asked about."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.models import Indicator, Observation
from styrkedja.indicators.selectors.loads import newest_loads
from styrkedja.indicators.services.loads import NewLoad, check_may_load, record_loads

# (body, period_start, period_end, sex)
Place = tuple[int, date, date, str]


@dataclass(frozen=True)
class ReadyRow:
    """A value of a body. Without a value `status` says why."""

    body_id: int
    start: date
    end: date
    sex: str
    value: float | None
    status: ValueStatus
    numerator: float | None = None
    denominator: float | None = None

    @property
    def place(self) -> Place:
        return self.body_id, self.start, self.end, self.sex

    @property
    def told(self) -> tuple[float | None, float | None, float | None, str]:
        return self.value, self.numerator, self.denominator, str(self.status)


@dataclass(frozen=True)
class Scope:
    """What was asked about: what is not among the answers for it has been withdrawn. None of it, for values that are only added to."""

    bodies: frozenset[int]
    first: date
    last: date


@dataclass(frozen=True)
class ReadyBatch:
    """What is known now of one series of one indicator. `source` is ReadySource.key."""

    indicator: str
    source: str
    rows: Sequence[ReadyRow]
    scope: Scope | None


@dataclass(frozen=True)
class Replaced:
    """How many values are new, changed and withdrawn. `kept_old`: nothing was answered, so what was there stays."""

    batch: ReadyBatch
    new: int = 0
    changed: int = 0
    removed: int = 0
    kept_old: bool = False

    @property
    def is_change(self) -> bool:
        return bool(self.new or self.changed or self.removed)


@transaction.atomic
def replace_ready_values(
    *, actor: User | None, batches: Sequence[ReadyBatch], told: Mapping[str, Any], is_generated: bool = False, at: datetime
) -> list[Replaced]:
    """All the batches or nothing. `told` is kept with the loads as their report. Nothing is written where nothing has changed.

    Values generated for demonstration give way to real ones wherever a series has any, and are never laid over them. Raises Refused for an actor
    who is no administrator and for an indicator that is not there.
    """
    check_may_load(actor)
    indicators = {one.key: one for one in Indicator.objects.filter(key__in={batch.indicator for batch in batches})}
    if missing := sorted({batch.indicator for batch in batches} - indicators.keys()):
        raise Refused("Indikatorn %(key)s är inte inläst.", key=missing[0])
    held = {source: newest_loads(source).get(None) for source in {batch.source for batch in batches}}
    if not is_generated:
        _drop_generated([source for source, load in held.items() if load is not None and load.is_generated])
    else:
        batches = [batch for batch in batches if (load := held[batch.source]) is None or load.is_generated]
    done = [_replace(batch, indicators[batch.indicator], at) for batch in batches]
    changed = {one.batch.source for one in done if one.is_change}
    for source in sorted(changed):
        own = [one.batch for one in done if one.batch.source == source]
        load = NewLoad(source, None, _sha256(own), sum(len(batch.rows) for batch in own), 0)
        report = dict(told) | {"source": source, "rows_read": load.rows_read, "rows_rejected": 0}
        record_loads(actor=actor, loads=[load], report=report, is_generated=is_generated, at=at)
    return done


def _drop_generated(sources: Sequence[str]) -> None:
    Observation.objects.filter(source__in=sources).delete()


def _replace(batch: ReadyBatch, indicator: Indicator, at: datetime) -> Replaced:
    wanted = {row.place: row for row in batch.rows}
    kept = {_place_of(one): one for one in _held(batch, indicator)}
    if not wanted and kept:
        return Replaced(batch, kept_old=True)
    new = [_observation(row, batch, indicator, at) for place, row in wanted.items() if place not in kept]
    changed = [one for place, one in kept.items() if place in wanted and _differs(one, wanted[place])]
    for one in changed:
        row = wanted[_place_of(one)]
        one.value, one.numerator, one.denominator, one.status = row.value, row.numerator, row.denominator, str(row.status)
        one.definition_hash, one.computed_at = indicator.definition_hash, at
    gone = [one.pk for place, one in kept.items() if place not in wanted and _is_within(one, batch.scope)]
    Observation.objects.filter(pk__in=gone).delete()
    Observation.objects.bulk_update(
        changed, ["value", "numerator", "denominator", "status", "definition_hash", "computed_at"], batch_size=1000
    )
    Observation.objects.bulk_create(new, batch_size=5000)
    return Replaced(batch, len(new), len(changed), len(gone))


def _held(batch: ReadyBatch, indicator: Indicator) -> Sequence[Observation]:
    bodies = {row.body_id for row in batch.rows} | (batch.scope.bodies if batch.scope else frozenset())
    return list(Observation.objects.select_for_update().filter(indicator=indicator, source=batch.source, body__in=bodies))


def _place_of(one: Observation) -> Place:
    return one.body_id, one.period_start, one.period_end, str(one.dimensions.get("sex", ""))


def _differs(one: Observation, row: ReadyRow) -> bool:
    return (one.value, one.numerator, one.denominator, one.status) != row.told


def _is_within(one: Observation, scope: Scope | None) -> bool:
    return scope is not None and one.body_id in scope.bodies and scope.first <= one.period_start and one.period_end <= scope.last


def _observation(row: ReadyRow, batch: ReadyBatch, indicator: Indicator, at: datetime) -> Observation:
    return Observation(
        indicator=indicator,
        body_id=row.body_id,
        period_start=row.start,
        period_end=row.end,
        source=batch.source,
        dimensions={"sex": row.sex} if row.sex else {},
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        status=str(row.status),
        definition_hash=indicator.definition_hash,
        computed_at=at,
    )


def _sha256(batches: Sequence[ReadyBatch]) -> str:
    rows = sorted((batch.indicator, str(row.place), str(row.told)) for batch in batches for row in batch.rows)
    return hashlib.sha256(repr(rows).encode()).hexdigest()
