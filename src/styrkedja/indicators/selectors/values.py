"""Indicators and their values, as whoever asks may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.kinds import Form
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.indicators.library import definition_of
from styrkedja.indicators.models import COMPUTED, DataLoad, Indicator, Observation
from styrkedja.indicators.selectors.disclosing import Shown, disclosed
from styrkedja.indicators.selectors.loads import generated_sources, newest_loads
from styrkedja.organisations.selectors.descriptions import may_read
from styrkedja.ui.reading import once_a_reading

Series = list[Shown]


def indicators(user: User, *, closed: bool = False) -> list[Indicator]:
    """Those that are followed, by title; with `closed` the others too."""
    if not may_read(user):
        return []
    rows = Indicator.objects.order_by("title", "key")
    return list(rows if closed else rows.filter(closed_at=None))


def indicator_by_key(user: User, key: str) -> Indicator | None:
    return Indicator.objects.filter(key=key).first() if may_read(user) else None


def has_figures() -> bool:
    """Whether any value has been computed or fetched: none has in the first minutes of a demonstration."""
    return Observation.objects.exists()


def has_value(indicator: Indicator, body: int, until: date) -> bool:
    """Is there a value of the body for the period that ends that day, so that there is something to comment on?"""
    return Observation.objects.filter(indicator=indicator, body=body, period_end=until).exists()


@once_a_reading
def bodies_with_values(indicator: Indicator) -> frozenset[int]:
    """Of whom anything is told."""
    rows = Observation.objects.filter(indicator=indicator, dimensions={}).order_by()
    return frozenset(rows.values_list("body_id", flat=True).distinct())


def sources_of(user: User, indicator: Indicator, body: int) -> list[str]:
    """The sources that have values of the body, computed ones first."""
    if not may_read(user):
        return []
    rows = Observation.objects.filter(indicator=indicator, body=body, dimensions={}).order_by()
    return sorted(rows.values_list("source", flat=True).distinct(), key=lambda source: (source != COMPUTED, source))


def series_by_body(
    user: User, indicator: Indicator, bodies: Collection[int], *, source: str, parts: Mapping[str, str], until: date | None, on: date
) -> dict[int, Series]:
    """The values of each body that has any, in order of time, of one source and one part; at most until a period's end."""
    if not may_read(user):
        return {}
    rows = Observation.objects.filter(indicator=indicator, body__in=list(bodies), source=source, dimensions=dict(parts))
    if until is not None:
        rows = rows.filter(period_end__lte=until)
    found: dict[int, Series] = defaultdict(list)
    for shown in disclosed(user, rows.order_by("period_end", "period_start"), form=form_of(indicator, on=on), on=on):
        found[shown.body].append(shown)
    return dict(found)


def series_by_indicator(user: User, wanted: Sequence[Indicator], body: int, *, on: date) -> dict[int, Series]:
    """Of each indicator that has values of the body: those of its first source, computed before fetched. One query."""
    if not may_read(user):
        return {}
    rows = Observation.objects.filter(indicator__in=wanted, body=body, dimensions={}).order_by("period_end", "period_start")
    gathered: dict[int, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        gathered[row.indicator_id][row.source].append(row)
    forms = {one.pk: form_of(one, on=on) for one in wanted if one.pk in gathered}
    return {pk: list(disclosed(user, _first(by_source), form=forms[pk], on=on)) for pk, by_source in gathered.items()}


def latest_values(user: User, wanted: Sequence[Indicator], bodies: Collection[int], *, on: date) -> dict[tuple[int, int], Shown]:
    """By indicator and body the value of the whole that ended last, at most that day; computed before fetched where both are there. One query."""
    return _latest_values(user, wanted, bodies, on=on) if may_read(user) else {}


def public_values(wanted: Sequence[Indicator], bodies: Collection[int], *, on: date) -> dict[tuple[int, int], Shown]:
    """The same as everybody may see it: what is said of them can be read by all."""
    return _latest_values(None, wanted, bodies, on=on)


def _latest_values(user: User | None, wanted: Sequence[Indicator], bodies: Collection[int], *, on: date) -> dict[tuple[int, int], Shown]:
    rows = Observation.objects.filter(
        indicator__in=wanted, body__in=list(bodies), dimensions={}, status=ValueStatus.VALUE, period_end__lte=on
    )
    ends = rows.order_by("indicator_id", "body_id", "-period_end", "source").distinct("indicator_id", "body_id")
    gathered: dict[int, list[Observation]] = defaultdict(list)
    for row in ends:
        gathered[row.indicator_id].append(row)
    forms = {one.pk: form_of(one, on=on) for one in wanted if one.pk in gathered}
    return {(pk, shown.body): shown for pk, own in gathered.items() for shown in disclosed(user, own, form=forms[pk], on=on)}


def _first(by_source: Mapping[str, list[Observation]]) -> Iterable[Observation]:
    return by_source[min(by_source, key=lambda source: (source != COMPUTED, source))]


def form_of(indicator: Indicator, *, on: date) -> Form | None:
    definition = definition_of(indicator, on=on)
    return None if definition is None else definition.value.form


def generated_indicators(wanted: Iterable[Indicator], *, on: date) -> frozenset[int]:
    """Those whose values rest, wholly or in part, on facts that are generated for demonstration."""
    used = {one.pk: _used(one, on) for one in wanted}
    generated = generated_sources({source for sources in used.values() for source in sources})
    return frozenset(pk for pk, sources in used.items() if sources & generated)


def loads_behind(indicator: Indicator, *, on: date) -> list[DataLoad]:
    """The loads that hold, of the fact tables that the indicator is counted from and of its ready values."""
    return [load for source in sorted(_used(indicator, on)) for load in newest_loads(source).values()]


def _used(indicator: Indicator, on: date) -> frozenset[str]:
    definition = definition_of(indicator, on=on)
    if definition is None:
        return frozenset()
    return frozenset([*(measure.source for measure in definition.cell_measures), *(ready.key for ready in definition.ready)])
