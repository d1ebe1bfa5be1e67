"""The token game of a routine: where tokens rest, and what happens when a step is done.

Tokens rest on the flows that lead into steps, waits and ends, and on those that a joining gateway still waits at; gateways that can run have run.
The routine must be one that `check` has passed: no gateway alone in a circle, no flow that leads nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from styrkedja.core.process.conditions import Variables, compile_condition
from styrkedja.core.process.model import Flow, Node, NodeType, Routine
from styrkedja.core.process.wording import quoted

Choose = Callable[[Node, tuple[Flow, ...]], Flow]


class NoWay(ValueError):
    """No flow out of a gateway can be taken with the values that the variables have."""


class TwoTokens(ValueError):
    """A token arrives where one already rests: the routine is not sound."""


@dataclass(frozen=True)
class Marking:
    """The flows on which tokens rest."""

    flows: frozenset[str] = frozenset()


def by_conditions(variables: Variables) -> Choose:
    """Chooses as the engine does: the flow whose condition is true, else the default.

    The function raises `NoWay` when there is neither, and what `Condition.evaluate` raises.
    """

    def choose(gateway: Node, flows: tuple[Flow, ...]) -> Flow:
        for flow in flows:
            if flow.id != gateway.default and compile_condition(flow.condition).evaluate(variables):
                return flow
        for flow in flows:
            if flow.id == gateway.default:
                return flow
        raise NoWay(f"Inget flöde ut från {quoted(gateway.name or gateway.id)} kan väljas.")

    return choose


def initial(routine: Routine, choose: Choose) -> Marking:
    """The marking when a case has opened and the gateways that follow the start have run."""
    tokens: set[str] = set()
    for flow in routine.start.outgoing:
        _arrive(routine, tokens, flow, choose)
    return Marking(frozenset(tokens))


def enabled(routine: Routine, marking: Marking) -> frozenset[str]:
    """The ids of the steps and waits that are open."""
    return _at(routine, marking, NodeType.TASK, NodeType.WAIT)


def ended(routine: Routine, marking: Marking) -> frozenset[str]:
    """The ids of the ends that have been reached."""
    return _at(routine, marking, NodeType.END)


def fire(routine: Routine, marking: Marking, node_id: str, choose: Choose) -> Marking:
    """The marking after the open step or wait `node_id` is done. Raises ValueError when it is not open, and `TwoTokens`."""
    if node_id not in enabled(routine, marking):
        raise ValueError(f"{node_id} is not open")
    node = routine.nodes[node_id]
    tokens = set(marking.flows - set(node.incoming))
    for flow in node.outgoing:
        _arrive(routine, tokens, flow, choose)
    return Marking(frozenset(tokens))


def _at(routine: Routine, marking: Marking, *types: NodeType) -> frozenset[str]:
    targets = (routine.nodes[routine.flows[flow].target] for flow in marking.flows)
    return frozenset(node.id for node in targets if node.type in types)


def _arrive(routine: Routine, tokens: set[str], flow: str, choose: Choose) -> None:
    """Lets a token arrive on `flow` and run through gateways until every token rests."""
    moving = [flow]
    while moving:
        flow = moving.pop()
        node = routine.nodes[routine.flows[flow].target]
        if node.type is NodeType.EXCLUSIVE:
            flows = tuple(routine.flows[out] for out in node.outgoing)
            moving.append((flows[0] if len(flows) == 1 else choose(node, flows)).id)
            continue
        if flow in tokens:
            raise TwoTokens(flow)
        tokens.add(flow)
        if node.type is NodeType.PARALLEL and tokens.issuperset(node.incoming):
            tokens.difference_update(node.incoming)
            moving.extend(node.outgoing)
