"""Which periods have been computed, and from what."""

from datetime import date

from styrkedja.core.indicators.months import Month, Span
from styrkedja.indicators.models import ComputedPeriod, Indicator


def computed_periods(indicator: Indicator, *, since: date, until: date) -> dict[Span, str]:
    """The fingerprint of each computed period that ends within the days."""
    rows = ComputedPeriod.objects.filter(indicator=indicator, period_end__gte=since, period_end__lte=until)
    return {Span(Month.of(row.period_start), Month.of(row.period_end)): row.fingerprint for row in rows}


def any_computed() -> bool:
    return ComputedPeriod.objects.exists()
