"""The rows that the statistics are counted from (core.process.statistics): two queries, whatever the number of cases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Q
from django.utils import timezone

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics import CaseRow, StepRow
from styrkedja.ui.clock import day
from styrkedja.workflows.models import InstanceStatus, ItemState, ProcessDefinition, ProcessInstance, WorkItem
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


def case_rows(definitions: Sequence[ProcessDefinition]) -> list[CaseRow]:
    """Every case that follows one of the versions."""
    found = ProcessInstance.objects.filter(definition__in=definitions).values_list("pk", "started_at", "ended_at", "status")
    return [
        CaseRow(pk, day(started_at), day(ended_at) if ended_at else None, status == InstanceStatus.CLOSED)
        for pk, started_at, ended_at, status in found
    ]


def step_rows(definitions: Sequence[ProcessDefinition], outline: Outline, *, period: Period) -> Iterator[StepRow]:
    """The steps of the cases in which something was done in the period, in the order in which they were done, and every open step; what was
    withdrawn is left out."""
    fields = (
        "instance", "node_id", "number", "item", "performer", "opened_at", "claimed_at", "closed_at", "due_on", "is_wait", "state",
    )  # fmt: skip
    items = WorkItem.objects.filter(instance__definition__in=definitions).exclude(state=ItemState.WITHDRAWN)
    touched = items.filter(_closed_in(period), state=ItemState.DONE).order_by().values("instance")
    wanted = items.filter(Q(state=ItemState.OPEN) | Q(instance__in=touched))
    rows = wanted.order_by(F("closed_at").asc(nulls_last=True), "pk").values_list(*fields)
    for case, node, number, part, performer, opened_at, claimed_at, closed_at, due_on, is_wait, state in rows.iterator(chunk_size=5_000):
        yield StepRow(
            case=case,
            node_id=node,
            number=number,
            phase=outline.steps[node].phase if node in outline.steps else "",
            part=part,
            performer=performer,
            opened_on=day(opened_at),
            claimed_on=day(claimed_at) if claimed_at else None,
            closed_on=day(closed_at) if state == ItemState.DONE else None,
            due_on=due_on,
            is_wait=is_wait,
        )


def _closed_in(period: Period) -> Q:
    """Closed on a day of the period, by the calendar of the project's time zone."""
    found = Q()
    if period.valid_from is not None:
        found &= Q(closed_at__gte=_midnight(period.valid_from))
    if period.valid_until is not None:
        found &= Q(closed_at__lt=_midnight(period.valid_until))
    return found


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))
