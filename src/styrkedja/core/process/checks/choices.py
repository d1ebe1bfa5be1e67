"""Does a choice always have exactly one way? Every combination of values that makes a difference is tried.

A variable with few values stands for itself. Of texts, bodies, numbers and dates only those matter that some condition names, and what lies
before, between and after them; so few combinations say what all values would.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations, product
from math import prod

from styrkedja.core.process.checks.reads import mismatches
from styrkedja.core.process.checks.subject import Subject
from styrkedja.core.process.checks.types import UNKNOWN, Base, Type, types
from styrkedja.core.process.conditions import Condition, Constant
from styrkedja.core.process.model import Finding, Flow, Node
from styrkedja.core.process.wording import quoted, title

MAX_COMBINATIONS = 2_000
_OTHER = "något annat"
Values = Mapping[str, object]


def choices(subject: Subject) -> Iterator[Finding]:
    """Choices that leave somebody without a way, ways that overlap, and ways that can never be taken.

    A choice of which the conditions have another fault is left alone.
    """
    known = types(subject)
    usable = subject.conditions.keys() - {finding.element for finding in mismatches(subject)}
    for gateway in subject.splits:
        deciding = [flow for flow in gateway.outgoing if flow != gateway.default]
        if not usable.issuperset(deciding):
            continue
        ways = {flow: subject.conditions[flow] for flow in deciding}
        tried = _combinations(ways.values(), known)
        if tried is not None:
            yield from _tried(gateway, subject.routine.flows, ways, tried)
        elif not gateway.default:
            message = f"{title(gateway)} har inget förvalt flöde (default), och det går inte att pröva om villkoren täcker allt. Ange ett."
            yield Finding("choice-open", gateway.line, gateway.id, message)


def _tried(gateway: Node, flows: Mapping[str, Flow], ways: Mapping[str, Condition], tried: Iterable[Values]) -> Iterator[Finding]:
    taken: set[str] = set()
    overlaps: dict[tuple[str, str], Values] = {}
    open_for: Values | None = None
    for values in tried:
        true = [flow for flow, condition in ways.items() if condition.evaluate(values)]
        taken.update(true)
        if not true:
            open_for = open_for or values
        for pair in combinations(true, 2):
            overlaps.setdefault((pair[0], pair[1]), values)
    for (first, second), values in overlaps.items():
        message = f"{title(gateway)}: {quoted(ways[first].text)} och {quoted(ways[second].text)} gäller båda när {_described(values)}."
        yield Finding("conditions-overlap", flows[second].line, second, message)
    for flow in (flow for flow in ways if flow not in taken):
        message = f"{title(gateway)}: {quoted(ways[flow].text)} kan aldrig vara sant, så vägen tas aldrig."
        yield Finding("condition-never", flows[flow].line, flow, message)
    if open_for is None and gateway.default:
        message = f"{title(gateway)}: det förvalda flödet tas aldrig, för villkoren på de andra täcker allt."
        yield Finding("default-never", flows[gateway.default].line, gateway.default, message)
    if open_for is not None and not gateway.default:
        message = f"{title(gateway)} har inget flöde att ta när {_described(open_for)}. Ange ett förvalt flöde (default)."
        yield Finding("choice-open", gateway.line, gateway.id, message)


def _combinations(ways: Iterable[Condition], known: Mapping[str, Type]) -> Iterable[Values] | None:
    """Every combination of values that makes a difference to the conditions; None when they are too many or not to be told."""
    named: dict[str, set[Constant]] = {}
    for comparison in (comparison for way in ways for comparison in way.comparisons):
        named.setdefault(comparison.variable, set()).update(comparison.values)
    domains = {variable: _domain(known.get(variable, UNKNOWN), constants) for variable, constants in sorted(named.items())}
    if not all(domains.values()) or prod(len(domain) for domain in domains.values()) > MAX_COMBINATIONS:
        return None
    return (dict(zip(domains, values, strict=True)) for values in product(*domains.values()))


def _domain(kind: Type, constants: set[Constant]) -> list[object]:
    """The values of a variable that make a difference; none when that cannot be told."""
    if kind.many:
        return _parts(sorted(constants, key=str)) if kind.base is not Base.UNKNOWN else []
    match kind.base:
        case Base.CHOICE:
            return [*sorted(kind.values)]
        case Base.TRUTH:
            return [False, True]
        case Base.TEXT | Base.BODY:
            return [*sorted(constants, key=str), _OTHER]
        case Base.NUMBER:
            return _around([constant for constant in constants if isinstance(constant, int | float)])
        case Base.DATE:
            return _days(constants)
        case Base.UNKNOWN:
            return []


def _parts(constants: list[Constant]) -> list[object]:
    """Every part of the list, the empty one first; none when they are too many."""
    if 2 ** len(constants) > MAX_COMBINATIONS:
        return []
    return [list(part) for size in range(len(constants) + 1) for part in combinations(constants, size)]


def _around(numbers: list[int | float]) -> list[object]:
    """The numbers, and one before, between and after them."""
    points = sorted(numbers)
    between = [(low + high) / 2 for low, high in zip(points, points[1:], strict=False)]
    return [points[0] - 1, *points, *between, points[-1] + 1] if points else []


def _days(constants: set[Constant]) -> list[object]:
    """The dates, and the days before and after them."""
    try:
        days = {date.fromisoformat(str(constant)).toordinal() for constant in constants}
    except ValueError:
        return []
    near = {near for day in days for near in (day - 1, day, day + 1)}
    return [date.fromordinal(day).isoformat() for day in sorted(near) if 1 <= day <= date.max.toordinal()]


def _described(values: Values) -> str:
    return " och ".join(f"{variable} är {_shown(value)}" for variable, value in values.items())


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"en lista med {', '.join(map(str, value))}" if value else "en lista utan något av det som nämns"
    return str(value) if not isinstance(value, str) or value == _OTHER else quoted(value)
