"""Validation against the XSD of BPMN 2.0, with every fault told in Swedish.

The schema is the one that the engine's package brings with it; it is found without importing the package. libxml2's own English messages are
never passed on: its error types are sorted into a few Swedish sentences, and only the names quoted in a message are taken from it.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import cast

from lxml import etree

from styrkedja.core.process.model import Finding
from styrkedja.core.process.source import Source
from styrkedja.core.process.vocabulary import called
from styrkedja.core.process.wording import quoted

_SCHEMA = Path("bpmn", "parser", "schema", "BPMN20.xsd")
# The error log belongs to the compiled schema, which all threads share.
_VALIDATING = Lock()

_STEP = re.compile(r"/([^/\[]+)(?:\[(\d+)\])?")
_QUOTED_ATTRIBUTE = re.compile(r"attribute '([^']*)'")
_QUOTED_VALUE = re.compile(r"'([^']*)' is not a valid value of the (?:atomic|union|list) type '([^']*)'")
_ENUMERATED = re.compile(r"The value '([^']*)' is not an element of the set \{(.*)\}")

_TYPES = {
    "xs:boolean": "ska vara true eller false",
    "xs:integer": "ska vara ett heltal",
    "xs:QName": "ska vara en hänvisning till ett id",
    "xs:IDREF": "ska vara en hänvisning till ett id",
    "xs:anyURI": "ska vara en webbadress eller annan URI",
    "xs:double": "ska vara ett tal",
}


@cache
def _schema() -> etree.XMLSchema:
    package = find_spec("SpiffWorkflow")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("SpiffWorkflow is not installed; its package holds the XSD of BPMN 2.0")
    return etree.XMLSchema(etree.parse(Path(package.submodule_search_locations[0]) / _SCHEMA))


def validate(source: Source) -> tuple[Finding, ...]:
    """Every fault that the XSD finds, in the order of the file; empty when the file is valid."""
    with _VALIDATING:
        schema = _schema()
        if schema.validate(source.root):
            return ()
        errors = list(cast(Iterable[etree._LogEntry], schema.error_log))
    return tuple(_finding(source, error) for error in errors)


def _finding(source: Source, error: etree._LogEntry) -> Finding:
    element = _at(source.root, error.path or "")
    tag = etree.QName(element).localname
    code, message = _sentence(error.type_name, error.message, tag, element)
    return Finding(code, source.lines[element], element.get("id", tag), message)


def _at(root: etree._Element, path: str) -> etree._Element:
    """The element at a path like `/b:definitions/b:process/*[3]`; followed by hand, since its prefixes mean what they mean down there."""
    element = root
    for prefixed, position in _STEP.findall(path)[1:]:
        alike = [child for child in element.iterchildren("*") if prefixed in ("*", _prefixed(child))]
        element = alike[int(position or 1) - 1]
    return element


def _prefixed(element: etree._Element) -> str:
    name = str(etree.QName(element).localname)
    return f"{element.prefix}:{name}" if element.prefix else name


def _sentence(kind: str, english: str, tag: str, element: etree._Element) -> tuple[str, str]:
    match kind:
        case "SCHEMAV_ELEMENT_CONTENT" if "This element is not expected" in english:
            parent = element.getparent()
            place = f" i {called(etree.QName(parent).localname)}" if parent is not None else ""
            return (
                "schema-unexpected-element",
                f"Elementet {called(tag)} får inte stå här{place}. Kontrollera ordningen eller ta bort elementet.",
            )
        case "SCHEMAV_ELEMENT_CONTENT":
            return "schema-missing-element", f"Elementet {called(tag)} saknar ett element som BPMN kräver."
        case "SCHEMAV_CVC_COMPLEX_TYPE_4":
            return "schema-missing-attribute", f"Elementet {called(tag)} saknar attributet {_attribute(english)}."
        case "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1" | "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2":
            return "schema-unexpected-attribute", f"Attributet {_attribute(english)} finns inte på elementet {called(tag)}. Ta bort det."
        case "SCHEMAV_CVC_DATATYPE_VALID_1_2_1":
            return _bad_value(english, tag)
        case "SCHEMAV_CVC_ENUMERATION_VALID":
            return "schema-bad-value", f"{_place(english, tag)} har {_enumerated(english)}."
        case "SCHEMAV_CVC_ELT_1":
            return "schema-not-bpmn", f"Filen är inte BPMN 2.0: det yttersta elementet är {tag} och ska vara definitions i BPMN:s namnrymd."
        case "SCHEMAV_CVC_COMPLEX_TYPE_2_3":
            return "schema-unexpected-text", f"Elementet {called(tag)} innehåller text, men får bara innehålla element."
        case _:
            return "schema-invalid", f"Elementet {called(tag)} följer inte schemat för BPMN 2.0."


def _attribute(english: str) -> str:
    names = _QUOTED_ATTRIBUTE.findall(english)
    return quoted(names[-1]) if names else "som krävs"


def _place(english: str, tag: str) -> str:
    found = _QUOTED_ATTRIBUTE.search(english)
    return f"Attributet {quoted(found[1])} på {called(tag)}" if found else f"Elementet {called(tag)}"


def _bad_value(english: str, tag: str) -> tuple[str, str]:
    found = _QUOTED_VALUE.search(english)
    value, kind = (found[1], found[2]) if found else ("", "")
    if kind == "xs:ID":
        return (
            "schema-bad-id",
            f"Id:t {quoted(value)} på {called(tag)} är upptaget eller felskrivet. Varje id ska vara unikt, börja med en bokstav och sakna mellanslag.",
        )
    code = "schema-bad-reference" if kind in ("xs:IDREF", "xs:QName") else "schema-bad-value"
    return code, f"{_place(english, tag)} har värdet {quoted(value)}, som {_TYPES.get(kind, 'inte är tillåtet här')}."


def _enumerated(english: str) -> str:
    found = _ENUMERATED.search(english)
    return f"värdet {quoted(found[1])}; tillåtna värden är {found[2].replace(chr(39), '')}" if found else "ett värde som inte är tillåtet"
