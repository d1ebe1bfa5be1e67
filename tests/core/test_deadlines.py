from datetime import date

import pytest

from styrkedja.core.deadlines import escalation_day, reminder_day

OPENED = date(2026, 9, 1)
FRIDAY = date(2026, 9, 18)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (0, date(2026, 9, 18)),
        (1, date(2026, 9, 17)),
        (2, date(2026, 9, 16)),
        (5, date(2026, 9, 11)),
    ],
)
def test_the_reminder_comes_so_many_working_days_before_the_due_date(before: int, expected: date) -> None:
    assert reminder_day(FRIDAY, opened_on=OPENED, working_days_before=before) == expected


def test_a_closed_day_before_the_due_date_moves_the_reminder() -> None:
    closed = frozenset({date(2026, 9, 17)})
    assert reminder_day(FRIDAY, opened_on=OPENED, working_days_before=2, closed=closed) == date(2026, 9, 15)


def test_a_step_is_not_reminded_of_on_the_day_that_it_opens() -> None:
    assert reminder_day(FRIDAY, opened_on=date(2026, 9, 17), working_days_before=2) == date(2026, 9, 18)


def test_a_step_due_on_the_day_that_it_opens_is_reminded_of_that_day() -> None:
    assert reminder_day(FRIDAY, opened_on=FRIDAY, working_days_before=2) == FRIDAY


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0, date(2026, 9, 19)),
        (1, date(2026, 9, 21)),
        (5, date(2026, 9, 25)),
    ],
)
def test_lateness_is_told_when_so_many_working_days_have_passed(after: int, expected: date) -> None:
    assert escalation_day(FRIDAY, working_days_after=after) == expected


def test_a_closed_day_after_the_due_date_puts_off_the_escalation() -> None:
    closed = frozenset({date(2026, 9, 21)})
    assert escalation_day(FRIDAY, working_days_after=1, closed=closed) == date(2026, 9, 22)
