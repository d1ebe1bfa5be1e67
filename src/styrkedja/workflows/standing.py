"""Where a case stands: today from its open work items, on an earlier day from its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from styrkedja.core.process.engine import EngineFault, Token, replay
from styrkedja.core.process.model import Routine
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, HistoryEvent, Incident, InstanceStatus, ProcessDefinition, ProcessInstance, WorkItem
from styrkedja.workflows.performers import performers_of
from styrkedja.workflows.programs import program_of, routine_of
from styrkedja.workflows.replaying import NotStarted, course_of, events_of
from styrkedja.workflows.selectors import incidents, open_items


@dataclass(frozen=True)
class StandingStep:
    """An open step or wait. `part` is the name of the body of a step that many do, `claimed_by` who has taken it; "" for neither."""

    number: str
    name: str
    part: str
    performer: str
    claimed_by: str
    opened_on: date | None
    due_on: date | None
    wakes_on: date | None
    waiting_for: str
    late: bool


@dataclass(frozen=True)
class Standing:
    """`end` is what the reached end is called, `incidents` why the case had stopped."""

    definition: ProcessDefinition
    status: InstanceStatus
    end: str
    steps: Sequence[StandingStep]
    incidents: Sequence[str]


def standing_today(instance: ProcessInstance, *, on: date) -> Standing:
    """Where the case stands now; `on` is today."""
    items = list(open_items(instance))
    parts = _names(item.item for item in items)
    end = routine_of(instance.definition).nodes.get(instance.end_event)
    return Standing(
        definition=instance.definition,
        status=InstanceStatus(instance.status),
        end=end.name if end else "",
        steps=[_step_today(item, parts, on) for item in items],
        incidents=[incident.reason for incident in incidents(instance)],
    )


def _step_today(item: WorkItem, parts: Mapping[str, str], on: date) -> StandingStep:
    return StandingStep(
        number=item.number,
        name=item.name,
        part=parts.get(item.item, item.item),
        performer=item.performer,
        claimed_by=str(item.claimed_by) if item.claimed_by else "",
        opened_on=day(item.opened_at),
        due_on=item.due_on,
        wakes_on=item.wakes_on,
        waiting_for=item.waiting_for,
        late=item.due_on is not None and item.due_on < on,
    )


def standing_then(instance: ProcessInstance, *, until: datetime) -> Standing:
    """Where the case stood at the moment `until`, played from its history. Raises NotStarted if it was opened later."""
    events = events_of(instance, until)
    course = course_of(events)
    if course.definition is None:
        raise NotStarted(str(instance.pk))
    execution = replay(program_of(course.definition), instance.givens, (counted.completion for counted in course.counted))
    written_off = any(event.kind == EventKind.CLOSED for event in events)
    stopped = list(Incident.objects.filter(Q(resolved_at__isnull=True) | Q(resolved_at__gt=until), instance=instance, at__lte=until))
    tokens = () if written_off else execution.tokens()
    then = _Then(instance, events, until, execution.program.routine, course.definition.county)
    return Standing(
        definition=course.definition,
        status=_status(written_off=written_off, ended=execution.ended is not None, stopped=bool(stopped)),
        end=execution.program.routine.nodes[execution.ended].name if execution.ended else "",
        steps=then.steps(tokens),
        incidents=[] if written_off else [incident.reason for incident in stopped],
    )


def _status(*, written_off: bool, ended: bool, stopped: bool) -> InstanceStatus:
    if written_off:
        return InstanceStatus.CLOSED
    if ended:
        return InstanceStatus.ENDED
    return InstanceStatus.INCIDENT if stopped else InstanceStatus.RUNNING


class _Then:
    """What the work items were at an earlier moment, from their rows and from what has been noted of them before and after."""

    def __init__(
        self, instance: ProcessInstance, events: Sequence[HistoryEvent], until: datetime, routine: Routine, county: County
    ) -> None:
        self.routine, self.county, self.until, self.events = routine, county, until, events
        open_then = Q(closed_at__isnull=True) | Q(closed_at__gt=until)
        self.items = list(WorkItem.objects.filter(open_then, instance=instance, opened_at__lte=until).order_by("opened_at", "pk"))
        changes = HistoryEvent.objects.filter(instance=instance, kind=EventKind.DUE_CHANGED, sequence__gt=events[-1].sequence)
        self.changes = list(changes.order_by("sequence"))

    def steps(self, tokens: Sequence[Token]) -> list[StandingStep]:
        parts = _names(token.item for token in tokens)
        return [self._step(token, parts) for token in tokens]

    def _step(self, token: Token, parts: Mapping[str, str]) -> StandingStep:
        node = self.routine.nodes[token.node_id]
        item = next((item for item in self.items if (item.node_id, item.item) == (token.node_id, token.item)), None)
        due = self._due(item) if item else None
        return StandingStep(
            number=node.number,
            name=node.name,
            part=parts.get(token.item, token.item),
            performer=self._performer(token, item),
            claimed_by=self._taker(item) if item else "",
            opened_on=day(item.opened_at) if item else None,
            due_on=due,
            wakes_on=date.fromisoformat(str(token.variables[node.wait.until])) if node.wait else None,
            waiting_for=node.wait.reason if node.wait else "",
            late=due is not None and due < day(self.until),
        )

    def _performer(self, token: Token, item: WorkItem | None) -> str:
        """As it was called then; a body that is gone today leaves what the item says."""
        try:
            return performers_of(self.routine, token, county=self.county, on=day(self.until)).label
        except EngineFault:
            return item.performer if item else ""

    def _due(self, item: WorkItem) -> date | None:
        """The first change since then says what the date was before it."""
        changed = next((event for event in self.changes if _about(event, item)), None)
        if changed is None:
            return item.due_on
        return date.fromisoformat(changed.data["before"]) if changed.data["before"] else None

    def _taker(self, item: WorkItem) -> str:
        taker = ""
        for event in self.events:
            if not _about(event, item) or event.at < item.opened_at:
                continue
            if event.kind == EventKind.CLAIMED:
                taker = str(event.account)
            elif event.kind == EventKind.HANDED_OVER:
                taker = str(event.data["to"])
            elif event.kind == EventKind.RELEASED:
                taker = ""
        return taker


def _about(event: HistoryEvent, item: WorkItem) -> bool:
    return (event.node_id, event.item) == (item.node_id, item.item) and (item.closed_at is None or event.at <= item.closed_at)


def _names(keys: Iterable[str]) -> Mapping[str, str]:
    return {key: str(body) for key, body in bodies_by_key({key for key in keys if key}).items()}
