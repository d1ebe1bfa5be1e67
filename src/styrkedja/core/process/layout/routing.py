"""How the edges of a map run: along horizontal and vertical lines between the shapes, short, with few bends and few crossings.

Every shape gives a few lines: through its middle and some ten pixels outside each side. Edges run along these lines from crossing to crossing; the
cheapest way is found with A*. All edges are drawn once, then each is taken up and drawn again with the others in place, since the first ones
could not know of the last.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from styrkedja.core.process.layout.geometry import GRID, Box, Point, up_to_grid

_ROUNDS = 2
_BEND = 8.0
_CROSSING = 12.0
_OVERLAP = 8.0  # per pixel and edge; sharing the last stretch into one target costs almost nothing
_TRUNK = 0.05
_THROUGH_LABEL = 0.5  # per pixel
_BACKWARDS = 60.0  # leaving a shape to the left or entering it from the right
_SIDEWAYS = 4.0
_TAKEN_PORT = 25.0
_SHARED_ENTRY = 6.0

_RIGHT, _DOWN, _LEFT, _UP = range(4)
_STEP = {_RIGHT: (1, 0), _DOWN: (0, 1), _LEFT: (-1, 0), _UP: (0, -1)}

Vertex = tuple[int, int]  # indexes of a vertical and a horizontal line
State = tuple[Vertex, int]


@dataclass(frozen=True)
class Wire:
    """An edge to be drawn, from the shape `source` to the shape `target`, which are keys of the boxes of the map, no further right than `limit`."""

    id: str
    source: str
    target: str
    limit: int


@dataclass(frozen=True)
class _Way:
    vertices: tuple[Vertex, ...]
    leaves: int
    enters: int


def route(wires: Sequence[Wire], boxes: Mapping[str, Box], labels: Iterable[Box], frame: Box) -> dict[str, tuple[Point, ...]]:
    """The corners of each edge, its ends on the borders of its shapes. `frame` is the area that edges may use.

    Needs every middle on the grid, and 30 pixels between any two boxes and between a box and the frame. Raises LookupError when there is no way.
    """
    board = _Board(boxes, list(labels), frame)
    order = sorted(wires, key=lambda wire: (_distance(boxes[wire.source].centre, boxes[wire.target].centre), wire.id))
    for _ in range(_ROUNDS):
        for wire in order:
            board.remove(wire)
            board.draw(wire)
    return {wire.id: board.points(wire) for wire in wires}


def _distance(a: Point, b: Point) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _side(box: Box, side: int) -> Point:
    """The middle of a side."""
    x, y = box.centre
    return {_RIGHT: (box.right, y), _DOWN: (x, box.bottom), _LEFT: (box.x, y), _UP: (x, box.y)}[side]


def _reach(box: Box) -> tuple[int, int]:
    """How far from its middle the lines outside a box run: at least ten pixels from its border, and on the grid."""
    return up_to_grid(box.width // 2 + GRID), up_to_grid(box.height // 2 + GRID)


def _outside(box: Box, side: int) -> Point:
    """Where a line through the middle of a box meets the line outside its side."""
    (x, y), (reach_x, reach_y), (dx, dy) = box.centre, _reach(box), _STEP[side]
    return x + dx * reach_x, y + dy * reach_y


class _Board:
    """The lines, what is in the way, and the edges drawn so far."""

    def __init__(self, boxes: Mapping[str, Box], labels: Sequence[Box], frame: Box) -> None:
        self._boxes, self._labels = boxes, labels
        crossings = [box.centre for box in boxes.values()] + [_outside(box, side) for box in boxes.values() for side in _STEP]
        xs = {x for x, _ in crossings} | {frame.x, frame.right}
        ys = {y for _, y in crossings} | {frame.y, frame.bottom}
        self._xs = sorted(x for x in xs if frame.x <= x <= frame.right)
        self._ys = sorted(y for y in ys if frame.y <= y <= frame.bottom)
        self._column = {x: i for i, x in enumerate(self._xs)}
        self._row = {y: i for i, y in enumerate(self._ys)}
        self._blocked = {vertex for box in boxes.values() for vertex in self._near(box)}
        self._ways: dict[str, _Way] = {}
        self._along: dict[tuple[Vertex, Vertex], dict[str, str]] = defaultdict(dict)
        self._across: dict[tuple[Vertex, bool], set[str]] = defaultdict(set)
        self._ports: dict[tuple[str, int], dict[str, bool]] = defaultdict(dict)

    def draw(self, wire: Wire) -> None:
        way = self._cheapest(wire)
        self._ways[wire.id] = way
        for a, b in pairwise(way.vertices):
            self._along[min(a, b), max(a, b)][wire.id] = wire.target
            for vertex in (a, b):
                self._across[vertex, a[1] == b[1]].add(wire.id)
        self._ports[wire.source, way.leaves][wire.id] = True
        self._ports[wire.target, way.enters][wire.id] = False

    def remove(self, wire: Wire) -> None:
        way = self._ways.pop(wire.id, None)
        if way is None:
            return
        for a, b in pairwise(way.vertices):
            self._along[min(a, b), max(a, b)].pop(wire.id, None)
            for vertex in (a, b):
                self._across[vertex, a[1] == b[1]].discard(wire.id)
        self._ports[wire.source, way.leaves].pop(wire.id, None)
        self._ports[wire.target, way.enters].pop(wire.id, None)

    def points(self, wire: Wire) -> tuple[Point, ...]:
        way = self._ways[wire.id]
        ends = _side(self._boxes[wire.source], way.leaves), _side(self._boxes[wire.target], way.enters)
        path = [ends[0], *(self._point(vertex) for vertex in way.vertices), ends[1]]
        corners = [path[0]]
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
                corners.append(here)
        return (*corners, path[-1])

    def _near(self, box: Box) -> Iterator[Vertex]:
        """The crossings inside a box or too near to it."""
        (middle_x, middle_y), (reach_x, reach_y) = box.centre, _reach(box)
        columns = [i for i, x in enumerate(self._xs) if abs(x - middle_x) < reach_x]
        rows = [i for i, y in enumerate(self._ys) if abs(y - middle_y) < reach_y]
        return ((column, row) for column in columns for row in rows)

    def _point(self, vertex: Vertex) -> Point:
        return self._xs[vertex[0]], self._ys[vertex[1]]

    def _gates(self, shape: str) -> Iterator[tuple[int, Vertex]]:
        """The sides of a shape with the crossing just outside."""
        for side in _STEP:
            x, y = _outside(self._boxes[shape], side)
            vertex = self._column.get(x, -1), self._row.get(y, -1)
            if -1 not in vertex and vertex not in self._blocked:
                yield side, vertex

    def _cheapest(self, wire: Wire) -> _Way:
        goals = {vertex: (side, self._entering(wire, side)) for side, vertex in self._gates(wire.target)}
        costs: dict[State, float] = {}
        came: dict[State, State] = {}
        queue: list[tuple[float, float, State]] = []
        for side, vertex in self._gates(wire.source):
            costs[vertex, side] = self._leaving(wire, side)
            heappush(queue, (costs[vertex, side] + self._remaining(vertex, goals), costs[vertex, side], (vertex, side)))
        best: tuple[float, State] | None = None
        while queue and (best is None or queue[0][0] < best[0]):
            _, cost, state = heappop(queue)
            if cost > costs[state]:
                continue
            if state[0] in goals and (best is None or cost + self._arrival(state, goals) < best[0]):
                best = cost + self._arrival(state, goals), state
            for following, step in self._moves(wire, state):
                if cost + step < costs.get(following, float("inf")):
                    costs[following], came[following] = cost + step, state
                    heappush(queue, (cost + step + self._remaining(following[0], goals), cost + step, following))
        if best is None:
            raise LookupError(f"no way for the flow {wire.id}")
        return self._way(best[1], came, goals)

    def _way(self, state: State, came: Mapping[State, State], goals: Mapping[Vertex, tuple[int, float]]) -> _Way:
        enters = goals[state[0]][0]
        vertices = [state[0]]
        while state in came:
            state = came[state]
            vertices.append(state[0])
        return _Way(tuple(reversed(vertices)), state[1], enters)

    def _remaining(self, vertex: Vertex, goals: Iterable[Vertex]) -> float:
        return min(_distance(self._point(vertex), self._point(goal)) for goal in goals) / GRID

    def _arrival(self, state: State, goals: Mapping[Vertex, tuple[int, float]]) -> float:
        side, cost = goals[state[0]]
        inward = (side + 2) % 4
        turn = (state[1] - inward) % 4
        return cost + (0.0 if turn == 0 else 1000.0 if turn == 2 else _BEND)

    def _moves(self, wire: Wire, state: State) -> Iterator[tuple[State, float]]:
        vertex, heading = state
        for side, (dx, dy) in _STEP.items():
            target = vertex[0] + dx, vertex[1] + dy
            if side == (heading + 2) % 4 or target in self._blocked:
                continue
            if 0 <= target[0] < len(self._xs) and 0 <= target[1] < len(self._ys) and self._xs[target[0]] <= wire.limit:
                yield (target, side), self._step(wire, vertex, target) + (_BEND if side != heading else 0.0)

    def _step(self, wire: Wire, a: Vertex, b: Vertex) -> float:
        start, end = self._point(a), self._point(b)
        length = _distance(start, end)
        cost = length / GRID
        for target in self._along[min(a, b), max(a, b)].values():
            cost += length * (_TRUNK if target == wire.target else _OVERLAP)
        cost += _CROSSING * len(self._across[b, a[1] != b[1]])
        stretch = Box(min(start[0], end[0]), min(start[1], end[1]), abs(start[0] - end[0]), abs(start[1] - end[1]))
        return cost + _THROUGH_LABEL * length * sum(stretch.overlaps(label) for label in self._labels)

    def _leaving(self, wire: Wire, side: int) -> float:
        return self._against(wire, side) + _TAKEN_PORT * len(self._ports[wire.source, side])

    def _entering(self, wire: Wire, side: int) -> float:
        others = self._ports[wire.target, side].values()
        return self._against(wire, (side + 2) % 4) + sum(_TAKEN_PORT if leaving else _SHARED_ENTRY for leaving in others)

    def _against(self, wire: Wire, side: int) -> float:
        """What it costs to set out or arrive otherwise than from left to right; a loop may well run to the left."""
        leftwards = self._boxes[wire.target].centre[0] < self._boxes[wire.source].centre[0]
        return 0.0 if side == _RIGHT else _BACKWARDS if side == _LEFT and not leftwards else _SIDEWAYS
