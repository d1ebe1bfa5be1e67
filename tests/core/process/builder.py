"""Writes small routine files for tests: one element a line, so that a test can ask for the line of anything.

    routine = Builder()
    routine.start().task("ask", outcomes=("yes", "no"), sets={"answer": "outcome"}).exclusive("choice").end("done").end("dropped")
    routine.path("start", "ask", "choice")
    routine.flow("choice", "done", "answer == 'yes'").flow("choice", "dropped", default=True)
    source = routine.build()
    line_of(source, 'id="ask"')

What is not said gets a sound default: one phase, one lane, one role. `raw` puts any XML into the process, for what is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from xml.sax.saxutils import escape, quoteattr

from styrkedja.core.fields import FieldSpec, FieldType

ROLE = '<s:role id="officer" name="Handläggare" colour="region" function="OFFICER" body="key:office"/>'
ROUTINE = '<s:routine version="1" decidedOn="2026-01-02" validFrom="2026-02-01" decidedBy="office" county="test"/>'
PHASE = '<s:phase id="only" number="1" name="Allt"/>'
COLOUR = '<s:colour id="region" name="Region" fill="#ddeeff" stroke="#004080"/>'

_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\
 xmlns:s="urn:styrkedja:bpmn:1" id="definitions" targetNamespace="urn:styrkedja:test">
<bpmn:collaboration id="collaboration">
<bpmn:participant id="pool" name="Prov" processRef="{key}"/>
</bpmn:collaboration>"""


@dataclass(frozen=True)
class Kind:
    """A step kind of the tests, as the check sees it."""

    name: str
    fields: tuple[FieldSpec, ...] = ()
    derived: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "form": Kind("form"),
    "decide": Kind(
        "decide",
        (FieldSpec("decided_on", FieldType.DATE, "Beslutsdatum", True), FieldSpec("note", FieldType.TEXT, "Anteckning")),
        ("group",),
    ),
    "route": Kind(
        "route",
        (
            FieldSpec("body", FieldType.GROUP, "Organ", True),
            FieldSpec("others", FieldType.GROUPS, "Andra"),
            FieldSpec("why", FieldType.TEXT, "Skäl"),
        ),
    ),
}


def line_of(source: bytes, needle: str) -> int:
    """The number of the first line that holds `needle`; a test that looks for nothing fails."""
    for number, line in enumerate(source.decode().splitlines(), 1):
        if needle in line:
            return number
    raise AssertionError(f"{needle!r} is not in the file")


