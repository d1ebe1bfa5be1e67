"""Maps as BPMN DI, and their place in a file."""

from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from styrkedja.core.process.layout.geometry import Box, Diagram, Edge, Shape
from styrkedja.core.process.model import Colour, Node, Routine
from styrkedja.core.process.vocabulary import BPMN, BPMNDI

_NAMESPACES = {
    "bpmndi": BPMNDI,
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "bioc": "http://bpmn.io/schema/bpmn/biocolor/1.0",
    "color": "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
}
_TEXT_COLOUR = "#1b1f24"
_LINE_COLOUR = "#4b535c"
_PAPER = "#ffffff"


def written(routine: Routine, collaboration: str, participant: str, diagrams: tuple[Diagram, ...]) -> str:
    """The `BPMNDiagram` elements, indented as the children of `definitions`."""
    lines = (line for diagram in diagrams for line in _Writer(routine, diagram).lines(collaboration, participant))
    return "\n".join(lines)


def with_diagrams(source: bytes, drawn: str) -> bytes:
    """`source` with its diagrams replaced by `drawn`; everything else stays as it is, byte for byte. Needs UTF-8."""
    begin, end = _place(source)
    return source[:begin].rstrip() + b"\n" + drawn.encode() + b"\n" + source[end:].lstrip()


def _place(source: bytes) -> tuple[int, int]:
    """From the first to the last byte of the diagrams; both ends before the end tag of the file when there is none."""
    parser = expat.ParserCreate(namespace_separator=" ")
    begins: list[int] = []
    ends: list[int] = []
    root_end = [0]

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == f"{BPMNDI} BPMNDiagram":
            begins.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        if name == f"{BPMNDI} BPMNDiagram":
            ends.append(source.index(b">", parser.CurrentByteIndex) + 1)
        elif name == f"{BPMN} definitions":
            root_end[0] = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(source, True)
    return (min(begins), max(ends)) if begins else (root_end[0], root_end[0])


class _Writer:
    """One map. The ids of its parts begin with the id of the map, since a node may be drawn on several."""

    def __init__(self, routine: Routine, diagram: Diagram) -> None:
        self._routine, self._diagram = routine, diagram

    def lines(self, collaboration: str, participant: str) -> Iterator[str]:
        diagram = self._diagram
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        yield f"  <bpmndi:BPMNDiagram {spaces} id={quoteattr(diagram.id)} name={quoteattr(diagram.name)}>"
        yield f'    <bpmndi:BPMNPlane id="{diagram.id}_plane" bpmnElement={quoteattr(collaboration)}>'
        for element, box in ((participant, diagram.pool), *diagram.lanes):
            yield from self._part("Shape", element, ' isHorizontal="true"', [_bounds(box)])
        for shape in diagram.shapes:
            yield from self._shape(shape)
        for edge in diagram.edges:
            yield from self._edge(edge)
        yield "    </bpmndi:BPMNPlane>"
        yield "  </bpmndi:BPMNDiagram>"

    def _part(self, kind: str, element: str, attributes: str, children: list[str]) -> Iterator[str]:
        yield f'      <bpmndi:BPMN{kind} id="{self._diagram.id}_{element}" bpmnElement={quoteattr(element)}{attributes}>'
        yield from (f"        {child}" for child in children)
        yield f"      </bpmndi:BPMN{kind}>"

    def _shape(self, shape: Shape) -> Iterator[str]:
        node = self._routine.nodes[shape.node]
        fill, stroke = self._colours(node, ghost=shape.ghost)
        marker = ' isMarkerVisible="true"' if node.type == "exclusiveGateway" else ""
        colours = f' bioc:fill="{fill}" bioc:stroke="{stroke}" color:background-color="{fill}" color:border-color="{stroke}"'
        yield from self._part("Shape", shape.node, marker + colours, [_bounds(shape.box), *_label(shape.label)])

    def _edge(self, edge: Edge) -> Iterator[str]:
        points = [f'<di:waypoint x="{x}" y="{y}"/>' for x, y in edge.points]
        colours = f' bioc:stroke="{_LINE_COLOUR}" color:border-color="{_LINE_COLOUR}"'
        yield from self._part("Edge", edge.flow, colours, [*points, *(_label(edge.label) if edge.label else [])])

    def _colours(self, node: Node, *, ghost: bool) -> tuple[str, str]:
        """Fill and stroke. What belongs to another map is drawn on white."""
        who = node.step or node.wait
        role = self._routine.roles.get(who.role) if who else None
        colour = self._routine.colours.get(role.colour) if role else None
        colour = colour or Colour("", "", _PAPER, _LINE_COLOUR)
        return (_PAPER if ghost else colour.fill), colour.stroke


def _bounds(box: Box) -> str:
    return f'<dc:Bounds x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>'


def _label(box: Box | None) -> list[str]:
    opening = f'<bpmndi:BPMNLabel color:color="{_TEXT_COLOUR}"'
    return [f"{opening}>", f"  {_bounds(box)}", "</bpmndi:BPMNLabel>"] if box else [f"{opening}/>"]
