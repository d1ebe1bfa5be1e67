"""Where a case goes when a step is done: through the gateways that follow to the next steps, as a tree that can be said in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from styrkedja.core.fields import Option
from styrkedja.core.process.conditions import Variables, compile_condition
from styrkedja.core.process.layout.columns import walk
from styrkedja.core.process.model import Flow, Node, NodeType, Routine
from styrkedja.core.process.tokens import by_conditions


@dataclass(frozen=True)
class To:
    """The step, wait or end `node` comes next. `back`: it lies earlier on the road, so that what follows it is done again.

    `awaits` are the last steps of the other branches, which must be done too before it opens.
    """

    node: str
    back: bool = False
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What the gateway `question` asks decides: one way for each answer. `answer` is the name of the flow, "" when it has none."""

    question: str
    ways: tuple[tuple[str, "Way"], ...]


@dataclass(frozen=True)
class Together:
    """All the ways are taken, at the same time."""

    ways: tuple["Way", ...]


Way = To | Choice | Together
_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True)
class Roads:
    """The ways of one routine, which must be one that `check` has passed."""

    routine: Routine

    @cached_property
    def _back(self) -> frozenset[str]:
        return walk(self.routine).back

    def after(self, node: Node) -> Way:
        """The way on from a step or wait, or from the start, whatever its outcome."""
        return self._along(node.outgoing[0], _NOTHING, To(""))

    def all_after(self, node: Node) -> tuple[Way, ...]:
        """The ways that can be taken from a step or wait: those of its outcomes, if it has any."""
        return tuple(way for _option, way in self.by_outcome(node)) or (self.after(node),)

    def by_outcome(self, node: Node) -> tuple[tuple[Option, Way], ...]:
        """The way on for each outcome of a step, as far as the outcome decides it; the answers of a step for many are weighed together."""
        step = node.step
        if step is None:
            return ()
        kept = [] if step.each else [assignment.variable for assignment in step.assignments if assignment.source == "outcome"]
        return tuple((option, self._along(node.outgoing[0], dict.fromkeys(kept, option.value), To(""))) for option in step.outcomes)

    def _along(self, flow: str, known: Variables, so_far: To) -> Way:
        """What `flow` leads to. `known` are the variables whose values are given, `so_far` what has been passed on the way to it."""
        node = self.routine.nodes[self.routine.flows[flow].target]
        passed = To(node.id, so_far.back or flow in self._back, so_far.awaits)
        if node.type not in (NodeType.EXCLUSIVE, NodeType.PARALLEL):
            return passed
        if len(node.outgoing) == 1:
            others = self._last_steps(other for other in node.incoming if other != flow) if node.type is NodeType.PARALLEL else ()
            return self._along(node.outgoing[0], known, To(node.id, passed.back, tuple(dict.fromkeys((*passed.awaits, *others)))))
        if node.type is NodeType.PARALLEL:
            return _together([self._along(out, known, passed) for out in node.outgoing])
        return self._choice(node, known, passed)

    def _choice(self, gateway: Node, known: Variables, passed: To) -> Way:
        flows = tuple(self.routine.flows[out] for out in gateway.outgoing)
        if _reads(gateway, flows) <= known.keys():
            return self._along(by_conditions(known)(gateway, flows).id, known, passed)
        return Choice(gateway.name, tuple((flow.name, self._along(flow.id, known, passed)) for flow in flows))

    def _last_steps(self, flows: Iterable[str]) -> tuple[str, ...]:
        """The steps and waits that end the branches which come in on `flows`, back to where the branches part, in document order."""
        ahead, seen, found = list(flows), set[str](), set[str]()
        while ahead:
            node = self.routine.nodes[self.routine.flows[ahead.pop()].source]
            if node.step or node.wait:
                found.add(node.id)
            elif node.id not in seen and not (node.type is NodeType.PARALLEL and len(node.outgoing) > 1):
                seen.add(node.id)
                ahead.extend(node.incoming)
        return tuple(node for node in self.routine.nodes if node in found)


def _reads(gateway: Node, flows: Iterable[Flow]) -> frozenset[str]:
    """The variables that decide which flow is taken."""
    return frozenset().union(*(compile_condition(flow.condition).names for flow in flows if flow.id != gateway.default))


def _together(ways: list[Way]) -> Way:
    """A branch without any step of its own is no work: it is there so that the branches can meet."""
    work = [way for way in ways if not (isinstance(way, To) and way.awaits)] or ways[:1]
    return work[0] if len(work) == 1 else Together(tuple(work))


def targets(way: Way) -> tuple[To, ...]:
    """Everything that a way can come to, in order."""
    if isinstance(way, To):
        return (way,)
    ways = way.ways if isinstance(way, Together) else tuple(inner for _answer, inner in way.ways)
    return tuple(target for inner in ways for target in targets(inner))
