"""A load that is broken off in the middle: either all of it holds or nothing does, and whoever comes next cleans up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.intake.staging import Staging
from styrkedja.indicators.loading import settle_all
from styrkedja.indicators.models import DataLoad
from tests.apps.indicators.loaded import everything, load, months_of, rows_of, write_csv
from tests.apps.indicators.test_loading_files import address
from tests.core.indicators.intake.worlds import BEDS, VISIT, source

pytestmark = pytest.mark.django_db

JULY = VISIT | {"visited_on": "2026-07-15"}


class Killed(BaseException):
    """As if the process had ended: nothing that comes after runs."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@contextmanager
def killed_when(monkeypatch: pytest.MonkeyPatch, name: str, *, call: int = 1) -> Iterator[None]:
    """The process ends at the given call of the function, and leaves its folder as it is."""
    real = getattr(Staging, name)
    calls = []

    def dying(self: Staging, *given: object) -> object:
        calls.append(given)
        if len(calls) == call:
            raise Killed
        return real(self, *given)

    with monkeypatch.context() as patched:
        patched.setattr(Staging, name, dying)
        patched.setattr(Staging, "__exit__", lambda self, *_error: [writer.close() for writer in self._writers.values()] and None)
        with pytest.raises(Killed):
            yield


def test_what_is_broken_off_before_it_is_recorded_never_happened(
    tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(write_csv(tmp_path / "b.csv", [VISIT]), at, store)
    before = everything(store)
    for name in ("add", "close", "is_as_before", "remove"):
        with killed_when(monkeypatch, name):
            load(write_csv(tmp_path / "c.csv", [JULY, VISIT | {"patient": "new"}]), at, store)
        assert len(list(store.rglob(".load-*"))) == 1
        settle_all(FactFiles(store))
        assert everything(store) == before, name
    assert DataLoad.objects.count() == 1


def test_what_is_recorded_and_not_yet_placed_is_placed_by_whoever_comes_next(
    tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(write_csv(tmp_path / "b.csv", [VISIT, JULY]), at, store, is_generated=True)
    with killed_when(monkeypatch, "place"):
        load(write_csv(tmp_path / "c.csv", [VISIT | {"patient": "new"}]), at, store)
    assert months_of(store) == ["2026-07", "2026-08"]
    settle_all(FactFiles(store))
    assert months_of(store) == ["2026-08"], "the generated month is gone"
    assert [row["patient"] for row in rows_of(store, "2026-08")] == ["new"]
    assert list(store.rglob(".load-*")) == []


def test_the_next_load_places_it_first(tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with killed_when(monkeypatch, "place"):
        load(write_csv(tmp_path / "b.csv", [VISIT, JULY]), at, store)
    assert months_of(store) == []
    report = load(write_csv(tmp_path / "c.csv", [JULY]), at, store)
    assert [one.change for one in report.months] == ["unchanged"]
    assert months_of(store) == ["2026-07", "2026-08"]


def test_a_disk_that_is_full_is_told_and_leaves_nothing(tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Staging, _table: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Staging, "add", full)
    with pytest.raises(Refused, match=r"Det går inte att skriva i .*: No space left on device. Inget har lästs in."):
        load(write_csv(tmp_path / "b.csv", [VISIT]), at, store)
    assert (everything(store), list(store.rglob(".load-*")), DataLoad.objects.count()) == ({}, [], 0)


def test_two_loads_of_a_source_do_not_meet(tmp_path: Path, store: Path, at: datetime) -> None:
    """Somebody else's load is under way, in a session of its own; it is neither joined nor cleaned away."""
    theirs = Staging(FactFiles(store), source("visits"))
    theirs.__enter__()
    with psycopg.connect(address(), autocommit=True) as other:
        other.execute("select pg_advisory_lock(hashtextextended('styrkedja.indicators.load.visits', 0))")
        with pytest.raises(Refused, match="läses redan in av någon annan"):
            load(write_csv(tmp_path / "b.csv", [VISIT]), at, store)
        settle_all(FactFiles(store))
        assert theirs.folder.exists()
        load(write_csv(tmp_path / "p.csv", [BEDS]), at, store, of="beds")
        other.execute("select pg_advisory_unlock_all()")
    settle_all(FactFiles(store))
    assert not theirs.folder.exists()
    assert connection.is_usable()
