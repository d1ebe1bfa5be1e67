"""A routine as the bare BPMN that the library is to run: what this project does itself is left out."""

from lxml import etree

from styrkedja.core.process.model import Flow, Node, NodeType, Routine
from styrkedja.core.process.vocabulary import BPMN


def plain_bpmn(routine: Routine) -> etree._Element:
    """Waits and steps for many bodies become plain user tasks; conditions stay, for our own environment to evaluate."""
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap={"bpmn": BPMN}, targetNamespace="urn:styrkedja")
    process = etree.SubElement(root, f"{{{BPMN}}}process", id=routine.key, isExecutable="true")
    for node in routine.nodes.values():
        _add_node(process, node)
    for flow in routine.flows.values():
        _add_flow(process, flow)
    return root


def _add_node(process: etree._Element, node: Node) -> None:
    tag = NodeType.TASK if node.type is NodeType.WAIT else node.type
    element = etree.SubElement(process, f"{{{BPMN}}}{tag.value}", id=node.id)
    if node.default:
        element.set("default", node.default)
    for name, flows in (("incoming", node.incoming), ("outgoing", node.outgoing)):
        for flow in flows:
            etree.SubElement(element, f"{{{BPMN}}}{name}").text = flow


def _add_flow(process: etree._Element, flow: Flow) -> None:
    element = etree.SubElement(process, f"{{{BPMN}}}sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    if flow.condition:
        etree.SubElement(element, f"{{{BPMN}}}conditionExpression").text = flow.condition
