"""Which points a rule holds for, against the vectors of NHSRplotthedots' own tests (test-ptd_calculate_point_type.R) and more."""

import pytest

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.kinds import PointType, Rule
from styrkedja.core.indicators.spc.limits import Limits
from styrkedja.core.indicators.spc.rules import in_windows, mark, point_type, trends, two_of_three
from tests.core.indicators.spc.drawing import DOWN, NEUTRAL, UP

ALL = frozenset(Rule)


def marked(values: list[float], rules: frozenset[Rule] = ALL) -> list[tuple[str, int]]:
    """Rule and heading of each point about a centre of 0 with limits at ±90, near from ±60."""
    level = [[line] * len(values) for line in (0.0, -90.0, 90.0, -60.0, 60.0)]
    return [(one.rule.value, one.heading) for one in mark(values, Limits(*level), rules)]


def of(values: list[float]) -> str:
    return "".join({"none": ".", "two_of_three": "2"}.get(rule, rule[0]) for rule, _heading in marked(values))


def ways(values: list[float]) -> str:
    return "".join({1: "+", -1: "-", 0: "."}[heading] for _rule, heading in marked(values))


@pytest.mark.parametrize(
    ("sides", "wanted"),
    [
        ([], []),
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [1] * 8 + [0]),
        ([-1] * 8 + [1], [1] * 8 + [0]),
        ([0] * 8, [0] * 8),
        ([1, 1, 1, 0, 1, 1, 1], [0] * 7),
    ],
)
def test_seven_on_one_side_are_all_part_of_a_shift(sides: list[int], wanted: list[int]) -> None:
    assert in_windows(sides, 7) == [bool(one) for one in wanted]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1, 2, 3, 4, 5, 6], "......"),
        ([1, 2, 3, 3, 4, 5, 6], "......."),
        ([1, 2, 3, 4, 5, 6, 7], "ttttttt"),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], ".ttttttt."),
        ([7, 6, 5, 4, 3, 2, 1], "ttttttt"),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], ".ttttttt."),
    ],
)
def test_all_seven_points_of_a_trend_are_part_of_it_and_a_tie_breaks_it(values: list[float], wanted: str) -> None:
    assert "".join("t" if one else "." for one in trends([(b > a) - (b < a) for a, b in zip(values, values[1:], strict=False)])) == wanted


@pytest.mark.parametrize(
    ("near", "sides", "wanted"),
    [
        ([0, 0, 0], [0, 0, 0], [0, 0, 0]),
        ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
        ([0, 1, 1], [1, 1, 1], [0, 1, 1]),
        ([1, 1, 0], [1, 1, 1], [1, 1, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 0, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [0, 0, 1, 1, 0, 0, 0]),
        ([1, 0, 0, 1], [1] * 4, [0] * 4),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 0, 1, 1]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 1, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1, -1, 1, -1, 1, -1, 1], [0] * 7),
        ([0, 0, 1, 1, 0, 0, 0], [-1, 1, -1, 1, -1, 1, -1], [0] * 7),
        ([1, 1], [1, 1], [0, 0]),
    ],
)
def test_two_of_three_are_the_near_ones_when_all_three_lie_on_the_same_side(near: list[int], sides: list[int], wanted: list[int]) -> None:
    assert two_of_three([bool(one) for one in near], sides) == [bool(one) for one in wanted]


def test_two_in_a_row_near_need_a_third_on_their_side() -> None:
    assert of([70, 70]) == ".."
    assert of([70, 70, -1]) == "..."
    assert of([70, 70, 1]) == "22."
    assert of([70, 0, 70]) == "..."


def test_a_point_outside_is_not_near() -> None:
    assert of([91, 70, 1]) == "o.."
    assert of([91, 70, 70]) == "o22"
    assert of([90, 70, 1]) == "22."


def test_a_trend_heads_its_own_way_on_both_sides_of_the_centre_and_its_top_as_what_follows() -> None:
    rise_and_fall = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 1.5, 0.5, -0.5, -1.5, -2.5, -3.5]
    assert of(rise_and_fall) == "t" * 13
    assert ways(rise_and_fall) == "++++++-------"


def test_where_two_trends_meet_the_step_between_them_decides_as_published() -> None:
    """NHSRplotthedots looks at the step to the next point when that is part of a trend, and takes all but a rise for a fall."""
    up = [1.0, 2, 3, 4, 5, 6, 7]
    assert ways([*up, *up]) == "++++++-+++++++"
    assert ways([*up, *(one + 6 for one in up)]) == "++++++-+++++++"
    assert ways([-one for one in (*up, *up)]) == "------+-------"
    assert ways([-one for one in (*up, *(one + 6 for one in up))]) == "-" * 14


def test_a_point_has_the_first_rule_that_it_is_part_of() -> None:
    assert of([1, 2, 3, 4, 5, 6, 91]) == "tttttto"
    assert of([61, 62, 63, 64, 65, 66, 67]) == "ttttttt"
    assert of([1, 2, 1, 2, 1, 70, 71]) == "sssss22"
    assert of([1, 2, 1, 2, 1, 2, 1]) == "sssssss"


def test_only_the_rules_that_are_asked_for_hold() -> None:
    values: list[float] = [1, 2, 3, 4, 5, 6, 91]
    assert [rule for rule, _heading in marked(values, frozenset({Rule.SHIFT}))] == ["shift"] * 7
    assert [rule for rule, _heading in marked(values, frozenset())] == ["none"] * 7


@pytest.mark.parametrize(
    ("heading", "direction", "wanted"),
    [
        (0, UP, PointType.COMMON),
        (1, UP, PointType.IMPROVEMENT),
        (-1, UP, PointType.CONCERN),
        (1, DOWN, PointType.CONCERN),
        (-1, DOWN, PointType.IMPROVEMENT),
        (1, NEUTRAL, PointType.NEUTRAL_HIGH),
        (-1, NEUTRAL, PointType.NEUTRAL_LOW),
        (0, NEUTRAL, PointType.COMMON),
    ],
)
def test_the_direction_says_what_a_point_is(heading: int, direction: DesiredDirection, wanted: PointType) -> None:
    assert point_type(heading, direction) is wanted
