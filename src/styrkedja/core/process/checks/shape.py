"""How the nodes hang together: flows in and out, conditions where there is a choice, and a lane, a phase and a name for each."""

from collections import Counter
from collections.abc import Iterator

from styrkedja.core.process.checks.subject import Subject
from styrkedja.core.process.conditions import UnsafeCondition, compile_condition
from styrkedja.core.process.model import Finding, Flow, Node, NodeType
from styrkedja.core.process.wording import quoted, title

FLOW_SHAPE = "flow-shape"


def flow_shape(subject: Subject) -> Iterator[Finding]:
    """Findings that keep the routine from being played with tokens."""
    for node in subject.routine.nodes.values():
        words = _flow_fault(node)
        if words:
            yield Finding(FLOW_SHAPE, node.line, node.id, f"{title(node)} {words}")


def _flow_fault(node: Node) -> str:
    """A node without a way in is left to the soundness check, which tells that it cannot be reached."""
    into, out = len(node.incoming), len(node.outgoing)
    match node.type:
        case NodeType.START if into or out != 1:
            return f"är en start och ska ha inget flöde in och ett ut, men har {into} in och {out} ut."
        case NodeType.END if out:
            return "är ett slut och får inte ha något flöde ut."
        case NodeType.TASK | NodeType.WAIT if into > 1 or out != 1:
            return f"ska ha ett flöde in och ett ut, men har {into} in och {out} ut. Sätt en grind före eller efter."
        case NodeType.EXCLUSIVE | NodeType.PARALLEL if (into > 1) == (out > 1) and into:
            return f"ska antingen dela eller samla flöden, men har {into} in och {out} ut."
        case NodeType.EXCLUSIVE | NodeType.PARALLEL if not out:
            return "leder ingenstans. Dra ett flöde ut."
    return ""


def conditions(subject: Subject) -> Iterator[Finding]:
    """A condition on every flow out of a choice but the default, nowhere else, and each of them in the safe language."""
    choosing = {node.id: node for node in subject.splits}
    for node in subject.routine.nodes.values():
        if node.default and node.id not in choosing:
            yield Finding(
                "default-unused", node.line, node.id, f"{title(node)} har ett förvalt flöde men inget att välja mellan. Ta bort default."
            )
    for flow in subject.routine.flows.values():
        gateway = choosing.get(flow.source)
        if gateway is None or flow.id == gateway.default:
            if flow.condition:
                yield _at(
                    flow, "condition-unused", f"Villkoret {quoted(flow.condition)} prövas aldrig, för här finns inget val. Ta bort det."
                )
        elif not flow.condition:
            yield _at(flow, "condition-missing", f"Ett flöde ut från {title(gateway)} saknar villkor och är inte det förvalda (default).")
        else:
            yield from _unsafe(flow)


def _unsafe(flow: Flow) -> Iterator[Finding]:
    try:
        compile_condition(flow.condition)
    except UnsafeCondition as fault:
        yield _at(flow, "unsafe-condition", str(fault))


def _at(flow: Flow, code: str, message: str) -> Finding:
    return Finding(code, flow.line, flow.id, message)


def places(subject: Subject) -> Iterator[Finding]:
    """One lane, one phase, and a name where people read one."""
    routine = subject.routine
    lanes = Counter(node for lane in routine.lanes.values() for node in lane.nodes)
    for node in routine.nodes.values():
        if lanes[node.id] != 1:
            how = "inte i någon bana" if not lanes[node.id] else f"i {lanes[node.id]} banor"
            yield Finding("lane", node.line, node.id, f"{title(node)} står {how}, men ska stå i exakt en.")
        if not node.phase:
            yield Finding("phase-missing", node.line, node.id, f"{title(node)} saknar fas. Ange s:phase.")
        elif node.phase not in routine.phases:
            yield Finding("phase-unknown", node.line, node.id, f"{title(node)} anger fasen {quoted(node.phase)}, som inte finns.")
        if not node.name.strip() and node.type in (NodeType.TASK, NodeType.WAIT, NodeType.END):
            yield Finding("name-missing", node.line, node.id, f"{quoted(node.id)} saknar namn. Namnet är det som människor läser.")
