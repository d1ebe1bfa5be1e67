"""A routine as values: what the reader makes of a BPMN file and what check, soundness, engine and layout share.

The BPMN file is the record; these objects are a view of it and hold the line of each element so that every finding can name it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from styrkedja.core.fields import FieldSpec, FieldType, Option

NAMESPACE = "urn:styrkedja:bpmn:1"


class NodeType(StrEnum):
    START = "startEvent"
    END = "endEvent"
    TASK = "userTask"
    WAIT = "intermediateCatchEvent"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"


@dataclass(frozen=True)
class Assignment:
    """`s:set`: a variable that a step leaves behind. `source` is "outcome" or "field:ID"."""

    variable: str
    source: str
    line: int


@dataclass(frozen=True)
class Narrowing:
    """`s:narrow`: the field `field` of the step's kind takes bodies of the list `of` ("list:NAME") alone."""

    field: str
    of: str
    line: int


@dataclass(frozen=True)
class Step:
    """`s:step` of a user task. `each` is the variable holding the list of a multi-instance step, else "".

    `fields` are those that the routine adds to the kind's, which `narrowings` narrow; `all_fields` gives both. `due` is the variable holding the date that the step must keep, `due_before` working days earlier; "" where the county's lead time says.
    """

    number: str
    kind: str
    role: str
    outcomes: tuple[Option, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    each: str = ""
    due: str = ""
    due_before: int = 0
    narrowings: tuple[Narrowing, ...] = ()

    def all_fields(self, of_kind: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
        """All that the step asks for: the fields of its kind as the routine narrows them, then its own."""
        lists = {narrowing.field: narrowing.of for narrowing in self.narrowings}
        narrowed = (replace(field, of=lists[field.id]) if field.id in lists else field for field in of_kind)
        return (*narrowed, *self.fields)


@dataclass(frozen=True)
class Wait:
    """`s:wait` of a timer event: waits until the date in the variable `until`; `role` may end it earlier."""

    number: str
    until: str
    role: str
    reason: str


@dataclass(frozen=True)
class Node:
    id: str
    type: NodeType
    name: str
    line: int
    phase: str = ""
    lane: str = ""
    documentation: str = ""
    step: Step | None = None
    wait: Wait | None = None
    default: str = ""
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The source's step number, "" for gateways and events without one."""
        return self.step.number if self.step else self.wait.number if self.wait else ""


@dataclass(frozen=True)
class Flow:
    id: str
    source: str
    target: str
    line: int
    name: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Role:
    """`s:role`. `body` is "key:K", "variable:V", "item" or "list:L"."""

    id: str
    name: str
    colour: str
    functions: tuple[str, ...]
    body: str
    line: int


@dataclass(frozen=True)
class Phase:
    id: str
    number: str
    name: str
    line: int


@dataclass(frozen=True)
class Lane:
    id: str
    name: str
    line: int
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """`s:given`: a variable that exists when the case opens; `source` is "county:LIST" or "" (asked of who opens the case)."""

    variable: str
    type: str
    name: str
    source: str
    line: int
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Colour:
    id: str
    name: str
    fill: str
    stroke: str


@dataclass(frozen=True)
class Term:
    name: str
    text: str


@dataclass(frozen=True)
class Routine:
    """A routine. `key` is the process id; mappings are in document order."""

    key: str
    name: str
    documentation: str
    version: str
    decided_on: date | None
    revised_on: date | None
    valid_from: date | None
    decided_by: str
    county: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: Mapping[str, Lane]
    roles: Mapping[str, Role]
    phases: Mapping[str, Phase]
    givens: Mapping[str, Given]
    colours: Mapping[str, Colour] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()

    @property
    def start(self) -> Node:
        return next(node for node in self.nodes.values() if node.type is NodeType.START)

    def steps(self) -> list[Node]:
        """Every node that a person or a date ends, in document order."""
        return [node for node in self.nodes.values() if node.step or node.wait]


@dataclass(frozen=True)
class Finding:
    """A fault in a routine: where, and in Swedish what is wrong and what to do. `code` is stable, for tests and machines."""

    code: str
    line: int
    element: str
    message: str


class KindSignature(Protocol):
    """What the check must know of a step kind."""

    @property
    def name(self) -> str: ...
    @property
    def fields(self) -> tuple[FieldSpec, ...]: ...
    @property
    def derived(self) -> tuple[str, ...]: ...


__all__ = [
    "NAMESPACE",
    "Assignment",
    "Colour",
    "FieldSpec",
    "FieldType",
    "Finding",
    "Flow",
    "Given",
    "KindSignature",
    "Lane",
    "Narrowing",
    "Node",
    "NodeType",
    "Option",
    "Phase",
    "Role",
    "Routine",
    "Step",
    "Term",
    "Wait",
]
