"""What must hold of a case after every act, whoever did it."""

from collections import Counter
from datetime import date

from django.db import connection

from styrkedja.cases.models import Case
from styrkedja.core.process.engine import Execution
from styrkedja.ledger.models import LedgerEntry, PendingEntry
from styrkedja.ledger.selectors import verify
from styrkedja.organisations.selectors import positions
from styrkedja.workflows.models import Draft, HistoryEvent, ItemState, Offer, ProcessInstance, WorkItem
from styrkedja.workflows.programs import program_of
from styrkedja.workflows.replaying import execution_of
from styrkedja.workflows.selectors import offers_of
from tests.apps.workflows.case_model import Stand

ACTS = {"COMPLETED": "step.completed", "WAIT_ENDED": "wait.ended", "CLOSED": "case.closed"}


def agree_on_items(case: Case, stand: Stand) -> None:
    """Versions too: each act has raised them by one, and nothing else has."""
    rows = WorkItem.objects.filter(instance=case.instance_id).select_related("claimed_by")
    found = {
        row.pk: (row.node_id, row.state == ItemState.OPEN, row.version, row.claimed_by.username if row.claimed_by else "") for row in rows
    }
    assert found == {item.pk: (item.node, item.is_open, item.version, item.taker) for item in stand.items}
    assert set(Draft.objects.values_list("account__username", "item")) == stand.drafts
    assert not Offer.objects.exclude(item__state=ItemState.OPEN).exists()


def agree_on_history(case: Case, stand: Stand) -> None:
    """Playing the history again gives the stored state, and the open items are the engine's enabled steps."""
    instance = ProcessInstance.objects.select_related("definition").get(pk=case.instance_id)
    execution = execution_of(instance)
    items = WorkItem.objects.filter(instance=instance, state=ItemState.OPEN)
    assert instance.status == stand.status
    if stand.status == "RUNNING":
        played = {token.key: token.variables for token in execution.tokens()}
        stored = Execution.load(program_of(instance.definition), instance.state)
        assert played == {token.key: token.variables for token in stored.tokens()}
        assert played.keys() == {item.token for item in items}
    else:
        assert not items
        assert (execution.ended is not None) == (stand.status == "ENDED")


def agree_on_record(case: Case, stand: Stand) -> None:
    """The history has no hole, holds what the model counted, and the ledger says each of it once in an unbroken chain."""
    events = list(HistoryEvent.objects.filter(instance=case.instance_id).order_by("sequence").values_list("sequence", "kind"))
    last = ProcessInstance.objects.values_list("last_sequence", flat=True).get(pk=case.instance_id)
    assert [sequence for sequence, _kind in events] == list(range(1, last + 1))
    kinds = Counter(kind for _sequence, kind in events)
    assert {kind: kinds[kind] for kind in stand.events} == stand.events
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    assert verify() is None
    assert not PendingEntry.objects.exists()
    acts = Counter(LedgerEntry.objects.filter(object_type="instance", object_id=str(case.instance_id)).values_list("act", flat=True))
    assert {kind: acts[ACTS.get(kind, f"item.{kind.lower()}")] for kind in stand.events} == stand.events
    assert {act: acts[act] for act in stand.refused} == stand.refused


def nobody_holds_what_is_not_theirs(on: date) -> None:
    for item in WorkItem.objects.filter(state=ItemState.OPEN, claimed_by__isnull=False).select_related("claimed_by"):
        assert offers_of(item) & positions(item.claimed_by, on=on)
