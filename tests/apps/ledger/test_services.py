import json
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from styrkedja.accounts.models import User
from styrkedja.core.ledger.chain import digest
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger import selectors
from styrkedja.ledger.models import LedgerEntry, LedgerText, PendingEntry
from styrkedja.ledger.presenters import entry_line
from styrkedja.ledger.services import append, erase_text
from tests.factories.accounts import make_user

Flush = Callable[[], list[LedgerEntry]]


def record(at: datetime, *, actor: object = None, subject: str = "Stroke", object_id: object = 7) -> None:
    append(
        actor=actor,
        act="case.opened",
        object_type="case",
        object_id=object_id,
        payload={"subject": subject},
        at=at,
        function="Registrator, RVN",
    )


def test_an_entry_says_who_did_what_when_on_what(at: datetime, flush_ledger: Flush) -> None:
    actor = make_user()
    record(at, actor=actor)
    [entry] = flush_ledger()
    assert entry.sequence == 1
    assert entry.previous_hash == "0" * 64
    assert json.loads(entry.body) == {
        "at": "2026-09-16T08:30:00.000000+00:00",
        "act": "case.opened",
        "account": actor.pk,
        "function": "Registrator, RVN",
        "object_type": "case",
        "object_id": "7",
        "digest": digest(entry.text.salt, '{"subject":"Stroke"}'),
    }
    assert (entry.act, entry.object_type, entry.object_id) == ("case.opened", "case", "7")
    assert entry.text.payload == '{"subject":"Stroke"}'
    assert len(entry.text.salt) == 64


def test_no_name_and_no_text_stand_in_what_can_never_be_erased(at: datetime, flush_ledger: Flush) -> None:
    record(at, actor=make_user("anna.andersson", name="Anna Andersson"), subject="Hemligt")
    [entry] = flush_ledger()
    assert "anna" not in entry.body.lower()
    assert "Hemligt" not in entry.body


def test_the_same_text_twice_has_two_digests(at: datetime, flush_ledger: Flush) -> None:
    record(at)
    record(at)
    first, second = flush_ledger()
    assert json.loads(first.body)["digest"] != json.loads(second.body)["digest"]


def test_links_join_in_the_order_of_the_acts_and_nothing_is_left_pending(at: datetime, flush_ledger: Flush) -> None:
    for subject in ("ett", "två", "tre"):
        record(at, subject=subject)
    record(at, subject="Ånge\u2028 \x01 \\u0000 😀 ' \" $$")
    entries = flush_ledger()
    assert [entry.text.payload[:16] for entry in entries] == [
        '{"subject":"ett"',
        '{"subject":"två"',
        '{"subject":"tre"',
        '{"subject":"Ånge',
    ]
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert PendingEntry.objects.count() == 0
    assert selectors.verify(batch=2) is None
    assert selectors.head() == (4, entries[-1].hash)


def test_an_empty_log_has_no_head_and_holds(db: None) -> None:
    assert selectors.head() is None
    assert selectors.verify() is None


def test_an_act_that_is_rolled_back_leaves_nothing(at: datetime, flush_ledger: Flush) -> None:
    with transaction.atomic():
        record(at)
        transaction.set_rollback(True)
    assert flush_ledger() == []
    assert PendingEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["delete from ledger_pendingentry", "update ledger_pendingentry set payload = '{}'"])
