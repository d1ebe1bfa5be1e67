"""The indicators that the chain leans on: where there are values, and where they miss their targets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from styrkedja.controls.selectors.snapshot.scope import Scope
from styrkedja.core.controls.calendar import add_months, period_start
from styrkedja.core.controls.snapshot import Cell, Indicator, Standing
from styrkedja.core.indicators.definition.kinds import DesiredDirection, Frequency
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.indicators import models
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.values import public_values
from styrkedja.organisations.models import Organisation
from styrkedja.steering.models import GoalIndicator, GoalState

# How far back values are read: enough for any threshold on closed periods and for how long a target has been missed.
_MONTHS_BACK = 36


@dataclass(frozen=True)
class _Value:
    """A value of a body for the period that ends in the period beginning on `period`."""

    period: date
    value: Decimal


Values = dict[tuple[int, int], list[_Value]]


def indicators(scope: Scope) -> tuple[Indicator, ...]:
    """Those that a goal, an action, a milestone or a forum of the counties names. Six queries."""
    named = Q(goal_indicators__county__in=scope.county_keys) | Q(actions__county__in=scope.county_keys)
    named |= Q(milestones__county__in=scope.county_keys) | Q(forums__county__in=scope.county_keys)
    rows = list(models.Indicator.objects.filter(named, closed_at=None).distinct().order_by("key"))
    kinds = dict(Organisation.objects.values_list("pk", "kind"))
    names: dict[int, str] = {}
    values = _values(scope, rows, names)
    links = _links(scope, rows)
    answering = {link.goal.accountable_body_id for own in links.values() for link in own}
    public = public_values(rows, answering, on=scope.on - timedelta(days=1)) if answering else {}
    owner = next((county.region.key for county in scope.counties if county.region), "")
    return tuple(
        Indicator(
            key=row.key,
            name=row.title,
            body=owner,
            unit=row.unit,
            direction=DesiredDirection(row.direction),
            frequency=Frequency(row.frequency),
            source=models.COMPUTED,
            accountable=(),
            levels=tuple(row.levels),
            cells=_cells(row, values, kinds, names),
            standings=tuple(_standings(row, links.get(row.pk, ()), values, public)),
        )
        for row in rows
    )


def _values(scope: Scope, rows: Sequence[models.Indicator], names: dict[int, str]) -> Values:
    """By indicator and body the values of the whole, oldest first; `names` is filled with the keys of the bodies."""
    frequencies = {row.pk: Frequency(row.frequency) for row in rows}
    since = add_months(scope.on, -_MONTHS_BACK)
    found = models.Observation.objects.filter(
        indicator__in=rows, dimensions={}, status=ValueStatus.VALUE, period_end__gte=since, period_end__lt=scope.on
    )
    values: Values = defaultdict(list)
    columns = ("indicator_id", "body_id", "body__key", "period_end", "value")
    for indicator, body, key, end, value in found.order_by("period_end", "source").values_list(*columns).iterator():
        names[body] = key
        values[indicator, body].append(_Value(period_start(frequencies[indicator], end), Decimal(str(value))))
    return values


def _cells(row: models.Indicator, values: Values, kinds: dict[int, str], names: dict[int, str]) -> frozenset[Cell]:
    return frozenset(
        Cell(one.period, kinds.get(body, ""), names[body])
        for (indicator, body), of_body in values.items()
        if indicator == row.pk
        for one in of_body
    )


def _links(scope: Scope, rows: Iterable[models.Indicator]) -> dict[int, list[GoalIndicator]]:
    found: defaultdict[int, list[GoalIndicator]] = defaultdict(list)
    links = GoalIndicator.objects.filter(indicator__in=rows, goal__document__in=scope.documents, goal__state=GoalState.OPEN)
    links = links.exclude(target_value=None).exclude(goal__accountable_body=None).select_related("goal__accountable_body")
    for link in links.order_by("key"):
        found[link.indicator_id].append(link)
    return found


def _standings(
    row: models.Indicator, links: Iterable[GoalIndicator], values: Values, public: Mapping[tuple[int, int], Shown]
) -> Iterable[Standing]:
    """Where the body that answers for a goal stands against the goal's target. What is found is read by all, so that only public values are told."""
    for link in links:
        body = link.goal.accountable_body
        found = values.get((row.pk, body.pk), [])
        if found:
            latest = found[-1]
            missed = _missed_since(found, link.target_value, DesiredDirection(row.direction))
            value, target = _written(round(latest.value, row.decimals)), _written(link.target_value)
            shown = public.get((row.pk, body.pk))
            is_public = shown is not None and not shown.is_withheld
            yield Standing(body.key, link.goal.key, latest.period, value if is_public else None, target, missed)


def _written(value: Decimal) -> Decimal:
    """Without the noughts that only the database's column has."""
    return Decimal(f"{value.normalize():f}")


def _missed_since(values: Sequence[_Value], target: Decimal, direction: DesiredDirection) -> date | None:
    """The first period of the unbroken run of misses that the latest value ends; None if it meets the target."""
    since = None
    for one in reversed(values):
        is_missed = one.value < target if direction is DesiredDirection.UP else one.value > target
        if direction is DesiredDirection.NEUTRAL or not is_missed:
            break
        since = one.period
    return since
