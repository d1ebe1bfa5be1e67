"""What the statistics call steps and phases, and the steps that stand open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from styrkedja.core.process.statistics import OpenStep
from styrkedja.ui.clock import day
from styrkedja.workflows.models import ItemState, ProcessDefinition, WorkItem
from styrkedja.workflows.programs import routine_of


@dataclass(frozen=True)
class StepInfo:
    """What a task or a wait is called. `place` is its place in the routine."""

    number: str
    name: str
    phase: str
    place: int


@dataclass(frozen=True)
class Outline:
    """The steps and phases of some versions of a routine, as the newest that has them calls them; phases in order."""

    steps: Mapping[str, StepInfo]
    phases: Mapping[str, str]

    def place_of(self, node_id: str) -> int:
        """Where in the routine; what none of the versions has comes last."""
        return self.steps[node_id].place if node_id in self.steps else len(self.steps)


def outline_of(definitions: Iterable[ProcessDefinition]) -> Outline:
    """`definitions` are versions of one routine."""
    steps: dict[str, StepInfo] = {}
    phases: dict[str, str] = {}
    for definition in sorted(definitions, key=lambda one: -one.version):
        routine = routine_of(definition)
        for phase in routine.phases.values():
            phases.setdefault(phase.id, f"{phase.number} {phase.name}".strip())
        for node in routine.steps():
            steps.setdefault(node.id, StepInfo(node.number, node.name, node.phase, len(steps)))
    return Outline(steps, phases)


def open_steps(definitions: Sequence[ProcessDefinition]) -> list[OpenStep]:
    """Every step that stands open in a case that follows one of the versions."""
    items = WorkItem.objects.filter(instance__definition__in=definitions, state=ItemState.OPEN).order_by("pk")
    rows = items.values_list("instance", "node_id", "performer", "opened_at", "due_on", "is_wait")
    return [OpenStep(case, node, performer, day(opened_at), due_on, is_wait) for case, node, performer, opened_at, due_on, is_wait in rows]
