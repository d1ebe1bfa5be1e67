"""Who performs: roles, and what the county must have for them."""

from collections.abc import Iterator, Mapping

from styrkedja.core.organisations.signature import CountySignature
from styrkedja.core.process.checks.subject import ITEM, Subject
from styrkedja.core.process.model import Finding, Node, Role, Step
from styrkedja.core.process.wording import listed, quoted, title


def performers(subject: Subject) -> Iterator[Finding]:
    """Every step and wait has a role that exists and fits it."""
    roles = subject.routine.roles
    for node in subject.routine.steps():
        performer = node.step or node.wait
        if performer is None or not performer.role:
            continue
        if performer.role not in roles:
            message = f"{title(node)} har rollen {quoted(performer.role)}, som inte finns. Roller anges med s:role."
            yield Finding("role-unknown", node.line, node.id, message)
        elif roles[performer.role].body == ITEM and not (node.step and node.step.each):
            message = f"{title(node)} har rollen {quoted(performer.role)}, som gäller den som ett flerinstanssteg görs för. Steget är inget sådant."
            yield Finding("role-item", node.line, node.id, message)


def colours(subject: Subject) -> Iterator[Finding]:
    for role in subject.routine.roles.values():
        if role.colour not in subject.routine.colours:
            yield _at(role, "colour-unknown", f"har färgen {quoted(role.colour)}, som inte finns. Färger anges med s:colour.")


def county(subject: Subject) -> Iterator[Finding]:
    """Everything that the routine names in the county exists there."""
    if subject.county is None:
        return
    for role in subject.routine.roles.values():
        yield from _role(role, subject.county)
    for given in subject.routine.givens.values():
        name = given.source.removeprefix("county:")
        if given.source and not subject.county.lists.get(name):
            message = f"s:given {quoted(given.variable)} hämtar listan {quoted(name)}, som inte finns eller är tom i länet."
            yield Finding("list-unknown", given.line, subject.routine.key, message)
    for node, step in subject.tasks:
        for field, source, line in _choosing(subject, node, step):
            name = source.removeprefix("list:")
            if not subject.county.lists.get(name):
                message = f"Fältet {quoted(field)} väljer ur listan {quoted(name)}, som inte finns eller är tom i länet."
                yield Finding("list-unknown", line, node.id, message)


def _choosing(subject: Subject, node: Node, step: Step) -> Iterator[tuple[str, str, int]]:
    """The fields of the step that choose from a list, by themselves or in a column: (field, list, line)."""
    for field in step.fields:
        line = subject.field_lines.get((node.id, field.id), node.line)
        yield from ((field.id, part.of, line) for part in (field, *field.columns) if part.of)
    yield from ((narrowing.field, narrowing.of, narrowing.line) for narrowing in step.narrowings)


def _role(role: Role, county: CountySignature) -> Iterator[Finding]:
    unknown = [function for function in role.functions if function not in county.functions]
    if unknown:
        yield _at(role, "function-unknown", f"har funktionen {listed(unknown)}, som inte finns i länet.")
    kind, _, name = role.body.partition(":")
    if kind == "key" and name not in county.bodies:
        yield _at(role, "body-unknown", f"hör till {quoted(name)}, som inte finns i länet.")
    elif kind == "list" and not county.lists.get(name):
        yield _at(role, "list-unknown", f"hör till listan {quoted(name)}, som inte finns eller är tom i länet.")
    elif kind in ("key", "list") and len(unknown) < len(role.functions):
        bodies = (name,) if kind == "key" else county.lists[name]
        if empty := [body for body in bodies if not _has_seat(body, role, county)]:
            named = listed(_names(empty, county.bodies))
            yield _at(role, "seat-missing", f"kan inte utföras hos {named}, som saknar funktionen {listed(role.functions, 'eller')}.")


def _has_seat(body: str, role: Role, county: CountySignature) -> bool:
    return any((body, function) in county.seats for function in role.functions)


def _names(bodies: list[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(body, body) for body in bodies]


def _at(role: Role, code: str, words: str) -> Finding:
    return Finding(code, role.line, role.id, f"Rollen {quoted(role.name or role.id)} {words}")
