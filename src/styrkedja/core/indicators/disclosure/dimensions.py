"""The ways in which counts are divided: a tree of units, categories with their total, two organisations over the same units."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

Key = Hashable
Path = tuple[Hashable, ...]
Sparse = dict[int, int]


@dataclass(frozen=True)
class Dimension:
    """Members of one way of dividing, and of which members each is the sum.

    `parts[m]` are the positions of the members that `m` is the sum of, each once; () for a leaf. A member may be a part of several sums.
    ValueError when two members have one key, when a leaf is counted twice in a sum, or when a member is a part of itself.
    """

    keys: tuple[Key, ...]
    parts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not self.keys or len(self.keys) != len(self.parts) or len(set(self.keys)) != len(self.keys):
            raise ValueError("each member needs a key of its own and a list of parts")
        for member, parts in enumerate(self.parts):
            if sum(len(self.leaves_of[part]) for part in parts) > len(self.leaves_of[member]):
                raise ValueError(f"{self.keys[member]!r} counts a leaf twice")

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        return tuple(member for member, parts in enumerate(self.parts) if not parts)

    @cached_property
    def upwards(self) -> tuple[int, ...]:
        """Every member, the parts of a sum before the sum."""
        done: dict[int, None] = {}
        for root in range(len(self)):
            open_members, waiting = set[int](), [root]
            while waiting:
                member = waiting[-1]
                missing = [part for part in self.parts[member] if part not in done]
                if missing and member in open_members:
                    raise ValueError(f"{self.keys[member]!r} is a part of itself")
                open_members.add(member)
                if missing:
                    waiting += missing
                else:
                    done[waiting.pop()] = None
        return tuple(done)

    @cached_property
    def leaves_of(self) -> tuple[frozenset[int], ...]:
        """The leaves under each member."""
        found: dict[int, frozenset[int]] = {}
        for member in self.upwards:
            below = [found[part] for part in self.parts[member]]
            found[member] = frozenset().union(*below) if below else frozenset({member})
        return tuple(found[member] for member in range(len(self)))

    @cached_property
    def sums_over(self) -> tuple[tuple[int, ...], ...]:
        """The sums that each member is a part of."""
        above: list[list[int]] = [[] for _key in self.keys]
        for member, parts in enumerate(self.parts):
            for part in parts:
                above[part].append(member)
        return tuple(tuple(members) for members in above)

    @cached_property
    def above(self) -> tuple[tuple[int, ...], ...]:
        """Every member that holds the leaf, itself among them; () for what is no leaf."""
        holding: list[list[int]] = [[] for _key in self.keys]
        for member, leaves in enumerate(self.leaves_of):
            for leaf in leaves:
                holding[leaf].append(member)
        return tuple(tuple(members) if not self.parts[leaf] else () for leaf, members in enumerate(holding))

    @cached_property
    def heights(self) -> tuple[int, ...]:
        """Steps down to the farthest leaf."""
        height: dict[int, int] = {}
        for member in self.upwards:
            height[member] = max((height[part] + 1 for part in self.parts[member]), default=0)
        return tuple(height[member] for member in range(len(self)))

    def vectors(self, weights: Sequence[int]) -> list[Sparse]:
        """Each member as a whole-number combination of as many coordinates as there are leaves, mostly a single one.

        The coordinates are the members of the tree under the first member that is a part of nothing, but for one part of each sum: the one
        of the least weight, which is the sum without the others. What that tree does not hold is written by leaves.
        """
        written: dict[int, Sparse] = {}
        root = next(member for member in range(len(self)) if not self.sums_over[member])
        written[root] = {root: 1}
        waiting = [root]
        while waiting:
            member = waiting.pop()
            if parts := self.parts[member]:
                last = min(parts, key=lambda part: (weights[part], part))
                written |= {part: {part: 1} for part in parts if part != last}
                written[last] = combined(written[member], {part: -1 for part in parts if part != last})
                waiting += parts
        for leaf in self.leaves:
            written.setdefault(leaf, {leaf: 1})
        for member in self.upwards:
            if member not in written:
                total: Sparse = {}
                for leaf in self.leaves_of[member]:
                    total = combined(total, written[leaf])
                written[member] = total
        return [written[member] for member in range(len(self))]


def combined(one: Sparse, other: Sparse) -> Sparse:
    """The sum of two sparse vectors."""
    total = dict(one)
    for coordinate, value in other.items():
        if changed := total.get(coordinate, 0) + value:
            total[coordinate] = changed
        else:
            del total[coordinate]
    return total
