"""What must hold for any series."""

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from styrkedja.core.indicators.spc.kinds import Chart, PointType, Rule
from styrkedja.core.indicators.spc.process_chart import ProcessChart
from tests.core.indicators.spc.drawing import DOWN, NEUTRAL, START, UP, drawn, rules, types

SERIES = st.lists(st.integers(-1000, 1000), min_size=1, max_size=40)
MIRRORED = str.maketrans("ic", "ci")


def marks(chart: ProcessChart) -> list[tuple[object, ...]]:
    return [(point.side, point.near_limit, point.outside, point.rule) for point in chart.points]


@given(SERIES, st.integers(-6, 6))
def test_another_unit_changes_no_mark(values: list[int], power: int) -> None:
    """By a power of two, which float64 multiplies exactly."""
    assert marks(drawn([value * 2.0**power for value in values])) == marks(drawn(values))


@given(SERIES, st.integers(-3, 3))
def test_another_zero_changes_no_mark(values: list[int], step: int) -> None:
    """Both means are whole numbers of 1/n; on a border of a limit rounding may decide, and is let off."""
    first, moved = drawn(values), drawn([value + 1024 * step for value in values])
    borders = [
        abs(abs(point.value - point.centre) - share * (point.upper - point.centre))
        for point in first.points
        if point.value is not None and point.centre is not None and point.upper is not None
        for share in (1, 2 / 3)
    ]
    assume(all(border > 1e-6 for border in borders))
    assume(all(abs(point.value - point.centre) > 1e-6 or point.value == point.centre for point in first.points))  # type: ignore[operator]
    assert marks(moved) == marks(first)


@given(SERIES)
def test_the_mirror_image_has_the_mirrored_marks_but_where_a_tie_ends_a_trend(values: list[int]) -> None:
    first, mirrored = drawn(values, direction=UP), drawn([-value for value in values], direction=DOWN)
    assert rules(mirrored) == rules(first)
    for place, (one, other) in enumerate(zip(first.points, mirrored.points, strict=True)):
        tied = one.rule is Rule.TREND and place + 1 < len(values) and values[place] == values[place + 1]
        assert tied or one.type is other.type


@given(SERIES)
def test_the_other_direction_turns_improvement_into_concern_and_neutral_into_neither(values: list[int]) -> None:
    up, down, neutral = (drawn(values, direction=direction) for direction in (UP, DOWN, NEUTRAL))
    assert types(up) == types(down).translate(MIRRORED)
    assert types(neutral) == types(up).replace("i", "h").replace("c", "l")
    assert [point.type is PointType.COMMON for point in up.points] == [point.rule is Rule.NONE for point in up.points]


@given(SERIES, st.booleans())
def test_backwards_the_marks_are_backwards(values: list[int], screen: bool) -> None:
    """All but the type of a trend's points, which heads the way time goes. Sums may round in another order: the same integers do not."""
    first, back = drawn(values, screen=screen), drawn(values[::-1], screen=screen)
    near_border = any(
        abs(abs(value - point.centre) - share * (point.upper - point.centre)) < 1e-6
        for point, value in zip(first.points, values, strict=True)
        if point.centre is not None and point.upper is not None
        for share in (1, 2 / 3)
    )
    assume(not near_border)
    assert marks(back) == marks(first)[::-1]


@given(SERIES, SERIES)
def test_a_rebase_makes_two_series_of_one(before: list[int], after: list[int]) -> None:
    values, place = [*before, *after], len(before)
    whole = drawn(values, rebase=(START + timedelta(place),), direction=UP)
    parts = [drawn(part, direction=UP) for part in (values[:place], values[place:])]
    assert types(whole) == types(parts[0]) + types(parts[1])
    assert [point.upper for point in whole.points] == [point.upper for part in parts for point in part.points]


@given(st.lists(st.integers(-1000, 1000), min_size=12, max_size=30), st.lists(st.integers(-1000, 1000), max_size=10))
def test_frozen_limits_do_not_move_with_new_values(values: list[int], later: list[int]) -> None:
    before, after = (drawn(series, fix_after=12) for series in (values, [*values, *later]))
    assert {(point.centre, point.lower, point.upper) for point in after.points} == {
        (point.centre, point.lower, point.upper) for point in before.points
    }


@given(SERIES)
def test_screening_never_widens_the_limits(values: list[int]) -> None:
    screened, plain = (drawn(values, screen=screen).points[0] for screen in (True, False))
    assert screened.centre == plain.centre
    assert screened.upper is None or plain.upper is None or screened.upper <= plain.upper + 1e-9


COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 500)), min_size=1, max_size=30)


@given(COUNTS, st.sampled_from([Chart.U, Chart.U_PRIME, Chart.P, Chart.P_PRIME]))
def test_quotients_have_a_value_exactly_where_there_is_a_denominator(counts: list[tuple[int, int]], chart: Chart) -> None:
    pairs = [(min(count, size) if chart in {Chart.P, Chart.P_PRIME} else count, size) for count, size in counts]
    points = drawn([count for count, _size in pairs], [size for _count, size in pairs], chart=chart).points
    assert [point.value is None for point in points] == [size == 0 for _count, size in pairs]
    for point in points:
        if point.lower is not None and point.upper is not None and point.centre is not None:
            assert 0 <= point.lower <= point.centre <= point.upper
            assert chart in {Chart.U, Chart.U_PRIME} or point.upper <= 1


@given(COUNTS)
def test_equal_denominators_give_equal_limits(counts: list[tuple[int, int]]) -> None:
    points = drawn([count for count, _size in counts], [100] * len(counts), chart=Chart.U).points
    assert len({(point.lower, point.centre, point.upper) for point in points}) == 1
