"""Answers of done steps, ready to read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.process.model import Node
from styrkedja.organisations.models import County
from styrkedja.procedures.links import address
from styrkedja.procedures.selectors.record import Record, specs_of
from styrkedja.ui.wording import day_text, number_text
from styrkedja.workflows.models import HistoryEvent


@dataclass(frozen=True)
class AnswerTable:
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """One field and what was answered: `text`, or a file (its name is the text and `url` its address), or a table."""

    label: str
    text: str = ""
    url: str = ""
    table: AnswerTable | None = None


@dataclass(frozen=True)
class PartAnswers:
    """What one performer answered: in which function, when and for which body (in a step that many bodies do)."""

    at: datetime
    who: str
    part: str
    outcome: str
    answers: Sequence[Answer]


@dataclass(frozen=True)
class StepAnswers:
    """A done step with the answers of everybody who did it, the latest first."""

    title: str
    parts: Sequence[PartAnswers]


@dataclass(frozen=True)
class Wording:
    """Names of bodies (and of calculations) and functions by what the answers hold instead."""

    body: Callable[[str], str]
    function: Callable[[str], str]


def step_answers(record: Record, county: County) -> list[StepAnswers]:
    """The steps of `record` in which something was answered, the latest first. The parts of a step for many bodies stand together."""
    by_visit: dict[str, list[HistoryEvent]] = {}
    for event in record.events:
        by_visit.setdefault(event.token.partition("/")[0], []).append(event)
    steps = (_step(events, record, county) for events in by_visit.values())
    return [step for step in steps if step.parts]


def _step(events: Sequence[HistoryEvent], record: Record, county: County) -> StepAnswers:
    node = record.node_of(events[0])
    parts = [part for event in events if (part := _part(event, record, county)).outcome or part.answers]
    title = _("Steg %(step)s: %(name)s") % {"step": events[0].number, "name": node.name if node else events[0].node_id}
    outcomes = {part.outcome for part in parts}
    said = outcomes.pop() if len(outcomes) == 1 else ""
    return StepAnswers(f"{title} – {said}" if said else title, parts)


def _part(event: HistoryEvent, record: Record, county: County) -> PartAnswers:
    return PartAnswers(
        at=event.at,
        who=event.function or str(event.account or ""),
        part=record.name_of(event.item) if event.item else "",
        outcome=outcome_name(record.node_of(event), event.outcome),
        answers=answers_of(event, record, county),
    )


def outcome_name(node: Node | None, outcome: str) -> str:
    """What people read for an outcome's value."""
    options = node.step.outcomes if node and node.step else ()
    return next((option.name for option in options if option.value == outcome), outcome)


def answers_of(event: HistoryEvent, record: Record, county: County) -> list[Answer]:
    """What was filled in, in the order of the form. What is no field of the step (a key that the step made) is left out."""
    wording = Wording(record.name_of, lambda code: county.functions.get(code, code))
    given = [(spec, event.data[spec.id]) for spec in specs_of(record.node_of(event)) if event.data.get(spec.id) not in (None, "", [])]
    return [_answer(spec, value, wording) for spec, value in given]


def _answer(spec: FieldSpec, value: Any, wording: Wording) -> Answer:
    label = str(spec.name)
    if spec.type is FieldType.FILE:
        return file_answer(label, value)
    if spec.type is FieldType.TABLE:
        rows = [[read(column, row.get(column.id), wording) for column in spec.columns] for row in value]
        return Answer(label, table=AnswerTable([str(column.name) for column in spec.columns], rows))
    return Answer(label, read(spec, value, wording))


def file_answer(label: str, file: Mapping[str, str]) -> Answer:
    """A file as core.fields describes it, as a link."""
    return Answer(label, file["name"], address("cases:file", file["file"]))


def read(spec: FieldSpec, value: Any, wording: Wording) -> str:
    """A stored value of a simple field as text; "" for none."""
    if value in (None, "", []):
        return ""
    return _READERS.get(spec.type, _plain)(spec, value, wording)


def _plain(_spec: FieldSpec, value: Any, _wording: Wording) -> str:
    return str(value)


def _day(_spec: FieldSpec, value: str, _wording: Wording) -> str:
    return day_text(date.fromisoformat(value))


def _choice(spec: FieldSpec, value: str, _wording: Wording) -> str:
    return next((str(option.name) for option in spec.options if option.value == value), value)


_READERS: Mapping[FieldType, Callable[[FieldSpec, Any, Wording], str]] = {
    FieldType.NUMBER: lambda spec, value, wording: number_text(value),
    FieldType.DATE: _day,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: lambda spec, value, wording: ", ".join(
        (wording.body(one) if spec.of else _choice(spec, one, wording)) for one in value
    ),
    FieldType.YES_NO: lambda spec, value, wording: _("Ja") if value else _("Nej"),
    FieldType.ORGANISATION: lambda spec, value, wording: wording.body(value),
    FieldType.GROUP: lambda spec, value, wording: wording.body(value),
    FieldType.ORGANISATIONS: lambda spec, value, wording: ", ".join(map(wording.body, value)),
    FieldType.GROUPS: lambda spec, value, wording: ", ".join(map(wording.body, value)),
    FieldType.FUNCTION: lambda spec, value, wording: wording.function(value),
}
