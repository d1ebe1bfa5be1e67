"""The real county with its real routine, a case driven through it by the real services, and the acts of that case to do again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from styrkedja.accounts.models import User
from styrkedja.accounts.services import create_account
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.cli.answers import read_answers
from styrkedja.cli.driving import Driver
from styrkedja.cli.loading import load_folder
from styrkedja.core.policies.cases import REGISTRY_FUNCTIONS
from styrkedja.organisations.selectors import county_by_key, seats_in_county
from styrkedja.organisations.services.groups import appoint_member
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.procedures.services import perform_step
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, ProcessDefinition, ProcessInstance, WorkItem
from styrkedja.workflows.services import end_wait, publish_definition

ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "definitions" / "counties" / "vasternorrland"
ROUTINE = ROOT / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"
ANSWERS = ROOT / "tests" / "routines" / "answers"
LONGEST = ANSWERS / "next-year-and-adjust.toml"
OPENED = datetime(2026, 6, 8, 8, tzinfo=UTC)
AUTHOR = "registrator-bench"


@dataclass(frozen=True)
class Act:
    """A step that was done; `account` is None for a wait that the calendar ended."""

    token: str
    account: User | None
    outcome: str
    values: Mapping[str, Any]
    data: Mapping[str, Any]
    at: datetime


@cache
def published() -> ProcessDefinition:
    """Loads the county, publishes its routine and makes the registrar who opens cases."""
    load_folder(COUNTY, at=OPENED)
    county = county_by_key(COUNTY.name)
    assert county is not None
    definition, _new = publish_definition(actor=None, county=county, source=ROUTINE.read_bytes(), kinds=dict(CATALOGUE), at=OPENED)
    author = create_account(actor=None, username=AUTHOR, name="Registrator", at=OPENED)
    seat = seats_in_county(county, functions=REGISTRY_FUNCTIONS, on=OPENED.date())[0]
    appoint_member(actor=None, seat=seat, account=author, valid_from=OPENED.date(), valid_until=None, at=OPENED)
    return definition


@cache
def walked() -> ProcessInstance:
    """One case through the longest road of the routine by forms and services; seats that stand empty are filled on the way."""
    result = Driver(published(), read_answers(LONGEST.read_bytes()), author=registrar(), at=OPENED, appoint=True).run()
    if result.state != "done":
        raise RuntimeError(f"the case did not come to an end: {result.as_text()}")
    return ProcessInstance.objects.select_related("definition__county").latest("pk")


def registrar() -> User:
    return User.objects.get(username=AUTHOR)


def instance_by_id(instance_id: int) -> ProcessInstance:
    return ProcessInstance.objects.select_related("definition__county").get(pk=instance_id)


def acts_of(instance: ProcessInstance) -> list[Act]:
    """What was done in the case, in order."""
    events = HistoryEvent.objects.filter(instance=instance, kind__in=[EventKind.COMPLETED, EventKind.WAIT_ENDED])
    rows = events.select_related("account").order_by("sequence")
    return [Act(event.token, event.account, event.outcome, event.values, event.data, event.at) for event in rows]


def open_like(instance: ProcessInstance, actor: User, number: int = 1) -> Case:
    """Another case with the same opening."""
    definition = instance.definition
    given = dict(instance.givens)
    return open_case(actor=actor, county=definition.county, definition=definition, subject=f"Prov {number}", givens=given, at=OPENED)


def do_again(acts: list[Act], case: Case) -> Iterator[float]:
    """Does the acts in `case`, each in a transaction of its own; yields the seconds of each."""
    for act in acts:
        item = WorkItem.objects.get(instance=case.instance_id, token=act.token, state=ItemState.OPEN)
        started = perf_counter()
        if act.account is None:
            end_wait(actor=None, item_id=item.pk, at=act.at)
        else:
            given = {"outcome": act.outcome, "data": act.data, "at": act.at, "idempotency_key": uuid4()}
            perform_step(actor=act.account, item=item, version=item.version, **given)
        yield perf_counter() - started
