"""The recipe for a separate application role, as the decision record gives it."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from styrkedja.ledger import selectors
from styrkedja.ledger.models import LedgerText
from styrkedja.ledger.services import append

RECORD = Path(__file__).parents[3] / "docs" / "adr" / "0004-ledger.md"
ROLE = "styrkedja_app"


@pytest.fixture
def application_role(db: None) -> Iterator[None]:
    recipe = re.search(r"```sql\n(.+?)```", RECORD.read_text(), re.DOTALL)
    assert recipe is not None
    with connection.cursor() as cursor:
        cursor.execute("select rolcreaterole or rolsuper from pg_roles where rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("the database user may not make roles")
        cursor.execute(f"create role {ROLE}")
        cursor.execute(recipe[1])
        cursor.execute(f"grant {ROLE} to current_user")
        cursor.execute(f"set role {ROLE}")
        yield
        cursor.execute("reset role")


def record(at: datetime) -> None:
    append(actor=None, act="case.opened", object_type="case", object_id=1, payload={}, at=at)


def join() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def test_the_application_appends_and_erases(application_role: None, at: datetime) -> None:
    record(at)
    record(at)
    join()
    LedgerText.objects.filter(entry=1).update(payload="", salt="")
    assert selectors.head() is not None
    found = selectors.verify()
    assert found is not None
    assert "ingen radering är antecknad" in found.reason


@pytest.mark.parametrize(
    "statement",
    [
        "insert into ledger_ledgerentry (sequence, body, previous_hash, hash) values (9, '{}', '', '')",
        "update ledger_ledgerentry set hash = ''",
        "delete from ledger_ledgerentry",
        "truncate ledger_ledgerentry cascade",
        "delete from ledger_ledgertext",
        "delete from ledger_pendingentry",
        "delete from workflows_historyevent",
        "alter table ledger_ledgerentry disable trigger user",
    ],
)
def test_the_application_can_do_nothing_else_to_the_log(statement: str, application_role: None, at: datetime) -> None:
    record(at)
    join()
    with (
        pytest.raises(ProgrammingError, match="permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert selectors.verify() is None
