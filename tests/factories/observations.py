"""Indicators with values, straight into the tables: what a test of the pages needs to stand there."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from styrkedja.core.indicators.definition.definition_files import Sources, read_definition
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.indicators.library import fact_sources
from styrkedja.indicators.models import COMPUTED, Indicator, Observation
from styrkedja.indicators.services.definitions import _fields
from styrkedja.organisations.models import Body
from tests.factories.accounts import MADE_AT

LAST = Month.parse("2026-10")


def read_in(key: str, text: str = "") -> Indicator:
    """An indicator of the library, as if it had been read in; or one whose file would be `text`."""
    text = text or (Path(settings.DEFINITIONS) / "indicators" / f"{key}.toml").read_text(encoding="utf-8")
    sources = fact_sources()
    definition = read_definition(f"{key}.toml", text.encode(), Sources(frozenset(sources), sources), on=date(2026, 11, 22)).definition
    assert definition is not None
    return Indicator.objects.create(key=key, **_fields(definition, text))


def monthly_index() -> Indicator:
    """The library's index of continuity, but of the visits of each month alone: its values share no days and are judged."""
    key = "kontinuitetsindex-lakare"
    text = (Path(settings.DEFINITIONS) / "indicators" / f"{key}.toml").read_text(encoding="utf-8")
    return read_in(key, text.replace("window_months = 18", "window_months = 1"))


def observe(indicator: Indicator, body: Body, values: Sequence[float | None], *, last: Month = LAST, **more: Any) -> list[Observation]:
    """A value for each month until `last`; None for one that is too few. `more` are fields of each observation."""
    rows = []
    for number, value in enumerate(values):
        span = Span.ending(last - (len(values) - 1 - number), indicator.months)
        known = {"numerator": None if value is None else value * 200, "denominator": 200}
        fields = {
            "period_start": span.first_day, "period_end": span.last_day, "source": COMPUTED, "dimensions": {}, "value": value,
            "status": ValueStatus.TOO_FEW if value is None else ValueStatus.VALUE,
        }  # fmt: skip
        rows.append(Observation(indicator=indicator, body=body, definition_hash="0" * 64, computed_at=MADE_AT, **known | fields | more))
    return Observation.objects.bulk_create(rows)


def observe_years(indicator: Indicator, body: Body, values: Sequence[float], *, last: int = 2025, source: str) -> None:
    """A ready value for each year until `last`."""
    for number, value in enumerate(values):
        year = last - len(values) + 1 + number
        Observation.objects.create(
            indicator=indicator, body=body, period_start=date(year, 1, 1), period_end=date(year + 1, 1, 1) - timedelta(days=1),
            source=source, value=value, status=ValueStatus.VALUE, definition_hash="0" * 64, computed_at=MADE_AT,
        )  # fmt: skip
