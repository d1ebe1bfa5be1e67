"""Periods of measurement: which was the last to close, and how it is written."""

from datetime import date, timedelta

from styrkedja.core.controls.snapshot import Frequency
from styrkedja.core.indicators.months import LENGTHS as MONTHS


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def months_between(first: date, last: date) -> int:
    """Whole months from `first` to `last`; negative when `last` comes before."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def period_start(frequency: Frequency, day: date) -> date:
    """The first day of the period that `day` lies in."""
    length = MONTHS[frequency]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def period_end(frequency: Frequency, start: date) -> date:
    """The first day after the period that begins on `start`."""
    return add_months(start, MONTHS[frequency])


def last_closed(frequency: Frequency, on: date, *, days: int, back: int = 0) -> date:
    """The first day of the last period that closed at least `days` days before `on`; of `back` periods before that."""
    return add_months(period_start(frequency, on - timedelta(days=days)), -MONTHS[frequency] * (back + 1))


def period_text(frequency: Frequency, start: date) -> str:
    """ "2026", "2026-09" or "2026-07–2026-09": the same in every language."""
    if frequency is Frequency.YEAR:
        return f"{start:%Y}"
    if frequency is Frequency.MONTH:
        return f"{start:%Y-%m}"
    return f"{start:%Y-%m}–{add_months(start, MONTHS[frequency] - 1):%Y-%m}"
