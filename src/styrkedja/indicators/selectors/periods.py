"""Which periods have been computed, and from what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.disclosure.tables import CellStatus
from styrkedja.core.indicators.months import Month, Span
from styrkedja.indicators.models import COMPUTED, ComputedPeriod, Indicator, Observation


def computed_periods(indicator: Indicator, *, since: date, until: date) -> dict[Span, str]:
    """The fingerprint of each computed period that ends within the days."""
    rows = ComputedPeriod.objects.filter(indicator=indicator, period_end__gte=since, period_end__lte=until)
    return {Span(Month.of(row.period_start), Month.of(row.period_end)): row.fingerprint for row in rows}


def any_computed() -> bool:
    return ComputedPeriod.objects.exists()


@dataclass(frozen=True)
class Seen:
    """A figure as readers know it, or as it was withheld from them."""

    body: str
    last: date
    parts: Mapping[str, str]
    numerator: float | None
    denominator: float | None
    is_withheld: bool


def seen(indicator: Indicator, spans: Iterable[Span]) -> Iterator[Seen]:
    """What has been decided of the computed figures of the periods."""
    rows = Observation.objects.filter(indicator=indicator, source=COMPUTED, period_end__in=[span.last_day for span in spans])
    columns = ("body__key", "period_end", "dimensions", "numerator", "denominator", "disclosure")
    for body, last, parts, numerator, denominator, status in rows.exclude(disclosure="").values_list(*columns).iterator():
        yield Seen(body, last, parts, numerator, denominator, status != CellStatus.PUBLISHED)
