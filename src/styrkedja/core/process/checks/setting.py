"""Is every variable set before it is read, on every road? And is none set by two steps that are open at the same time?

What is surely set when a token comes is found from the start on: a step adds what it sets, a choice passes on what it got, a merge keeps what
all roads into it have set, and a join, which waits for all roads, has what any of them has set. What one parallel branch sets is thus unknown in
the other until they have been joined.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from styrkedja.core.process.checks.reads import Read, reads
from styrkedja.core.process.checks.subject import Subject
from styrkedja.core.process.model import Finding, Node, NodeType, Routine
from styrkedja.core.process.wording import quoted, title

Known = frozenset[str]


def unset_reads(subject: Subject) -> Iterator[Finding]:
    """Readings of variables that nothing sets, or that some road leaves unset, with such a road."""
    routine = subject.routine
    everything = _everything(subject)
    known = _known(routine, everything)
    for read in reads(subject):
        if read.variable not in everything:
            message = f"{read.reader} läser {quoted(read.variable)}, som inget steg sätter (s:set) och som inte är given (s:given)."
            yield Finding("variable-unknown", read.line, read.element, message)
        elif read.variable not in _before(routine.nodes[read.node], known, everything):
            road = " → ".join(title(node) for node in _road_without(routine, read, known))
            message = f"{read.reader} läser {quoted(read.variable)}, men variabeln är inte satt på vägen {road}. Sätt den på varje väg dit."
            yield Finding("variable-not-set", read.line, read.element, message)


def _everything(subject: Subject) -> Known:
    variables = set(subject.routine.givens)
    for _, step in subject.tasks:
        variables.update(assignment.variable for assignment in step.assignments)
    return frozenset(variables)


def _known(routine: Routine, everything: Known) -> Mapping[str, Known]:
    """What is surely set for a token on each flow: the greatest solution, reached by taking away until nothing changes."""
    known = dict.fromkeys(routine.flows, everything)
    ahead = [routine.start.id]
    while ahead:
        node = routine.nodes[ahead.pop()]
        after = _after(routine, node, known, everything)
        for flow in node.outgoing:
            if known[flow] != after:
                known[flow] = after
                ahead.append(routine.flows[flow].target)
    return known


def _after(routine: Routine, node: Node, known: Mapping[str, Known], everything: Known) -> Known:
    if node.type is NodeType.START:
        return frozenset(routine.givens)
    assignments = node.step.assignments if node.step else ()
    return _before(node, known, everything).union(assignment.variable for assignment in assignments)


def _before(node: Node, known: Mapping[str, Known], everything: Known) -> Known:
    into = [known[flow] for flow in node.incoming]
    if not into:
        return everything
    return frozenset().union(*into) if node.type is NodeType.PARALLEL else into[0].intersection(*into[1:])


def _road_without(routine: Routine, read: Read, known: Mapping[str, Known]) -> list[Node]:
    """The steps of a shortest road from the start to the reading node on which the variable is not set; the start when there are none."""
    came: dict[str, str] = {routine.start.id: ""}
    ahead = [routine.start.id]
    for here in ahead:
        for flow in routine.nodes[here].outgoing:
            target = routine.flows[flow].target
            if read.variable not in known[flow] and target not in came:
                came[target] = here
                ahead.append(target)
    road = [read.node]
    while came.get(road[-1]):
        road.append(came[road[-1]])
    nodes = [routine.nodes[node] for node in reversed(road)]
    return [node for node in nodes if node.step or node.wait] or nodes[:1]


def set_together(subject: Subject, together: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Two steps that can be open at the same time must not set the same variable: the join could not tell whose value counts."""
    order = {node: number for number, node in enumerate(subject.routine.nodes)}
    setters: dict[str, list[Node]] = {}
    for node, step in subject.tasks:
        for assignment in step.assignments:
            setters.setdefault(assignment.variable, []).append(node)
    for variable, nodes in setters.items():
        for first, second in combinations(sorted(nodes, key=lambda node: order[node.id]), 2):
            if second.id in together.get(first.id, ()):
                message = (
                    f"{title(first)} och {title(second)} kan vara öppna samtidigt och sätter båda {quoted(variable)}. Ge den två namn."
                )
                yield Finding("set-together", second.line, second.id, message)
