"""Where the shapes of a map stand: lanes from top to bottom, rows within a lane, and what is drawn outside the pool."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from styrkedja.core.process.layout.columns import in_columns
from styrkedja.core.process.layout.geometry import GRID, Box, Point, Shape, up_to_grid
from styrkedja.core.process.layout.pages import GAP, HEADER, MARGIN, OUTSIDE, Page, cell_width, column_width, gap_after
from styrkedja.core.process.layout.text import TEXT_SIZE, has_outer_label, label_size, node_size, text_width
from styrkedja.core.process.model import Node, NodeType, Routine

POOL_HEADER = 30
_LANE_PADDING = 20  # above and below the rows of a lane
_ROW_GAP = 30
_LANE_NAME_MARGIN = 14
_LABEL_GAP = 4
_GHOST_GAP = 20


@dataclass(frozen=True)
class Scene:
    """A map before its edges are drawn."""

    pool: Box
    lanes: tuple[tuple[str, Box], ...]
    shapes: tuple[Shape, ...]


def place(routine: Routine, page: Page, back: frozenset[str]) -> Scene:
    rows = _Rows(routine, page, back).of
    centres = _across(routine, page)
    lanes: list[tuple[str, Box]] = []
    middles: dict[tuple[str, int], int] = {}
    width = (
        max((centre + column_width(routine, column) // 2 for centre, column in zip(centres, page.columns, strict=True)), default=0) + MARGIN
    )
    top = 0
    for lane in (lane for lane in routine.lanes if any(routine.nodes[node].lane == lane for node in page.nodes)):
        height = _place_rows(routine, lane, rows, top, middles)
        lanes.append((lane, Box(POOL_HEADER, top, width - POOL_HEADER, height)))
        top += height
    column_of = in_columns(page.columns)
    shapes = [_shape(routine.nodes[n], (centres[column_of[n]], middles[routine.nodes[n].lane, rows[n]])) for n in page.nodes]
    pool = Box(0, 0, width, top)
    return Scene(pool, tuple(lanes), (*shapes, *_ghosts(routine, page, pool, {shape.node: shape.box.centre[1] for shape in shapes})))


class _Rows:
    """The row of each node in its lane, counted from 0.

    The first flow of a split goes straight on; what branches off moves down. A stack keeps together.
    """

    def __init__(self, routine: Routine, page: Page, back: frozenset[str]) -> None:
        self.of: dict[str, int] = {}
        self._routine, self._back = routine, back
        self._column = in_columns(page.columns)
        self._taken: set[tuple[str, int, int]] = set()
        for index, column in enumerate(page.columns):
            for stack in sorted(self._stacks(column), key=self._rank):
                self._put(stack, index)

    def _stacks(self, column: Sequence[str]) -> list[list[str]]:
        stacks: list[list[str]] = []
        for node in column:
            sources = self._sources(node)
            above = next((stack for stack in stacks if stack[-1] in sources and self._lane(stack[-1]) == self._lane(node)), None)
            if above:
                above.append(node)
            else:
                stacks.append([node])
        return stacks

    def _rank(self, stack: Sequence[str]) -> tuple[int, int]:
        """Those with a row to keep first; among them what the first flow of a split leads to."""
        node = self._routine.nodes[stack[0]]
        sources = [self._routine.nodes[self._routine.flows[flow].source] for flow in node.incoming if flow not in self._back]
        branch = min((source.outgoing.index(flow) for source in sources for flow in node.incoming if flow in source.outgoing), default=0)
        return self._wanted(stack[0]), branch

    def _wanted(self, node: str) -> int:
        return min((self.of[s] for s in self._sources(node) if s in self.of and self._lane(s) == self._lane(node)), default=0)

    def _put(self, stack: Sequence[str], column: int) -> None:
        row = self._wanted(stack[0])
        lane = self._lane(stack[0])
        while any((lane, column, row + offset) in self._taken for offset in range(len(stack))):
            row += 1
        for offset, node in enumerate(stack):
            self.of[node] = row + offset
            self._taken.add((lane, column, row + offset))

    def _sources(self, node: str) -> list[str]:
        flows = [flow for flow in self._routine.nodes[node].incoming if flow not in self._back]
        return [source for flow in flows if (source := self._routine.flows[flow].source) in self._column]

    def _lane(self, node: str) -> str:
        return self._routine.nodes[node].lane


def _across(routine: Routine, page: Page) -> list[int]:
    """The x of the middle of each column."""
    centres, left = [], HEADER + MARGIN
    for column in page.columns:
        width = up_to_grid(column_width(routine, column))
        centres.append(left + width // 2)
        left += width + gap_after(routine, column)
    return centres


def _place_rows(routine: Routine, lane: str, rows: Mapping[str, int], top: int, middles: dict[tuple[str, int], int]) -> int:
    """Notes the y of the middle of each row of `lane` in `middles`; returns the height of the lane."""
    held: dict[int, list[Node]] = defaultdict(list)
    for node, row in rows.items():
        if routine.nodes[node].lane == lane:
            held[row].append(routine.nodes[node])
    reaches = [[up_to_grid(max(_reach(node)[way] for node in held[row])) for way in (0, 1)] for row in sorted(held)]
    needed = sum(map(sum, reaches)) + _ROW_GAP * (len(reaches) - 1) + 2 * _LANE_PADDING
    height = max(needed, up_to_grid(text_width(routine.lanes[lane].name, TEXT_SIZE) + _LANE_NAME_MARGIN))
    y = top + _LANE_PADDING + (height - needed) // (2 * GRID) * GRID
    for row, (above, below) in zip(sorted(held), reaches, strict=True):
        middles[lane, row] = y + above
        y += above + below + _ROW_GAP
    return height


def _reach(node: Node) -> tuple[int, int]:
    """How far a node with its label reaches above and below its middle. Gateways have their label above, events below."""
    half = node_size(node)[1] // 2
    label = label_size(node.name)[1] + _LABEL_GAP if has_outer_label(node) else 0
    return (half + label, half) if node.type in (NodeType.EXCLUSIVE, NodeType.PARALLEL) else (half, half + label)


def _shape(node: Node, centre: Point, *, ghost: bool = False) -> Shape:
    return Shape(node.id, Box.around(centre, *node_size(node)), ghost)


def _ghosts(routine: Routine, page: Page, pool: Box, heights: Mapping[str, int]) -> list[Shape]:
    """The chains outside the pool, each level with the first node that leads to it where there is room."""

    def level(chain: Sequence[str]) -> int:
        sources = [routine.flows[flow].source for flow in routine.nodes[chain[0]].incoming]
        return next((heights[source] for source in sources if source in heights), 0)

    shapes: list[Shape] = []
    bottom = 0
    for chain in sorted(page.ghosts, key=level):
        nodes = [routine.nodes[node] for node in chain]
        half = max(sum(_reach(node)) for node in nodes) // 2
        y = max(level(chain), up_to_grid(bottom + half))
        left = pool.right + OUTSIDE
        for node in nodes:
            shapes.append(_shape(node, (left + cell_width(node) // 2, y), ghost=True))
            left += cell_width(node) + GAP
        bottom = y + half + _GHOST_GAP
    return shapes
