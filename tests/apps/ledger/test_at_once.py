"""Several transactions at once, each on its own connection."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger import selectors
from styrkedja.ledger.models import LedgerEntry, PendingEntry, SentForm
from styrkedja.ledger.services import Sent, SentBefore, append, once
from tests.factories.accounts import make_user
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def record(at: datetime, subject: str) -> None:
    append(actor=None, act="case.opened", object_type="case", object_id=1, payload={"subject": subject}, at=at)


def test_many_at_once_make_one_unbroken_chain(at: datetime) -> None:
    workers, acts = 6, 12

    def work(worker: int) -> None:
        for act in range(acts):
            with transaction.atomic():
                record(at, f"{worker}.{act} första")
                record(at, f"{worker}.{act} andra")

    at_once(*(lambda worker=worker: work(worker) for worker in range(workers)))
    assert list(LedgerEntry.objects.values_list("sequence", flat=True)) == list(range(1, workers * acts * 2 + 1))
    assert selectors.verify(batch=50) is None
    assert PendingEntry.objects.count() == 0
    texts = list(LedgerEntry.objects.values_list("text__payload", flat=True))
    assert [text.replace("andra", "första") for text in texts[1::2]] == texts[0::2], "the acts of one transaction stand together"


def test_nothing_is_seen_and_nobody_waits_before_the_commit(at: datetime) -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(at, "långsam")
            written.set()
            assert may_commit.wait(20)

    def quick() -> None:
        assert written.wait(20)
        with transaction.atomic():
            record(at, "snabb")
        assert LedgerEntry.objects.count() == 1
        may_commit.set()

    at_once(slow, quick)
    assert [text for (text,) in LedgerEntry.objects.values_list("text__payload")] == ['{"subject":"snabb"}', '{"subject":"långsam"}']


def test_a_commit_that_waits_for_a_foreign_key_does_not_hold_the_head(at: datetime) -> None:
    """One transaction has locked a row that the other's deferred foreign key must look at: a deadlock if the head were taken first."""
    user = make_user()
    with connection.cursor() as cursor:
        cursor.execute(
            "create table ledger_probe (account_id bigint references accounts_user deferrable initially deferred)",
        )
    locked, committing = threading.Event(), threading.Event()

    def locks_the_row() -> None:
        with transaction.atomic():
            type(user).objects.select_for_update().get(pk=user.pk)
            locked.set()
            assert committing.wait(20)
            wait_until_somebody_waits()
            record(at, "låser raden")

    def points_at_the_row() -> None:
        assert locked.wait(20)
        with transaction.atomic():
            record(at, "pekar på raden")
            with connection.cursor() as cursor:
                cursor.execute("insert into ledger_probe values (%s)", [user.pk])
            committing.set()

    try:
        at_once(locks_the_row, points_at_the_row)
        assert selectors.verify() is None
        assert [text for (text,) in LedgerEntry.objects.values_list("text__payload")] == [
            '{"subject":"låser raden"}',
            '{"subject":"pekar på raden"}',
        ]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop table ledger_probe")


def wait_until_somebody_waits() -> None:
    """Until the other transaction stands in its commit, waiting for a lock."""
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _attempt in range(2000):
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            threading.Event().wait(0.005)
    raise AssertionError("nobody ever waited")


def in_schema(work: Callable[[psycopg.Connection], None]) -> None:
    """`work` on a connection whose search path is a schema of its own with the ledger's tables and triggers in it."""
    options = connection.get_connection_params()
    known = {name: options[name] for name in ("dbname", "user", "password", "host", "port") if options.get(name)}
    with psycopg.connect(**known, autocommit=True) as own:
        own.execute("create schema scratch_ledger")
        try:
            own.execute("set search_path to scratch_ledger")
            work(own)
        finally:
            own.execute("drop schema scratch_ledger cascade")


def test_the_triggers_serve_the_tables_of_any_schema(at: datetime) -> None:
    chain = import_module("styrkedja.ledger.migrations.0002_chain")

    def work(own: psycopg.Connection) -> None:
        for table in ("ledger_pendingentry", "ledger_ledgerentry", "ledger_ledgertext"):
            own.execute(f"create table {table} (like public.{table} including all)")
        own.execute(chain.FUNCTIONS + chain.TRIGGERS)
        own.execute("set search_path to public")  # the session's path does not matter once the triggers stand
        own.execute("insert into scratch_ledger.ledger_pendingentry (body, payload, salt, queued) values ('{}', '{}', 's', false)")
        assert own.execute("select sequence, body from scratch_ledger.ledger_ledgerentry").fetchall() == [(1, "{}")]

    in_schema(work)
    assert LedgerEntry.objects.count() == 0


def test_a_temporary_table_cannot_stand_in_for_the_chain(at: datetime) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("create temporary table ledger_ledgerentry (like public.ledger_ledgerentry) on commit drop")
        record(at, "äkta")
    assert LedgerEntry.objects.count() == 1


def test_a_form_that_comes_twice_at_once_is_done_once(at: datetime) -> None:
    writer, key, done = make_user("skribent"), uuid4(), []

    def do() -> str:
        done.append(1)
        time.sleep(0.2)
        return "/styrning/"

    def send() -> Sent:
        return once(actor=writer, key=key, digest="a" * 64, do=do, at=at)

    found = at_once(send, send, send)
    assert sorted(found, key=str) == [Sent("/styrning/", False), Sent("/styrning/", False), Sent("/styrning/", True)]
    assert (len(done), SentForm.objects.count()) == (1, 1)
    assert once(actor=make_user("annan"), key=key, digest="a" * 64, do=do, at=at).is_new
    with pytest.raises(SentBefore):
        once(actor=writer, key=key, digest="b" * 64, do=do, at=at)


def test_what_is_refused_is_on_record_and_can_be_sent_again(at: datetime) -> None:
    writer, key = make_user("skribent"), uuid4()

    def refuse() -> str:
        record(at, "avslaget")
        raise Refused("Nej.")

    with pytest.raises(Refused, match="Nej"):
        once(actor=writer, key=key, digest="a" * 64, do=refuse, at=at)
    assert (SentForm.objects.count(), LedgerEntry.objects.count()) == (0, 1)
    assert once(actor=writer, key=key, digest="a" * 64, do=lambda: "/", at=at).is_new
