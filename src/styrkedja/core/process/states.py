"""All states of a net, visited in breadth, with the road back from each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from styrkedja.core.process.net import Collision, Net


def bits(mask: int) -> Iterator[int]:
    """Each bit that is set, as a mask of its own, lowest first."""
    while mask:
        yield mask & -mask
        mask &= mask - 1


@dataclass(frozen=True)
class Event:
    """Something that happens when the step at bit `step` is done in state number `state`; -1 and 0 when the case opens."""

    state: int
    step: int
    place: int


class StateSpace:
    """`states` holds the states in the order of their distance from the start; a state without any bit is a case that has ended.

    `collisions` are second tokens, with `place` their bit. `crowded_ends` are ends reached while something is left, with `place` all that rests
    then; the end then takes its token and the rest goes on. `open_with` maps the bit of each step to the steps open together with it.
    `complete` is False when there are more than `limit` states: the rest was not visited.
    """

    def __init__(self, net: Net, limit: int) -> None:
        self.net = net
        self.complete = True
        self.states: list[int] = []
        self.collisions: list[Event] = []
        self.crowded_ends: list[Event] = []
        self.open_with: dict[int, int] = defaultdict(int)
        self._limit = limit
        self._number: dict[int, int] = {}
        self._came: list[tuple[int, int]] = []
        self._before: list[list[int]] = []
        self._visit()

    def steps_to(self, number: int) -> list[int]:
        """The bits of the steps on a shortest road to state `number`; none for -1."""
        road: list[int] = []
        while number >= 0:
            number, step = self._came[number]
            road.append(step)
        return [step for step in reversed(road) if step]

    def stuck(self) -> Iterator[int]:
        """The states in which nothing is open although something rests."""
        return (number for number, state in enumerate(self.states) if state and not state & self.net.steps)

    def endless(self) -> Iterator[int]:
        """The states in which going round for ever begins: no end and no other fault can be reached from them, but from the one before."""
        known = [number for number, state in enumerate(self.states) if not state & self.net.steps]
        fated = self._leading_to((*known, *(event.state for event in self.collisions if event.state >= 0)))
        for number, (before, _) in enumerate(self._came):
            if number not in fated and (before < 0 or before in fated):
                yield number

    def _leading_to(self, numbers: Iterable[int]) -> set[int]:
        ahead = list(numbers)
        found = set(ahead)
        while ahead:
            for before in self._before[ahead.pop()]:
                if before not in found:
                    found.add(before)
                    ahead.append(before)
        return found

    def _visit(self) -> None:
        self._follow(-1, 0, self.net.initial())
        current = 0
        while current < len(self.states) and self.complete:
            state = self.states[current]
            rest = together = state & self.net.steps
            while rest:
                step = rest & -rest
                rest ^= step
                self.open_with[step] |= together
                self._follow(current, step, self.net.after(state, step))
            current += 1

    def _follow(self, current: int, step: int, following: Iterator[int]) -> None:
        ends = self.net.ends
        try:
            for state in following:
                if state & ends:
                    if state & (state - 1):
                        self.crowded_ends.append(Event(current, step, state))
                    state &= ~ends
                self._reach(current, step, state)
        except Collision as collision:
            self.collisions.append(Event(current, step, collision.place))

    def _reach(self, current: int, step: int, state: int) -> None:
        number = self._number.get(state)
        if number is None:
            if len(self.states) == self._limit:
                self.complete = False
                return
            number = self._number[state] = len(self.states)
            self.states.append(state)
            self._came.append((current, step))
            self._before.append([])
        if current >= 0:
            self._before[number].append(current)
