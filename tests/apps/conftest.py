from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection

from styrkedja.ledger.models import LedgerEntry
from tests.factories.database import emptying_allowed


@pytest.fixture(scope="session", autouse=True)
def _emptying_allowed() -> Iterator[None]:
    with emptying_allowed():
        yield


@pytest.fixture
def at() -> datetime:
    """A Wednesday morning in Sweden."""
    return datetime(2026, 9, 16, 8, 30, tzinfo=UTC)


@pytest.fixture
def flush_ledger(db: None) -> Callable[[], list[LedgerEntry]]:
    """What a commit would do for the ledger; answers every entry, oldest first, with its text."""

    def flush() -> list[LedgerEntry]:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        return list(LedgerEntry.objects.select_related("text").order_by("sequence"))

    return flush
