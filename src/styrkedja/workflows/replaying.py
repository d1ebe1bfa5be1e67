"""What the history of a case means: which steps count, under which version of the routine, today or on an earlier day.

This is the one way from history to engine. Whoever wants to play a case again (the self-check, "how did the case stand then", a move to another
version) asks here, because a move changes which version the earlier steps are played under, in which order, and which of them count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from styrkedja.core.process.engine import Completion, Execution, replay
from styrkedja.workflows.models import EventKind, HistoryEvent, ProcessDefinition, ProcessInstance
from styrkedja.workflows.programs import program_of

ENGINE_EVENTS = frozenset({EventKind.COMPLETED, EventKind.WAIT_ENDED})


class NotStarted(LookupError):
    """The case did not exist at that moment."""


@dataclass(frozen=True)
class Counted:
    """A step that counts: the event that recorded it, and the completion that the version in force makes of it."""

    event: HistoryEvent
    completion: Completion


@dataclass
class Course:
    """A case at one moment. `counted` are in the order of playing; `set_aside` are steps done that no longer count since a move and that
    have not been done again; `moves` are the moves in force, oldest first: one that has been reverted is not among them."""

    counted: list[Counted] = field(default_factory=list)
    set_aside: list[HistoryEvent] = field(default_factory=list)
    moves: list[HistoryEvent] = field(default_factory=list)
    definition: ProcessDefinition | None = None

    def add(self, event: HistoryEvent) -> None:
        self.definition = event.definition
        if event.kind in ENGINE_EVENTS:
            self._do(event)
        elif event.kind == EventKind.MIGRATED:
            self._move(event)

    def _do(self, event: HistoryEvent) -> None:
        self.counted.append(Counted(event, Completion(event.token, event.values)))
        again = next((old for old in self.set_aside if (old.node_id, old.item) == (event.node_id, event.item)), None)
        if again is not None:
            self.set_aside.remove(again)

    def _move(self, event: HistoryEvent) -> None:
        known = {old.sequence: old for old in (*(counted.event for counted in self.counted), *self.set_aside)}
        played = zip(event.data["played"], event.data["completions"], strict=True)
        self.counted = [Counted(known.pop(sequence), Completion(token, values)) for sequence, (token, values) in played]
        self.set_aside = sorted(known.values(), key=lambda old: old.sequence)
        if "reverts" in event.data:
            self.moves = [move for move in self.moves if move.sequence < event.data["reverts"]]
        else:
            self.moves.append(event)


def course_of(events: Iterable[HistoryEvent]) -> Course:
    """What `events`, the history of one case from its opening, come to."""
    course = Course()
    for event in events:
        course.add(event)
    return course


def events_of(instance: ProcessInstance, until: datetime | None = None) -> list[HistoryEvent]:
    """The history of the case, oldest first; with `until`, as it was at that moment."""
    events = list(HistoryEvent.objects.filter(instance=instance).order_by("sequence"))
    later = next((place for place, event in enumerate(events) if until is not None and event.at > until), len(events))
    # Not by a join: the source of a version is long, and nearly every event has the same.
    versions = ProcessDefinition.objects.select_related("county").in_bulk({event.definition_id for event in events[:later]})
    for event in events[:later]:
        event.definition = versions[event.definition_id]
    return events[:later]


def completions_of(instance: ProcessInstance, until: datetime | None = None) -> tuple[ProcessDefinition, list[Completion]]:
    """The version of the routine that the case followed, and the steps that counted, in the order in which that version plays them.

    As of now, or with `until` as it was at that moment (inclusive). Raises NotStarted if the case was opened later.
    """
    course = course_of(events_of(instance, until))
    if course.definition is None:
        raise NotStarted(str(instance.pk))
    return course.definition, [counted.completion for counted in course.counted]


def execution_of(instance: ProcessInstance, until: datetime | None = None) -> Execution:
    """The case played from its opening, up to now or to `until`. Raises NotStarted, or EngineFault and TokenNotOpen if the history does not
    fit the routine."""
    definition, completions = completions_of(instance, until)
    return replay(program_of(definition), instance.givens, completions)
