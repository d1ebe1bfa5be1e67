"""What a step leaves behind when it is taken over by a revised version of its routine."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.process.engine import Value
from styrkedja.core.process.model import Assignment, Node, Step
from styrkedja.core.process.wording import quoted
from styrkedja.core.sentences import Sentence


class Lost(Exception):
    """What was answered is not enough for the new version; `reason` is Swedish and says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def carried(node: Node, outcome: str, data: Mapping[str, Any], values: Mapping[str, Value], version: str) -> dict[str, Value]:
    """The variables that `node` leaves behind, made from the outcome and the data of when it was done under another version.

    An answer that is not in `data` is looked for in `values`, the variables it left then: a field may have been renamed. `version` is the number
    of the new version, for the reasons. Raises Lost.
    """
    step = node.step
    if step is None:
        return {}
    if step.outcomes and outcome not in {option.value for option in step.outcomes}:
        if outcome:
            raise Lost(Sentence("Utfallet som valdes finns inte i version %(version)s.", version=version))
        raise Lost(Sentence("Steget avslutas med ett val i version %(version)s.", version=version))
    return {assignment.variable: _value(step, assignment, outcome, data, values, version) for assignment in step.assignments}


def _value(step: Step, assignment: Assignment, outcome: str, data: Mapping[str, Any], values: Mapping[str, Value], version: str) -> Value:
    source, _colon, field = assignment.source.partition(":")
    if source == "outcome":
        return outcome
    spec = next((spec for spec in step.fields if spec.id == field), None)
    name = quoted(spec.name if spec else field)
    found = next((value for value in (data.get(field), values.get(assignment.variable)) if value not in (None, "", [])), None)
    if found is None:
        raise Lost(Sentence("Version %(version)s behöver uppgiften %(name)s, som inte lämnades.", version=version, name=name))
    if spec is not None and not fits(spec, found):
        raise Lost(Sentence("Uppgiften %(name)s besvaras på ett annat sätt i version %(version)s.", name=name, version=version))
    return found


def fits(spec: FieldSpec, value: object) -> bool:
    """Could `value` have been answered in the field, as far as can be told without the county?"""
    return _SHAPES[spec.type](spec, value)


def _is_text(_spec: FieldSpec, value: object) -> bool:
    return isinstance(value, str)


def _is_list(_spec: FieldSpec, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_date(_spec: FieldSpec, value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def _is_number(_spec: FieldSpec, value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_choice(spec: FieldSpec, value: object) -> bool:
    return isinstance(value, str) and value in {option.value for option in spec.options}


def _are_choices(spec: FieldSpec, value: object) -> bool:
    return isinstance(value, list) and all(_is_choice(spec, item) for item in value)


_SHAPES: Mapping[FieldType, Callable[[FieldSpec, object], bool]] = {
    FieldType.TEXT: _is_text,
    FieldType.LONG_TEXT: _is_text,
    FieldType.NUMBER: _is_number,
    FieldType.DATE: _is_date,
    FieldType.CHOICE: _is_choice,
    FieldType.CHOICES: _are_choices,
    FieldType.YES_NO: lambda _spec, value: isinstance(value, bool),
    FieldType.FILE: lambda _spec, value: isinstance(value, dict),
    FieldType.ORGANISATION: _is_text,
    FieldType.ORGANISATIONS: _is_list,
    FieldType.GROUP: _is_text,
    FieldType.GROUPS: _is_list,
    FieldType.FUNCTION: _is_text,
    FieldType.TABLE: lambda _spec, value: isinstance(value, list),
}
