"""Sound routines as trees of blocks, for hypothesis: whatever the tree, the file that is written has no fault.

    @given(blocks())
    def test_…(block): source = written(block).build()

A choice and a loop begin with a step that asks and sets a variable of its own, so that conditions can be evaluated and the engine can walk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

from tests.core.process.builder import Builder

DATE = '<s:field id="until" type="date" name="Till" required="true"/>'


@dataclass(frozen=True)
class Step:
    """One user task; with `each`, once for every body of the given list `members`."""

    each: bool = False


@dataclass(frozen=True)
class Pause:
    """A step that sets a date, and a wait until then."""


@dataclass(frozen=True)
class Sequence:
    parts: tuple["Block", ...]


@dataclass(frozen=True)
class Choice:
    """A step that asks, one way for each part, and a merge."""

    parts: tuple["Block", ...]


@dataclass(frozen=True)
class Exit:
    """A step that asks whether to leave; only ever at the outermost level, where leaving is sound."""


@dataclass(frozen=True)
class Parallel:
    parts: tuple["Block", ...]


@dataclass(frozen=True)
class Loop:
    """The body, then a step that asks whether to do it again."""

    body: "Block"


Block = Step | Pause | Sequence | Choice | Exit | Parallel | Loop


def blocks(max_leaves: int = 12) -> st.SearchStrategy[Block]:
    """Trees of blocks; `Exit` occurs only in the outermost sequence."""
    leaves: st.SearchStrategy[Block] = st.one_of(st.builds(Step, st.booleans()), st.just(Pause()))
    inner = st.recursive(
        leaves,
        lambda part: st.one_of(_parts(part).map(Sequence), _parts(part).map(Choice), _parts(part).map(Parallel), part.map(Loop)),
        max_leaves=max_leaves,
    )
    return st.lists(st.one_of(inner, st.just(Exit())), min_size=1, max_size=3).map(tuple).map(Sequence)


def _parts(part: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(part, min_size=2, max_size=3).map(tuple)


@dataclass
class _Writer:
    routine: Builder
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def write(self, block: Block, came: str, **flow: object) -> str:
        """Writes `block` after the node `came` and returns the node that ends it. `flow` is the condition of the flow into it."""
        match block:
            case Step():
                return self._node(
                    came, "step", flow, lambda key: self.routine.task(key, each="members" if block.each else "", role=_role(block))
                )
            case Pause():
                variable = f"until_{next(self.numbers)}"
                task = self._node(came, "date", flow, lambda key: self.routine.task(key, sets={variable: "field:until"}, fields=(DATE,)))
                return self._node(task, "pause", {}, lambda key: self.routine.wait(key, variable))
            case Sequence():
                for number, part in enumerate(block.parts):
                    came = self.write(part, came, **(flow if number == 0 else {}))
                return came
            case Choice():
                return self._choice(block, came, flow)
            case Exit():
                return self._exit(came, flow)
            case Parallel():
                fork = self._node(came, "fork", flow, self.routine.parallel)
                ends = [self.write(part, fork) for part in block.parts]
                return self._merged(ends, "join", self.routine.parallel)
            case Loop():
                return self._loop(block, came, flow)

    def _node(self, came: str, kind: str, flow: dict[str, object], make: Callable[[str], object]) -> str:
        key = f"{kind}_{next(self.numbers)}"
        make(key)
        self.routine.flow(came, key, **flow)
        return key

    def _merged(self, ends: list[str], kind: str, make: Callable[[str], object]) -> str:
        key = f"{kind}_{next(self.numbers)}"
        make(key)
        for end in ends:
            self.routine.flow(end, key)
        return key

    def _asked(self, came: str, flow: dict[str, object], ways: int) -> tuple[str, str]:
        """A step that asks and the gateway after it; returns the gateway and the variable."""
        variable = f"way_{next(self.numbers)}"
        outcomes = [f"w{number}" for number in range(ways)]
        task = self._node(came, "ask", flow, lambda key: self.routine.task(key, outcomes=outcomes, sets={variable: "outcome"}))
        return self._node(task, "split", {}, self.routine.exclusive), variable

    def _choice(self, block: Choice, came: str, flow: dict[str, object]) -> str:
        gateway, variable = self._asked(came, flow, len(block.parts))
        ends = [
            self.write(part, gateway, **({"default": True} if number == 0 else {"condition": f"{variable} == 'w{number}'"}))
            for number, part in enumerate(block.parts)
        ]
        return self._merged(ends, "merge", self.routine.exclusive)

    def _exit(self, came: str, flow: dict[str, object]) -> str:
        gateway, variable = self._asked(came, flow, 2)
        self._node(gateway, "left", {"condition": f"{variable} == 'w1'"}, self.routine.end)
        return self._node(gateway, "stay", {"default": True}, self.routine.task)

    def _loop(self, block: Loop, came: str, flow: dict[str, object]) -> str:
        merge = self._node(came, "again", flow, self.routine.exclusive)
        gateway, variable = self._asked(self.write(block.body, merge), {}, 2)
        self.routine.flow(gateway, merge, f"{variable} == 'w1'")
        return self._node(gateway, "on", {"default": True}, self.routine.task)


def _role(step: Step) -> str:
    return "member" if step.each else "officer"


def written(block: Block) -> Builder:
    """The routine of `block`, from `start` to the end `done`. It needs a county with the list `members`."""
    routine = Builder().start().given_list("members", "members")
    routine.extension('<s:role id="member" name="Ledamot" colour="region" function="MEMBER" body="item"/>')
    last = _Writer(routine).write(block, "start")
    routine.end().flow(last, "done")
    return routine
