"""All maps of a routine, as values."""

from collections.abc import Iterator, Mapping

from styrkedja.core.process.layout.columns import walk
from styrkedja.core.process.layout.geometry import GRID, Box, Diagram, Edge, Point, Shape
from styrkedja.core.process.layout.labels import Placer, sorted_by_room
from styrkedja.core.process.layout.pages import HEADER, MAX_WIDTH, Page, pages
from styrkedja.core.process.layout.placing import Scene, place
from styrkedja.core.process.layout.routing import Wire, route
from styrkedja.core.process.layout.text import has_outer_label, label_size
from styrkedja.core.process.model import Node, NodeType, Phase, Routine

_ROUNDS = 2


def diagrams(routine: Routine) -> tuple[Diagram, ...]:
    """The maps of every phase that has nodes, in order.

    A phase is `phase_ID` with the name of the phase; when one map would be too wide, `phase_ID_1`, `phase_ID_2` …, named by their steps too.
    """
    order = walk(routine)
    return tuple(
        _diagram(routine, page, place(routine, page, order.back), *title)
        for phase in routine.phases.values()
        for page, title in _titled(routine, phase, pages(routine, phase.id, order))
    )


def _titled(routine: Routine, phase: Phase, found: list[Page]) -> Iterator[tuple[Page, tuple[str, str]]]:
    if len(found) == 1:
        yield found[0], (f"phase_{phase.id}", phase.name)
        return
    for index, page in enumerate(found, 1):
        inside = set(page.nodes)
        numbers = [node.number for node in routine.nodes.values() if node.id in inside and node.number]
        steps = "–".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ""
        yield page, (f"phase_{phase.id}_{index}", f"{phase.name}, steg {steps}" if steps else f"{phase.name} {index}")


def _diagram(routine: Routine, page: Page, scene: Scene, id: str, name: str) -> Diagram:
    """Edges are drawn around where names are expected, names are put beside the edges, and once more with the names in place."""
    boxes = {shape.node: shape.box for shape in scene.shapes}
    frame = Box(HEADER + GRID, GRID, max(box.right for box in (*boxes.values(), scene.pool)) - HEADER, _bottom(scene) - 2 * GRID)
    wires = _wires(routine, page, scene.pool, frame)
    labels = {node: _ahead(routine.nodes[node], box) for node, box in boxes.items() if has_outer_label(routine.nodes[node])}
    ways: dict[str, tuple[Point, ...]] = {}
    for _ in range(_ROUNDS):
        ways = route(wires, boxes, labels.values(), frame)
        labels = _labels(routine, boxes, ways, _placer(scene, ways))
    shapes = tuple(Shape(shape.node, shape.box, shape.ghost, labels.get(shape.node)) for shape in scene.shapes)
    return Diagram(id, name, scene.pool, scene.lanes, shapes, tuple(Edge(flow, points, labels.get(flow)) for flow, points in ways.items()))


def _placer(scene: Scene, ways: Mapping[str, tuple[Point, ...]]) -> Placer:
    areas = [scene.pool, *(box for _, box in scene.lanes)]
    return Placer([shape.box for shape in scene.shapes], ways.values(), areas, Box(HEADER, 0, MAX_WIDTH - HEADER, _bottom(scene)))


def _labels(routine: Routine, boxes: Mapping[str, Box], ways: Mapping[str, tuple[Point, ...]], placer: Placer) -> dict[str, Box]:
    """The place of each name that is written beside its shape or edge, by the id of the node or flow."""
    nodes = {node: routine.nodes[node] for node in boxes if has_outer_label(routine.nodes[node])}
    found = {key: placer.beside_shape(node.name, boxes[key], above=_is_gateway(node)) for key, node in nodes.items()}
    names = {flow: routine.flows[flow].name for flow in ways if routine.flows[flow].name}
    defaults = {node.default for node in routine.nodes.values()}
    for flow in sorted_by_room(names):
        found[flow] = placer.beside_edge(names[flow], ways[flow], default=flow in defaults)
    return found


def _bottom(scene: Scene) -> int:
    return max(scene.pool.bottom, *(shape.box.bottom + 2 * GRID for shape in scene.shapes))


def _wires(routine: Routine, page: Page, pool: Box, frame: Box) -> list[Wire]:
    """Every flow that begins on the map, and those between what is drawn outside the pool. Only flows that leave the pool may run outside it."""
    ghosts = {node for chain in page.ghosts for node in chain}
    sources = [*page.nodes, *(node for chain in page.ghosts for node in chain[:-1])]
    flows = [routine.flows[flow] for node in sources for flow in routine.nodes[node].outgoing]
    return [Wire(flow.id, flow.source, flow.target, frame.right if flow.target in ghosts else pool.right - GRID) for flow in flows]


def _is_gateway(node: Node) -> bool:
    return node.type in (NodeType.EXCLUSIVE, NodeType.PARALLEL)


def _ahead(node: Node, box: Box) -> Box:
    """Where the name of a gateway or an event stands if nothing else needs the room."""
    width, height = label_size(node.name)
    return Box(box.centre[0] - width // 2, box.y - 4 - height if _is_gateway(node) else box.bottom + 4, width, height)
