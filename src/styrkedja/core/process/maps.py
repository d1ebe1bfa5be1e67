"""Which maps a file holds, and which nodes each of them shows: read from the drawings, whatever tool has made them."""

from dataclasses import dataclass

from lxml import etree

from styrkedja.core.process.layout.geometry import Box
from styrkedja.core.process.model import Routine
from styrkedja.core.process.source import parse
from styrkedja.core.process.vocabulary import BPMNDI

_BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"


@dataclass(frozen=True)
class DrawnMap:
    """One diagram. `nodes` are drawn in its pool, `outside` beside it, to show where flows lead; both in the routine's order."""

    id: str
    name: str
    nodes: tuple[str, ...]
    outside: tuple[str, ...] = ()


def drawn_maps(source: bytes, routine: Routine) -> tuple[DrawnMap, ...]:
    """The diagrams of the file that `routine` was read from, in order. Without a drawn pool every node counts as in it."""
    root = parse(source).root
    return tuple(_map(diagram, routine) for diagram in root.iterchildren(f"{{{BPMNDI}}}BPMNDiagram"))


def _map(diagram: etree._Element, routine: Routine) -> DrawnMap:
    boxes = {shape.get("bpmnElement", "").rpartition(":")[2]: _box(shape) for shape in diagram.iter(f"{{{BPMNDI}}}BPMNShape")}
    # What is no node is a pool, a lane or a note; only pools and lanes can lie around a node.
    areas = [box for element, box in boxes.items() if element not in routine.nodes]
    shown = [node for node in routine.nodes if node in boxes]
    inside = [node for node in shown if any(area.contains(boxes[node]) for area in areas)]
    nodes = inside or shown
    outside = tuple(node for node in shown if node not in nodes)
    return DrawnMap(diagram.get("id", ""), diagram.get("name", ""), tuple(nodes), outside)


def _box(shape: etree._Element) -> Box:
    bounds = shape.find(_BOUNDS)
    values = [round(float(bounds.get(name, "0"))) if bounds is not None else 0 for name in ("x", "y", "width", "height")]
    return Box(*values)
