"""The charts of many series at once are, to the last bit, those of each alone."""

from datetime import timedelta
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as invented

from styrkedja.core.indicators.spc import matrix
from styrkedja.core.indicators.spc.matrix import AIMS, ASSURANCES, RULES, TYPES, MatrixCharts, matrix_charts
from tests.core.indicators.spc.drawing import START, drawn

DIRECTIONS = {aim: direction for direction, aim in AIMS.items()}
NUMBERS = st.one_of(
    st.integers(-5, 5).map(float),
    st.floats(-1e6, 1e6, allow_nan=False, width=32),
    st.floats(-1e3, 1e3, allow_nan=False).map(lambda value: round(value, 1)),
    st.just(float("nan")),
)


def known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def row_of(found: MatrixCharts, series: int) -> list[tuple[object, ...]]:
    """What the matrix says of each point of a series, in the words of a single chart."""
    return [
        (
            known(found.centre[series, found.stretch[point]]),
            known(found.lower[series, found.stretch[point]]),
            known(found.upper[series, found.stretch[point]]),
            int(found.side[series, point]),
            bool(found.near[series, point]),
            bool(found.outside[series, point]),
            RULES[found.rule[series, point]],
            TYPES[found.type[series, point]],
        )
        for point in range(len(found.stretch))
    ]


@given(
    invented.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 40)), elements=NUMBERS),
    st.data(),
)
def test_each_series_is_as_when_it_is_drawn_alone(values: matrix.Floats, data: st.DataObject) -> None:
    series, points = values.shape
    aims = data.draw(invented.arrays(np.int8, series, elements=st.integers(-1, 1)))
    targets = data.draw(invented.arrays(np.float64, series, elements=NUMBERS))
    rebase = data.draw(st.lists(st.integers(0, points), max_size=3))
    fix_after, screen = data.draw(st.sampled_from([None, 12, 20])), data.draw(st.booleans())
    found = matrix_charts(values, aims, targets=targets, rebase=rebase, fix_after=fix_after, screen=screen)
    for place in range(series):
        alone = drawn(
            [known(value) for value in values[place]],
            direction=DIRECTIONS[int(aims[place])],
            target=known(targets[place]),
            rebase=tuple(START + timedelta(day) for day in rebase),
            fix_after=fix_after,
            screen=screen,
        )
        single = [
            (one.centre, one.lower, one.upper, one.side or 0, one.near_limit, one.outside, one.rule, one.type) for one in alone.points
        ]
        assert row_of(found, place) == single
        assert ASSURANCES[found.assurance[place]] == alone.assurance


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random walks with trends and shifts, in one block and in blocks of seven."""
    chance = np.random.default_rng(5)
    values = np.cumsum(chance.normal(size=(50, 36)), axis=1)
    aims = chance.integers(-1, 2, 50).astype(np.int8)
    whole = matrix_charts(values, aims, targets=np.zeros(50))
    monkeypatch.setattr(matrix, "_BLOCK", 7)
    parts = matrix_charts(values, aims, targets=np.zeros(50))
    for name, array in vars(whole).items():
        np.testing.assert_array_equal(array, getattr(parts, name))
    assert {RULES[code] for code in np.unique(whole.rule)} == set(RULES)
    assert {TYPES[code] for code in np.unique(whole.type)} == set(TYPES)


def test_fewer_than_twelve_fixed_points_are_refused() -> None:
    with pytest.raises(ValueError, match="12"):
        matrix_charts(np.zeros((1, 20)), np.zeros(1, dtype=np.int8), fix_after=11)
