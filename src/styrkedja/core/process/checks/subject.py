"""What all checks look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from styrkedja.core.fields import FieldSpec
from styrkedja.core.organisations.signature import CountySignature
from styrkedja.core.process.conditions import Condition, UnsafeCondition, compile_condition
from styrkedja.core.process.model import Finding, KindSignature, Node, NodeType, Routine, Step

ITEM = "item"


@dataclass(frozen=True)
class Subject:
    """`field_lines` maps (node id, field id) to the line of the s:field. Without a county, what only a county can tell is not checked."""

    routine: Routine
    field_lines: Mapping[tuple[str, str], int]
    kinds: Mapping[str, KindSignature]
    county: CountySignature | None

    @cached_property
    def tasks(self) -> tuple[tuple[Node, Step], ...]:
        return tuple((node, node.step) for node in self.routine.nodes.values() if node.step)

    @cached_property
    def splits(self) -> tuple[Node, ...]:
        """The exclusive gateways that choose."""
        nodes = self.routine.nodes.values()
        return tuple(node for node in nodes if node.type is NodeType.EXCLUSIVE and len(node.outgoing) > 1)

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """The conditions that decide something, by flow; `checks.shape` tells of the others and of the unsafe."""
        deciding = (flow for node in self.splits for flow in node.outgoing if flow != node.default)
        compiled = {flow: _compiled(self.routine.flows[flow].condition) for flow in deciding}
        return {flow: condition for flow, condition in compiled.items() if condition}

    def fields(self, step: Step) -> Mapping[str, FieldSpec]:
        """The fields of a step by id: those of its kind, narrowed, then its own."""
        kind = self.kinds.get(step.kind)
        return {field.id: field for field in step.all_fields(kind.fields if kind else ())}

    def body_of(self, node: Node) -> str:
        """The `body` of the role that performs a step or wait; "" when there is no such role."""
        performer = node.step or node.wait
        role = self.routine.roles.get(performer.role) if performer else None
        return role.body if role else ""


def _compiled(text: str) -> Condition | None:
    try:
        return compile_condition(text)
    except UnsafeCondition:
        return None


Check = Callable[[Subject], Iterator[Finding]]
