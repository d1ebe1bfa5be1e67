"""Other tables that look the same: whole-number changes that keep every sum, everything a reader knows, and every bound.

A reader who cannot tell two tables apart cannot tell what a cell that differs between them holds. A move is such a difference, cell by cell.
It is searched for as a repair, cheapest first: a step of one in a cell breaks the sums that the cell stands in, and each broken sum is mended
by a step in another of its cells.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from styrkedja.core.indicators.disclosure.cubes import Cube

Move = dict[int, int]
Option = tuple[int, int]
_STEP = 0.25
_PATIENT = 0.5
_DEAREST = 6
_NEAR = 16
TRIES = 400


@dataclass
class Mover:
    """How many steps each cell may take up and down, and what it costs to touch it: 0 for a cell that is withheld already."""

    cube: Cube
    up: Sequence[int]
    down: Sequence[int]
    price: list[float]
    _sums: dict[int, tuple[Option, ...]] = field(default_factory=dict)
    _options: dict[tuple[int, int, bool], list[Option]] = field(default_factory=dict)

    def find(self, cell: int, step: int, *, greed: float = 0.0, frozen: frozenset[int] = frozenset(), tries: int = TRIES) -> Move | None:
        """The cheapest move that was found in which the cell takes the step and no frozen cell any; None after so many tries.

        Without greed only withheld cells step: the nearest first, then any. With greed others may, at their price; the more of it, the sooner the
        search settles for a dear move.
        """
        if cell in frozen or self.room(cell, step) < 1:
            return None
        search = _Search(self, (cell, step), frozen, greed, near=not greed)
        move = search.run(tries)
        if move is None and search.has_skipped:
            return _Search(self, (cell, step), frozen, greed, near=False).run(tries)
        return move

    def forget(self, cell: int) -> None:
        """Looks at the cell afresh, after a change of what it may do."""
        for one, _sign in self.sums(cell):
            for wanted in (1, -1):
                self._options.pop((one, wanted, True), None)
                self._options.pop((one, wanted, False), None)

    def sums(self, cell: int) -> tuple[Option, ...]:
        """The sums that the cell stands in, each with 1 where the cell is the sum and -1 where it is a part.

        A sum has the number of the cell that is the sum, `size` further on for each dimension before the one that is summed over.
        """
        if cell not in self._sums:
            found: list[Option] = []
            cube = self.cube
            for place, (dimension, stride, member) in enumerate(zip(cube.dimensions, cube.strides, cube.members(cell), strict=True)):
                if dimension.parts[member]:
                    found.append((place * cube.size + cell, 1))
                found += [(place * cube.size + cell + (above - member) * stride, -1) for above in dimension.sums_over[member]]
            self._sums[cell] = tuple(found)
        return self._sums[cell]

    def room(self, cell: int, step: int, taken: int = 0) -> int:
        """Steps left in the direction; none back again."""
        if taken * step < 0:
            return 0
        return (self.up[cell] if step > 0 else self.down[cell]) - abs(taken)

    def options(self, one: int, wanted: int, *, priced: bool) -> list[Option]:
        """Steps that change what a sum is above its parts in the wanted direction: of every withheld cell, and of the cheapest that cost."""
        name = (one, wanted, priced)
        if name not in self._options:
            able = sorted(option for option in self._steps(one, wanted) if self.room(*option) >= 1)
            options = [option for option in able if not self.price[option[0]]]
            if priced:
                dear = sorted((option for option in able if self.price[option[0]]), key=lambda option: (self.price[option[0]], option))
                options += dear[:_DEAREST]
            self._options[name] = options
        return self._options[name]

    def _steps(self, one: int, wanted: int) -> Iterator[Option]:
        place, whole = divmod(one, self.cube.size)
        dimension, stride = self.cube.dimensions[place], self.cube.strides[place]
        member = self.cube.members(whole)[place]
        yield whole, wanted
        yield from ((whole + (part - member) * stride, -wanted) for part in dimension.parts[member])

    def shared(self, one: int, other: int) -> Iterator[int]:
        """The cells that stand in both sums."""
        place, whole = divmod(one, self.cube.size)
        other_place, other_whole = divmod(other, self.cube.size)
        stride, member = self.cube.strides[place], self.cube.members(whole)[place]
        other_member = self.cube.members(other_whole)[place]
        start = whole - member * stride
        if place != other_place:
            cell = start + other_member * stride
            standing = {each for each, _sign in self.sums(cell)}
            if one in standing and other in standing:
                yield cell
        elif start == other_whole - other_member * stride:
            parts = self.cube.dimensions[place].parts
            for common in sorted({member, *parts[member]} & {other_member, *parts[other_member]}):
                yield start + common * stride


@dataclass
class _Search:
    """Best first over unfinished moves: what they cost, and by how much their sums are broken still."""

    mover: Mover
    first: Option
    frozen: frozenset[int]
    greed: float
    near: bool
    has_skipped: bool = False

    def run(self, tries: int) -> Move | None:
        mover, eager = self.mover, self.greed or _PATIENT
        heap: list[tuple[float, int, float, Move, dict[int, int], Option]] = [(0.0, 0, 0.0, {}, {}, self.first)]
        seen: set[frozenset[Option]] = set()
        pushed = 0
        for _try in range(tries):
            if not heap:
                return None
            _guess, _order, cost, before, broken_before, (cell, step) = heappop(heap)
            move = before | {cell: before.get(cell, 0) + step}
            name = frozenset(move.items())
            if name in seen:
                continue
            seen.add(name)
            broken = self._after(broken_before, cell, step)
            if not broken:
                return move
            size = sum(map(abs, broken.values()))
            for option in self._mends(move, broken):
                if option[0] not in self.frozen:
                    pushed += 1
                    total = cost + _STEP + (0.0 if option[0] in move else mover.price[option[0]])
                    guess = total + eager * (size + self._worse(broken, option))
                    heappush(heap, (guess, pushed, total, move, broken, option))
        return None

    def _after(self, broken: dict[int, int], cell: int, step: int) -> dict[int, int]:
        """The broken sums, by how much each is above its parts, after one more step."""
        after = dict(broken)
        for one, sign in self.mover.sums(cell):
            if changed := after.get(one, 0) + sign * step:
                after[one] = changed
            else:
                del after[one]
        return after

    def _worse(self, broken: dict[int, int], option: Option) -> int:
        """How much more is broken after the step."""
        cell, step = option
        more = 0
        for one, sign in self.mover.sums(cell):
            off = broken.get(one, 0)
            more += abs(off + sign * step) - abs(off)
        return more

    def _mends(self, move: Move, broken: dict[int, int]) -> Iterator[Option]:
        """Steps that mend the broken sum with the fewest ways out."""
        mover, priced = self.mover, self.greed > 0
        ways = {one: mover.options(one, -1 if off > 0 else 1, priced=priced) for one, off in broken.items()}
        one = min(ways, key=lambda each: (len(ways[each]), each))
        for cell, step in self._nearest(ways[one]):
            if mover.room(cell, step, move.get(cell, 0)) >= 1:
                yield cell, step
        if priced:
            yield from self._meetings(one, move, broken)

    def _nearest(self, options: list[Option]) -> list[Option]:
        """Few of many: those that come next after the cell that the search began with."""
        if not self.near or len(options) <= _NEAR:
            return options
        self.has_skipped = True
        start = bisect(options, (self.first[0], 0))
        return (options[start : start + _NEAR] + options[:_NEAR])[:_NEAR]

    def _meetings(self, one: int, move: Move, broken: dict[int, int]) -> Iterator[Option]:
        """Steps in cells that cost and that stand in another broken sum as well."""
        wanted = -1 if broken[one] > 0 else 1
        for other in broken:
            if other != one:
                for cell in self.mover.shared(one, other):
                    step = wanted * dict(self.mover.sums(cell))[one]
                    if self.mover.price[cell] and self.mover.room(cell, step, move.get(cell, 0)) >= 1:
                        yield cell, step
