"""The types of variables: what each can hold, from all the places that set it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.process.checks.steps import OUTCOME
from styrkedja.core.process.checks.subject import Subject
from styrkedja.core.process.model import Assignment, Finding, Given, Step
from styrkedja.core.process.wording import quoted


class Base(Enum):
    """The value says in Swedish what one such value is, and what a list of them is."""

    TEXT = "en text", "en lista av texter"
    CHOICE = "ett val", "en lista av val"
    NUMBER = "ett tal", "en lista av tal"
    TRUTH = "ja eller nej", "en lista av ja och nej"
    DATE = "ett datum", "en lista av datum"
    BODY = "en organisation eller grupp", "en lista av organisationer eller grupper"
    UNKNOWN = "ett värde", "en lista av värden"


@dataclass(frozen=True)
class Type:
    """`values`: all that a CHOICE can be. UNKNOWN is what a kind derives: it may be anything, and is let through."""

    base: Base
    many: bool = False
    values: frozenset[str] = frozenset()

    def __str__(self) -> str:
        one, several = self.base.value
        return several if self.many else one


UNKNOWN = Type(Base.UNKNOWN)

_BASES: Mapping[str, Type] = {
    FieldType.TEXT: Type(Base.TEXT),
    FieldType.LONG_TEXT: Type(Base.TEXT),
    FieldType.NUMBER: Type(Base.NUMBER),
    FieldType.DATE: Type(Base.DATE),
    FieldType.CHOICE: Type(Base.CHOICE),
    FieldType.CHOICES: Type(Base.CHOICE, many=True),
    FieldType.YES_NO: Type(Base.TRUTH),
    FieldType.ORGANISATION: Type(Base.BODY),
    FieldType.ORGANISATIONS: Type(Base.BODY, many=True),
    FieldType.GROUP: Type(Base.BODY),
    FieldType.GROUPS: Type(Base.BODY, many=True),
    FieldType.FUNCTION: Type(Base.TEXT),
    "bodies": Type(Base.BODY, many=True),
}


def _of(declared: str, field: FieldSpec | Given) -> Type:
    found = _BASES.get(declared, UNKNOWN)
    return Type(found.base, found.many, frozenset(option.value for option in field.options))


def _left_by(subject: Subject, step: Step, assignment: Assignment) -> Type:
    if assignment.source == OUTCOME:
        left = Type(Base.CHOICE, values=frozenset(option.value for option in step.outcomes))
    else:
        field = subject.fields(step).get(assignment.source.removeprefix("field:"))
        left = _of(field.type, field) if field else UNKNOWN
    return Type(left.base, True, left.values) if step.each else left


def sources(subject: Subject) -> Iterator[tuple[str, Type, int, str]]:
    """Everything that sets a variable: (variable, type, line, element)."""
    for given in subject.routine.givens.values():
        yield given.variable, _of(given.type, given), given.line, subject.routine.key
    for node, step in subject.tasks:
        for assignment in step.assignments:
            yield assignment.variable, _left_by(subject, step, assignment), assignment.line, node.id


def types(subject: Subject) -> Mapping[str, Type]:
    """The type of every variable that is set anywhere; UNKNOWN where the places do not agree."""
    found: dict[str, list[Type]] = defaultdict(list)
    for variable, kind, _, _ in sources(subject):
        found[variable].append(kind)
    return {variable: _joined(kinds) for variable, kinds in found.items()}


def _joined(kinds: list[Type]) -> Type:
    known = [kind for kind in kinds if kind.base is not Base.UNKNOWN]
    if len({(kind.base, kind.many) for kind in known}) != 1 or len(known) < len(kinds):
        return UNKNOWN
    return Type(known[0].base, known[0].many, frozenset().union(*(kind.values for kind in known)))


def disagreements(subject: Subject) -> Iterator[Finding]:
    """A variable is of one type wherever it is set."""
    first: dict[str, Type] = {}
    for variable, kind, line, element in sources(subject):
        before = first.setdefault(variable, kind)
        if Base.UNKNOWN not in (kind.base, before.base) and (kind.base, kind.many) != (before.base, before.many):
            message = f"Variabeln {quoted(variable)} är {kind} här men {before} där den först sätts. Ge den ena ett annat namn."
            yield Finding("type-differs", line, element, message)
