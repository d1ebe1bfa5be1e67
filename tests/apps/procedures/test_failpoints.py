"""A step is one transaction: whichever of its writes fails, nothing at all has happened, and the same form sent again is carried out, once.

The straight road of the real routine is walked. At the first step of every kind each write of the step is made to fail in turn, the last being
the end of the transaction itself, and after each failure every row of every table must be as before.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection, transaction

from styrkedja.accounts.models import User
from styrkedja.cli import driving
from styrkedja.cli.answers import read_answers
from styrkedja.core.fields import FieldType
from styrkedja.ledger.selectors import verify
from styrkedja.procedures.kinds.base import fields_of
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.procedures.services import perform_step
from styrkedja.workflows.models import EventKind, HistoryEvent, ProcessDefinition, WorkItem
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.services import AlreadySubmitted
from tests.routines.conftest import ANSWERS, DEFINITIONS, OPENED, author_of, publish

WRITING = ("insert", "update", "delete", "with", "release savepoint")
# Kinds of steps in the straight road, and the tables that their writes must have reached for the test to be worth anything.
TABLES = {"cases_document", "cases_storedfile", "decisions_decision", "ledger_pendingentry", "organisations_group", "procrastinate_defer"}


class Cut(OperationalError):
    """The connection to the database was lost, as far as the program can tell."""


@contextmanager
def cut_at(number: int) -> Iterator[list[str]]:
    """Every write is noted; the one of that number (from 1; 0: none) fails and is not done."""
    written: list[str] = []

    def execute(do: Callable[..., object], sql: str, params: object, many: bool, context: Mapping[str, object]) -> object:
        if sql.lstrip().lower().startswith(WRITING) or "procrastinate_defer" in sql:
            written.append(sql)
            if len(written) == number:
                raise Cut
        return do(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield written


def everything() -> dict[str, str]:
    """For each table a digest of all its rows, in whatever order they lie."""
    tables = connection.introspection.table_names()
    digests = (f"select '{table}', count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from {table} t" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(digests))
        return dict(cursor.fetchall())


def submission(item: WorkItem, given: dict[str, Any], key: UUID) -> Callable[[], HistoryEvent]:
    """The step as its page would send it, with a file in every field for files."""
    node = routine_of(item.instance.definition).nodes[item.node_id]
    files = [spec.id for spec in fields_of(node, CATALOGUE[item.kind]) if spec.type is FieldType.FILE]

    def send() -> HistoryEvent:
        uploads = {field: ContentFile(b"%PDF-1.7 innehall", name=f"{field}.pdf") for field in files}
        return perform_step(item=WorkItem.objects.get(pk=item.pk), uploads=uploads, idempotency_key=key, **given)

    return send


class Sweep:
    """Stands in for `perform_step` on the road."""

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.written: set[str] = set()

    def __call__(self, *, item: WorkItem, **given: Any) -> HistoryEvent:
        if item.kind in self.kinds:
            return perform_step(item=item, **given)
        User.objects.filter(email="").update(email="konto@example.se")
        send = submission(item, given, uuid4())
        self.kinds[item.kind] = self.fail_everywhere(item, send)
        event = self.send_noting(send)
        self.assert_done_once(item, send)
        return event

    def fail_everywhere(self, item: WorkItem, send: Callable[[], HistoryEvent]) -> int:
        """Answers how many writes the step has."""
        before, number = everything(), 1
        while self.fails(number, item, send, before):
            number += 1
        return number - 1

    def fails(self, number: int, item: WorkItem, send: Callable[[], HistoryEvent], before: dict[str, str]) -> bool:
        """Cuts the step at that write. False when it has not so many, and was done: then it is undone."""
        with transaction.atomic():
            try:
                with cut_at(number) as written:
                    send()
            except Cut:
                after = everything()
                assert after == before, f"{item.kind}, write {number} ({written[-1][:60]}) left {after.items() - before.items()}"
                return True
            transaction.set_rollback(True)
            return False

    def send_noting(self, send: Callable[[], HistoryEvent]) -> HistoryEvent:
        with cut_at(0) as written:
            event = send()
        self.written |= {table for table in TABLES for sql in written if table in sql}
        return event

    def assert_done_once(self, item: WorkItem, send: Callable[[], HistoryEvent]) -> None:
        before = everything()
        with pytest.raises(AlreadySubmitted):
            send()
        assert everything() == before
        assert HistoryEvent.objects.filter(instance=item.instance_id, token=item.token, kind=EventKind.COMPLETED).count() == 1


@pytest.fixture
def definition(db: None) -> ProcessDefinition:
    return publish(DEFINITIONS / "counties" / "vasternorrland", DEFINITIONS / "routines" / "vasternorrland-kunskapsstod.bpmn")


def test_whichever_write_of_a_step_fails_nothing_has_happened(definition: ProcessDefinition, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = Sweep()
    monkeypatch.setattr(driving, "perform_step", sweep)
    answers = read_answers((ANSWERS / "straight.toml").read_bytes())
    walk = driving.Driver(definition, answers, author=author_of(definition), at=OPENED, appoint=True).run()
    assert walk.state == "done"
    assert sweep.kinds.keys() == {node.step.kind for node in routine_of(definition).steps() if node.id in {one.id for one in walk.pathway}}
    assert min(sweep.kinds.values()) >= 5
    assert sweep.written == TABLES
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    assert verify() is None
