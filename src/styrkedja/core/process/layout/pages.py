"""How the nodes of a phase are shared out over its maps, so that each is narrow enough to be read without zooming."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from styrkedja.core.process.layout.columns import Order, Packing, columns, successors
from styrkedja.core.process.layout.geometry import up_to_grid
from styrkedja.core.process.layout.text import label_size, node_size
from styrkedja.core.process.model import Node, NodeType, Routine

MAX_WIDTH = 1240
HEADER = 60  # the bands with the names of the pool and of the lane, 30 pixels each
MARGIN = 20  # between the band and the first column, and between the last column and the border of the pool
GAP = 30  # between two columns
OUTSIDE = 40  # from the border of the pool to what is drawn outside it
_SMALL_CELL = 60
_HOPELESS = 3 * MAX_WIDTH  # no map becomes narrow enough again by taking in more nodes
_NAME_MARGIN = 12

_PAGE_COST = 1000.0
_CROSSING_COST = 12
_MERGE_FIRST_COST = 8
_SAME_STEP_COST = 10
_NAMELESS_COST = 15
_UNEVEN_COST = 30


@dataclass(frozen=True)
class Page:
    """The columns of one map, from left to right, and the chains of nodes drawn outside its pool."""

    columns: tuple[tuple[str, ...], ...]
    ghosts: tuple[tuple[str, ...], ...]

    @property
    def nodes(self) -> list[str]:
        return [node for column in self.columns for node in column]


def pages(routine: Routine, phase: str, order: Order) -> list[Page]:
    """The maps of a phase: as few as `MAX_WIDTH` allows, cut where few flows cross, and about equally wide.

    A node that is too wide for any map gets one of its own all the same.
    """
    nodes = [node for node in order.nodes if routine.nodes[node].phase == phase]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(nodes) + 1):
        options: list[tuple[float, int]] = []
        for begin in range(end - 1, -1, -1):
            page = _page(routine, nodes[begin:end], order, Packing.STACKED)
            width = page_width(routine, page)
            if width > _HOPELESS and options:
                break
            if width <= MAX_WIDTH or end - begin == 1:
                options.append((best[begin][0] + _cost(routine, page, width, nodes[end:]), begin))
        best.append(min(options))
    cuts = [len(nodes)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return [_loosest(routine, nodes[a:b], order) for a, b in zip(cuts, cuts[1:], strict=False)]


def cell_width(node: Node) -> int:
    return up_to_grid(node_size(node)[0]) if node.type is NodeType.TASK else _SMALL_CELL


def column_width(routine: Routine, column: Iterable[str]) -> int:
    return max(cell_width(routine.nodes[node]) for node in column)


def gap_after(routine: Routine, column: Iterable[str]) -> int:
    """The room to the next column: more when the names of the flows out of a split are to stand there."""
    splits = [routine.nodes[node] for node in column if len(routine.nodes[node].outgoing) > 1]
    return up_to_grid(max([GAP, *(_name_room(routine, split) for split in splits)]))


def _name_room(routine: Routine, split: Node) -> int:
    """For the name over a flow that goes straight on; when none does, for the shortest beside a flow that turns up or down at once."""
    flows = [routine.flows[flow] for flow in split.outgoing]
    straight = [label_size(flow.name)[0] for flow in flows[:1] if flow.name and routine.nodes[flow.target].lane == split.lane]
    turning = [label_size(flow.name)[0] for flow in flows if flow.name and routine.nodes[flow.target].lane != split.lane]
    if straight:
        return straight[0] + _NAME_MARGIN
    return min(turning) - _SMALL_CELL // 2 + _NAME_MARGIN if len(turning) == len(flows) else GAP


def page_width(routine: Routine, page: Page) -> int:
    """The width of the map, with what is drawn outside the pool."""
    inner = sum(column_width(routine, column) + gap_after(routine, column) for column in page.columns) - gap_after(
        routine, page.columns[-1]
    )
    outer = max((sum(cell_width(routine.nodes[n]) + GAP for n in chain) - GAP + OUTSIDE for chain in page.ghosts), default=0)
    return HEADER + 2 * MARGIN + inner + outer


def _page(routine: Routine, nodes: Sequence[str], order: Order, packing: Packing) -> Page:
    found = columns(routine, nodes, order, packing)
    return Page(tuple(tuple(column) for column in found), _ghosts(routine, nodes))


def _loosest(routine: Routine, nodes: Sequence[str], order: Order) -> Page:
    found = [_page(routine, nodes, order, packing) for packing in Packing]
    return next((page for page in found if page_width(routine, page) <= MAX_WIDTH), found[-1])


def _ghosts(routine: Routine, members: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """For each node outside that a flow leads to: that node and, as long as it is a gateway without a name, the one behind it."""
    inside = dict.fromkeys(members)
    targets = dict.fromkeys(target for node in inside for target in successors(routine, node) if target not in inside)
    chains: list[tuple[str, ...]] = []
    for target in targets:
        chain = [target]
        while not routine.nodes[chain[-1]].name and len(following := successors(routine, chain[-1])) == 1:
            if following[0] in inside or following[0] in chain:
                break
            chain.append(following[0])
        chains.append(tuple(node for node in chain if not any(node in other for other in chains)))
    return tuple(chain for chain in chains if chain)


def _cost(routine: Routine, page: Page, width: int, rest: Sequence[str]) -> float:
    uneven = _UNEVEN_COST * (1 - min(width, MAX_WIDTH) / MAX_WIDTH) ** 2
    numbers = {routine.nodes[node].number for node in page.nodes} - {""}
    same_step = any(routine.nodes[node].number in numbers for node in rest)
    through_merge = sum(len(chain) > 1 for chain in page.ghosts)
    nameless = sum(not routine.nodes[chain[-1]].name for chain in page.ghosts)
    cut = _CROSSING_COST * len(page.ghosts) + _MERGE_FIRST_COST * through_merge + _NAMELESS_COST * nameless
    return _PAGE_COST + uneven + cut + _SAME_STEP_COST * same_step
