"""Where a step leads, in words: lines that may have lines of their own."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from styrkedja.core.fields import Option
from styrkedja.core.process.model import Node, NodeType, Routine
from styrkedja.core.process.ways import Choice, Roads, To, Together, Way

LinkTo = Callable[[Node], str]


@dataclass(frozen=True)
class StepLink:
    """A step or wait as others name it: "4-regionintern Lämna över till regionens egen rutin"."""

    text: str
    url: str


@dataclass(frozen=True)
class WayLine:
    """`answer` is what must be the case ("Nej"), `lead` says how one comes to `link` ("tillbaka till"); without a link it ends the line.

    `awaits` are the steps that must be done first, `lines` what the line divides into.
    """

    answer: str = ""
    lead: str = ""
    link: StepLink | None = None
    awaits: tuple[StepLink, ...] = ()
    lines: tuple["WayLine", ...] = ()


class Ways:
    """Says the ways of one routine. `link_to` gives the address of a step's text."""

    def __init__(self, roads: Roads, link_to: LinkTo) -> None:
        self._roads, self._link_to = roads, link_to

    @property
    def _routine(self) -> Routine:
        return self._roads.routine

    def link(self, node_id: str) -> StepLink:
        """Where several steps have the same number and name, its role tells which."""
        node = self._routine.nodes[node_id]
        name = f"{node.number} {node.name}".strip()
        performed = node.step or node.wait
        if performed and self._names[name] > 1:
            name = f"{name} ({self._routine.roles[performed.role].name})"
        return StepLink(name, self._link_to(node))

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(f"{node.number} {node.name}".strip() for node in self._routine.steps())

    def onward(self, node: Node) -> tuple[WayLine, ...]:
        """What comes after a step: a line for each outcome that leads its own way, or one line whatever the outcome."""
        groups = _grouped(self._roads.by_outcome(node))
        if len(groups) > 1:
            return tuple(self._line(way, " / ".join(option.name for option in options)) for options, way in groups)
        way = groups[0][1] if groups else self._roads.after(node)
        line = self._line(way)
        return line.lines if isinstance(way, Choice) and not line.lead else (line,)

    def undecided(self, node: Node) -> tuple[str, ...]:
        """The outcomes of a step that do not, by themselves, decide the way."""
        outcomes = self._roads.by_outcome(node)
        return tuple(option.name for option, _way in outcomes) if len(_grouped(outcomes)) == 1 else ()

    def _line(self, way: Way, answer: str = "") -> WayLine:
        if isinstance(way, To):
            return self._to(way, answer)
        if isinstance(way, Together):
            return WayLine(answer, _("samtidigt:"), lines=tuple(self._line(inner) for inner in way.ways))
        return WayLine(answer, way.question, lines=tuple(self._line(inner, given) for given, inner in way.ways))

    def _to(self, way: To, answer: str) -> WayLine:
        node = self._routine.nodes[way.node]
        awaits = tuple(self.link(step) for step in way.awaits)
        if node.type is NodeType.END:
            return WayLine(answer, _("ärendet slutar: %(end)s") % {"end": node.name}, awaits=awaits)
        lead = _("tillbaka till steg") if way.back else _("steg")
        return WayLine(answer, lead, self.link(way.node), awaits)


def _grouped(outcomes: Iterable[tuple[Option, Way]]) -> list[tuple[list[Option], Way]]:
    """The outcomes by the way that they lead, in order of the first of each."""
    found: list[tuple[list[Option], Way]] = []
    for option, way in outcomes:
        same = next((options for options, known in found if known == way), None)
        if same is None:
            found.append(([option], way))
        else:
            same.append(option)
    return found
