"""Means are rounded once, and ranges leave gaps out."""

from fractions import Fraction
from math import isnan, nan, ulp

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from styrkedja.core.indicators.spc.averages import divided, mean, middle, moving_ranges, total, typical_range
from tests.core.indicators.spc.drawing import drawn, rules

FLOATS = st.floats(-1e9, 1e9, allow_nan=False)


@given(st.lists(FLOATS, min_size=1, max_size=60))
@example([0.0, 73741825.0, 999999999.9999999, -7.222892367515433e-26])
def test_the_mean_is_the_float_nearest_to_the_true_one(values: list[float]) -> None:
    true = sum(map(Fraction, values), Fraction()) / len(values)
    # Under this the last bits of a float have no room.
    if abs(true) > 1e-250:
        found = mean(values)
        # Halfway between two floats either is near enough: what would decide is smaller than what is kept of the rounding.
        assert abs(Fraction(found) - true) <= Fraction(ulp(found)) / 2 * (1 + Fraction(1, 2**50))


@given(FLOATS, st.integers(1, 500))
def test_equal_values_have_themselves_as_mean(value: float, count: int) -> None:
    assert mean([value] * count) == value


@given(st.lists(st.lists(FLOATS, min_size=4, max_size=4), min_size=1, max_size=20))
def test_arrays_are_added_as_their_places_are(rows: list[list[float]]) -> None:
    count = float(len(rows))
    together = divided(*total(map(np.array, rows), np.zeros(4)), np.full(4, count))
    assert list(together) == [divided(*total(column, 0.0), count) for column in zip(*rows, strict=True)]


def test_what_is_not_there_counts_nowhere() -> None:
    assert mean([1, nan, 3]) == 2
    assert middle([5, nan, 1, 3]) == 3
    assert isnan(mean([nan]))
    assert isnan(middle([]))
    assert [size for size in moving_ranges([1, 4, nan, 2, 8]) if not isnan(size)] == [3, 6]


@pytest.mark.parametrize(("screen", "wanted"), [(True, 1.0), (False, 17 / 12)])
def test_ranges_of_3_267_times_the_mean_or_more_are_screened_once(screen: bool, wanted: float) -> None:
    values = [0.0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 6, 7]
    assert typical_range(values, screen=screen) == wanted


def test_a_value_on_a_border_falls_as_in_nhsrplotthedots() -> None:
    """In decimals 0.61 is exactly two thirds of the way to the lower limit; how the means are rounded decides. R's rounding makes it near."""
    values = [0.0, 1.0, -0.51, -1.39, -0.39, 0.61, 0.61, 1.61, 1.68, 2.32, 3.32, 4.32, 5.32, 6.32, 7.32]
    chart = drawn(values)
    assert [place for place, point in enumerate(chart.points) if point.near_limit] == [0, 5, 6, 11]
    assert rules(chart)[5:7] == "2t"
