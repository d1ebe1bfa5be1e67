"""What the steps of a case have answered, with what is needed to read it: the routine's fields and the names of bodies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from styrkedja.core.fields import ESTIMATES, FieldSpec, FieldType
from styrkedja.core.process.model import Node, Routine
from styrkedja.effects.selectors import titles_of
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.procedures.kinds.base import fields_of
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.models import EventKind, HistoryEvent, ProcessDefinition, ProcessInstance
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.selectors import history

_BODY_TYPES = {FieldType.ORGANISATION, FieldType.ORGANISATIONS, FieldType.GROUP, FieldType.GROUPS}


@dataclass(frozen=True)
class Record:
    """Events of one case, in the order asked for. `routines` by definition, `names` of bodies and calculations by key."""

    events: tuple[HistoryEvent, ...]
    routines: Mapping[int, Routine]
    names: Mapping[str, str]

    def node_of(self, event: HistoryEvent) -> Node | None:
        """The step as it was in the version that the case followed then."""
        return self.routines[event.definition_id].nodes.get(event.node_id)

    def name_of(self, key: str) -> str:
        return self.names.get(key, key)


def whole_record(instance: ProcessInstance) -> Record:
    """All that has happened, newest first."""
    return _record(history(instance).order_by("-sequence"), instance)


def earlier_steps(instance: ProcessInstance, *, most: int) -> Record:
    """The latest done steps, newest first."""
    return _record(history(instance).filter(kind=EventKind.COMPLETED).order_by("-sequence")[:most], instance)


def _record(found: Iterable[HistoryEvent], instance: ProcessInstance) -> Record:
    events = tuple(found.defer("definition__source"))
    routines = routines_by_definition({event.definition_id for event in events}, instance)
    keys = {key for event in events for key in _keys_in(event, routines[event.definition_id])}
    names = {body.key: str(body) for body in bodies_by_key(keys).values()} if keys else {}
    chosen = {key for event in events for key in _estimates_in(event, routines[event.definition_id])}
    return Record(events, routines, names | (titles_of(chosen) if chosen else {}))


def routines_by_definition(wanted: Iterable[int], instance: ProcessInstance | None = None) -> dict[int, Routine]:
    """The routines of those definitions; that of `instance` is at hand already."""
    at_hand = {instance.definition_id: routine_of(instance.definition)} if instance else {}
    missing = set(wanted) - at_hand.keys()
    fetched = ProcessDefinition.objects.defer("source").in_bulk(missing) if missing else {}
    return at_hand | {pk: routine_of(definition) for pk, definition in fetched.items()}


def specs_of(node: Node | None) -> tuple[FieldSpec, ...]:
    """The fields that the step asks for; none for what is not a step."""
    kind = CATALOGUE.get(node.step.kind) if node and node.step else None
    return fields_of(node, kind) if node and kind else ()


def _estimates_in(event: HistoryEvent, routine: Routine) -> Iterator[str]:
    """The keys of calculations that a decision rests on."""
    for spec in specs_of(routine.nodes.get(event.node_id)):
        if spec.of == ESTIMATES:
            yield from event.data.get(spec.id) or ()


def _keys_in(event: HistoryEvent, routine: Routine) -> Iterator[str]:
    """The keys of bodies in an event: the part that the step was for, and answers that name bodies."""
    if event.item:
        yield event.item
    for spec in specs_of(routine.nodes.get(event.node_id)):
        value = event.data.get(spec.id)
        if value and spec.type in _BODY_TYPES:
            yield from [value] if isinstance(value, str) else value
