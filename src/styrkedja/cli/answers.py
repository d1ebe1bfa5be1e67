"""The answers of a trial walk: docs/walk-format.md. Read and matched here; what they mean is for the step's own form to judge."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from styrkedja.core.fields import FieldSpec, FieldType

_KNOWN = {"subject", "opened_on", "opened_days_ago", "fill", "stop", "given", "step"}
_KNOWN_STEP = {"step", "item", "outcome", "days", "fields"}


class AnswerFault(Exception):
    """The file is not as docs/walk-format.md says; `lines` are Swedish."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


@dataclass(frozen=True)
class Answer:
    """`days` is how long after the step before this one is done."""

    step: str
    item: str = ""
    outcome: str = ""
    days: int = 1
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """All answers of a file. `for_step` finds the one for the n:th visit of a step."""

    subject: str
    opened_on: date | None
    opened_days_ago: int | None
    fill: bool
    given: Mapping[str, Any]
    stop: frozenset[str] = frozenset()
    steps: tuple[Answer, ...] = field(default=())

    def for_step(self, *, node_id: str, number: str, item: str, visit: int) -> Answer | None:
        """The answer to the `visit`:th opening of the step, or None."""
        for wanted in ((node_id, item), (number, item), (node_id, ""), (number, "")):
            found = [answer for answer in self.steps if (answer.step, answer.item) == wanted]
            if found:
                return found[visit - 1] if visit <= len(found) else None
        return None


def read_answers(source: bytes) -> Answers:
    """Raises AnswerFault."""
    try:
        table = tomllib.loads(source.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnswerFault(f"Svarsfilen är inte giltig TOML: {error}") from None
    faults = [f"Svarsfilen har en okänd uppgift: {name}." for name in table.keys() - _KNOWN]
    steps = table.get("step", [])
    for number, step in enumerate(steps, 1):
        faults += [f"Post {number} i svarsfilen har en okänd uppgift: {name}." for name in step.keys() - _KNOWN_STEP]
        if not isinstance(step.get("step"), str):
            faults.append(f'Post {number} i svarsfilen saknar step = "stegnummer eller stegets id".')
    if faults:
        raise AnswerFault(*faults)
    return Answers(
        subject=str(table.get("subject", "Provkörning")),
        opened_on=table.get("opened_on"),
        opened_days_ago=table.get("opened_days_ago"),
        fill=bool(table.get("fill", False)),
        given=table.get("given", {}),
        stop=frozenset(table.get("stop", [])),
        steps=tuple(_answer(step) for step in steps),
    )


def _answer(step: Mapping[str, Any]) -> Answer:
    fields = _dates_as_text(step.get("fields", {}))
    return Answer(step["step"], step.get("item", ""), step.get("outcome", ""), int(step.get("days", 1)), fields)


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _dates_as_text(inner) for name, inner in value.items()}
    return [_dates_as_text(inner) for inner in value] if isinstance(value, list) else value


def sample(spec: FieldSpec, *, bodies: list[tuple[str, str]], functions: list[tuple[str, str]], on: date, account: str) -> Any:
    """A plausible answer to a required field that the file leaves out."""
    if spec.id in {"convener", "account"}:
        return account
    if spec.type is FieldType.TABLE:
        inner = {
            column.id: sample(column, bodies=bodies, functions=functions, on=on, account=account)
            for column in spec.columns
            if column.required
        }
        return [inner]
    simple: dict[FieldType, Any] = {
        FieldType.NUMBER: 1,
        FieldType.DATE: on.isoformat(),
        FieldType.YES_NO: True,
        FieldType.FUNCTION: functions[0][0] if functions else "",
        FieldType.CHOICE: spec.options[0].value if spec.options else "",
        FieldType.CHOICES: [option.value for option in spec.options[:1]],
        FieldType.ORGANISATION: bodies[0][0] if bodies else "",
        FieldType.GROUP: bodies[0][0] if bodies else "",
        FieldType.ORGANISATIONS: [key for key, _name in bodies[:1]],
        FieldType.GROUPS: [key for key, _name in bodies[:1]],
    }
    return simple.get(spec.type, f"{spec.name} (exempel)")
