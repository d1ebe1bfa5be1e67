"""Walks the BPMN of a file and names every element and attribute that a routine may not use, by line."""

from collections.abc import Iterator

from lxml import etree

from styrkedja.core.process.extensions import PHASE, faults
from styrkedja.core.process.model import Finding
from styrkedja.core.process.source import Source, attributes
from styrkedja.core.process.vocabulary import ADVICE, ATTRIBUTES, BPMN, BPMNDI, CHILDREN, SUPPORTED_NODES, XSI, called
from styrkedja.core.process.wording import listed, quoted

_TYPED = ("conditionExpression", "timeDate")
_EXPRESSION = "tFormalExpression"


def unsupported(source: Source) -> Iterator[Finding]:
    """Findings for everything outside the supported part of BPMN, and for the form of all extension elements, in the order of the file."""
    if source.root.tag == f"{{{BPMN}}}definitions":
        yield from _walk(source, source.root)


def _walk(source: Source, element: etree._Element) -> Iterator[Finding]:
    tag = str(etree.QName(element).localname)
    yield from _attributes(source, element, tag)
    yield from faults(source, element)
    allowed = CHILDREN[tag]
    if not allowed and tag != "documentation" and len(element):
        message = f"I {called(tag)} får bara text stå, inga element eller kommentarer: verktyg läser dem olika."
        yield Finding("text-only", source.lines[element], element.get("id", tag), message)
        return
    for child in element.iterchildren("*"):
        name = etree.QName(child)
        if name.namespace == BPMN and name.localname in allowed:
            if name.localname != "extensionElements":
                yield from _walk(source, child)
        elif name.namespace == BPMN:
            yield _refused(source, child, str(name.localname))
        elif not (tag == "definitions" and name.namespace == BPMNDI) and tag != "documentation":
            yield Finding(
                "unsupported-element",
                source.lines[child],
                child.get("id", ""),
                f"Elementet {quoted(str(name.localname))} hör inte till BPMN.",
            )


def _refused(source: Source, element: etree._Element, tag: str) -> Finding:
    title = f" {quoted(name)}" if (name := element.get("name")) else ""
    advice = f" {ADVICE[tag]}" if tag in ADVICE else " Ta bort det."
    return Finding(
        "unsupported-element", source.lines[element], element.get("id", tag), f"Elementet {called(tag)}{title} stöds inte.{advice}"
    )


def _attributes(source: Source, element: etree._Element, tag: str) -> Iterator[Finding]:
    allowed = ATTRIBUTES.get(tag, {})
    for name, value in attributes(element).items():
        if name.startswith("{"):
            if not _foreign_allowed(element, tag, name):
                yield _attribute(source, element, tag, etree.QName(name).localname, "stöds inte här. Ta bort det.")
        elif name not in allowed:
            yield _attribute(source, element, tag, name, "stöds inte här. Ta bort det.")
        elif allowed[name] and value not in allowed[name]:
            yield _attribute(
                source, element, tag, name, f"har värdet {quoted(value)} men får bara vara {listed(sorted(allowed[name]), 'eller')}."
            )


def _foreign_allowed(element: etree._Element, tag: str, name: str) -> bool:
    """Other tools may sign the file on its outermost element; inside it only our own words and the schema's have a meaning."""
    if tag == "definitions":
        return True
    if name == PHASE:
        return tag in SUPPORTED_NODES
    return name == f"{{{XSI}}}type" and tag in _TYPED and element.get(name, "").rpartition(":")[2] == _EXPRESSION


def _attribute(source: Source, element: etree._Element, tag: str, name: str, sentence: str) -> Finding:
    message = f"Attributet {quoted(name)} på {called(tag)} {sentence}"
    return Finding("unsupported-attribute", source.lines[element], element.get("id", tag), message)
