"""A routine phase by phase: its maps, and beside each the steps that it shows, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from styrkedja.core.process.maps import DrawnMap
from styrkedja.core.process.model import Colour, Node, Phase
from styrkedja.core.process.ways import targets
from styrkedja.workflows.presenters import roles
from styrkedja.workflows.presenters.ways import StepLink, WayLine, Ways
from styrkedja.workflows.selectors_routines import RoutineView

MapState = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class StepText:
    """A step as the list says it. `together` are the steps that can go on at the same time, `again` those from which the case can come back."""

    anchor: str
    number: str
    name: str
    role: str
    colour: Colour | None
    who: str
    kind: str | Promise
    time: str
    outcomes: tuple[str, ...]
    onward: tuple[WayLine, ...]
    together: tuple[StepLink, ...]
    again: tuple[StepLink, ...]
    source: str


@dataclass(frozen=True)
class Section:
    """A map with the steps that it shows. `name` is "" when the phase has one map only, `diagram` "" when it is not drawn."""

    name: str
    diagram: str
    state: MapState
    steps: tuple[StepText, ...]


def anchor(node: Node) -> str:
    return f"steg-{node.id}"


def address(phase: str, node: Node) -> str:
    """Where the text of a step stands, seen from the page of `phase`; "" for the page that shows all phases."""
    return f"#{anchor(node)}" if phase in ("", node.phase) else f"?fas={node.phase}#{anchor(node)}"


def numbers(view: RoutineView, drawn: DrawnMap) -> dict[str, dict[str, str]]:
    """The step numbers that the map shows, by element."""
    shown = (view.routine.nodes[node] for node in (*drawn.nodes, *drawn.outside))
    return {node.id: {"number": node.number} for node in shown if node.number}


@dataclass(frozen=True)
class RoutineText:
    """Says the steps of one version. `phase` is the phase whose page it is for, "" when all stand on one page."""

    view: RoutineView
    phase: str = ""

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self.view.roads, lambda node: address(self.phase, node))

    @cached_property
    def _again(self) -> Mapping[str, list[Node]]:
        """The steps that lead back to each step."""
        found: dict[str, list[Node]] = {}
        for node in self.view.routine.steps():
            reached = (target for way in self.view.roads.all_after(node) for target in targets(way))
            for target in dict.fromkeys(target.node for target in reached if target.back):
                found.setdefault(target, []).append(node)
        return found

    def sections(self, phase: Phase) -> tuple[Section, ...]:
        """The maps of the phase in order, each with its steps; last what no map shows."""
        left = {node.id: node for node in self.view.routine.nodes.values() if node.phase == phase.id}
        maps = maps_of_phase(self.view, phase)
        found = []
        for drawn in maps:
            nodes = [left.pop(node) for node in drawn.nodes if node in left]
            name = drawn.name if len(maps) > 1 else ""
            found.append(Section(name, drawn.id, numbers(self.view, drawn), self._texts(nodes)))
        rest = self._texts(left.values())
        return (*found, Section("", "", {}, rest)) if rest else tuple(found)

    def _texts(self, nodes: Iterable[Node]) -> tuple[StepText, ...]:
        return tuple(self.step(node) for node in nodes if node.step or node.wait)

    def step(self, node: Node) -> StepText:
        view, role = self.view, roles.role_of(self.view, node)
        kind = view.kinds.get(node.step.kind) if node.step else None
        return StepText(
            anchor=anchor(node),
            number=node.number,
            name=node.name,
            role=role.name,
            colour=view.routine.colours.get(role.colour),
            who=roles.who(view, node),
            kind=kind.label if kind else _("Väntan"),
            time=roles.time(view, node),
            outcomes=self._ways.undecided(node),
            onward=self._ways.onward(node),
            together=self._links(view.together.get(node.id, ())),
            again=tuple(self._ways.link(other.id) for other in self._again.get(node.id, ())),
            source=node.documentation,
        )

    def _links(self, wanted: Iterable[str]) -> tuple[StepLink, ...]:
        chosen = set(wanted)
        return tuple(self._ways.link(node) for node in self.view.routine.nodes if node in chosen)


def maps_of_phase(view: RoutineView, phase: Phase) -> list[DrawnMap]:
    """The maps in whose pool something of the phase is drawn."""
    nodes = view.routine.nodes
    return [drawn for drawn in view.maps if any(nodes[node].phase == phase.id for node in drawn.nodes)]
