"""What a step kind is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.core.process.model import Node

if TYPE_CHECKING:
    from styrkedja.procedures.effects import StepContext

Effect = Callable[["StepContext", Mapping[str, Any]], Mapping[str, Any]]


def no_effect(_context: "StepContext", _data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The step leaves nothing but its own record in the history of the case."""
    return {}


@dataclass(frozen=True)
class StepKind:
    """A kind of step.

    `fields` are asked for whatever the routine says. `effect` writes the noun that the step is about, inside the transaction of the
    step, and returns the values of `derived`: further field ids that a routine may keep with `s:set from="field:ID"`, such as the key of a
    group that was made. `initial` fills a field from what an earlier step of the case answered: field id → ids to look for, in order.
    """

    name: str
    label: str
    description: str
    fields: tuple[FieldSpec, ...] = ()
    derived: tuple[str, ...] = ()
    effect: Effect = no_effect
    initial: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def fields_of(node: Node, kind: StepKind) -> tuple[FieldSpec, ...]:
    """All that the step asks for: the kind's own fields as the routine narrows them, then those that the routine declares."""
    return node.step.all_fields(kind.fields) if node.step else kind.fields


def text(id: str, name: str, *, required: bool = True, help: str = "", no_person: bool = False) -> FieldSpec:
    return FieldSpec(id, FieldType.TEXT, name, required, help, no_person=no_person)


def long_text(id: str, name: str, *, required: bool = True, help: str = "") -> FieldSpec:
    return FieldSpec(id, FieldType.LONG_TEXT, name, required, help)


def on_date(id: str, name: str, *, required: bool = True, help: str = "", not_future: bool = False, not_before: str = "") -> FieldSpec:
    return FieldSpec(id, FieldType.DATE, name, required, help, not_future=not_future, not_before=not_before)


def attachment(id: str = "attachment", name: str = "Bilaga", *, required: bool = False, help: str = "") -> FieldSpec:
    return FieldSpec(id, FieldType.FILE, name, required, help)


def choice(id: str, name: str, *options: tuple[str, str], required: bool = True, help: str = "") -> FieldSpec:
    return FieldSpec(id, FieldType.CHOICE, name, required, help, tuple(Option(value, label) for value, label in options))


def table(id: str, name: str, *columns: FieldSpec, required: bool = True, help: str = "") -> FieldSpec:
    return FieldSpec(id, FieldType.TABLE, name, required, help, (), columns)


def group(id: str, name: str, *, required: bool = True, many: bool = False, of: str = "", help: str = "") -> FieldSpec:
    return FieldSpec(id, FieldType.GROUPS if many else FieldType.GROUP, name, required, help, of=of)
