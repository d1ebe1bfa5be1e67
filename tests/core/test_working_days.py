from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.working_days import add_working_days, closed_day_fault, is_working_day, working_days_between

MAUNDY_THURSDAY_2026 = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "nyårsdagen"),
        (date(2026, 1, 6), "trettondedag jul"),
        (date(2026, 4, 3), "långfredagen"),
        (date(2026, 4, 6), "annandag påsk"),
        (date(2026, 5, 1), "första maj"),
        (date(2026, 5, 14), "Kristi himmelsfärdsdag"),
        (date(2025, 6, 6), "nationaldagen, en fredag"),
        (date(2026, 6, 19), "midsommarafton"),
        (date(2026, 12, 24), "julafton"),
        (date(2026, 12, 25), "juldagen"),
        (date(2026, 12, 31), "nyårsafton"),
        (date(2026, 11, 7), "lördag"),
        (date(2026, 11, 8), "söndag"),
    ],
)
def test_days_off(day, why):
    assert not is_working_day(day), why


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 5),
        MAUNDY_THURSDAY_2026,
        date(2026, 4, 30),
        date(2026, 5, 15),
        date(2026, 6, 18),
        date(2026, 12, 23),
        date(2026, 12, 30),
    ],
)
def test_days_before_a_holiday_and_squeezed_days_are_worked(day):
    assert is_working_day(day)


def test_whit_monday_was_a_holiday_until_2004_and_the_national_day_from_2005():
    assert not is_working_day(date(2004, 5, 31))
    assert is_working_day(date(2005, 5, 16))
    assert not is_working_day(date(2005, 6, 6))


def test_closed_days_of_the_office_are_not_worked():
    squeezed = date(2026, 5, 15)

    assert not is_working_day(squeezed, closed=frozenset({squeezed}))
    assert add_working_days(date(2026, 5, 13), 1, closed=frozenset({squeezed})) == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (MAUNDY_THURSDAY_2026, 1, date(2026, 4, 7)),  # Easter: past Good Friday, the weekend and Easter Monday
        (MAUNDY_THURSDAY_2026, 5, date(2026, 4, 13)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # midsummer
        (date(2026, 12, 22), 1, date(2026, 12, 23)),  # Christmas
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 23), 4, date(2027, 1, 4)),  # and New Year
        (date(2026, 12, 23), 5, date(2027, 1, 5)),
        (date(2026, 12, 23), 6, date(2027, 1, 7)),  # and Epiphany
        (date(2026, 11, 14), 1, date(2026, 11, 16)),  # from a Saturday
        (date(2026, 4, 7), -1, MAUNDY_THURSDAY_2026),
        (date(2027, 1, 7), -6, date(2026, 12, 23)),
    ],
)
def test_add_working_days(start, days, expected):
    assert add_working_days(start, days) == expected


def test_zero_days_stays_on_a_working_day_and_moves_on_from_a_day_off():
    assert add_working_days(MAUNDY_THURSDAY_2026, 0) == MAUNDY_THURSDAY_2026
    assert add_working_days(date(2026, 4, 3), 0) == date(2026, 4, 7)


def test_working_days_between_counts_the_end_and_not_the_start():
    assert working_days_between(MAUNDY_THURSDAY_2026, date(2026, 4, 7)) == 1
    assert working_days_between(date(2026, 12, 23), date(2027, 1, 7)) == 6
    assert working_days_between(date(2027, 1, 7), date(2026, 12, 23)) == -6
    assert working_days_between(date(2026, 4, 3), date(2026, 4, 6)) == 0
    assert working_days_between(MAUNDY_THURSDAY_2026, MAUNDY_THURSDAY_2026) == 0


def test_a_year_has_its_weekdays_less_the_days_off_that_fall_on_one():
    weekdays_of_2026 = 261
    days_off_on_a_weekday = 10  # 1/1, 6/1, 3/4, 6/4, 1/5, 14/5, 19/6, 24/12, 25/12, 31/12

    assert working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == weekdays_of_2026 - days_off_on_a_weekday


def test_the_end_of_the_calendar_is_an_error():
    with pytest.raises(OverflowError):
        add_working_days(date.max, 1)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(-60, 60).filter(bool), st.sets(st.integers(-90, 90)))
def test_between_undoes_add_whatever_days_are_closed(start, days, offsets):
    closed = frozenset(start + timedelta(days=offset) for offset in offsets)

    end = add_working_days(start, days, closed=closed)

    assert is_working_day(end, closed=closed)
    assert working_days_between(start, end, closed=closed) == days


def test_a_day_when_nothing_is_due_names_the_nearest_that_have_not_passed() -> None:
    saturday, monday = date(2026, 10, 10), date(2026, 10, 12)
    assert closed_day_fault(monday, today=saturday) == ""
    found = closed_day_fault(saturday, today=date(2026, 9, 16), closed=frozenset({date(2026, 10, 9)}))
    assert found.values == {"day": saturday, "before": date(2026, 10, 8), "after": monday}
    assert closed_day_fault(saturday, today=saturday).values == {"day": saturday, "after": monday}
