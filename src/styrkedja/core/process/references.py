"""What the XSD leaves open in how the parts of a file hang together: one process, one pool, one start, and references that lead somewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

from styrkedja.core.process.extension_values import held
from styrkedja.core.process.model import Finding
from styrkedja.core.process.source import Source
from styrkedja.core.process.vocabulary import BPMN, BPMNDI, SUPPORTED_NODES, called
from styrkedja.core.process.wording import quoted

_PARTS = (
    ("collaboration", "ett samarbete (collaboration)"),
    ("collaboration/participant", "en deltagare (participant)"),
    ("process", "en process (process)"),
    ("process/laneSet", "en banuppsättning (laneSet)"),
    ("process/startEvent", "en starthändelse (startEvent)"),
)


def dangling(source: Source) -> Iterator[Finding]:
    """Findings for missing or doubled parts, missing ids and references that lead nowhere."""
    root = source.root
    if root.tag != _b("definitions"):
        return  # the schema has said so
    for path, words in _PARTS:
        found = root.findall("/".join(_b(part) for part in path.split("/")))
        if len(found) != 1:
            where = found[1] if len(found) > 1 else root
            yield Finding(
                "part-count", source.lines[where], where.get("id", ""), f"En rutin ska ha exakt {words}, men filen har {len(found)}."
            )
    process = root.find(_b("process"))
    if process is not None:
        yield from _process(source, process)


def _b(tag: str) -> str:
    return f"{{{BPMN}}}{tag}"


def _process(source: Source, process: etree._Element) -> Iterator[Finding]:
    line = source.lines
    if process.get("isExecutable") not in ("true", "1"):
        yield Finding("not-executable", line[process], process.get("id", ""), 'Processen ska ha isExecutable="true" för att kunna köras.')
    if not process.get("name", "").strip():
        yield Finding("missing-attribute", line[process], process.get("id", ""), "Processen saknar namn. Det är rutinens namn.")
    participant = source.root.find(f"{_b('collaboration')}/{_b('participant')}")
    if participant is not None and participant.get("processRef", "").rpartition(":")[2] != process.get("id"):
        message = f"Deltagaren visar inte på processen {quoted(process.get('id', ''))} i attributet processRef."
        yield Finding("dangling-reference", line[participant], participant.get("id", ""), message)
    for element in (*process.iterchildren(*(_b(tag) for tag in (*SUPPORTED_NODES, "sequenceFlow"))), *process.iter(_b("lane"))):
        if not element.get("id"):
            yield Finding("id-missing", line[element], "", f"Elementet {called(_local(element))} saknar id.")
    yield from _flow_ends(source, process)
    yield from _listed_flows(source, process)
    yield from _lane_nodes(source, process)
    yield from _loops(source, process)
    yield from _timers(source, process)
    yield from _drawn(source)


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _nowhere(source: Source, element: etree._Element, attribute: str, target: str, wanted: str) -> Finding:
    message = f"Elementet {called(_local(element))} hänvisar i {attribute} till {quoted(target)}, men {wanted} med det id:t finns inte."
    return Finding("dangling-reference", source.lines[element], element.get("id", ""), message)


def _flow_ends(source: Source, process: etree._Element) -> Iterator[Finding]:
    nodes = _node_ids(process)
    outgoing = _by_end(process, "sourceRef")
    for flow in process.iterchildren(_b("sequenceFlow")):
        for attribute in ("sourceRef", "targetRef"):
            if (target := flow.get(attribute, "")) not in nodes:
                yield _nowhere(source, flow, attribute, target, "en nod")
    for gateway in process.iterchildren(_b("exclusiveGateway")):
        default = gateway.get("default")
        if default and default not in outgoing[gateway.get("id", "")]:
            yield _nowhere(source, gateway, "default", default, "ett flöde ut från vägvalet")


def _node_ids(process: etree._Element) -> set[str]:
    """Ids of all nodes, also of unsupported ones, which have their own finding."""
    others = (_b("sequenceFlow"), _b("property"), _b("laneSet"))
    return {element.get("id", "") for element in process.iterchildren("*") if element.tag not in others}


def _by_end(process: etree._Element, attribute: str) -> Mapping[str, Counter[str]]:
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for flow in process.iterchildren(_b("sequenceFlow")):
        ends[flow.get(attribute, "")][flow.get("id", "")] += 1
    return ends


def _listed_flows(source: Source, process: etree._Element) -> Iterator[Finding]:
    """Tools disagree on whether the flows or the lists in the nodes count, so they must say the same when a node has a list."""
    for tag, attribute in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        real = _by_end(process, attribute)
        for node in process.iterchildren(*(_b(name) for name in SUPPORTED_NODES)):
            written = Counter((e.text or "").strip().rpartition(":")[2] for e in node.iterchildren(_b(tag)))
            if written and written != real[node.get("id", "")]:
                message = f"Elementet {called(_local(node))} räknar upp {called(tag)} som inte stämmer med flödenas {attribute}."
                yield Finding("flow-mismatch", source.lines[node], node.get("id", ""), message)


def _lane_nodes(source: Source, process: etree._Element) -> Iterator[Finding]:
    nodes = _node_ids(process)
    for lane in process.iterfind(f"{_b('laneSet')}/{_b('lane')}"):
        for reference in lane.iterchildren(_b("flowNodeRef")):
            if (target := (reference.text or "").strip()) not in nodes:
                message = f"Banan {quoted(lane.get('name', ''))} hänvisar till {quoted(target)}, men någon sådan nod finns inte."
                yield Finding("dangling-reference", source.lines[reference], lane.get("id", ""), message)


def _loops(source: Source, process: etree._Element) -> Iterator[Finding]:
    properties = {element.get("id", "") for element in process.iterchildren(_b("property"))}
    for task in process.iterchildren(_b("userTask")):
        loop = task.find(_b("multiInstanceLoopCharacteristics"))
        if loop is None:
            continue
        variable = (loop.findtext(_b("loopDataInputRef")) or "").strip()
        if not variable or loop.find(_b("inputDataItem")) is None:
            message = "Ett flerinstanssteg ska ha loopDataInputRef (listans variabel) och inputDataItem."
            yield Finding("list-missing", source.lines[loop], task.get("id", ""), message)
        elif variable not in properties:
            yield _nowhere(source, loop, "loopDataInputRef", variable, "en egenskap (property)")


def _timers(source: Source, process: etree._Element) -> Iterator[Finding]:
    """A wait says its variable twice, once for other tools, and both must say the same."""
    for event in process.iterchildren(_b("intermediateCatchEvent")):
        timers = event.findall(f"{_b('timerEventDefinition')}/{_b('timeDate')}")
        dates = [(timer.text or "").strip() for timer in timers]
        until = [wait.get("until", "").removeprefix("variable:") for wait in held(event, "wait")]
        if len(dates) != 1 or (until and until[0] != dates[0]):
            message = "En väntan ska ha en tidshändelse (timerEventDefinition) vars timeDate är variabeln som s:wait anger i until."
            yield Finding("timer", source.lines[event], event.get("id", ""), message)


def _drawn(source: Source) -> Iterator[Finding]:
    known = {element.get("id") for element in source.root.iter(f"{{{BPMN}}}*")}
    for shape in source.root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge", f"{{{BPMNDI}}}BPMNPlane"):
        target = shape.get("bpmnElement", "").rpartition(":")[2]
        if target and target not in known:
            message = f"Ritningen visar {quoted(target)}, men något element med det id:t finns inte i rutinen."
            yield Finding("dangling-reference", source.lines[shape], shape.get("id", ""), message)
