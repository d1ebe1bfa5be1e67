"""Where names stand that are written beside their shape or edge."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from styrkedja.core.process.layout.geometry import Box, Point, segment_boxes
from styrkedja.core.process.layout.text import label_size

_AWAY = 4
_INTO_CORNER = (0, 12, -22)  # how far a name beside a gateway is moved towards the middle, or away from it
_PAST_SLASH = 14  # the mark of a default flow is drawn on the first few pixels of an edge
_ON_SHAPE, _ON_LABEL, _ON_EDGE, _ON_BORDER, _OUTSIDE = 40, 40, 12, 6, 25
_LATER_PLACE = 0.5
_APART = 12


class Placer:
    """Puts labels where they hide least, one after the other.

    `edges` are all edges of the map, `areas` its pool and lanes, `frame` what labels must stay within.
    """

    def __init__(self, shapes: Iterable[Box], edges: Iterable[Sequence[Point]], areas: Iterable[Box], frame: Box) -> None:
        self._shapes = list(shapes)
        self._segments = [box for points in edges for box in segment_boxes(points)]
        self._borders = [box for area in areas for box in segment_boxes(_outline(area))]
        self._frame = frame
        self._labels: list[Box] = []

    def beside_shape(self, name: str, shape: Box, *, above: bool) -> Box:
        """Above or below the middle of the shape; else in a corner, where the lines of a gateway do not run."""
        width, height = label_size(name)
        x, half = shape.centre[0], width // 2
        over, under = shape.y - _AWAY - height, shape.bottom + _AWAY
        first, second = (over, under) if above else (under, over)
        places = [Box(x - half, first, width, height), Box(x - half, second, width, height)]
        for shift in _INTO_CORNER:
            sides = (x + _AWAY + 2 + max(0, shift), x - _AWAY - 2 - max(0, shift) - width)
            places += [Box(left, top, width, height) for top in (over + shift, under - shift) for left in sides]
        return self._best(places)

    def beside_edge(self, name: str, points: Sequence[Point], *, default: bool) -> Box:
        """Near the beginning of the edge: over or under a level stretch, beside an upright one."""
        width, height = label_size(name)
        places: list[Box] = []
        for index, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
            away = _PAST_SLASH if default and index == 0 else _AWAY
            if ay == by:
                for left in _along(ax, bx, width, away):
                    places += [Box(left, ay - 2 - height, width, height), Box(left, ay + 2, width, height)]
            else:
                for top in _along(ay, by, height, away):
                    places += [Box(ax + _AWAY, top, width, height), Box(ax - _AWAY - width, top, width, height)]
        return self._best(places)

    def _best(self, places: Sequence[Box]) -> Box:
        best = min(range(len(places)), key=lambda index: self._cost(places[index]) + index * _LATER_PLACE)
        self._labels.append(places[best])
        return places[best]

    def _cost(self, place: Box) -> int:
        hidden = _ON_SHAPE * sum(place.overlaps(shape, 2) for shape in self._shapes)
        hidden += _ON_LABEL * sum(place.overlaps(label, 2) for label in self._labels)
        hidden += _ON_EDGE * sum(place.overlaps(segment) for segment in self._segments)
        hidden += _ON_BORDER * sum(place.overlaps(border) for border in self._borders)
        return hidden + _OUTSIDE * (not self._frame.contains(place))


def _along(begin: int, end: int, length: int, away: int) -> list[int]:
    """Where something of `length` may begin on the way from `begin` to `end`, the nearest first; at least one place."""
    count = max(1, (abs(end - begin) - length - away) // _APART + 1)
    if end > begin:
        return [begin + away + _APART * step for step in range(count)]
    return [begin - away - length - _APART * step for step in range(count)]


def _outline(box: Box) -> list[Point]:
    return [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)]


def sorted_by_room(names: Mapping[str, str]) -> list[str]:
    """The longest names first, since they find a place least easily."""
    return sorted(names, key=lambda key: (-len(names[key]), key))
