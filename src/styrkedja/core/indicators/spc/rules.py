"""Which points are part of something that chance does not make.

As NHSRplotthedots 0.2.2 finds them (ptd_calculate_point_type.R): every point of seven that rise or fall, or that lie on one side of the centre, is
part of it; of two in three near a limit only those that are near. A point that is part of several has the first in the order of `Rule`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.kinds import PointType, Rule
from styrkedja.core.indicators.spc.limits import Limits

LONG = 7


@dataclass(frozen=True)
class Mark:
    """Of a point: its side of the centre (1, 0, -1; None for no value), near (but inside) a limit, outside, and the rule with where it points."""

    side: int | None
    near: bool
    outside: bool
    rule: Rule
    heading: int


def mark(values: Sequence[float], limits: Limits, rules: frozenset[Rule]) -> list[Mark]:
    """The marks of a stretch's points, by those of the rules that are asked for."""
    sides = [sign(value - centre) for value, centre in zip(values, limits.centre, strict=True)]
    above = [value > upper for value, upper in zip(values, limits.upper, strict=True)]
    outside = [over or value < lower for over, value, lower in zip(above, values, limits.lower, strict=True)]
    near = [
        not out and (value < lower or value > upper)
        for out, value, lower, upper in zip(outside, values, limits.near_lower, limits.near_upper, strict=True)
    ]
    steps = [sign(after - before) for before, after in pairwise(values)]
    rising = trends(steps)
    # In the order of Rule, each with the points it holds for and where it points at them.
    held = (
        (Rule.OUTSIDE, outside, [1 if over else -1 for over in above]),
        (Rule.TREND, rising, headings(steps, rising)),
        (Rule.TWO_OF_THREE, two_of_three(near, sides), sides),
        (Rule.SHIFT, in_windows(sides, LONG), sides),
    )
    asked = [one for one in held if one[0] in rules]
    found = [next(((rule, to[place]) for rule, of, to in asked if of[place]), (Rule.NONE, 0)) for place in range(len(values))]
    known = [side if value == value else None for side, value in zip(sides, values, strict=True)]
    return [Mark(side, close, out, *what) for side, close, out, what in zip(known, near, outside, found, strict=True)]


def trends(steps: Sequence[int]) -> list[bool]:
    """For each point, whether it is part of six steps in a row the same way; a tie is no way."""
    inside = in_windows(steps, LONG - 1)
    return [*(inside[:1] or [False]), *(before or after for before, after in pairwise(inside)), *(inside[-1:])] if steps else [False]


def headings(steps: Sequence[int], trend: Sequence[bool]) -> list[int]:
    """Which way each point of a trend heads: by the step to the next point when that is part of a trend too, else by the step to it.

    So the top of a rise that turns into a fall heads down. Where a trend ends and the next point begins another one, the step between them decides;
    if that is a tie, down. NHSRplotthedots does the same, and we follow it in what it colours.
    """
    ahead = [after and now for now, after in zip(trend, [*trend[1:], False], strict=True)]
    chosen = [steps[place] if onward else steps[place - 1] if place else 0 for place, onward in enumerate(ahead)]
    return [1 if step == 1 else -1 for step in chosen]


def two_of_three(near: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    """For each point, whether it is near a limit, and so is another of three in a row that all lie on the same side of the centre."""
    found = [False] * len(near)
    for start in range(len(near) - 2):
        window = range(start, start + 3)
        if sum(near[place] for place in window) >= 2 and abs(sum(sides[place] for place in window)) == 3:
            for place in window:
                found[place] |= near[place]
    return found


def in_windows(signs: Sequence[int], length: int) -> list[bool]:
    """For each place, whether it is part of so many equal signs in a row, not zero."""
    found = [False] * len(signs)
    for start in _windows(signs, length):
        found[start : start + length] = [True] * length
    return found


def _windows(signs: Sequence[int], length: int) -> Iterator[int]:
    for start in range(len(signs) - length + 1):
        if abs(sum(signs[start : start + length])) == length:
            yield start


def sign(difference: float) -> int:
    """1, 0 or -1; 0 for NaN."""
    return (difference > 0) - (difference < 0)


def point_type(heading: int, direction: DesiredDirection) -> PointType:
    """What a point says that heads up (1), down (-1) or nowhere (0)."""
    if not heading:
        return PointType.COMMON
    if direction is DesiredDirection.NEUTRAL:
        return PointType.NEUTRAL_HIGH if heading > 0 else PointType.NEUTRAL_LOW
    return PointType.IMPROVEMENT if (heading > 0) == (direction is DesiredDirection.UP) else PointType.CONCERN
