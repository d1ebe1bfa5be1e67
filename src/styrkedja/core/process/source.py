"""The first look at a file from outside: refuses what is dangerous or is no XML, and knows on which line each element begins.

Two parsers look at the bytes. Expat, with DTDs forbidden, goes first: it stops at the first declaration, counts, and gives the line where a
start tag begins (libxml2 gives the line where it ends, and no more than 65535). Only what passed is given to lxml, for XPath and the XSD.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser
from lxml import etree

from styrkedja.core.process.model import Finding
from styrkedja.core.process.vocabulary import FLOW_NODES

MAX_BYTES = 2_000_000
MAX_NODES = 2_000
MAX_DEPTH = 50


class Refused(ValueError):
    """The file is not read any further; `finding` says why."""

    def __init__(self, code: str, line: int, message: str, element: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(code, line, element, message)


@dataclass(frozen=True)
class Source:
    """A parsed file. `lines` maps each element to the line of its start tag."""

    root: etree._Element
    lines: Mapping[etree._Element, int]


def parse(source: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES) -> Source:
    """Raises `Refused` for a file that is too large, declares a DTD, is nested too deep, has too many nodes or is not XML."""
    if len(source) > max_bytes:
        raise Refused("too-large", 1, f"Filen är {len(source)} byte. En rutin får vara högst {max_bytes} byte.")
    _require_utf8(source)
    lines = _scan(source, max_nodes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_xml(getattr(error, "lineno", None) or 1) from error
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return Source(root, dict(zip(elements, lines, strict=True)))


def _require_utf8(source: bytes) -> None:
    try:
        source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise Refused("encoding", line, "Filen är inte kodad i UTF-8. Öppna rutinen i ett BPMN-verktyg och spara den som UTF-8.") from error


def _scan(source: bytes, max_nodes: int) -> list[int]:
    handler = _Scanner(max_nodes)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(source))
    except DefusedXmlException as error:
        raise Refused(
            "doctype",
            parser.getLineNumber() or 1,
            "Filen innehåller en dokumenttypsdeklaration (DOCTYPE) eller entiteter. De kan läsa andra filer eller fylla minnet och tas inte emot. "
            "Ta bort deklarationen.",
        ) from error
    except (SAXException, LookupError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise _not_xml(parser.getLineNumber() or 1) from error
    return handler.lines


def _not_xml(line: int) -> Refused:
    return Refused(
        "not-xml", line, "Filen är inte giltig XML från och med den här raden. Öppna rutinen i ett BPMN-verktyg och spara den på nytt."
    )


def attributes(element: etree._Element) -> dict[str, str]:
    """The attributes of an element, foreign ones as `{namespace}name`."""
    return {str(name): str(value) for name, value in element.attrib.items()}


class _Scanner(ContentHandler):
    """Notes the line of each start tag in document order, and stops when there are too many flow nodes or too many levels."""

    def __init__(self, max_nodes: int) -> None:
        super().__init__()
        self.lines: list[int] = []
        self._max_nodes = max_nodes
        self._nodes = 0
        self._depth = 0

    def setDocumentLocator(self, locator: Locator) -> None:
        self._where = locator

    def startElement(self, name: str, attrs: "AttributesImpl[str]") -> None:
        line = self._where.getLineNumber() or 1
        self.lines.append(line)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused("too-deep", line, f"Elementen ligger inuti varandra i fler än {MAX_DEPTH} nivåer. Så är ingen rutin byggd.")
        if name.rpartition(":")[2] in FLOW_NODES:
            self._nodes += 1
            if self._nodes > self._max_nodes:
                message = f"Rutinen har fler än {self._max_nodes} steg, händelser och grindar. Dela upp den i flera rutiner."
                raise Refused("too-many-nodes", line, message, attrs.get("id", ""))

    def endElement(self, name: str) -> None:
        self._depth -= 1
