"""Who does a step and by when, as the routine says it: in the county's own words, before there is any case."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.model import Node, Role, Step
from styrkedja.workflows.selectors_routines import RoutineView


def joined(words: Iterable[str], conjunction: str) -> str:
    """`a, b och c`."""
    *first, last = list(words)
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def role_of(view: RoutineView, node: Node) -> Role:
    performed = node.step or node.wait
    assert performed is not None
    return view.routine.roles[performed.role]


def who(view: RoutineView, node: Node) -> str:
    """The functions and where they are held: "Registrator, Region Västernorrland"."""
    role = role_of(view, node)
    source, _colon, name = role.body.partition(":")
    functions = _functions(view, role)
    if source == "key":
        return f"{functions}, {view.names.get(name, name)}"
    if source == "list":
        return _("%(functions)s hos %(bodies)s") % {"functions": functions, "bodies": _members(view, name, _("eller"))}
    if source == "variable":
        return _("%(functions)s i det organ som %(origin)s") % {"functions": functions, "origin": _origin(view, name)}
    return _each(view, functions, node.step)


def _each(view: RoutineView, functions: str, step: Step | None) -> str:
    """Of a step that is done once for each member of a list."""
    variable = step.each if step else ""
    given = view.routine.givens.get(variable)
    if given and given.source:
        bodies = _members(view, given.source.removeprefix("county:"), _("och"))
        return _("%(functions)s, var för sig hos %(bodies)s") % {"functions": functions, "bodies": bodies}
    return _("%(functions)s, var för sig i alla de organ som %(origin)s") % {"functions": functions, "origin": _origin(view, variable)}


def _functions(view: RoutineView, role: Role) -> str:
    names = [view.county.functions.get(function, function) for function in role.functions]
    return joined([names[0], *(name[:1].lower() + name[1:] for name in names[1:])], _("eller"))


def _members(view: RoutineView, name: str, conjunction: str) -> str:
    return joined((view.names.get(key, key) for key in view.county.lists.get(name, [])), conjunction)


def _origin(view: RoutineView, variable: str) -> str:
    """Where the value of a variable comes from: "anges i steg 3 eller 10 (Berörda LPO)"."""
    sources = list(_sources(view, variable))
    if not sources:
        return _("anges när ärendet öppnas")
    said = _("anges i steg %(steps)s") % {"steps": joined(dict.fromkeys(number for number, _field in sources), _("eller"))}
    named = list(dict.fromkeys(field for _number, field in sources if field))
    return f"{said} ({', '.join(named)})" if named else said


def _sources(view: RoutineView, variable: str) -> Iterator[tuple[str, str]]:
    """The steps that set the variable: number, and the name of the field, "" for an outcome or what the kind derives."""
    for node in view.routine.nodes.values():
        for assignment in node.step.assignments if node.step else ():
            if assignment.variable == variable:
                yield node.number, _field_name(view, node, assignment.source.removeprefix("field:"))


def _field_name(view: RoutineView, node: Node, field: str) -> str:
    assert node.step is not None
    kind = view.kinds.get(node.step.kind)
    specs = node.step.all_fields(kind.fields if kind else ())
    return next((str(spec.name) for spec in specs if spec.id == field), "")


def days(number: int) -> str:
    return ngettext("%(days)s arbetsdag", "%(days)s arbetsdagar", number) % {"days": number}


def time(view: RoutineView, node: Node) -> str:
    """By when a step is to be done, or how long a wait lasts."""
    if node.wait:
        return _("till den dag som %(origin)s") % {"origin": _origin(view, node.wait.until)}
    if node.step and node.step.due:
        origin = {"origin": _origin(view, node.step.due), "days": days(node.step.due_before)}
        return (
            _("senast %(days)s före den dag som %(origin)s") % origin
            if node.step.due_before
            else _("senast den dag som %(origin)s") % origin
        )
    planned = view.lead_times.get(node.number)
    return days(planned.working_days) if planned else ""