def test_a_pending_entry_that_a_later_statement_takes_back_stops_the_commit(change: str, at: datetime) -> None:
    def act() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            make_user()
            record(at)
            cursor.execute(change)

    with pytest.raises(IntegrityError, match="En loggpost har ändrats eller tagits bort"):
        act()
    assert LedgerEntry.objects.count() == 0
    assert User.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_append_outside_the_transaction_of_an_act_is_refused(at: datetime) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(at)
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_ledgerentry set body = '{}'",
        "update ledger_ledgerentry set hash = '' where false",
        "delete from ledger_ledgerentry",
        "truncate ledger_ledgerentry cascade",
        "delete from ledger_ledgertext",
        "truncate ledger_ledgertext",
    ],
)
def test_the_database_refuses_to_change_the_log(statement: str, at: datetime, flush_ledger: Flush) -> None:
    record(at)
    before = [(entry.body, entry.hash, entry.text.payload) for entry in flush_ledger()]
    with pytest.raises(IntegrityError, match="kan bara fyllas på"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [(entry.body, entry.hash, entry.text.payload) for entry in flush_ledger()] == before


@pytest.mark.parametrize("statement", ["update {} set outcome = ''", "delete from {}", "truncate {}"])
def test_the_database_refuses_to_change_the_history_of_cases(statement: str, db: None) -> None:
    with pytest.raises(IntegrityError, match="Ärendets historik kan bara fyllas på"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("workflows_historyevent"))


@pytest.mark.parametrize("change", [{"payload": "{}"}, {"salt": ""}, {"payload": ""}, {"payload": "", "salt": "x"}])
def test_a_text_can_be_erased_but_not_changed(change: dict[str, str], at: datetime, flush_ledger: Flush) -> None:
    record(at)
    flush_ledger()
    with pytest.raises(IntegrityError, match="Texten till loggpost 1 kan raderas men inte ändras"), transaction.atomic():
        LedgerText.objects.update(**change)
    assert selectors.verify() is None


def test_erasing_a_text_keeps_the_chain_and_is_itself_on_record(at: datetime, flush_ledger: Flush) -> None:
    administrator = make_user("forvaltare", administrator=True)
    record(at, subject="Fel person")
    flush_ledger()
    erase_text(actor=administrator, sequence=1, reason="Begäran enligt dataskyddsförordningen, artikel 17", at=at)
    erased, erasure = flush_ledger()
    assert (erased.text.payload, erased.text.salt) == ("", "")
    assert entry_line(erased).details is None
    assert (erasure.act, erasure.object_type, erasure.object_id) == ("ledger.text_erased", "ledger.entry", "1")
    assert entry_line(erasure).details == {"reason": "Begäran enligt dataskyddsförordningen, artikel 17"}
    assert selectors.verify() is None


@pytest.mark.parametrize(
    ("administrator", "sequence", "reason", "message"),
    [
        (False, 1, "skäl", "Bara en systemförvaltare får radera text i loggen."),
        (True, 1, " ", "Ange varför texten raderas, till exempel vilken bestämmelse som kräver det."),
        (True, 9, "skäl", "Loggpost 9 har ingen text att radera."),
    ],
)
def test_an_erasure_that_may_not_be_made_changes_nothing(
    administrator: bool, sequence: int, reason: str, message: str, at: datetime, flush_ledger: Flush
) -> None:
    actor = make_user(administrator=administrator)
    record(at)
    flush_ledger()
    with pytest.raises(Refused) as refused:
        erase_text(actor=actor, sequence=sequence, reason=reason, at=at)
    assert refused.value.reason == message
    [entry] = flush_ledger()
    assert entry.text.payload == '{"subject":"Stroke"}'


def test_a_text_is_erased_once(at: datetime, flush_ledger: Flush) -> None:
    administrator = make_user(administrator=True)
    record(at)
    flush_ledger()
    erase_text(actor=administrator, sequence=1, reason="Fel person", at=at)
    with pytest.raises(Refused, match="har ingen text"):
        erase_text(actor=administrator, sequence=1, reason="Fel person", at=at)
    assert len(flush_ledger()) == 2


def tamper(statement: str) -> None:
    """As somebody would who owns the tables."""
    with connection.cursor() as cursor:
        for table in ("ledger_ledgerentry", "ledger_ledgertext"):
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")
        for table in ("ledger_ledgerentry", "ledger_ledgertext"):
            cursor.execute(f"alter table {table} enable trigger user")


@pytest.mark.parametrize(
    ("statement", "sequence", "reason"),
    [
        ("update ledger_ledgerentry set body = replace(body, 'RVN', 'KFVN') where sequence = 3", 3, "har ändrats"),
        ('update ledger_ledgertext set payload = \'{"subject":"Hjärta"}\' where entry_id = 2', 2, "Texten till loggpost 2 har ändrats"),
        ("update ledger_ledgertext set payload = '', salt = '' where entry_id = 4", 4, "ingen radering är antecknad"),
        ("delete from ledger_ledgertext where entry_id = 4", 4, "Texten till loggpost 4 saknas"),
        ("update ledger_ledgerentry set previous_hash = repeat('0', 64) where sequence = 5", 5, "bygger inte på posten före"),
    ],
)
def test_the_owner_of_the_tables_can_change_a_row_but_not_unseen(
    statement: str, sequence: int, reason: str, at: datetime, flush_ledger: Flush
) -> None:
    for object_id in range(6):
        record(at, object_id=object_id)
    flush_ledger()
    assert selectors.verify() is None
    tamper(statement)
    found = selectors.verify(batch=4)
    assert found is not None
    assert found.sequence == sequence
    assert reason in found.reason


def test_a_removed_link_is_named_and_a_cut_off_end_shows_against_a_noted_head(at: datetime, flush_ledger: Flush) -> None:
    for object_id in range(6):
        record(at, object_id=object_id)
    flush_ledger()
    noted = selectors.head()
    assert noted is not None
    tamper("delete from ledger_ledgertext where entry_id > 4; delete from ledger_ledgerentry where sequence > 4")
    assert selectors.verify() is None
    found = selectors.verify(known_heads=dict([noted]))
    assert found is not None
    assert found.reason == "Loggpost 6 saknas, men den har funnits: loggen slutar nu med nummer 4."


def test_entries_about_objects_come_in_order_with_their_texts(at: datetime, flush_ledger: Flush, django_assert_num_queries) -> None:
    for object_id in (7, 8, 7, 9):
        record(at, object_id=object_id)
    flush_ledger()
    with django_assert_num_queries(1):
        lines = [entry_line(entry) for entry in selectors.entries_about({"case": [7, "9"], "file": ["x"]})]
    assert [line.sequence for line in lines] == [1, 3, 4]
    assert lines[0].act == "Ärendet öppnades"
    assert lines[0].at == at
    assert lines[0].details == {"subject": "Stroke"}
    assert list(selectors.entries_about({"file": [7]})) == []
    assert list(selectors.entries_about({})) == []
