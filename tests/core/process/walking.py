"""Walks a routine in tests, as people would: answers every step with what it asks for and remembers what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.process.engine import Execution, Program, Token, Value
from styrkedja.core.process.migration import Done
from styrkedja.core.process.model import Node, Step
from styrkedja.core.process.reader import read

Choose = Callable[[Sequence[Any]], Any]


def program(source: bytes) -> Program:
    """The routine in `source`, ready to run; a test with a faulty routine fails here."""
    reading = read(source)
    assert reading.routine is not None, reading.findings
    return Program(reading.routine)


def first(options: Sequence[Any]) -> Any:
    return options[0]


@dataclass
class Walk:
    """A case under way. `bodies` are the keys that fields for bodies choose among."""

    program: Program
    givens: Mapping[str, Value] = field(default_factory=dict)
    bodies: tuple[str, ...] = ("one", "two")
    done: list[Done] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.execution = Execution.start(self.program, self.givens)

    @property
    def open(self) -> list[str]:
        return [token.key for token in self.execution.tokens()]

    def do(self, key: str, outcome: str = "", **data: Any) -> "Walk":
        """Completes the open token `key`; what is not said in `data` is answered with the first that fits."""
        token = next(token for token in self.execution.tokens() if token.key == key)
        return self.complete(token, outcome, data, first)

    def step(self, choose: Choose) -> bool:
        """Completes one of the open tokens as `choose` will have it; False when there is none."""
        tokens = self.execution.tokens()
        if not tokens:
            return False
        token = choose(tokens)
        step = self.program.routine.nodes[token.node_id].step
        outcome = choose([option.value for option in step.outcomes]) if step and step.outcomes else ""
        self.complete(token, outcome, {}, choose)
        return True

    def complete(self, token: Token, outcome: str, data: Mapping[str, Any], choose: Choose) -> "Walk":
        node = self.program.routine.nodes[token.node_id]
        answers = {**self._answers(node, choose), **data}
        values = _left(node.step, outcome, answers) if node.step else {}
        self.execution.complete(token.key, values)
        self.done.append(Done(token.key, node.id, token.item, outcome, answers, values, node.wait is not None, len(self.done) + 1))
        return self

    def _answers(self, node: Node, choose: Choose) -> dict[str, Any]:
        if node.step is None:
            return {}
        asked = {assignment.source.removeprefix("field:") for assignment in node.step.assignments} - {"outcome"}
        declared = {spec.id: spec for spec in node.step.fields}
        return {name: self._answer(declared.get(name), name, choose) for name in sorted(asked)}

    def _answer(self, spec: FieldSpec | None, name: str, choose: Choose) -> Any:
        kind = spec.type if spec else FieldType.DATE if name.endswith("_on") else FieldType.GROUP
        options = [option.value for option in spec.options] if spec else []
        shapes: dict[FieldType, Sequence[Any]] = {
            FieldType.DATE: ("2027-01-15",),
            FieldType.CHOICE: options,
            FieldType.NUMBER: (1, 2),
            FieldType.YES_NO: (True, False),
            FieldType.GROUP: self.bodies,
            FieldType.ORGANISATION: self.bodies,
            FieldType.GROUPS: (list(self.bodies), list(self.bodies[:1])),
            FieldType.ORGANISATIONS: (list(self.bodies), list(self.bodies[:1])),
        }
        return choose(shapes.get(kind, ("text",)))


def _left(step: Step, outcome: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    sources = {assignment.variable: assignment.source for assignment in step.assignments}
    return {variable: outcome if source == "outcome" else answers[source.removeprefix("field:")] for variable, source in sources.items()}
