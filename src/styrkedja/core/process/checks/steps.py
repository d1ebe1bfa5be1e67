"""What a step holds: a known kind, outcomes that are a choice, fields that do not clash, and values that it really leaves behind."""

from collections.abc import Iterator

from styrkedja.core.fields import FieldType
from styrkedja.core.process.checks.subject import Subject
from styrkedja.core.process.model import Assignment, Finding, Node, Step
from styrkedja.core.process.wording import quoted, title

OUTCOME = "outcome"
_NO_VALUE = (FieldType.FILE, FieldType.TABLE)
_LISTS = (FieldType.CHOICES, FieldType.ORGANISATIONS, FieldType.GROUPS)
# The fields that choose bodies, each with the one that chooses several of the same sort.
_SEVERAL = {
    FieldType.ORGANISATION: FieldType.ORGANISATIONS,
    FieldType.ORGANISATIONS: FieldType.ORGANISATIONS,
    FieldType.GROUP: FieldType.GROUPS,
    FieldType.GROUPS: FieldType.GROUPS,
}


def steps(subject: Subject) -> Iterator[Finding]:
    for node, step in subject.tasks:
        if step.kind and step.kind not in subject.kinds:
            message = f"{title(node)} är av slaget {quoted(step.kind)}, som inte finns. Slagen är {', '.join(sorted(subject.kinds))}."
            yield Finding("kind-unknown", node.line, node.id, message)
        if len(step.outcomes) == 1:
            message = f"{title(node)} har bara ett utfall. Ange minst två, eller inget alls."
            yield Finding("outcome-single", node.line, node.id, message)
        yield from _clashes(subject, node, step)
        yield from _narrowings(subject, node, step)
        yield from _among(subject, node, step)
        yield from _not_before(subject, node, step)
        for assignment in step.assignments:
            if words := _assignment_fault(subject, step, assignment):
                message = f"{title(node)} sätter variabeln {quoted(assignment.variable)} {words}"
                yield Finding("set-source", assignment.line, node.id, message)


def _clashes(subject: Subject, node: Node, step: Step) -> Iterator[Finding]:
    kind = subject.kinds.get(step.kind)
    taken = dict.fromkeys((option.value for option in step.outcomes), "ett utfall av steget")
    taken |= {OUTCOME: "ordet för stegets utfall"}
    if kind:
        taken |= dict.fromkeys((*(field.id for field in kind.fields), *kind.derived), f"ett fält som slaget {kind.name} har")
    for field in step.fields:
        if field.id in taken:
            line = subject.field_lines.get((node.id, field.id), node.line)
            yield Finding("field-clash", line, node.id, f"Fältet {quoted(field.id)} heter som {taken[field.id]}. Ge det ett annat id.")


def _narrowings(subject: Subject, node: Node, step: Step) -> Iterator[Finding]:
    """Only a field that the kind has, and that chooses bodies, can be narrowed; a field of the routine says `of` itself."""
    kind = subject.kinds.get(step.kind)
    bodies = {field.id for field in kind.fields if field.type in _SEVERAL} if kind else set()
    for narrowing in step.narrowings:
        if kind and narrowing.field not in bodies:
            message = (
                f"{title(node)} begränsar fältet {quoted(narrowing.field)}, men slaget {kind.name} har inget fält med det id:t "
                "som väljer organisation eller grupp."
            )
            yield Finding("narrow-unknown", narrowing.line, node.id, message)


def _among(subject: Subject, node: Node, step: Step) -> Iterator[Finding]:
    """A field among whose values another chooses is in the same form and holds a list of the same sort of bodies."""
    if step.kind not in subject.kinds:
        return
    fields = subject.fields(step)
    for field in step.fields:
        other = fields.get(field.among)
        if field.among and field.type in _SEVERAL and (other is None or other is field or other.type is not _SEVERAL[field.type]):
            line = subject.field_lines.get((node.id, field.id), node.line)
            message = (
                f"Fältet {quoted(field.id)} väljer bland det som valts i {quoted(field.among)}, men något fält med det id:t som väljer "
                "flera av samma slag finns inte i steget."
            )
            yield Finding("among-unknown", line, node.id, message)


def _not_before(subject: Subject, node: Node, step: Step) -> Iterator[Finding]:
    """The date that another may not precede is in the same form."""
    if step.kind not in subject.kinds:
        return
    fields = subject.fields(step)
    for field in step.fields:
        other = fields.get(field.not_before)
        if field.not_before and field.type is FieldType.DATE and (other is None or other is field or other.type is not FieldType.DATE):
            line = subject.field_lines.get((node.id, field.id), node.line)
            message = f"Fältet {quoted(field.id)} får inte ligga före {quoted(field.not_before)}, men något annat datum med det id:t finns inte i steget."
            yield Finding("not-before-unknown", line, node.id, message)


def _assignment_fault(subject: Subject, step: Step, assignment: Assignment) -> str:
    if assignment.source == OUTCOME:
        return "" if step.outcomes else "från sitt utfall men har inga utfall."
    kind = subject.kinds.get(step.kind)
    name = assignment.source.removeprefix("field:")
    field = subject.fields(step).get(name)
    if kind is None or name in kind.derived:
        return ""
    if field is None:
        return f"från fältet {quoted(name)}, som varken steget eller slaget har."
    if not field.required:
        return f"från fältet {quoted(name)}, som får lämnas tomt. Gör det obligatoriskt (required)."
    if field.type in _NO_VALUE:
        return f"från fältet {quoted(name)}, men filer och tabeller kan inte bli variabler."
    if step.each and field.type in _LISTS:
        return f"från fältet {quoted(name)}, men i ett flerinstanssteg ska varje svar vara ett enda värde."
    return ""
