"""The values that the extension elements stand for. Never fails: what is missing becomes "" or None, and `extensions.faults` tells of it."""

from dataclasses import dataclass
from datetime import date

from lxml import etree

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.core.process.extensions import PREFIX, parse_date
from styrkedja.core.process.model import Assignment, Colour, Given, Narrowing, Phase, Role, Step, Term, Wait
from styrkedja.core.process.source import Source


@dataclass(frozen=True)
class Head:
    """What `s:routine` and its neighbours say of the whole process."""

    version: str
    decided_on: date | None
    revised_on: date | None
    valid_from: date | None
    decided_by: str
    county: str
    phases: tuple[Phase, ...]
    colours: tuple[Colour, ...]
    roles: tuple[Role, ...]
    terms: tuple[Term, ...]
    givens: tuple[Given, ...]


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The extension elements `s:name` directly in `element`."""
    return list(element.iterchildren(f"{PREFIX}{name}"))


def held(holder: etree._Element, name: str) -> list[etree._Element]:
    """The extension elements `s:name` of the BPMN element `holder`."""
    return [child for box in holder.iterchildren("{*}extensionElements") for child in children(box, name)]


def read_head(source: Source, process: etree._Element) -> Head:
    routine = next(iter(held(process, "routine")), etree.Element("none"))
    line = source.lines
    return Head(
        version=routine.get("version", ""),
        decided_on=parse_date(routine.get("decidedOn", "")),
        revised_on=parse_date(routine.get("revisedOn", "")),
        valid_from=parse_date(routine.get("validFrom", "")),
        decided_by=routine.get("decidedBy", ""),
        county=routine.get("county", ""),
        phases=tuple(Phase(e.get("id", ""), e.get("number", ""), e.get("name", ""), line[e]) for e in held(process, "phase")),
        colours=tuple(Colour(e.get("id", ""), e.get("name", ""), e.get("fill", ""), e.get("stroke", "")) for e in held(process, "colour")),
        roles=tuple(_role(e, line[e]) for e in held(process, "role")),
        terms=tuple(Term(e.get("name", ""), " ".join((e.text or "").split())) for e in held(process, "term")),
        givens=tuple(_given(e, line[e]) for e in held(process, "given")),
    )


def _role(element: etree._Element, line: int) -> Role:
    functions = tuple(element.get("function", "").split())
    return Role(element.get("id", ""), element.get("name", ""), element.get("colour", ""), functions, element.get("body", ""), line)


def _given(element: etree._Element, line: int) -> Given:
    variable, declared = element.get("variable", ""), element.get("type", "")
    return Given(variable, declared, element.get("name", ""), element.get("from", ""), line, _options(element))


def read_step(source: Source, task: etree._Element, each: str) -> Step | None:
    """The step of a user task; `each` is the list variable of a multi-instance task, else ""."""
    element = next(iter(held(task, "step")), None)
    if element is None:
        return None
    return Step(
        number=element.get("number", ""),
        kind=element.get("kind", ""),
        role=element.get("role", ""),
        outcomes=_options(element, "outcome"),
        assignments=tuple(Assignment(e.get("variable", ""), e.get("from", ""), source.lines[e]) for e in children(element, "set")),
        fields=tuple(_field(e) for e in children(element, "field")),
        each=each,
        due=element.get("due", "").removeprefix("variable:"),
        due_before=int(due_before) if (due_before := element.get("dueBefore", "")).isdecimal() else 0,
        narrowings=tuple(Narrowing(e.get("field", ""), e.get("of", ""), source.lines[e]) for e in children(element, "narrow")),
    )


def read_wait(event: etree._Element) -> Wait | None:
    element = next(iter(held(event, "wait")), None)
    if element is None:
        return None
    until = element.get("until", "").removeprefix("variable:")
    return Wait(element.get("number", ""), until, element.get("role", ""), element.get("reason", ""))


def _options(element: etree._Element, name: str = "option") -> tuple[Option, ...]:
    return tuple(Option(e.get("value", ""), e.get("name", "")) for e in children(element, name))


def _field(element: etree._Element) -> FieldSpec:
    declared = element.get("type", "")
    return FieldSpec(
        id=element.get("id", ""),
        type=FieldType(declared) if declared in set(FieldType) else FieldType.TEXT,
        name=element.get("name", ""),
        required=element.get("required") == "true",
        help=element.get("help", ""),
        options=_options(element),
        columns=tuple(_field(e) for e in children(element, "column")),
        of=element.get("of", ""),
        among=element.get("among", ""),
        not_future=element.get("notFuture") == "true",
        not_before=element.get("notBefore", ""),
    )
