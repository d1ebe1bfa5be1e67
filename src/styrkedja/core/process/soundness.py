"""Is a routine sound? Visits every state that its tokens can reach, with exclusive gateways choosing freely.

Sound means: from every state an end can be reached, when an end is reached nothing else is left, every step can be reached, and no place ever
holds two tokens. Visiting in breadth gives each fault a shortest road of steps that leads there.

That a node can be reached is judged on the graph alone, which is enough: follow a road from the start to a node that never runs. The first one
on it that never runs is a join (anything else would run when its token comes). So a token waits at it for ever, no end is proper from then on, and
that is told as one of the other faults.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from styrkedja.core.process.model import Finding, Node, Routine
from styrkedja.core.process.net import Net, TooMany, gateway_circles
from styrkedja.core.process.states import StateSpace, bits
from styrkedja.core.process.wording import listed, title

MAX_STATES = 200_000


@dataclass(frozen=True)
class Soundness:
    """`states` is how many were visited. `together` maps each step and wait to those that can be open at the same time as it."""

    states: int
    findings: tuple[Finding, ...]
    together: Mapping[str, frozenset[str]] = field(default_factory=dict)


def explore(routine: Routine, *, max_states: int = MAX_STATES) -> Soundness:
    """Every fault of soundness. Needs a routine of sound shape: `check` looks at that first."""
    if circle := gateway_circles(routine):
        return Soundness(0, (_circle(circle),))
    unreachable = tuple(_unreachable(routine))
    try:
        space = StateSpace(Net(routine, max_states), max_states)
    except TooMany:
        return Soundness(0, (*unreachable, _too_many(routine, max_states)))
    findings = [*unreachable, *_findings(space), *([] if space.complete else [_too_many(routine, max_states)])]
    return Soundness(len(space.states), tuple(sorted(findings, key=lambda finding: finding.line)), _together(space))


@dataclass(frozen=True)
class _Fault:
    """Something wrong at `node`, met when the step at bit `step` is done in state number `state`; no step when it lies in the state itself."""

    code: str
    node: Node
    words: str
    state: int
    step: int = 0


def _findings(space: StateSpace) -> Iterator[Finding]:
    """The first fault of its kind at each node: faults come in the order of their distance from the start."""
    told: set[tuple[str, str]] = set()
    for fault in _faults(space):
        if (fault.code, fault.node.id) not in told:
            told.add((fault.code, fault.node.id))
            message = f"{title(fault.node)} {fault.words} {_road(space, fault.state, fault.step)}"
            yield Finding(fault.code, fault.node.line, fault.node.id, message)


def _faults(space: StateSpace) -> Iterator[_Fault]:
    net = space.net
    for collision in space.collisions:
        words = "kan nås en gång till innan det första är klart. Samla grenarna med en parallell grind innan de möts."
        yield _Fault("two-tokens", net.target(collision.place), words, collision.state, collision.step)
    for crowd in space.crowded_ends:
        end = next(bits(crowd.place & net.ends))
        left = dict.fromkeys(title(net.target(bit)) for bit in bits(crowd.place & ~end))
        words = f"är ett slut men nås medan {', '.join(left)} är kvar. Samla alla grenar före slutet."
        yield _Fault("improper-end", net.target(end), words, crowd.state, crowd.step)
    for number in space.stuck():
        yield from _stuck(net, space.states[number], number)
    for number in space.endless() if space.complete else ():
        node = net.target(next(bits(space.states[number] & net.steps)))
        yield _Fault("no-way-out", node, "leder aldrig till något slut, vad man än väljer. Dra ett flöde ut ur kretsen.", number)


def _stuck(net: Net, state: int, number: int) -> Iterator[_Fault]:
    for gateway in {net.target(bit).id: net.target(bit) for bit in bits(state)}.values():
        missing = (net.routine.flows[flow] for flow in gateway.incoming if not state & net.bit(flow))
        sources = ", ".join(title(net.routine.nodes[flow.source]) for flow in missing)
        yield _Fault("deadlock", gateway, f"väntar på grenen från {sources}, som aldrig kommer. Ärendet fastnar.", number)


def _road(space: StateSpace, number: int, last: int = 0) -> str:
    """The steps that lead to state `number`, and then the step at bit `last`."""
    steps = [title(space.net.target(bit)) for bit in (*space.steps_to(number), *([last] if last else []))]
    return f"Så går det till: {' → '.join(steps)}." if steps else "Det händer redan när ärendet öppnas."


def _unreachable(routine: Routine) -> Iterator[Finding]:
    reached = {routine.start.id}
    ahead = [routine.start]
    while ahead:
        for flow in ahead.pop().outgoing:
            node = routine.nodes[routine.flows[flow].target]
            if node.id not in reached:
                reached.add(node.id)
                ahead.append(node)
    for node in routine.nodes.values():
        if node.id not in reached:
            yield Finding(
                "unreachable", node.line, node.id, f"{title(node)} kan aldrig nås från starten. Dra ett flöde dit eller ta bort det."
            )


def _circle(gateways: list[Node]) -> Finding:
    names = listed(gateway.name or gateway.id for gateway in gateways)
    message = f"Mellan {names} finns en krets utan steg. Ärendet skulle gå runt för alltid. Lägg ett steg eller en väntan i kretsen."
    return Finding("circle-without-step", gateways[0].line, gateways[0].id, message)


def _too_many(routine: Routine, max_states: int) -> Finding:
    message = f"Rutinen kan hamna i fler än {max_states} lägen och kan inte prövas till slut. Låt färre grenar löpa samtidigt."
    return Finding("too-many-states", routine.start.line, routine.start.id, message)


def _together(space: StateSpace) -> Mapping[str, frozenset[str]]:
    together: dict[str, set[str]] = {}
    for bit, others in space.open_with.items():
        names = {space.net.target(other).id for other in bits(others & ~bit)}
        together.setdefault(space.net.target(bit).id, set()).update(names)
    return {node: frozenset(others) for node, others in together.items()}