class Builder:
    """Collects the parts of a routine; `build` writes the file. Every method but `build` gives the builder back."""

    def __init__(self, key: str = "routine", *, head: Sequence[str] = (ROUTINE, PHASE, COLOUR, ROLE), phase: str = "only") -> None:
        self.key = key
        self.head = list(head)
        self.phase = phase
        self.properties: list[str] = []
        self.lanes: dict[str, list[str]] = {"all": []}
        self.nodes: dict[str, str] = {}
        self.flows: list[tuple[str, str, str, str]] = []
        self.defaults: dict[str, str] = {}
        self.extra: list[str] = []

    def raw(self, xml: str) -> Self:
        self.extra.append(xml)
        return self

    def extension(self, xml: str) -> Self:
        """One more extension element of the process, such as s:role or s:given."""
        self.head.append(xml)
        return self

    def given(self, variable: str, *options: str) -> Self:
        """A choice asked of who opens the case."""
        choices = "".join(f'<s:option value="{value}" name="{value.capitalize()}"/>' for value in options)
        return self.extension(f'<s:given variable="{variable}" type="choice" name="Vad gäller?">{choices}</s:given>')

    def given_list(self, variable: str, county_list: str) -> Self:
        return self.extension(f'<s:given variable="{variable}" type="bodies" from="county:{county_list}"/>')

    def start(self, id: str = "start") -> Self:
        return self._node(id, "startEvent", "Start")

    def end(self, id: str = "done", name: str = "Klart") -> Self:
        return self._node(id, "endEvent", name)

    def exclusive(self, id: str) -> Self:
        return self._node(id, "exclusiveGateway", f"Val {id}")

    def parallel(self, id: str) -> Self:
        return self._node(id, "parallelGateway", f"Gren {id}")

    def task(
        self,
        id: str,
        *,
        kind: str = "form",
        role: str = "officer",
        outcomes: Sequence[str] = (),
        sets: Mapping[str, str] | None = None,
        fields: Sequence[str] = (),
        each: str = "",
        number: str = "1",
    ) -> Self:
        """A step. `sets` maps variable to source; `fields` are whole s:field elements; `each` is a list variable."""
        inner = [f'<s:step number="{number}" kind="{kind}" role="{role}">']
        inner += [f'<s:outcome value="{value}" name="{value.capitalize()}"/>' for value in outcomes]
        inner += [f'<s:set variable="{variable}" from="{source}"/>' for variable, source in (sets or {}).items()]
        inner += [*fields, "</s:step>"]
        loop = ""
        if each:
            if each not in self.properties:
                self.properties.append(each)
            loop = (
                f'<bpmn:multiInstanceLoopCharacteristics isSequential="false"><bpmn:loopDataInputRef>{each}</bpmn:loopDataInputRef>'
                f'<bpmn:inputDataItem id="{id}_item" name="item"/></bpmn:multiInstanceLoopCharacteristics>'
            )
        return self._node(id, "userTask", f"Steg {id}", "\n".join(inner), loop)

    def wait(self, id: str, until: str, *, role: str = "officer", number: str = "9") -> Self:
        timer = f'<bpmn:timerEventDefinition id="{id}_timer"><bpmn:timeDate>{until}</bpmn:timeDate></bpmn:timerEventDefinition>'
        return self._node(
            id, "intermediateCatchEvent", f"Väntan {id}", f'<s:wait number="{number}" until="variable:{until}" role="{role}"/>', timer
        )

    def flow(self, source: str, target: str, condition: str = "", *, default: bool = False) -> Self:
        key = f"{source}-{target}"
        if default:
            self.defaults[source] = key
        self.flows.append((key, source, target, condition))
        return self

    def path(self, *ids: str) -> Self:
        for source, target in zip(ids, ids[1:], strict=False):
            self.flow(source, target)
        return self

    def _node(self, id: str, tag: str, name: str, extensions: str = "", after: str = "") -> Self:
        self.lanes["all"].append(id)
        box = f"<bpmn:extensionElements>\n{extensions}\n</bpmn:extensionElements>" if extensions else ""
        phase = f' s:phase="{self.phase}"' if self.phase else ""
        self.nodes[id] = f"<bpmn:{tag} id={quoteattr(id)} name={quoteattr(name)}{phase}{{default}}>{box}{after}</bpmn:{tag}>"
        return self

    def build(self) -> bytes:
        nodes = [
            xml.replace("{default}", f' default="{self.defaults[node]}"' if node in self.defaults else "", 1)
            for node, xml in self.nodes.items()
        ]
        lines = [
            _OPENING.format(key=self.key),
            f'<bpmn:process id="{self.key}" name="Prov" isExecutable="true">',
            "<bpmn:extensionElements>",
            *self.head,
            "</bpmn:extensionElements>",
            *(f'<bpmn:property id="{name}" name="{name}"/>' for name in self.properties),
            '<bpmn:laneSet id="lanes">',
            *self._lane_lines(),
            "</bpmn:laneSet>",
            *nodes,
            *self.extra,
            *(_flow(*flow) for flow in self.flows),
            "</bpmn:process>",
            "</bpmn:definitions>",
        ]
        return "\n".join(lines).encode()

    def _lane_lines(self) -> list[str]:
        lines = []
        for lane, nodes in self.lanes.items():
            references = [f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes]
            lines += [f'<bpmn:lane id="{lane}" name="Alla">', *references, "</bpmn:lane>"]
        return lines


def _flow(id: str, source: str, target: str, condition: str) -> str:
    head = f'<bpmn:sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}"'
    if not condition:
        return f"{head}/>"
    text = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(condition)}</bpmn:conditionExpression>'
    return f"{head}>{text}</bpmn:sequenceFlow>"


def straight(*tasks: str) -> Builder:
    """Start, the tasks one after the other, an end called `done`."""
    routine = Builder().start()
    for task in tasks or ("work",):
        routine.task(task)
    return routine.end().path("start", *(tasks or ("work",)), "done")
