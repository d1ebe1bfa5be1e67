"""Limits against worked examples of Montgomery (Introduction to Statistical Quality Control, 7th ed.), and against formulas written out.

Where the book goes on from a rounded centre line, its limits differ from the exact ones in the last decimal that it prints.
"""

from math import sqrt
from statistics import fmean, median

import pytest

from styrkedja.core.indicators.spc.kinds import Chart
from styrkedja.core.indicators.spc.process_chart import ProcessChart
from styrkedja.core.indicators.spc.series import NotCharted
from tests.core.indicators.spc.drawing import DOWN, UP, drawn, observed, rules, types

# Table 6.6, costs of processing a mortgage loan, example 6.5.
MORTGAGES = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
# Table 7.1, cans of orange juice, 50 a sample.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# Table 7.4, purchase orders a week and those with an error.
ORDERS = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90, 100, 100, 100, 100, 90, 90]
ORDER_ERRORS = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
# Table 7.7, faults in samples of 100 circuit boards, example 7.3.
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
# Table 7.10, errors in samples of 50 shipments, example 7.4.
SHIPMENTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]
# Table 7.11, faults in rolls of dyed cloth of different length, example 7.5.
CLOTH_UNITS = [10.0, 8.0, 13.0, 10.0, 9.5, 10.0, 12.0, 10.5, 12.0, 12.5]
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
# Table 7.14, hours between failures of a valve, example 7.6.
VALVES = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


def line(chart: ProcessChart, place: int = 0) -> tuple[float, ...]:
    point = chart.points[place]
    assert point.centre is not None
    assert point.lower is not None
    assert point.upper is not None
    return point.lower, point.centre, point.upper


def test_individuals() -> None:
    assert line(drawn(MORTGAGES, chart=Chart.INDIVIDUALS)) == pytest.approx((279.78, 300.5, 321.22), abs=0.005)


def test_moving_range() -> None:
    chart = drawn(MORTGAGES, chart=Chart.MOVING_RANGE)
    assert line(chart) == pytest.approx((0, 7.79, 25.45), abs=0.005)
    assert [point.value for point in chart.points[:4]] == [None, 22, 9, 1]


def test_p_with_equal_samples() -> None:
    chart = drawn(CANS, [50] * 30, chart=Chart.P, direction=DOWN)
    assert line(chart) == pytest.approx((0.0524, 0.2313, 0.4102), abs=0.00006)
    assert [place for place, point in enumerate(chart.points, start=1) if point.outside] == [15, 23]
    assert chart.points[0].value == 0.24


def test_p_with_unequal_samples() -> None:
    chart = drawn(ORDER_ERRORS, ORDERS, chart=Chart.P)
    assert line(chart) == pytest.approx((0.007, 0.096, 0.184), abs=0.0006)
    assert line(chart, 1) == pytest.approx((0, 0.096, 0.194), abs=0.0006)
    assert [place for place, point in enumerate(chart.points, start=1) if point.outside] == [11]


def test_c() -> None:
    chart = drawn(BOARDS, chart=Chart.C)
    assert line(chart) == pytest.approx((6.48, 19.85, 33.22), abs=0.01)
    assert [place for place, point in enumerate(chart.points, start=1) if point.outside] == [6, 20]


def test_u_with_equal_samples() -> None:
    assert line(drawn(SHIPMENTS, [50] * 20, chart=Chart.U)) == pytest.approx((0, 0.0740, 0.1894), abs=0.0001)


def test_u_with_unequal_samples() -> None:
    chart = drawn(CLOTH, CLOTH_UNITS, chart=Chart.U)
    assert line(chart) == pytest.approx((0.29, 1.42, 2.55), abs=0.01)
    assert line(chart, 1) == pytest.approx((0.16, 1.42, 2.68), abs=0.01)
    assert line(chart, 2) == pytest.approx((0.43, 1.42, 2.41), abs=0.01)


def test_time_between() -> None:
    """On Montgomery's scale, the power 1/3.6 of the hours (he writes 0.2777), the mean is 5.386 and the lower limit is under zero."""
    roots = [hours ** (1 / 3.6) for hours in VALVES]
    size = fmean(abs(b - a) for a, b in zip(roots, roots[1:], strict=False))
    low, centre, high = line(drawn(VALVES, chart=Chart.TIME_BETWEEN))
    assert centre ** (1 / 3.6) == pytest.approx(5.386, abs=0.005)
    assert high == pytest.approx((fmean(roots) + 3 * size / 1.128) ** 3.6, rel=1e-12)
    assert low == 0


def spread_between(scores: list[float]) -> float:
    return fmean(abs(b - a) for a, b in zip(scores, scores[1:], strict=False)) / 1.128


def test_p_prime_widens_p_by_the_spread_between_points() -> None:
    chart = drawn(ORDER_ERRORS, ORDERS, chart=Chart.P_PRIME)
    share = sum(ORDER_ERRORS) / sum(ORDERS)
    within = [sqrt(share * (1 - share) / size) for size in ORDERS]
    sigma = spread_between([(errors / size - share) / one for errors, size, one in zip(ORDER_ERRORS, ORDERS, within, strict=True)])
    assert sigma != pytest.approx(1, abs=0.01)
    for place, one in enumerate(within):
        wanted = (max(0, share - 3 * one * sigma), share, share + 3 * one * sigma)
        assert line(chart, place) == pytest.approx(wanted, rel=1e-14)


