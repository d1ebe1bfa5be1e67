"""What must hold whatever is killed, whenever: asked of the whole database."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from styrkedja.cases.models import Document, RegistryCounter, StoredFile
from styrkedja.ledger.models import LedgerEntry, PendingEntry
from styrkedja.ledger.selectors import verify
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, Offer, ProcessInstance, WorkItem
from styrkedja.workflows.replaying import execution_of


def broken() -> list[str]:
    """Every invariant that does not hold, in words; empty when all is well."""
    return [*_ledger(), *_history(), *_standing(), *_record()]


def _ledger() -> Iterator[str]:
    fault = verify()
    if fault is not None:
        yield f"the chain breaks at {fault.sequence}: {fault.reason}"
    if PendingEntry.objects.exists():
        yield "an entry was committed outside the chain"
    done = HistoryEvent.objects.filter(kind=EventKind.COMPLETED).count()
    logged = LedgerEntry.objects.filter(body__contains='"act":"step.completed"').count()
    if done != logged:
        yield f"{done} steps done, {logged} in the ledger"


def _history() -> Iterator[str]:
    numbers: dict[int, list[int]] = {}
    for instance, sequence in HistoryEvent.objects.order_by("instance", "sequence").values_list("instance_id", "sequence"):
        numbers.setdefault(instance, []).append(sequence)
    for instance, found in numbers.items():
        if found[0] != 1 or any(after - before != 1 for before, after in pairwise(found)):
            yield f"the history of {instance} has a hole or a double: {found}"
    tokens = Counter(HistoryEvent.objects.filter(kind=EventKind.COMPLETED).values_list("instance_id", "token"))
    yield from (f"{token} was done {times} times" for token, times in tokens.items() if times > 1)


def _standing() -> Iterator[str]:
    """The open work items are exactly the tokens that playing the history gives."""
    for instance in ProcessInstance.objects.select_related("definition__county"):
        execution = execution_of(instance)
        tokens = {token.key for token in execution.tokens()}
        items = set(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).values_list("token", flat=True))
        if tokens != items:
            yield f"case {instance.pk} stands at {items}, its history says {tokens}"
        if (execution.ended or "") != instance.end_event:
            yield f"case {instance.pk} ended at {instance.end_event!r}, its history says {execution.ended!r}"
    if Offer.objects.exclude(item__state=ItemState.OPEN).exists():
        yield "a closed item is still offered"


def _record() -> Iterator[str]:
    registered = HistoryEvent.objects.filter(kind=EventKind.COMPLETED, number__in=["2", "9"]).count()
    received = Document.objects.filter(direction="RECEIVED").count()
    if registered != received:
        yield f"{registered} steps registered a document, {received} documents are there"
    for counter in RegistryCounter.objects.all():
        used = counter.series.cases.count()
        if used != counter.last:
            yield f"series {counter.series} gave {counter.last} numbers, {used} cases have one"
    if StoredFile.objects.filter(instance__isnull=True).exists():
        yield "a file was stored without its case"
