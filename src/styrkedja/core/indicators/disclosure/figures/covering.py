"""What must go with the small figures, when a unit's division is shown whole or not at all.

The shown sums are those of a tree: each figure stands in two of them at most, as a part and as a sum. So nobody can tell two tables apart that differ
along a path of withheld nodes, from one end in the tree, where a unit has no parts, to another: one less at the one end and one more at the other,
and where the undivided figures are shown, as much the other way in another part. This is what Gaussian elimination over the sums of a tree comes
down to: a withheld figure can be computed exactly where no such path goes through it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from styrkedja.core.indicators.disclosure.figures.forests import Forest

# A set of parts, a bit for each.
Parts = int
_ROUNDS = 50


@dataclass(frozen=True)
class Fans:
    """One way of dividing in one period, by node.

    `rooms` have for each quantity the parts in which it is more than 0. `small` are the nodes of which some part is too small; `hidden` are withheld
    whatever becomes of them, but need no protection; `bare` have their undivided figure withheld, and so this as well; `fixed` are known to readers.
    `since` tells apart what readers who have seen earlier figures know: 1 what was withheld then too, 2 what has changed; a path keeps to one of them.
    `is_whole`: these are the undivided figures, which have one part.
    """

    rooms: Sequence[Sequence[Parts]]
    weights: Sequence[float]
    small: frozenset[int]
    hidden: frozenset[int] = frozenset()
    bare: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset()
    since: Sequence[int] | None = None
    is_whole: bool = False

    def live(self, node: int) -> Parts:
        """The parts of the node that are not empty."""
        parts = 0
        for room in self.rooms:
            parts |= room[node]
        return parts


@dataclass(frozen=True)
class _Need:
    """That paths go by some of the ways, in the parts of each quantity, up to `node` at least. In those of `once` one goes already.

    What `is_small` has paths to two branches: who has a right of access to the one, and knows what is there, does not know what is in the other.
    """

    node: int
    ways: tuple["_Way", ...]
    parts: tuple[Parts, ...]
    once: tuple[Parts, ...]
    is_small: bool

    @property
    def is_bare(self) -> bool:
        """Whether some part has no path at all."""
        return any(part & ~once for part, once in zip(self.parts, self.once, strict=True))


# The end of a path, and what all nodes on the way there have in common (Fans.since).
_Way = tuple[int, int]
_ANY = 3


def covered(forest: Forest, fans: Fans) -> set[int]:
    """The nodes to withhold. Always the same ones of the same figures."""
    search = _Covering(forest, fans, set(fans.small | fans.hidden | fans.bare))
    for _round in range(_ROUNDS):
        before = len(search.withheld)
        search.go_through()
        if len(search.withheld) == before:
            break
    return search.withheld


@dataclass
class _Covering:
    forest: Forest
    fans: Fans
    withheld: set[int]
    _passed: dict[int, list[_Need]] = field(default_factory=dict)

    def go_through(self) -> None:
        """Every sum once, from below."""
        self._passed = {}
        for node in self.forest.upwards:
            if node in self.withheld:
                self._open_downwards(node)
        for node in self.forest.upwards:
            members = [child for child in self.forest.children[node] if child in self.withheld]
            for member in members:
                for need in self._needs_at(member):
                    self._meet(need, node)

    def _open_downwards(self, node: int) -> None:
        """A withheld sum needs withheld parts, or it is their sum."""
        wanted = self.fans.live(node)
        for child in self.forest.children[node]:
            if child in self.withheld:
                wanted &= ~self._reached(child, node)
        for child in self._by_weight(node):
            if wanted & self._reached(child, node):
                self._withhold(child)
                wanted &= ~self._reached(child, node)

    def _reached(self, child: int, above: int) -> Parts:
        """The parts of the child that a path through both may go in."""
        return self.fans.live(child) if self._since(child) & self._since(above) else 0

    def _needs_at(self, member: int) -> Iterator[_Need]:
        if member not in self.fans.hidden or member in self.fans.small:
            parts = tuple(room[member] for room in self.fans.rooms)
            yield _Need(member, tuple(self._ways(member)), parts, (0,) * len(parts), member in self.fans.small)
        yield from self._passed.get(member, ())

    def _meet(self, need: _Need, above: int) -> None:
        """Among the parts of the sum `above`, by withholding one more of them, or by passing on to the sums that it is a part of."""
        left = need
        for child in self.forest.children[above]:
            if child in self.withheld and child != need.node and any(left.parts):
                left = self._left(left, child)
        if any(left.parts) and above not in self.withheld:
            for child in self._by_weight(above):
                fewer = self._left(left, child, also=True)
                if fewer != left:
                    self._withhold(child)
                    left = fewer
                if not any(left.parts):
                    return
            if any(left.parts) and above not in self.fans.fixed and (left.is_bare or above not in self.forest.wholes):
                self._withhold(above)
        if any(left.parts) and above in self.withheld:
            ways = tuple((end, common & self._since(above)) for end, common in need.ways)
            self._passed.setdefault(above, []).append(_Need(above, ways, left.parts, left.once, left.is_small))

    def _left(self, need: _Need, branch: int, *, also: bool = False) -> _Need:
        """The need without the parts in which paths go to two branches, or to one that nobody has a right to who has none to the node."""
        found = [0] * len(need.parts)
        for other, others_common in self._ways(branch, also=also):
            for end, common in need.ways:
                if common & others_common:
                    found = [so_far | more for so_far, more in zip(found, self._paths(end, other), strict=True)]
        is_enough = branch in self.fans.hidden or not need.is_small
        met = found if is_enough else [one & more for one, more in zip(need.once, found, strict=True)]
        parts = tuple(part & ~done for part, done in zip(need.parts, met, strict=True))
        once = tuple(one | more for one, more in zip(need.once, found, strict=True))
        return _Need(need.node, need.ways, parts, once, need.is_small)

    def _paths(self, one: int, other: int) -> Sequence[Parts]:
        """By quantity the parts in which a path between the ends goes."""
        fans = self.fans
        both = fans.live(one) & fans.live(other)
        if fans.is_whole or (one in fans.bare and other in fans.bare):
            return [both & (room[one] | room[other]) for room in fans.rooms]
        turns = [(room[one] & fans.live(other), fans.live(one) & room[other]) for room in fans.rooms]
        return [_with_another(less, more) | _with_another(more, less) for less, more in turns]

    def _ways(self, node: int, *, also: bool = False) -> Iterator[_Way]:
        """To the nodes without parts that are reached from the node over withheld ones. With `also` as if all were withheld that may be."""
        own, children = self._since(node), self.forest.children[node]
        if not children:
            yield node, own
        for child in children:
            if child in self.withheld or (also and child not in self.fans.fixed):
                yield from ((end, common & own) for end, common in self._ways(child, also=also))

    def _since(self, node: int) -> int:
        return _ANY if self.fans.since is None else self.fans.since[node]

    def _by_weight(self, above: int) -> list[int]:
        """The parts that could be withheld as well, the lightest first."""
        fans = self.fans
        able = [
            child for child in self.forest.children[above] if child not in self.withheld and child not in fans.fixed and fans.live(child)
        ]
        return sorted(able, key=lambda child: (fans.weights[child], child))

    def _withhold(self, node: int) -> None:
        self.withheld.add(node)
        if self.forest.children[node]:
            self._open_downwards(node)


def _with_another(parts: Parts, others: Parts) -> Parts:
    """Of the parts those beside which there is another one among the others."""
    if not others:
        return 0
    return parts if others & (others - 1) else parts & ~others
