"""What the figures of a period are sums of: for each body the nearest body over it that figures are told of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from styrkedja.core.indicators.months import Span
from styrkedja.core.indicators.tree import Structure


@dataclass(frozen=True)
class Forest:
    """`node[b]` is where body b stands, `parent[n]` the node over each node (-1: none). What is `counted` in a node are these of its bodies.

    Bodies between which somebody moved inside the period are sums of no whole bodies; together they are. They share a node and are `merged`.
    """

    node: tuple[int, ...]
    parent: tuple[int, ...]
    counted: frozenset[int]
    merged: frozenset[int] = frozenset()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.parent]
        for node, above in enumerate(self.parent):
            if above >= 0:
                below[above].append(node)
        return tuple(map(tuple, below))

    @cached_property
    def upwards(self) -> tuple[int, ...]:
        """The nodes that have children, those farthest down first."""
        order, waiting = [], [node for node, above in enumerate(self.parent) if above < 0]
        while waiting:
            node = waiting.pop()
            order.append(node)
            waiting += self.children[node]
        return tuple(node for node in reversed(order) if self.children[node])

    def with_rests(self) -> "Forest":
        """With one node more under each that has children, in the order of `upwards`: for what is counted in it and in none of them."""
        return replace(self, parent=(*self.parent, *self.upwards))

    @cached_property
    def wholes(self) -> frozenset[int]:
        """The nodes under none, and under such a one its only part; what is left of a sum is no part here."""
        bodies = range(max(self.node, default=-1) + 1)
        found = [node for node in bodies if self.parent[node] < 0]
        for node in found:
            below = [child for child in self.children[node] if child in bodies]
            found += below if len(below) == 1 else []
        return frozenset(found)


def forests(structure: Structure, bodies: Sequence[str], spans: Sequence[Span]) -> list[tuple[Forest, list[int]]]:
    """The different forests of the periods, each with the numbers of the periods that it holds for. Bodies are numbered as they are given."""
    lines = _lines(structure, bodies)
    found: dict[Forest, list[int]] = {}
    for number, span in enumerate(spans):
        first, last = span.first_day.toordinal(), span.last_day.toordinal()
        chains = [list(dict.fromkeys(line for since, until, line in own if since <= last and until > first)) for own in lines]
        found.setdefault(_forest(chains), []).append(number)
    return list(found.items())


_Line = tuple[int, ...]


def _lines(structure: Structure, bodies: Sequence[str]) -> list[list[tuple[int, int, _Line]]]:
    """By body (since, until, those over it), the outermost first: of its versions, and of those over it only the ones that are asked for."""
    number = {structure.index[key]: place for place, key in enumerate(bodies)}
    versions = structure.versions
    found: list[list[tuple[int, int, _Line]]] = [[] for _ in bodies]
    for body, since, path in zip(versions.body.tolist(), versions.since.tolist(), versions.paths.tolist(), strict=True):
        if body in number:
            own = found[number[body]]
            if own:
                own[-1] = (own[-1][0], since, own[-1][2])
            own.append((since, 1 << 30, tuple(number[above] for above in path if above in number and above != body)))
    return found


def _forest(chains: Sequence[Sequence[_Line]]) -> Forest:
    """From the lines over each body that hold some time in the period."""
    same = list(range(len(chains)))

    def top(body: int) -> int:
        while same[body] != body:
            body = same[body]
        return body

    merged: set[int] = set()
    for lines in chains:
        if len({line[-1:] for line in lines}) > 1:
            between = _between(lines)
            merged |= between
            first = min(top(body) for body in between)
            for body in between:
                same[top(body)] = first
    names = {kept: node for node, kept in enumerate(sorted({top(body) for body in range(len(chains))}))}
    node = [names[top(body)] for body in range(len(chains))]
    return _numbered(node, [lines[0] if lines else () for lines in chains], merged)


def _numbered(node: Sequence[int], lines: Sequence[_Line], merged: set[int]) -> Forest:
    parent = [-1] * (max(node, default=-1) + 1)
    counted = set()
    for body, line in enumerate(lines):
        others = [above for above in line if node[above] != node[body]]
        if len(others) == len(line):
            counted.add(body)
        if others:
            parent[node[body]] = node[others[-1]]
    return Forest(tuple(node), tuple(parent), frozenset(counted), frozenset(merged))


def _between(lines: Sequence[_Line]) -> set[int]:
    """Those over a body that are over it in some of the lines only."""
    common = set(lines[0]).intersection(*lines)
    return {above for line in lines for above in line} - common
