from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.periods import Period

JANUARY, APRIL, JULY, OCTOBER = (date(2026, month, 1) for month in (1, 4, 7, 10))
ONE_DAY = timedelta(days=1)


def test_first_day_is_inside_and_last_day_is_outside():
    period = Period(JANUARY, JULY)

    assert [period.contains(day) for day in (JANUARY - ONE_DAY, JANUARY, JULY - ONE_DAY, JULY)] == [False, True, True, False]


def test_open_ends_hold_every_day_on_their_side():
    assert Period().contains(date.min)
    assert Period().contains(date.max)
    assert Period(None, JULY).contains(date.min)
    assert not Period(None, JULY).contains(JULY)
    assert Period(JANUARY, None).contains(date.max)


@pytest.mark.parametrize("end", [JANUARY, JANUARY - ONE_DAY])
def test_period_without_a_day_is_refused(end):
    with pytest.raises(ValueError, match=rf"Slutdatum {end} måste ligga efter startdatum 2026-01-01"):
        Period(JANUARY, end)


def test_periods_that_only_share_a_boundary_do_not_overlap():
    assert not Period(JANUARY, APRIL).overlaps(Period(APRIL, JULY))
    assert Period(JANUARY, APRIL).intersection(Period(APRIL, JULY)) is None


def test_intersection_is_the_shared_days():
    assert Period(JANUARY, JULY).intersection(Period(APRIL, OCTOBER)) == Period(APRIL, JULY)
    assert Period(None, JULY).intersection(Period(APRIL, None)) == Period(APRIL, JULY)
    assert Period().intersection(Period()) == Period()


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20))
periods = st.tuples(days, days).filter(lambda ends: None in ends or ends[0] < ends[1]).map(lambda ends: Period(*ends))


@given(periods, periods)
def test_a_day_is_in_the_intersection_exactly_when_it_is_in_both(one, other):
    shared = one.intersection(other)

    for day in (date(2025, 12, 31) + timedelta(days=offset) for offset in range(23)):
        assert (one.contains(day) and other.contains(day)) == (shared is not None and shared.contains(day))
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
