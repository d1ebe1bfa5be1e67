"""Boxes and points of a map, in pixels at scale 1, and the drawn parts that they make up.

Every centre of a shape lies on a grid of `GRID` pixels, so that an edge can leave any shape in a straight line along the grid.
"""

from collections.abc import Iterable
from dataclasses import dataclass

GRID = 10

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int

    @staticmethod
    def around(centre: Point, width: int, height: int) -> "Box":
        return Box(centre[0] - width // 2, centre[1] - height // 2, width, height)

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2

    def overlaps(self, other: "Box", margin: int = 0) -> bool:
        """Do the boxes share more than a border, when `margin` is kept free between them?"""
        return (
            self.x < other.right + margin
            and other.x < self.right + margin
            and self.y < other.bottom + margin
            and other.y < self.bottom + margin
        )

    def contains(self, other: "Box") -> bool:
        return self.x <= other.x and self.y <= other.y and self.right >= other.right and self.bottom >= other.bottom


def segment_boxes(points: Iterable[Point]) -> list[Box]:
    """The straight pieces of an edge as boxes without thickness."""
    path = list(points)
    return [Box(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by)) for (ax, ay), (bx, by) in zip(path, path[1:], strict=False)]


def up_to_grid(length: int) -> int:
    """The smallest multiple of the grid that is not less than `length`."""
    return -(-length // GRID) * GRID


@dataclass(frozen=True)
class Shape:
    """A node as drawn. `ghost`: it belongs to another map and is drawn outside the pool to show where a flow leads."""

    node: str
    box: Box
    ghost: bool = False
    label: Box | None = None


@dataclass(frozen=True)
class Edge:
    """A flow as drawn: from the border of its source to the border of its target."""

    flow: str
    points: tuple[Point, ...]
    label: Box | None = None


@dataclass(frozen=True)
class Diagram:
    """One map. `lanes` from top to bottom, by lane id."""

    id: str
    name: str
    pool: Box
    lanes: tuple[tuple[str, Box], ...]
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
