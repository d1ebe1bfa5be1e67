"""Anhøj's rules, against published tables and the counting of a published example."""

from itertools import groupby
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.indicators.spc.kinds import Chart
from styrkedja.core.indicators.spc.runs import fewest_crossings, runs
from tests.core.indicators.spc.drawing import DOWN, drawn, rules, types


# qicharts2 and Anhøj and Olesen 2014: 24 useful points have runs of at most 8 and at least 8 crossings; 13 points at most 7 and at least 3.
@pytest.mark.parametrize(
    ("useful", "longest", "crossings"), [(10, 6, 2), (11, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (60, 9, 23)]
)
def test_expected_runs_and_crossings_are_those_of_the_published_table(useful: int, longest: int, crossings: int) -> None:
    found = runs([1, -1] * (useful // 2) + [1] * (useful % 2))
    assert (found.longest_expected, found.crossings_expected) == (longest, crossings)


@given(st.integers(0, 200))
def test_the_fewest_crossings_are_the_fifth_percentile_of_the_binomial_distribution(useful: int) -> None:
    """The smallest k with P(X <= k) >= 0.05 for n - 1 throws of a coin, as R's qbinom(0.05, n - 1, 0.5)."""
    throws = max(useful - 1, 0)
    below = [sum(comb(throws, k) for k in range(least + 1)) / 2**throws for least in range(throws + 1)]
    assert fewest_crossings(useful) == next(k for k, share in enumerate(below) if share >= 0.05)


@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=60))
def test_runs_and_crossings_are_counted_over_the_points_beside_the_line(sides: list[int]) -> None:
    useful = [side for side in sides if side]
    lengths = [len(list(group)) for _side, group in groupby(useful)]
    found = runs(sides)
    assert (found.useful, found.longest, found.crossings) == (len(useful), max(lengths, default=0), max(len(lengths) - 1, 0))
    assert len(found.long) == sum(length for length in lengths if length > found.longest_expected)
    assert all(sides[place] for place in found.long)


def test_the_published_sequence_has_five_crossings_and_a_longest_run_of_three() -> None:
    """13 points that cross between 3 and 4, 6 and 7, 7 and 8, 9 and 10, 10 and 11 (Wentzel-Larsen and Anhøj, on crossrun)."""
    found = runs([1, 1, 1, -1, -1, -1, 1, -1, -1, 1, -1, -1, -1])
    assert (found.crossings, found.longest) == (5, 3)
    assert not found.too_few
    assert not found.too_long


def test_a_long_run_is_marked_whole_and_passes_over_the_median() -> None:
    values = [1, 9, 2, 8, 1, 9, 2, 8, 1, 2, 1, 2, 5, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 9, 8]
    chart = drawn(values, chart=Chart.RUN, direction=DOWN)
    assert chart.points[0].centre == 5
    assert {(point.lower, point.upper) for point in chart.points} == {(None, None)}
    found = chart.segments[0].runs
    assert found is not None
    assert (found.useful, found.longest, found.longest_expected) == (24, 8, 8)
    assert set(rules(chart)) == {"."}
    longer = drawn([*values, 1, 9, 1, 9], chart=Chart.RUN, direction=DOWN)
    assert set(rules(longer)) == {"."}
    # Nine low ones, the median among them passed over, of 26 beside it.
    low = drawn([9, 1, 2, 1, 2, 5, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 1, 8, 9, 8, 2, 9, 2, 8, 9, 2, 9], chart=Chart.RUN, direction=DOWN)
    assert rules(low)[1:11] == "ssss.sssss"
    assert types(low)[1:11] == "iiii.iiiii"
    assert types(drawn([point.value for point in low.points], chart=Chart.RUN))[1:11] == "llll.lllll"


def test_a_frozen_median_rests_on_the_first_points() -> None:
    chart = drawn([1, 2, 3] * 4 + [9] * 20, chart=Chart.RUN, fix_after=12)
    assert chart.points[-1].centre == 2
    assert rules(chart)[-20:] == "s" * 20
