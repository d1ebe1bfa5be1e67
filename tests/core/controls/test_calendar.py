from datetime import date

import pytest

from styrkedja.core.controls.calendar import add_months, last_closed, months_between, period_end, period_start, period_text
from styrkedja.core.controls.snapshot import Frequency

MONTH, QUARTER, YEAR = Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR


@pytest.mark.parametrize(
    ("frequency", "on", "days", "start"),
    [
        (MONTH, date(2026, 10, 15), 0, date(2026, 9, 1)),
        (MONTH, date(2026, 10, 15), 45, date(2026, 7, 1)),
        (MONTH, date(2026, 10, 1), 0, date(2026, 9, 1)),
        (MONTH, date(2026, 10, 1), 1, date(2026, 8, 1)),
        (QUARTER, date(2026, 10, 15), 0, date(2026, 7, 1)),
        (QUARTER, date(2026, 10, 15), 45, date(2026, 4, 1)),
        (YEAR, date(2026, 1, 31), 30, date(2025, 1, 1)),
        (YEAR, date(2026, 1, 30), 30, date(2024, 1, 1)),
    ],
)
def test_a_period_counts_when_it_has_been_closed_for_long_enough(frequency: Frequency, on: date, days: int, start: date) -> None:
    assert last_closed(frequency, on, days=days) == start
    assert period_end(frequency, start) <= on
    assert last_closed(frequency, on, days=days, back=1) == period_start(frequency, add_months(start, -1))


@pytest.mark.parametrize(
    ("frequency", "start", "text"),
    [(MONTH, date(2026, 9, 1), "2026-09"), (QUARTER, date(2026, 10, 1), "2026-10–2026-12"), (YEAR, date(2026, 1, 1), "2026")],
)
def test_a_period_is_written_alike_in_every_language(frequency: Frequency, start: date, text: str) -> None:
    assert period_text(frequency, start) == text


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), 12),
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 2, 1), date(2026, 1, 1), -1),
    ],
)
def test_only_whole_months_are_counted(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months
