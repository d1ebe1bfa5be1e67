"""A refused act changes nothing, and is on record by whom it was tried and why it was refused."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry, PendingEntry
from styrkedja.organisations.models import County
from styrkedja.workflows.models import HistoryEvent, Notice, WorkItem
from styrkedja.workflows.services import change_due, claim, end_wait, hand_over, release, set_follow_up
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT, open_item, perform, publish, start, waiting_routine

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def stranger(county: County) -> User:
    return make_holder(county, "kommun", "HEAD_OF_OPERATIONS", username="verksamhetschef")


@pytest.fixture
def item(county: County, registrar: User) -> WorkItem:
    """Step 1, taken by the registrar."""
    found = open_item(start(registrar, publish(county, waiting_routine(county))), "1")
    return claim(actor=registrar, item_id=found.pk, at=AT)


def entries() -> list[dict[str, object]]:
    rows = PendingEntry.objects.order_by("pk").values_list("body", "payload")
    return [json.loads(body) | {"payload": json.loads(payload)} for body, payload in rows]


def situation(item: WorkItem) -> tuple[object, ...]:
    item.refresh_from_db()
    stood = (item.state, item.version, item.claimed_by_id, item.due_on, item.follow_up_on, item.instance.last_sequence)
    return (*stood, HistoryEvent.objects.count(), Notice.objects.count())


ACTS: dict[str, Callable[..., object]] = {
    "item.claim_refused": claim,
    "item.release_refused": release,
    "item.hand_over_refused": lambda **act: hand_over(to=act["actor"], reason="", **act),
    "item.due_change_refused": lambda **act: change_due(due_on=date(2026, 10, 5), reason="Flyttat.", **act),
    "item.follow_up_refused": lambda **act: set_follow_up(follow_up_on=date(2026, 10, 5), **act),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_is_refused_changes_nothing_and_is_on_record(act: str, item: WorkItem, stranger: User) -> None:
    before, recorded = situation(item), len(entries())
    with pytest.raises(Refused) as refused:
        ACTS[act](actor=stranger, item_id=item.pk, at=AT)
    assert situation(item) == before
    [entry] = entries()[recorded:]
    assert (entry["act"], entry["account"], entry["object_id"]) == (act, stranger.pk, str(item.instance_id))
    assert entry["payload"] == {"item": item.pk, "step": "1", "reason": str(refused.value.reason)}


def test_a_wait_that_a_stranger_would_end_goes_on_and_that_is_on_record(item: WorkItem, registrar: User, stranger: User) -> None:
    perform(registrar, item, {"until": "2026-12-01"})
    wait = open_item(item.instance, "2")
    before = situation(wait)
    with pytest.raises(Refused):
        end_wait(actor=stranger, item_id=wait.pk, at=AT, reason="Underlaget har kommit.")
    assert (situation(wait), entries()[-1]["act"]) == (before, "wait.end_refused")


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_is_committed_joins_the_chain(item: WorkItem, stranger: User) -> None:
    with pytest.raises(Refused):
        claim(actor=stranger, item_id=item.pk, at=AT)
    assert LedgerEntry.objects.latest("sequence").act == "item.claim_refused"


def test_who_catches_a_refusal_can_go_on_in_the_same_transaction(item: WorkItem, registrar: User, stranger: User) -> None:
    with transaction.atomic():
        with pytest.raises(Refused):
            release(actor=stranger, item_id=item.pk, at=AT)
        release(actor=registrar, item_id=item.pk, at=AT)
    assert [entry["act"] for entry in entries()[-2:]] == ["item.release_refused", "item.released"]


def test_what_is_so_already_is_not_done_again(item: WorkItem, registrar: User) -> None:
    for _time in range(2):
        change_due(actor=registrar, item_id=item.pk, due_on=date(2026, 10, 5), reason="Flyttat.", at=AT)
        set_follow_up(actor=registrar, item_id=item.pk, follow_up_on=date(2026, 10, 5), at=AT)
    kinds = list(HistoryEvent.objects.filter(instance=item.instance_id).order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["STARTED", "CLAIMED", "DUE_CHANGED", "FOLLOW_UP_SET"]
