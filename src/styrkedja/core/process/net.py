"""A routine as a net over bits, made for visiting all its states fast.

A state is an int with one bit for each flow on which a token can rest: the flows into steps, waits, ends and joining gateways. Gateways that can
run have run, so a step done leads from one state straight to the next ones. An exclusive gateway chooses freely.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from styrkedja.core.process.model import Flow, Node, NodeType, Routine

_STEPS = (NodeType.TASK, NodeType.WAIT)
_GATEWAYS = (NodeType.EXCLUSIVE, NodeType.PARALLEL)


class TooMany(ValueError):
    """There are more ways through the gateways than states may be visited."""


class Collision(ValueError):
    """A second token arrives on the flow at bit `place`."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def gateway_circles(routine: Routine) -> list[Node]:
    """The gateways that stand in a circle without a step, or between two such circles; in the order of the file."""
    left = {node.id for node in routine.nodes.values() if node.type in _GATEWAYS}
    for end in ("source", "target"):
        left -= set(_in_order(routine, left, end))
    return [node for node in routine.nodes.values() if node.id in left]


def _in_order(routine: Routine, gateways: set[str], end: str) -> list[str]:
    """The gateways so that each comes after those at this `end` of its flows; leaves out those that have themselves before them."""
    between = [flow for flow in routine.flows.values() if flow.source in gateways and flow.target in gateways]
    pairs = [(flow.source, flow.target) if end == "source" else (flow.target, flow.source) for flow in between]
    waiting = Counter(after for _, after in pairs)
    followers: dict[str, list[str]] = {gateway: [] for gateway in gateways}
    for before, after in pairs:
        followers[before].append(after)
    ready = [gateway for gateway in gateways if not waiting[gateway]]
    order: list[str] = []
    while ready:
        order.append(ready.pop())
        for after in followers[order[-1]]:
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    return order


class Net:
    """The net of a routine of sound shape whose gateways stand in no circle of their own.

    `places` maps bit to flow; `steps`, `ends` and `joining` are the bits of the flows into steps and waits, ends, and joining gateways.
    """

    def __init__(self, routine: Routine, limit: int) -> None:
        self.routine = routine
        self._limit = limit
        resting = [flow for flow in routine.flows.values() if _rests(routine.nodes[flow.target])]
        self._bit = {flow.id: 1 << number for number, flow in enumerate(resting)}
        self.places: Mapping[int, Flow] = {self._bit[flow.id]: flow for flow in resting}
        self.steps = self._bits(*_STEPS)
        self.ends = self._bits(NodeType.END)
        self.joining = self._bits(NodeType.PARALLEL)
        joins = (node for node in routine.nodes.values() if _joins(node))
        self._joins = [(sum(self._bit[flow] for flow in node.incoming), node.outgoing[0]) for node in joins]
        self._ways = self._all_ways()

    def _bits(self, *types: NodeType) -> int:
        return sum(bit for bit, flow in self.places.items() if self.routine.nodes[flow.target].type in types)

    def bit(self, flow: str) -> int:
        """The bit of a flow on which a token can rest."""
        return self._bit[flow]

    def target(self, bit: int) -> Node:
        """The node into which the flow at `bit` leads."""
        return self.routine.nodes[self.places[bit].target]

    def initial(self) -> Iterator[int]:
        """The states in which a case can open. Raises `Collision`."""
        for flow in self.routine.start.outgoing:
            yield from self._arrive(0, flow)

    def after(self, state: int, bit: int) -> Iterator[int]:
        """The states that can follow when the step at `bit` is done. Raises `Collision`."""
        for flow in self.target(bit).outgoing:
            yield from self._arrive(state & ~bit, flow)

    def _arrive(self, state: int, flow: str) -> Iterator[int]:
        moving = [(state, flow)]
        while moving:
            state, flow = moving.pop()
            for way, clash in self._ways[flow]:
                if both := clash or state & way:
                    raise Collision(both & -both)
                ready = self._ready(state | way)
                if ready is None:
                    yield state | way
                else:
                    moving.append(((state | way) & ~ready[0], ready[1]))

    def _ready(self, state: int) -> tuple[int, str] | None:
        """A join at which every token has arrived."""
        if state & self.joining:
            for waits, flow in self._joins:
                if state & waits == waits:
                    return waits, flow
        return None

    def _all_ways(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each flow, every way that a token on it can split up and come to rest: the bits, and those of them that two tokens would share."""
        ways: dict[str, tuple[tuple[int, int], ...]] = {flow: ((bit, 0),) for flow, bit in self._bit.items()}
        gateways = {node.id for node in self.routine.nodes.values() if node.type in _GATEWAYS}
        for gateway in (self.routine.nodes[key] for key in _in_order(self.routine, gateways, "target")):
            if gateway.type is NodeType.EXCLUSIVE:
                spread = tuple(dict.fromkeys(way for out in gateway.outgoing for way in ways[out]))
            else:
                spread = self._product([ways[out] for out in gateway.outgoing])
            ways.update(dict.fromkeys((flow for flow in gateway.incoming if flow not in self._bit), spread))
        return ways

    def _product(self, branches: list[tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
        spread = {(0, 0): None}
        for branch in branches:
            spread = {(way | other, clash | more | way & other): None for way, clash in spread for other, more in branch}
            if len(spread) > self._limit:
                raise TooMany
        return tuple(spread)


def _joins(node: Node) -> bool:
    return node.type is NodeType.PARALLEL and len(node.incoming) > 1


def _rests(node: Node) -> bool:
    return node.type in (*_STEPS, NodeType.END) or _joins(node)
