"""Everything that reads a variable, and whether the variable is of the type that the reader needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from styrkedja.core.process.checks.subject import ITEM, Subject
from styrkedja.core.process.checks.types import Base, Type, types
from styrkedja.core.process.conditions import Comparison, Constant
from styrkedja.core.process.extensions import parse_date
from styrkedja.core.process.model import Finding
from styrkedja.core.process.wording import listed, quoted, title

_ORDER = ("<", "<=", ">", ">=")
_SEARCH = ("holds", "lacks")


@dataclass(frozen=True)
class Read:
    """A reading of `variable` by the node `node`. `line` and `element` are where it is written, `reader` says in Swedish who reads.

    `needs` is what the value must be; None where comparisons tell.
    """

    variable: str
    node: str
    line: int
    element: str
    reader: str
    needs: Type | None = None


def reads(subject: Subject) -> Iterator[Read]:
    """Every reading: roles, lists and waits, then conditions."""
    for node in subject.routine.steps():
        role, name = subject.body_of(node), title(node)
        if role.startswith("variable:"):
            yield Read(role.removeprefix("variable:"), node.id, node.line, node.id, f"Rollen för {name}", Type(Base.BODY))
        if node.step and node.step.each:
            needs = Type(Base.BODY if role == ITEM else Base.UNKNOWN, many=True)
            yield Read(node.step.each, node.id, node.line, node.id, f"Flerinstanssteget {name}", needs)
        if node.step and node.step.due:
            yield Read(node.step.due, node.id, node.line, node.id, f"Sista dagen för {name}", Type(Base.DATE))
        if node.wait and node.wait.until:
            yield Read(node.wait.until, node.id, node.line, node.id, f"Väntan {name}", Type(Base.DATE))
    for key, condition in subject.conditions.items():
        flow = subject.routine.flows[key]
        for variable in sorted(condition.names):
            yield Read(variable, flow.source, flow.line, key, f"Villkoret {quoted(condition.text)}")


def mismatches(subject: Subject) -> Iterator[Finding]:
    """Roles need a body, lists a list and waits a date; a comparison needs values that the variable can take."""
    known = types(subject)
    for read in reads(subject):
        kind = known.get(read.variable)
        if read.needs and kind and not _fits(kind, read.needs):
            message = f"{read.reader} läser {quoted(read.variable)}, som är {kind} men ska vara {read.needs}."
            yield Finding("type-mismatch", read.line, read.element, message)
    for key, condition in subject.conditions.items():
        for comparison in condition.comparisons:
            kind = known.get(comparison.variable)
            words = _comparison_fault(subject, comparison, kind) if kind and kind.base is not Base.UNKNOWN else ""
            if words:
                message = f"Villkoret {quoted(condition.text)}: {quoted(comparison.variable)} {words}"
                yield Finding("comparison", subject.routine.flows[key].line, key, message)


def _fits(kind: Type, needs: Type) -> bool:
    return kind.base is Base.UNKNOWN or (kind.many == needs.many and needs.base in (kind.base, Base.UNKNOWN))


def _comparison_fault(subject: Subject, comparison: Comparison, kind: Type) -> str:
    if kind.many and comparison.operator not in _SEARCH:
        return f"är {kind}. Skriv {comparison.values[0]!r} in {comparison.variable}." if comparison.values else f"är {kind}."
    if not kind.many and comparison.operator in _SEARCH:
        return f"är {kind} och ingen lista."
    if comparison.operator in _ORDER and kind.base not in (Base.NUMBER, Base.DATE):
        return f"är {kind} och har ingen ordning. Jämför med == eller in."
    impossible = [str(value) for value in comparison.values if not _possible(subject, kind, value)]
    if not impossible:
        return ""
    return f"kan aldrig vara {listed(impossible, 'eller')}; den {_can_be(kind)}."


def _can_be(kind: Type) -> str:
    if kind.base is not Base.CHOICE:
        return f"är {kind}"
    return f"kan bara vara {listed(sorted(kind.values), 'eller')}" if kind.values else "har inga värden att välja bland"


def _possible(subject: Subject, kind: Type, value: Constant) -> bool:
    match kind.base:
        case Base.CHOICE:
            return value in kind.values
        case Base.TEXT:
            return isinstance(value, str)
        case Base.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Base.TRUTH:
            return isinstance(value, bool)
        case Base.DATE:
            return isinstance(value, str) and parse_date(value) is not None
        case Base.BODY:
            return isinstance(value, str) and (subject.county is None or value in subject.county.bodies)
        case Base.UNKNOWN:
            return True
