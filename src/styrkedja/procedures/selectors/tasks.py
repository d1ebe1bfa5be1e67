"""A task (an open or closed step of a case) as one reader meets it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.selectors import visible_to
from styrkedja.core.collation import swedish_key
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.work_items import Position, can_perform, check_perform, performing_position
from styrkedja.core.process.model import Node, Routine
from styrkedja.organisations.models import Body
from styrkedja.organisations.selectors import acting_for, holders_by_position, is_coordinator, positions
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.procedures.kinds.base import StepKind
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.procedures.selectors.choices import initial_values
from styrkedja.procedures.selectors.deciding import Rules, rules_of_step
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import HistoryEvent, ItemState, Offer, WorkItem
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.selectors import draft_of, history, offers_of, open_items, work_item


@dataclass(frozen=True)
class Task:
    """`offers` are the functions that may do it, `held` those of the reader, `acting_for` the reader and those for whom the
    reader is a substitute. `many_counties`: the reader works in several."""

    item: WorkItem
    case: Case
    reader: User
    offers: frozenset[Position]
    held: frozenset[Position]
    acting_for: frozenset[int]
    coordinates: bool
    many_counties: bool

    @cached_property
    def routine(self) -> Routine:
        return routine_of(self.item.instance.definition)

    @property
    def node(self) -> Node | None:
        """The step in the routine; None for a closed step that the case's present version no longer has."""
        return self.routine.nodes.get(self.item.node_id)

    @property
    def kind(self) -> StepKind | None:
        return CATALOGUE.get(self.item.kind)

    @property
    def is_open(self) -> bool:
        return self.item.state == ItemState.OPEN

    @property
    def is_mine(self) -> bool:
        """Has the reader taken it?"""
        return self.is_open and self.item.claimed_by_id == self.reader.pk

    @property
    def is_stood_in_for(self) -> bool:
        """Has somebody taken it for whom the reader is a substitute?"""
        return self.is_open and not self.is_mine and self.item.claimed_by_id in self.acting_for

    @property
    def holds_function(self) -> bool:
        return self.position is not None

    @property
    def position(self) -> Position | None:
        """The function in which the reader would do it."""
        return performing_position(self.offers, self.held)

    @property
    def may_perform(self) -> bool:
        return can_perform(self.item, acting_for=self.acting_for, offers=self.offers, positions=self.held)

    @property
    def may_reschedule(self) -> bool:
        return self.is_open and (self.coordinates or self.may_perform)

    @property
    def refusal(self) -> str:
        """Why the reader may not do it now; "" where there is no hindrance."""
        try:
            check_perform(self.item, acting_for=self.acting_for, offers=self.offers, positions=self.held)
        except Refused as refused:
            return sentence_text(refused.reason)
        return ""


def find_task(user: User, item_id: int, *, at: datetime) -> Task | None:
    """The task, if `user` may read its case."""
    on = day(at)
    item = work_item(user, item_id)
    if item is None:
        return None
    case = visible_to(user, on=on).filter(instance=item.instance_id).select_related("county").first()
    if case is None:
        return None
    return Task(
        item=item,
        case=case,
        reader=user,
        offers=offers_of(item),
        held=positions(user, on=on),
        acting_for=acting_for(user, on=on),
        coordinates=is_coordinator(user, case.county, on=on),
        many_counties=len(counties_read(user, on=on)) > 1,
    )


def rules_of_task(user: User, task: Task, *, on: date) -> Rules | None:
    """What the decision must rest on; None where the step decides nothing, or is not the reader's to do."""
    return rules_of_step(user, task.item, task.case.county, task.position, on=on)


def starting_values(user: User, task: Task, rules: Rules | None) -> tuple[dict[str, Any], bool]:
    """What the form begins with, and whether that is the reader's draft. Files that earlier steps brought come along with a draft too."""
    found = {**(rules.initial if rules else {}), **(initial_values(task.kind, task.item.instance) if task.kind else {})}
    draft = draft_of(user, task.item)
    if draft is None:
        return found, False
    carried = {name: value for name, value in found.items() if isinstance(value, Mapping) and "file" in value}
    return {**carried, **draft}, True


def last_word_on(item: WorkItem) -> HistoryEvent | None:
    """What happened last with the item, or with its case when the item was withdrawn: for who comes second."""
    events = history(item.instance).defer("definition__source")
    if item.state != ItemState.WITHDRAWN:
        events = events.filter(token=item.token)
    return events.order_by("-sequence").first()


def possible_receivers(task: Task, *, on: date) -> list[User]:
    """Everybody but the reader who could do the task, in Swedish order of name."""
    found = {user for users in holders_by_position(task.offers, on=on).values() for user in users}
    return sorted(found - {task.reader}, key=lambda user: swedish_key(str(user)))


@dataclass(frozen=True)
class Aftermath:
    """What is open after an event: what it opened, else all that the case waits for; and whose each is."""

    opened: list[WorkItem]
    waiting: list[WorkItem]
    bodies: Mapping[int, list[Body]]


def aftermath(event: HistoryEvent) -> Aftermath:
    """What a step led to, as it stands now."""
    waiting = list(open_items(event.instance).order_by("pk"))
    opened = [item for item in waiting if item.opened_at == event.at]
    return Aftermath(opened, [] if opened else waiting, bodies_of(waiting))


def offers_by_item(items: Iterable[WorkItem]) -> dict[int, list[Offer]]:
    """The offers of each open item, with their bodies, by item."""
    found: dict[int, list[Offer]] = {}
    for offer in Offer.objects.filter(item__in=[item.pk for item in items]).select_related("body").order_by("pk"):
        found.setdefault(offer.item_id, []).append(offer)
    return found


def bodies_of(items: Iterable[WorkItem]) -> dict[int, list[Body]]:
    """The bodies that each open item is offered to, by item."""
    return {item: list(dict.fromkeys(offer.body for offer in offers)) for item, offers in offers_by_item(items).items()}
