"""Changing what stands while keeping how it was. Used by the other services only."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Greatest

from styrkedja.organisations.models import Body, BodyVersion, Seat, SeatVersion


def redescribe(row: Body | Seat, wanted: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Sets what differs from `wanted` and keeps what it was until `on`. Answers what it was."""
    before = {name: getattr(row, name) for name in wanted if getattr(row, name) != wanted[name]}
    if before:
        keep(row, before, on=on)
        for name in before:
            setattr(row, name, wanted[name])
        row.save(update_fields=list(before))
    return before


def keep(row: Body | Seat, before: Mapping[str, Any], *, on: date) -> None:
    """Remembers that `before` held until `on`, unless no day has passed with it: the row began today, or the values came today."""
    if row.valid_from is not None and row.valid_from >= on:
        return
    versions = SeatVersion.objects.filter(seat=row) if isinstance(row, Seat) else BodyVersion.objects.filter(body=row)
    told_today = {name for description in versions.filter(valid_until=on).values_list("description", flat=True) for name in description}
    held = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items() if name not in told_today}
    if held and isinstance(row, Seat):
        SeatVersion.objects.create(seat=row, valid_until=on, description=held)
    elif held:
        BodyVersion.objects.create(body=row, valid_until=on, description=held)


def close(rows: QuerySet[Model], *, on: date) -> int:
    """Ends, on the day `on`, what has not ended, and answers how many that was. What had yet to begin never holds."""
    going_on = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    # PostgreSQL's greatest() passes over null.
    return going_on.update(valid_until=Greatest(F("valid_from"), Value(on)))
