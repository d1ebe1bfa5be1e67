"""Computed values: the periods that have been computed anew take the place of what they were."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import repeat

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.indicators.disclosure.tables import CellStatus
from styrkedja.core.indicators.months import Span
from styrkedja.core.indicators.outcome import ALL, Key, Outcome
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.models import COMPUTED, ComputedPeriod, Indicator, Observation
from styrkedja.indicators.selectors.organisation import body_ids
from styrkedja.ledger.services import append

_COLUMNS = (
    "indicator_id", "body_id", "period_start", "period_end", "source", "dimensions",
    "numerator", "denominator", "value", "status", "disclosure", "definition_hash", "computed_at",
)  # fmt: skip


@dataclass(frozen=True)
class NewValues:
    """What was computed of one indicator. `prints` has the fingerprint of every period that was computed, those without any value too.

    `gone` are periods that can no longer be computed, or that the definition does not ask for any more. `disclosure` says of each outcome what
    readers without a right of access may see of it; None for nothing.
    """

    indicator: Indicator
    prints: Mapping[Span, str]
    gone: Sequence[Span]
    outcomes: Iterable[tuple[Key, Outcome]]
    disclosure: Iterable[CellStatus | None] = field(default_factory=lambda: repeat(None))


@transaction.atomic
def record_values(*, actor: User | None, computed: Iterable[NewValues], at: datetime) -> dict[str, int]:
    """All of it or nothing: answers how many values each indicator got, by key. `computed` may be computed as it is read.

    `actor` is None for the program itself. Raises Refused unless an actor is an administrator.
    """
    if actor and not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får räkna om indikatorer."))
    told: dict[str, int] = {}
    periods: dict[str, list[str]] = {}
    for new in computed:
        _remove(new)
        counts = _write(new, at)
        ComputedPeriod.objects.bulk_create(
            ComputedPeriod(
                indicator=new.indicator,
                period_start=span.first_day,
                period_end=span.last_day,
                fingerprint=fingerprint,
                observations=counts.get(span, 0),
                computed_at=at,
            )
            for span, fingerprint in new.prints.items()
        )
        told[new.indicator.key] = sum(counts.values())
        periods[new.indicator.key] = sorted(map(str, new.prints))
    if told:
        payload = {key: {"periods": periods[key], "values": count} for key, count in told.items()}
        append(actor=actor, act="indicators.computed", object_type="indicators", object_id="", payload=payload, at=at)
    return told


def _remove(new: NewValues) -> None:
    """The old values of the periods. A period is known by its end: one whose length has changed is another."""
    ends = [span.last_day for span in (*new.prints, *new.gone)]
    Observation.objects.filter(Q(source=COMPUTED), indicator=new.indicator, period_end__in=ends).delete()
    ComputedPeriod.objects.filter(indicator=new.indicator, period_end__in=ends).delete()


def _write(new: NewValues, at: datetime) -> dict[Span, int]:
    """Streams the values into the table; answers how many each period got."""
    counts: dict[Span, int] = {}
    bodies = body_ids()
    statement = f"copy {Observation._meta.db_table} ({', '.join(_COLUMNS)}) from stdin"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row, span in _rows(new, bodies, at):
            copy.write_row(row)
            counts[span] = counts.get(span, 0) + 1
    return counts


def _rows(new: NewValues, bodies: Mapping[str, int], at: datetime) -> Iterator[tuple[tuple[object, ...], Span]]:
    names = new.indicator.dimensions
    told: dict[tuple[str, ...], str] = {}
    days: dict[Span, tuple[date, date]] = {}
    # Without anything said of them there are as many as are asked for.
    for (key, outcome), shown in zip(new.outcomes, new.disclosure, strict=False):
        if key.dimensions not in told:
            parts = {name: part for name, part in zip(names, key.dimensions, strict=True) if part != ALL}
            told[key.dimensions] = json.dumps(parts, ensure_ascii=False)
        first, last = days.get(key.span) or days.setdefault(key.span, (key.span.first_day, key.span.last_day))
        lower = outcome.denominator
        yield (
            (
                new.indicator.pk, bodies[key.body], first, last, COMPUTED, told[key.dimensions],
                outcome.numerator.amount, None if lower is None else lower.amount, outcome.value, str(outcome.status.value), "" if shown is None else shown.value,
                new.indicator.definition_hash, at,
            ),
            key.span,
        )  # fmt: skip
