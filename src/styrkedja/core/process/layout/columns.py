"""Which column each node of a map stands in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from styrkedja.core.process.model import Node, NodeType, Routine

_MAX_STACK = 3
_STACKED_TYPES = (NodeType.TASK, NodeType.WAIT, NodeType.END)


class Packing(IntEnum):
    """How closely a map is packed: the loosest that fits is the easiest to read."""

    ONE_BY_ONE = 0  # every node in a column after those before it
    ACROSS_LANES = 1  # a node may stand straight above or below the one before it, in another lane
    STACKED = 2  # and what follows a task in its own lane may stand below it


@dataclass(frozen=True)
class Order:
    """A walk from the start: nodes so that every flow runs forward, but for those in `back`, which close a loop."""

    nodes: tuple[str, ...]
    back: frozenset[str]


def walk(routine: Routine) -> Order:
    """Depth first in document order; a flow to a node that is still open closes a loop.

    The order is such that what branches off comes before what the first flow of a split leads to, each branch in one piece.
    """
    start = routine.start
    opened, done = {start.id}, set[str]()
    closed: list[str] = []
    back: set[str] = set()
    pending = [(start.id, iter(start.outgoing))]
    while pending:
        node, flows = pending[-1]
        flow = next(flows, None)
        if flow is None:
            pending.pop()
            done.add(node)
            closed.append(node)
        elif (target := routine.flows[flow].target) not in opened:
            opened.add(target)
            pending.append((target, iter(routine.nodes[target].outgoing)))
        elif target not in done:
            back.add(flow)
    unreached = [node for node in routine.nodes if node not in opened]
    return Order((*reversed(closed), *unreached), frozenset(back))


def columns(routine: Routine, members: Iterable[str], order: Order, packing: Packing) -> list[list[str]]:
    """The nodes `members` column by column from left to right; those of one column and lane stand from top to bottom."""
    chosen = set(members)
    placing = _Placing(routine, order.back, packing)
    for node in order.nodes:
        if node in chosen:
            placing.place(routine.nodes[node])
    return placing.columns()


@dataclass
class _Placing:
    """Gives each node the first column that its predecessors allow.

    Behind a gateway that splits, everything begins in a new column, so that the branches are read side by side.
    """

    routine: Routine
    back: frozenset[str]
    packing: Packing

    def __post_init__(self) -> None:
        self._lanes = {lane: index for index, lane in enumerate(self.routine.lanes)}
        self._column: dict[str, int] = {}
        self._cells: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._from_below: set[str] = set()
        self._kept_free: dict[int, set[int]] = defaultdict(set)

    def place(self, node: Node) -> None:
        sources = [self.routine.nodes[self.routine.flows[flow].source] for flow in node.incoming if flow not in self.back]
        column = max((self._column[source.id] + 1 for source in sources if source.id in self._column), default=0)
        nearest = [source for source in sources if self._column.get(source.id) == column - 1]
        if nearest and all(self._may_share(source, node, column - 1) for source in nearest):
            column -= 1
            for source in nearest:
                self._keep_passage(source, node, column)
        self._column[node.id] = column
        self._cells[column][self._lane(node)].append(node.id)
        if len(node.outgoing) > 1:
            targets = (self.routine.nodes[target] for target in successors(self.routine, node.id) if target not in self._column)
            self._kept_free[column + 1].update(self._lane(target) for target in targets)

    def _keep_passage(self, source: Node, node: Node, column: int) -> None:
        """No later node is to stand on the straight line that is drawn from `source` to `node`."""
        low, high = sorted((self._lane(source), self._lane(node)))
        self._kept_free[column].update(range(low + 1, high))
        if self._lane(source) > self._lane(node):
            self._from_below.add(node.id)

    def columns(self) -> list[list[str]]:
        return [[node for lane in sorted(self._cells[c]) for node in self._cells[c][lane]] for c in range(len(self._cells))]

    def _may_share(self, source: Node, node: Node, column: int) -> bool:
        if len(source.outgoing) > 1:
            return False
        if self._lane(source) == self._lane(node):
            return self.packing >= Packing.STACKED and self._may_stack(source, node, column)
        return self.packing >= Packing.ACROSS_LANES and self._free_between(source, node, column)

    def _may_stack(self, source: Node, node: Node, column: int) -> bool:
        stack = self._cells[column][self._lane(node)]
        follows = source.type is NodeType.TASK and node.type in _STACKED_TYPES and len(node.incoming) == 1
        return follows and stack[-1] == source.id and len(stack) < _MAX_STACK and not self._from_below & set(stack)

    def _free_between(self, source: Node, node: Node, column: int) -> bool:
        """Nothing stands in the way of a straight line, and in the lane of the source it begins at the right end of the stack."""
        low, high = sorted((self._lane(source), self._lane(node)))
        lanes = [*range(low + 1, high), self._lane(node)]
        stack = self._cells[column][self._lane(source)]
        end = stack[-1] if self._lane(node) > self._lane(source) else stack[0]
        return end == source.id and not any(self._cells[column][lane] or lane in self._kept_free[column] for lane in lanes)

    def _lane(self, node: Node) -> int:
        return self._lanes.get(node.lane, -1)


def successors(routine: Routine, node: str) -> list[str]:
    return [routine.flows[flow].target for flow in routine.nodes[node].outgoing]


def in_columns(found: Sequence[Sequence[str]]) -> dict[str, int]:
    """The column of each node."""
    return {node: index for index, column in enumerate(found) for node in column}
