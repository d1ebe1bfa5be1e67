"""Which chart an indicator's values belong in, and that its points are values whichever it is."""

from datetime import date
from itertools import pairwise

import pytest

from styrkedja.core.indicators.charting import natural_chart
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.judging import Told, judge
from styrkedja.core.indicators.rolling import each_alone
from styrkedja.core.indicators.spc import Chart, Manner, Observation, process_chart
from tests.apps.indicators.library import definitions

SHARES = [
    (70, 90),
    (61, 80),
    (160, 200),
    (30, 42),
    (150, 201),
    (71, 90),
    (66, 88),
    (170, 210),
    (80, 99),
    (75, 100),
    (40, 52),
    (77, 95),
    (60, 91),
]
SERIES = [
    Told(
        date(2025, month, 1) if month < 13 else date(2026, 1, 1),
        date(2025, month, 28) if month < 13 else date(2026, 1, 28),
        100 * n / d,
        n,
        d,
    )
    for month, (n, d) in enumerate(SHARES, 1)
]


@pytest.mark.parametrize(
    ("key", "chart"),
    [
        ("genomford-forsta-kontakt-90-dagar", Chart.P_PRIME),
        ("vardtillfallen-per-100000", Chart.U_PRIME),
        ("inhyrd-personal", Chart.XMR),  # money
        ("kontinuitetsindex-lakare", Chart.XMR),
        ("hembesok-antal", Chart.XMR),
        ("fortroende-vardcentral", Chart.XMR),  # only fetched
    ],
)
def test_the_chart_follows_how_the_value_is_made(key: str, chart: Chart) -> None:
    assert natural_chart(definitions()[key]) is chart


def test_a_value_reaches_as_far_back_as_the_facts_that_it_rests_on() -> None:
    reach = {key: one.reach for key, one in definitions().items() if one.is_computed}
    assert (reach["hembesok-antal"], reach["hembesok-per-1000"], reach["kontinuitetsindex-lakare"]) == (1, 12, 18)
    unlike = {key for key, months in reach.items() if months != definitions()[key].months}
    assert unlike == {"kontinuitetsindex-alla", "kontinuitetsindex-lakare", "upc-lakare"}


@pytest.mark.parametrize(
    ("key", "multiplier"),
    [
        ("hembesok-per-1000-listade", 12_000),  # visits are added up, the listed are a mean
        ("inhyrd-personal", 100),  # both are added up
        ("kontinuitetsindex-lakare", None),
        ("unika-patienter", None),  # persons are counted once
        ("hembesok-antal", None),  # a month already
        ("fortroende-vardcentral", None),  # only fetched
    ],
)
def test_a_rolling_value_is_told_of_each_month_in_its_own_size(key: str, multiplier: float | None) -> None:
    alone = each_alone(definitions()[key])
    assert (alone and (alone.months, alone.multiplier)) == (multiplier and (1, multiplier))


def test_limits_follow_the_denominator_and_are_told_in_values() -> None:
    found = judge(SERIES, direction=DesiredDirection.UP, target=95.0, chart=Chart.P_PRIME, factor=100.0)
    plain = process_chart([Observation(one.last, one.numerator, one.denominator) for one in SERIES], Manner(Chart.P_PRIME))
    assert found.chart is not None
    for point, raw, told in zip(found.chart.points, plain.points, SERIES, strict=True):
        assert point.value == pytest.approx(told.value)
        assert (point.lower, point.upper) == (pytest.approx(100 * (raw.lower or 0)), pytest.approx(100 * (raw.upper or 0)))
    widths = sorted(
        (told.denominator or 0, (point.upper or 0) - (point.lower or 0)) for told, point in zip(SERIES, found.chart.points, strict=True)
    )
    assert all(after[1] <= before[1] + 1e-9 for before, after in pairwise(widths))
    assert str(found.chart.assurance) == "consistent_fail"


def test_what_the_chart_has_no_place_for_is_drawn_by_xmr() -> None:
    halves = [Told(one.first, one.last, one.value, (one.numerator or 0) / 2, one.denominator) for one in SERIES]
    found = judge(halves, direction=DesiredDirection.UP, target=None, chart=Chart.P_PRIME, factor=100.0)
    assert found.chart is not None
    assert found.chart.manner.chart is Chart.XMR


def test_a_value_that_is_not_told_has_no_point() -> None:
    hidden = [Told(one.first, one.last, None) if number == 5 else one for number, one in enumerate(SERIES)]
    found = judge(hidden, direction=DesiredDirection.UP, target=None, chart=Chart.P_PRIME, factor=100.0)
    assert found.chart is not None
    assert found.chart.manner.chart is Chart.P_PRIME
    assert [point.value is None for point in found.chart.points] == [number == 5 for number in range(len(SERIES))]
