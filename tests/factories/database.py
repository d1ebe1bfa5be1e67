"""What tests must do to the database that the product never does."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db.backends.postgresql.operations import DatabaseOperations

# Tables that the database refuses to empty.
GROWING = ("ledger_ledgerentry", "ledger_ledgertext", "workflows_historyevent")


@contextmanager
def emptying_allowed() -> Iterator[None]:
    """Lets Django empty the tables after a test that commits: the triggers are off inside the transaction that empties, and on again after it."""
    empty = DatabaseOperations.sql_flush

    def sql_flush(operations: DatabaseOperations, style: object, tables: list[str], **options: bool) -> list[str]:
        switch = [f"alter table {table} {{}} trigger user" for table in GROWING if table in tables]
        off, on = ([statement.format(way) for statement in switch] for way in ("disable", "enable"))
        return [*off, *empty(operations, style, tables, **options), *on]

    with mock.patch.object(DatabaseOperations, "sql_flush", sql_flush):
        yield