def test_u_prime_widens_u_by_the_spread_between_points() -> None:
    chart = drawn(CLOTH, CLOTH_UNITS, chart=Chart.U_PRIME)
    rate = sum(CLOTH) / sum(CLOTH_UNITS)
    within = [sqrt(rate / size) for size in CLOTH_UNITS]
    sigma = spread_between([(count / size - rate) / one for count, size, one in zip(CLOTH, CLOTH_UNITS, within, strict=True)])
    for place, one in enumerate(within):
        wanted = (max(0, rate - 3 * one * sigma), rate, rate + 3 * one * sigma)
        assert line(chart, place) == pytest.approx(wanted, rel=1e-14)


def test_large_denominators_alarm_in_p_and_not_in_p_prime() -> None:
    """Why p' is there: with a hundred thousand a month the binomial spread is next to nothing."""
    shares = [0.50, 0.52, 0.49, 0.51, 0.53, 0.48, 0.50, 0.52, 0.49, 0.51, 0.47, 0.50, 0.52, 0.50]
    counts = [round(share * 100_000) for share in shares]
    assert sum(point.outside for point in drawn(counts, [100_000] * 14, chart=Chart.P).points) > 5
    assert not any(point.outside for point in drawn(counts, [100_000] * 14, chart=Chart.P_PRIME).points)


def test_cases_between_has_the_median_as_centre() -> None:
    cases = [3, 12, 0, 45, 7, 19, 1, 8, 30, 5, 60, 2, 14]
    mean = fmean(cases)
    low, centre, high = line(drawn(cases, chart=Chart.CASES_BETWEEN))
    assert (low, centre, high) == (0, median(cases), pytest.approx(mean + 3 * sqrt(mean * (mean + 1)), rel=1e-15))


def test_shares_have_limits_within_0_and_1_and_targets_are_held_against_them() -> None:
    chart = drawn([9, 10, 9, 10] * 4, [10] * 16, chart=Chart.P, direction=UP, target=0.5)
    assert line(chart)[2] == 1
    assert chart.assurance == "consistent_pass"


def test_limits_that_are_clipped_keep_their_near_ones() -> None:
    """Two thirds of three standard deviations are two, whether or not the third fits."""
    chart = drawn([1, 0, 2, 1, 0, 1, 1, 2, 0, 1, 1, 0, 2, 3, 1, 4], [10] * 16, chart=Chart.U)
    centre = line(chart)[1]
    two = centre + 2 * sqrt(centre / 10)
    assert [point.near_limit for point in chart.points] == [
        bool(point.value and point.value > two and not point.outside) for point in chart.points
    ]
    assert any(point.near_limit for point in chart.points)


def test_a_zero_denominator_is_no_value_and_counts_nowhere() -> None:
    chart = drawn([4, 0, 6, 5], [100, 0, 100, 50], chart=Chart.P)
    assert (chart.points[1].value, chart.points[1].lower, chart.points[1].upper) == (None, None, None)
    assert chart.points[1].centre == 15 / 250
    assert chart.segments[0].values == 3


def test_without_any_event_rates_have_narrow_limits_and_primed_ones_none() -> None:
    plain = drawn([0] * 14, [100] * 14, chart=Chart.U)
    assert line(plain) == (0, 0, 0)
    assert rules(plain) == "." * 14
    primed = drawn([0] * 14, [100] * 14, chart=Chart.U_PRIME)
    assert (primed.points[0].centre, primed.points[0].lower, primed.points[0].upper) == (0, None, None)


def test_a_ratio_is_drawn_where_there_are_denominators_and_a_count_is_not_divided() -> None:
    assert [point.value for point in drawn([1, 3], [2, 4]).points] == [0.5, 0.75]
    assert [point.value for point in drawn([1, 3], [2, 4], chart=Chart.C).points] == [1, 3]


def test_a_wide_range_is_neither_good_nor_bad() -> None:
    values = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 30]
    chart = drawn(values, chart=Chart.MOVING_RANGE, direction=UP, target=3)
    assert types(chart) == "." * 13 + "h"
    assert chart.assurance is None


def test_ranges_do_not_go_over_a_rebase() -> None:
    days = [one.on for one in observed([0.0] * 8)]
    chart = drawn([1, 2, 1, 2, 50, 51, 50, 51], chart=Chart.MOVING_RANGE, rebase=(days[4],))
    assert [point.value for point in chart.points] == [None, 1, 1, 1, None, 1, 1, 1]


@pytest.mark.parametrize(
    ("chart", "values", "denominators", "reason", "place"),
    [
        (Chart.P, [1, 2], None, "behöver en nämnare", 0),
        (Chart.U, [1, 2.5], [10, 10], "och inte kvoten", 1),
        (Chart.P_PRIME, [0.12, 0.13], [100, 100], "och inte kvoten", 0),
        (Chart.P, [1, 11], [10, 10], "större än nämnaren", 1),
        (Chart.C, [1, -2], None, "hela antal", 1),
        (Chart.CASES_BETWEEN, [1, 2.5], None, "hela antal", 1),
        (Chart.TIME_BETWEEN, [1, 0], None, "större än noll", 1),
        (Chart.XMR, [1, float("nan")], None, "inget tal", 1),
        (Chart.XMR, [float("inf"), 1], None, "inget tal", 0),
        (Chart.XMR, [1, 2], [1, -1], "negativ", 1),
    ],
)
def test_a_series_that_does_not_fit_the_chart_is_refused_where_it_does_not(
    chart: Chart, values: list[float], denominators: list[float] | None, reason: str, place: int
) -> None:
    with pytest.raises(NotCharted, match=reason) as refused:
        drawn(values, denominators, chart=chart)
    assert refused.value.place == place
