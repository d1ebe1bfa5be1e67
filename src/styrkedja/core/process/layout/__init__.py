"""The maps of a routine: one or more for each phase, with the lanes that act in it, narrow enough to be read without zooming.

`layout` draws them into the file; `diagrams` gives them as values. The result depends on nothing but the routine.
"""

from lxml import etree

from styrkedja.core.process.layout.drawing import diagrams
from styrkedja.core.process.layout.writing import with_diagrams, written
from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from styrkedja.core.process.source import parse
from styrkedja.core.process.vocabulary import BPMN


class NotDrawable(ValueError):
    """The file lacks something that a map needs; the message says in Swedish what."""


def layout(source: bytes) -> bytes:
    """`source` with its diagrams replaced by maps of the routine; all else stays as it is, byte for byte. Raises `NotDrawable`."""
    routine = read(source).routine
    if routine is None:
        raise NotDrawable("Rutinen kan inte ritas förrän felen i den är rättade. Kör styrkedja routine check på filen.")
    root = parse(source).root
    collaboration, participant = _id(root, "collaboration"), _id(root, "collaboration", "participant")
    _check(routine, [collaboration, participant, *routine.lanes])
    return with_diagrams(source, written(routine, collaboration, participant, diagrams(routine)))


def _id(root: etree._Element, *path: str) -> str:
    found = root.find("/".join(f"{{{BPMN}}}{tag}" for tag in path))
    return "" if found is None else found.get("id", "")


def _check(routine: Routine, drawn: list[str]) -> None:
    if "" in drawn:
        raise NotDrawable("Samarbetet, deltagaren och varje bana ska ha ett id för att kunna ritas.")
    for node in routine.nodes.values():
        if node.lane not in routine.lanes:
            raise NotDrawable(f"”{node.name or node.id}” på rad {node.line} ligger inte i någon bana.")
        if node.phase not in routine.phases:
            raise NotDrawable(f"”{node.name or node.id}” på rad {node.line} hör inte till någon fas.")


__all__ = ["NotDrawable", "diagrams", "layout"]
