"""XmR against published figures of NHSRplotthedots and a slow reference in exact fractions."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from styrkedja.core.indicators.spc.kinds import Assurance, Rule
from styrkedja.core.indicators.spc.process_chart import Point
from styrkedja.core.indicators.spc.series import Manner
from tests.core.indicators.spc.drawing import DOWN, NEUTRAL, START, UP, Slow, drawn, rules, types

# NHSRplotthedots, vignettes/deviations.Rmd: one outlier, with and without screening; the captions say UPL, mean and LPL with two decimals.
VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# The first twenty of R's rnorm after set.seed(123), which its tests and their snapshots (_snaps/ptd_spc_standard.md, ptd_spc.md) are made of.
RNORM = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197,
    1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip


def lines(point: Point) -> tuple[float, ...]:
    assert point.centre is not None
    assert point.lower is not None
    assert point.upper is not None
    return point.lower, point.centre, point.upper


@pytest.mark.parametrize(("screen", "wanted"), [(True, (-0.72, 1.94, 4.60)), (False, (-3.06, 1.94, 6.95))])
def test_limits_are_those_of_the_published_vignette(screen: bool, wanted: tuple[float, ...]) -> None:
    chart = drawn(VIGNETTE, direction=UP, screen=screen)
    assert [round(line, 2) for line in lines(chart.points[0])] == list(wanted)
    assert rules(chart) == "....o............."
    assert types(chart) == "....i............."


@pytest.mark.parametrize(
    ("outlier", "screen", "wanted"),
    [
        (None, True, (-3.01138, 0.1416238, 3.294627)),
        (10.0, True, (-2.383666, 0.6694159, 3.722497)),
        (10.0, False, (-4.596625, 0.6694159, 5.935457)),
    ],
)
def test_limits_are_those_of_the_published_snapshots(outlier: float | None, screen: bool, wanted: tuple[float, ...]) -> None:
    values = [*RNORM[:14], RNORM[14] if outlier is None else outlier, *RNORM[15:]]
    assert lines(drawn(values, screen=screen).points[0]) == pytest.approx(wanted, abs=5e-7, rel=2e-7)


def test_a_rebase_gives_each_half_the_limits_of_the_published_facets() -> None:
    chart = drawn(RNORM, rebase=(START + timedelta(10),))
    assert [round(line, 2) for line in lines(chart.points[0])] == [-2.60, 0.07, 2.75]
    assert [round(line, 2) for line in lines(chart.points[-1])] == [-3.28, 0.21, 3.70]
    assert [(one.start, one.stop, one.values) for one in chart.segments] == [(0, 10, 10), (10, 20, 10)]


def test_two_near_points_on_different_sides_are_common_as_published() -> None:
    chart = drawn([*[1, -1] * 7, 5.5, -5.5], direction=UP)
    assert types(chart)[-2:] == ".."


def test_frozen_limits_rest_on_the_first_points_only() -> None:
    values = [10, 12] * 6 + [30] * 3
    chart = drawn(values, fix_after=12, direction=UP)
    assert lines(chart.points[0]) == lines(chart.points[-1])
    assert lines(chart.points[0]) == pytest.approx((11 - 2.66 * 2, 11, 11 + 2.66 * 2), rel=1e-15)
    assert rules(chart) == "............ooo"
    assert chart.segments[0].frozen
    with pytest.raises(ValueError, match="12"):
        Manner(fix_after=11)


def test_equal_values_have_no_limits_when_screened_and_narrow_ones_when_not() -> None:
    screened = drawn([0.1] * 15, direction=UP, target=0.2)
    assert {(point.centre, point.lower, point.upper, point.rule) for point in screened.points} == {(0.1, None, None, Rule.NONE)}
    assert screened.assurance is None
    plain = drawn([0.1] * 15, direction=UP, target=0.2, screen=False)
    assert {(point.centre, point.lower, point.upper, point.rule) for point in plain.points} == {(0.1, 0.1, 0.1, Rule.NONE)}
    assert plain.assurance is Assurance.CONSISTENT_FAIL


def test_one_value_has_a_mean_and_no_limits() -> None:
    chart = drawn([5.0], direction=UP, target=1)
    assert (chart.points[0].centre, chart.points[0].lower, chart.points[0].side, chart.assurance) == (5.0, None, 0, None)


def test_a_missing_value_breaks_what_goes_through_it_and_counts_nowhere() -> None:
    values = [5.0, 1, 5, 1, 2, 3, 4, 5, 6, 7, 1, 5, 1]
    assert rules(drawn(values)) == "...ttttttt..."
    chart = drawn([*values[:6], None, *values[7:]])
    assert rules(chart) == "............."
    assert (chart.points[6].value, chart.points[6].side, chart.points[6].near_limit) == (None, None, False)
    assert chart.points[0].centre == pytest.approx(42 / 12)
    assert chart.points[0].upper == pytest.approx(42 / 12 + 2.66 * 30 / 10)
    assert chart.segments[0].values == 12


@pytest.mark.parametrize(
    ("direction", "target", "wanted"),
    [
        (UP, 20.0, Assurance.CONSISTENT_FAIL),
        (UP, 10.0, Assurance.INCONSISTENT),
        (UP, 0.0, Assurance.CONSISTENT_PASS),
        (DOWN, 20.0, Assurance.CONSISTENT_PASS),
        (DOWN, 0.0, Assurance.CONSISTENT_FAIL),
        (NEUTRAL, 20.0, None),
        (UP, None, None),
    ],
)
def test_the_target_is_held_against_the_last_limits(direction: object, target: float | None, wanted: Assurance | None) -> None:
    values = [100, 101] * 7 + [10, 11] * 7
    assert drawn(values, direction=direction, target=target, rebase=(START + timedelta(14),)).assurance is wanted


def test_a_target_on_the_limit_is_within_it() -> None:
    upper = drawn(RNORM).points[0].upper
    assert drawn(RNORM, direction=UP, target=upper).assurance is Assurance.INCONSISTENT


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=30), st.booleans())
def test_every_mark_is_that_of_the_slow_reference(values: list[int], screen: bool) -> None:
    slow = Slow([Fraction(value) for value in values], screen)
    if slow.size:
        offs = [abs(value - slow.mean) / slow.size for value in slow.values]
        # On a border, float64 and exact fractions may differ: there is no truth to compare with.
        assume(all(abs(off - border) > 1e-9 for off in offs for border in (2.66, 2.66 * 2 / 3)))
    chart = drawn(values, direction=UP, screen=screen)
    assert [point.rule for point in chart.points] == [slow.rule(place) for place in range(len(values))]
    assert [point.side for point in chart.points] == [slow.side(place) for place in range(len(values))]
    assert [point.near_limit for point in chart.points] == [slow.near(place) for place in range(len(values))]
    assert types(chart) == "".join({0: ".", 1: "i", -1: "c"}[slow.heading(place)] for place in range(len(values)))
    assert chart.points[0].centre == pytest.approx(float(slow.mean), rel=1e-14, abs=1e-14)
    if slow.size is not None:
        assert chart.points[0].upper == pytest.approx(float(slow.mean + Fraction("2.66") * slow.size), rel=1e-14, abs=1e-13)
