"""Limits of funnel plots: against distributions summed term by term, and at the edges."""

from math import comb, exp, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators.funnel import INNER, OUTER, Funnel, FunnelKind, FunnelZone, Unit, funnel, limits

LEVELS = (OUTER[0], *INNER, OUTER[1])


def slow(chances: list[float], level: float) -> float:
    """Spiegelhalter 2005, A.1.1, read word by word: r is the smallest count with P(R <= r) >= p, and α what it overshoots by."""
    total = 0.0
    for count, chance in enumerate(chances):
        total += chance
        if total >= level:
            return count - (total - level) / chance
    raise AssertionError


@given(size=st.integers(1, 200), share=st.floats(0.02, 0.98))
@settings(max_examples=60, deadline=None)
def test_shares_as_the_binomial_distribution_summed(size: int, share: float) -> None:
    chances = [comb(size, count) * share**count * (1 - share) ** (size - count) for count in range(size + 1)]
    found = vars(limits(share, size, FunnelKind.BINOMIAL)).values()
    for limit, level in zip(found, LEVELS, strict=True):
        assert limit == pytest.approx(max(0, slow(chances, level) / size), abs=1e-9)


@given(size=st.floats(1, 500), rate=st.floats(0.01, 0.1))
@settings(max_examples=60, deadline=None)
def test_rates_as_the_poisson_distribution_summed(size: float, rate: float) -> None:
    mean = size * rate
    chances = [exp(-mean) * mean**count / factorial(count) for count in range(160)]
    found = vars(limits(rate, size, FunnelKind.POISSON)).values()
    for limit, level in zip(found, LEVELS, strict=True):
        assert limit == pytest.approx(max(0, slow(chances, level) / size), abs=1e-9)


def test_a_large_unit_has_the_limits_of_the_normal_distribution() -> None:
    found = limits(0.5, 1_000_000, FunnelKind.BINOMIAL)
    assert found.inner_upper == pytest.approx(0.5 + 1.959964 * 0.0005, abs=1e-6)
    assert found.outer_lower == pytest.approx(0.5 - 3.090232 * 0.0005, abs=1e-6)


def test_limits_narrow_as_units_grow() -> None:
    small, large = (limits(0.3, size, FunnelKind.BINOMIAL) for size in (40, 400))
    assert small.outer_lower < large.outer_lower < large.inner_lower < 0.3 < large.inner_upper < large.outer_upper < small.outer_upper


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_everybody_is_alike_the_limits_are_the_value(share: float) -> None:
    assert set(vars(limits(share, 50, FunnelKind.BINOMIAL)).values()) == {share}


def test_units_are_placed_by_zone() -> None:
    units = [Unit(50, 100), Unit(505, 1000), Unit(20, 100), Unit(61, 100)]
    found = funnel(units, FunnelKind.BINOMIAL)
    zones = (FunnelZone.WITHIN, FunnelZone.WITHIN, FunnelZone.OUTSIDE, FunnelZone.BETWEEN)
    assert found == Funnel(FunnelKind.BINOMIAL, 636 / 1300, zones)
