"""From the bytes of a file to a `Routine`, or to everything that is wrong with it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from styrkedja.core.process.elements import unsupported
from styrkedja.core.process.extension_values import read_head, read_step, read_wait
from styrkedja.core.process.extensions import PHASE, PREFIX
from styrkedja.core.process.model import Finding, Flow, Lane, Node, NodeType, Routine
from styrkedja.core.process.references import dangling
from styrkedja.core.process.schema import validate
from styrkedja.core.process.source import MAX_BYTES, MAX_NODES, Refused, Source, parse
from styrkedja.core.process.vocabulary import BPMN


@dataclass(frozen=True)
class Reading:
    """`routine` is None unless `findings` is empty: what is not fully understood is never run."""

    routine: Routine | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Draft:
    """What can be made of a file that may have faults, so that it can be checked to the end. Not to be run.

    `field_lines` maps (node id, field id) to the line of the s:field.
    """

    routine: Routine | None
    findings: tuple[Finding, ...]
    field_lines: Mapping[tuple[str, str], int] = field(default_factory=dict)


def read(source: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES) -> Reading:
    """The routine in `source`, or every fault of form with its line. Never raises for what stands in the file.

    A routine that is read is complete: every reference in it leads somewhere. Whether it means something (known kinds, variables set before
    they are read, no deadlock) is for `check`.
    """
    draft = read_draft(source, max_bytes=max_bytes, max_nodes=max_nodes)
    return Reading(None if draft.findings else draft.routine, draft.findings)


def read_draft(source: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES) -> Draft:
    """As `read`, but keeps a routine of which only the wording is faulty; None when the file is unsafe, no BPMN or has dangling references."""
    try:
        parsed = parse(source, max_bytes=max_bytes, max_nodes=max_nodes)
    except Refused as refusal:
        return Draft(None, (refusal.finding,))
    structural = (*validate(parsed), *dangling(parsed))
    refused = tuple(unsupported(parsed))
    findings = sorted((*_untold(structural, refused), *refused), key=lambda finding: finding.line)
    return Draft(None if structural else _routine(parsed), tuple(findings), _field_lines(parsed))


def _field_lines(source: Source) -> Mapping[tuple[str, str], int]:
    fields = source.root.iterfind(f"{{{BPMN}}}process/{{{BPMN}}}userTask/{{{BPMN}}}extensionElements/{PREFIX}step/{PREFIX}field")
    return {(_owner(element), element.get("id", "")): source.lines[element] for element in fields}


def _owner(element: etree._Element) -> str:
    return next(task.get("id", "") for task in element.iterancestors(f"{{{BPMN}}}userTask"))


def _untold(structural: Iterable[Finding], refused: Iterable[Finding]) -> Iterator[Finding]:
    """Without what the schema calls unexpected where `refused` names the same thing and says what to do instead."""
    told = {(finding.line, finding.element) for finding in refused}
    for finding in structural:
        if not (finding.code.startswith("schema-unexpected-") and (finding.line, finding.element) in told):
            yield finding


def _routine(source: Source) -> Routine:
    """Needs a file with one process and without dangling references."""
    process = source.root.find(f"{{{BPMN}}}process")
    if process is None:
        raise ValueError("a file without a process has been passed as free of faults")
    head = read_head(source, process)
    flows = {flow.id: flow for flow in _flows(source, process)}
    return Routine(
        key=process.get("id", ""),
        name=process.get("name", ""),
        documentation=_documentation(process),
        version=head.version,
        decided_on=head.decided_on,
        revised_on=head.revised_on,
        valid_from=head.valid_from,
        decided_by=head.decided_by,
        county=head.county,
        nodes={node.id: node for node in _nodes(source, process, flows)},
        flows=flows,
        lanes={lane.id: lane for lane in _lanes(source, process)},
        roles={role.id: role for role in head.roles},
        phases={phase.id: phase for phase in head.phases},
        givens={given.variable: given for given in head.givens},
        colours={colour.id: colour for colour in head.colours},
        terms=head.terms,
    )


def _flows(source: Source, process: etree._Element) -> Iterator[Flow]:
    for element in process.iterchildren(f"{{{BPMN}}}sequenceFlow"):
        condition = _text(element, "conditionExpression")
        ends = element.get("sourceRef", ""), element.get("targetRef", "")
        yield Flow(element.get("id", ""), *ends, source.lines[element], element.get("name", ""), condition)


def _nodes(source: Source, process: etree._Element, flows: Mapping[str, Flow]) -> Iterator[Node]:
    incoming: dict[str, list[str]] = defaultdict(list)
    outgoing: dict[str, list[str]] = defaultdict(list)
    for flow in flows.values():
        incoming[flow.target].append(flow.id)
        outgoing[flow.source].append(flow.id)
    lane_of = {node: lane.id for lane in _lanes(source, process) for node in lane.nodes}
    for element in process.iterchildren(*(f"{{{BPMN}}}{kind}" for kind in NodeType)):
        key = element.get("id", "")
        kind = NodeType(str(etree.QName(element).localname))
        yield Node(
            id=key,
            type=kind,
            name=element.get("name", ""),
            line=source.lines[element],
            phase=element.get(PHASE, ""),
            lane=lane_of.get(key, ""),
            documentation=_documentation(element),
            step=read_step(source, element, _each(element)) if kind is NodeType.TASK else None,
            wait=read_wait(element) if kind is NodeType.WAIT else None,
            default=element.get("default", "") if kind is NodeType.EXCLUSIVE else "",
            incoming=tuple(incoming[key]),
            outgoing=tuple(outgoing[key]),
        )


def _lanes(source: Source, process: etree._Element) -> Iterator[Lane]:
    for element in process.iterfind(f"{{{BPMN}}}laneSet/{{{BPMN}}}lane"):
        nodes = tuple((ref.text or "").strip() for ref in element.iterchildren(f"{{{BPMN}}}flowNodeRef"))
        yield Lane(element.get("id", ""), element.get("name", ""), source.lines[element], nodes)


def _each(task: etree._Element) -> str:
    return (task.findtext(f"{{{BPMN}}}multiInstanceLoopCharacteristics/{{{BPMN}}}loopDataInputRef") or "").strip()


def _text(element: etree._Element, tag: str) -> str:
    return (element.findtext(f"{{{BPMN}}}{tag}") or "").strip()


def _documentation(element: etree._Element) -> str:
    """The text without the line breaks of the file; paragraphs, told by an empty line, are kept."""
    texts = ("".join(map(str, part.itertext())) for part in element.iterchildren(f"{{{BPMN}}}documentation"))
    paragraphs = (" ".join(paragraph.split()) for text in texts for paragraph in re.split(r"\n\s*\n", text))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
