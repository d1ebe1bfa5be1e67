"""Cases as rows for the event logs (core.process.event_log): read in bundles, a few queries a bundle however many cases there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document
from styrkedja.cases.selectors import visible_to
from styrkedja.core.process.engine import EngineFault, Value
from styrkedja.core.process.event_log import LoggedBody, LoggedCase, LoggedDocument, LoggedEvent, LoggedItem
from styrkedja.core.process.model import Node, Routine
from styrkedja.organisations.models import County, Group, Organisation
from styrkedja.workflows.models import EventKind, HistoryEvent, ProcessDefinition, WorkItem
from styrkedja.workflows.performers import body_keys
from styrkedja.workflows.programs import routine_of

BUNDLE = 200

# What is logged, and the word that XES has for it.
TRANSITIONS = {
    EventKind.STARTED: "complete",
    EventKind.COMPLETED: "complete",
    EventKind.WAIT_ENDED: "complete",
    EventKind.MIGRATED: "complete",
    EventKind.CLOSED: "complete",
    EventKind.CLAIMED: "start",
    EventKind.RELEASED: "suspend",
    EventKind.HANDED_OVER: "reassign",
}


@dataclass(frozen=True)
class Situation:
    """What held in a case from a moment on: the routine in force and the variables that the steps had left."""

    since: datetime
    routine: Routine
    variables: Mapping[str, Value]


def cases_to_log(user: User, *, on: date, county: County | None = None, routine: str = "") -> QuerySet[Case]:
    """The cases that `user` may read, oldest first; all, or those of a county and of a routine (its key)."""
    found = visible_to(user, on=on).order_by("opened_at", "pk")
    if county is not None:
        found = found.filter(county=county)
    return found.filter(instance__definition__key=routine) if routine else found


def logged_cases(cases: QuerySet[Case]) -> Iterator[LoggedCase]:
    """`cases`, each with its events, steps and documents."""
    keys = list(cases.values_list("pk", flat=True))
    routines: dict[int, Routine] = {}
    for start in range(0, len(keys), BUNDLE):
        bundle = Case.objects.filter(pk__in=keys[start : start + BUNDLE]).order_by("opened_at", "pk")
        yield from _bundle(bundle.select_related("county", "instance").defer("search", "public_search", "instance__state"), routines)


def logged_bodies(cases: Iterable[LoggedCase]) -> list[LoggedBody]:
    """The bodies that did something in `cases`."""
    keys = {body.removeprefix("body:") for case in cases for item in case.items for body in item.bodies}
    rows = [row for model in (Organisation, Group) for row in model.objects.filter(key__in=keys).values_list("key", "name", "kind")]
    return [LoggedBody(f"body:{key}", name, kind) for key, name, kind in sorted(rows)]


def _bundle(cases: QuerySet[Case], routines: dict[int, Routine]) -> Iterator[LoggedCase]:
    instances = [case.instance_id for case in cases]
    events = _by(HistoryEvent.objects.filter(instance__in=instances, kind__in=TRANSITIONS).order_by("instance", "sequence"), "instance_id")
    items = _by(WorkItem.objects.filter(instance__in=instances).order_by("opened_at", "pk"), "instance_id")
    documents = _by(Document.objects.filter(case__in=cases).defer("search", "public_search").order_by("running_number"), "case_id")
    missing = {event.definition_id for rows in events.values() for event in rows} - routines.keys()
    routines |= {pk: routine_of(definition) for pk, definition in ProcessDefinition.objects.in_bulk(missing).items()}
    for case in cases:
        rows = events.get(case.instance_id, [])
        yield _Case(case, rows, items.get(case.instance_id, []), documents.get(case.pk, []), routines).logged()


def _by(rows: Iterable[Any], field: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return found


class _Case:
    """One case on its way into the log."""

    def __init__(
        self,
        case: Case,
        events: Sequence[HistoryEvent],
        items: Sequence[WorkItem],
        documents: Sequence[Document],
        routines: Mapping[int, Routine],
    ) -> None:
        self.case, self.events, self.items, self.documents, self.routines = case, events, items, documents, routines
        self.situations = self._situations()
        self.bodies = {item.pk: self._bodies(item) for item in items}

    def logged(self) -> LoggedCase:
        instance = self.case.instance
        routine = self.routines[self.events[-1].definition_id]
        return LoggedCase(
            id=f"case:{self.case.pk}",
            number=self.case.number,
            subject=self.case.public_subject or self.case.subject,
            routine=routine.key,
            status=instance.status,
            end=routine.nodes[instance.end_event].name if instance.end_event in routine.nodes else "",
            events=tuple(self._event(event) for event in self.events),
            items=tuple(self._item(item) for item in self.items),
            documents=tuple(self._document(document) for document in self.documents),
        )

    def _situations(self) -> list[Situation]:
        variables: dict[str, Value] = dict(self.case.instance.givens)
        found = []
        for event in self.events:
            left = [values for _token, values in event.data["completions"]] if event.kind == EventKind.MIGRATED else [event.values]
            for values in left:
                variables |= values
            found.append(Situation(event.at, self.routines[event.definition_id], dict(variables)))
        return found

    def _bodies(self, item: WorkItem) -> tuple[str, ...]:
        """Whose functions the step was offered to when it was opened."""
        before = [situation for situation in self.situations if situation.since <= item.opened_at]
        node = before[-1].routine.nodes.get(item.node_id) if before else None
        performed = (node.step or node.wait) if node else None
        if performed is None:
            return ()
        role = before[-1].routine.roles[performed.role]
        try:
            keys = body_keys(role, item=item.item, variables=before[-1].variables, lists=self.case.county.lists)
        except EngineFault:
            return ()
        return tuple(f"body:{key}" for key in keys)

    def _event(self, event: HistoryEvent) -> LoggedEvent:
        node = self.routines[event.definition_id].nodes.get(event.node_id)
        item = self._item_of(event) if event.node_id else None
        done = item is not None and event.kind == EventKind.COMPLETED
        return LoggedEvent(
            id=f"event:{self.case.pk}/{event.sequence}",
            at=event.at,
            activity=f"{event.number} {node.name if node else event.node_id}".strip() if event.node_id else _label(event),
            transition=TRANSITIONS[EventKind(event.kind)],
            version=int(self.routines[event.definition_id].version),
            number=event.number,
            node_id=event.node_id,
            outcome=_outcome(node, event.outcome),
            function=event.function,
            item=f"item:{item.pk}" if item else "",
            bodies=self.bodies[item.pk] if item else (),
            documents=tuple(f"document:{row.pk}" for row in self.documents if done and item and row.item_id == item.pk),
        )

    def _item_of(self, event: HistoryEvent) -> WorkItem | None:
        """The step that was open when it happened; of two that meet at that moment, the one that it closed."""
        then = [
            item
            for item in self.items
            if (item.node_id, item.item) == (event.node_id, event.item)
            and item.opened_at <= event.at
            and (item.closed_at is None or event.at <= item.closed_at)
        ]
        return min(then, key=lambda item: (item.closed_at != event.at, -item.opened_at.timestamp()), default=None)

    def _item(self, item: WorkItem) -> LoggedItem:
        return LoggedItem(f"item:{item.pk}", item.number, item.name, item.performer, item.state, item.due_on, self.bodies[item.pk])

    def _document(self, document: Document) -> LoggedDocument:
        title = document.public_title or document.title
        item = f"item:{document.item_id}" if document.item_id else ""
        return LoggedDocument(f"document:{document.pk}", document.running_number, document.direction, title, item)


def _label(event: HistoryEvent) -> str:
    names = {
        EventKind.STARTED: _("Ärendet öppnas"),
        EventKind.MIGRATED: _("Ärendet flyttas till en annan version av rutinen"),
        EventKind.CLOSED: _("Ärendet avskrivs"),
    }
    return names[EventKind(event.kind)]


def _outcome(node: Node | None, outcome: str) -> str:
    """What the outcome is called."""
    names = {option.value: option.name for option in node.step.outcomes} if node and node.step else {}
    return names.get(outcome, outcome)
