"""A computation that is broken off between two writes: the cells that were there can be read, no value has changed, and the next run makes the rest."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
from django.db import transaction

from styrkedja.core.indicators.decoding import Unplaced
from styrkedja.core.indicators.definition.library import read_library
from styrkedja.indicators import files
from styrkedja.indicators.computing import Bounds, Computed, Site, compute
from styrkedja.indicators.engine import DuckRunner, EngineFault
from styrkedja.indicators.models import Observation
from styrkedja.indicators.services.definitions import sync_indicators
from tests.factories.small_region import HOME_VISITS, PATIENTS, VISITS, make_region, visit, write_visits

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 31, 12, tzinfo=UTC)
TEXTS = {"hembesok": HOME_VISITS, "patienter": PATIENTS}
MONTHS = ("2026-02", "2026-03")


class Killed(BaseException):
    """As if the process had ended: nothing that comes after runs."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two months computed, and then loaded again with more rows."""
    library = read_library({"visits.toml": VISITS.encode()}, {f"{key}.toml": text.encode() for key, text in TEXTS.items()}, on=AT.date())
    make_region()
    sync_indicators(actor=None, definitions=library.definitions, texts=TEXTS, at=AT)
    site = Site(library.sources, library.definitions, tmp_path / "store")
    for month in MONTHS:
        write_visits(site.store, month, [visit(f"{month}-03", "vc-a", "p1", home=True), visit(f"{month}-20", "vc-b", "p2")])
    run(site)
    for month in MONTHS:
        write_visits(site.store, month, [visit(f"{month}-03", "vc-a", f"p{number}") for number in range(3)])
    return site


def run(site: Site) -> Computed:
    return compute(actor=None, site=site, bounds=Bounds(), at=AT)


def values() -> list[tuple[Any, ...]]:
    columns = ("indicator__key", "body__key", "period_end", "dimensions", "numerator", "denominator", "value", "status")
    return sorted(Observation.objects.values_list(*columns), key=str)


def cells(store: Path) -> dict[str, bytes]:
    """What is kept, without what lies beside it."""
    return {
        str(path.relative_to(store)): path.read_bytes() for path in (store / "cells").rglob("*.parquet") if not path.name.startswith(".")
    }


@contextmanager
def stopping(monkeypatch: pytest.MonkeyPatch, write: int, error: BaseException) -> Iterator[list[str]]:
    """Something happens when the file of the given number has been written and not yet put in its place."""
    put: list[str] = []
    real = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        if target.suffix == ".parquet":
            put.append(target.name)
            if len(put) == write:
                raise error
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopped)
        if write and isinstance(error, Killed):
            patched.setattr(Path, "unlink", lambda _self, missing_ok=False: None)
        yield put


@contextmanager
def undone(store: Path) -> Iterator[None]:
    """What the block does to the store and the database is undone after it."""
    as_it_was = copytree(store, store.with_name("as-it-was"))
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)
    rmtree(store)
    as_it_was.rename(store)


def test_wherever_it_is_killed_the_old_cells_are_whole_and_the_next_run_makes_the_rest(site: Site, monkeypatch: pytest.MonkeyPatch):
    before, old = values(), cells(site.store)
    with undone(site.store):
        with stopping(monkeypatch, 0, Killed()) as writes:
            run(site)
        after, new = values(), cells(site.store)
    assert before != after
    assert len(writes) == len(new)
    for write in range(1, len(writes) + 1):
        with undone(site.store):
            with stopping(monkeypatch, write, Killed()), pytest.raises(Killed):
                run(site)
            found = cells(site.store)
            assert found.keys() >= old.keys()
            assert sum(found[name] == new[name] for name in found if found[name] != old.get(name)) == write - 1
            assert sum(found[name] == old[name] for name in old) == len(found) - write + 1
            assert values() in (before, after)
            run(site)
            assert (values(), cells(site.store)) == (after, new)


def test_a_full_disk_is_told_and_leaves_nothing_beside(site: Site, monkeypatch: pytest.MonkeyPatch):
    before, old = values(), cells(site.store)
    with stopping(monkeypatch, 2, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))), pytest.raises(EngineFault) as caught:
        run(site)
    assert str(caught.value).startswith(f"Cellerna går inte att spara i {site.store}/cells/rows/visits/")
    assert str(caught.value).endswith(": No space left on device. Kontrollera utrymme och skrivrätt.")
    assert values() == before
    assert cells(site.store).keys() == old.keys()
    assert list(site.store.rglob(".*")) == []


def test_what_was_left_beside_is_taken_away_a_day_later(tmp_path: Path):
    path = tmp_path / "2026-03.parquet"
    old, young, others = (tmp_path / name for name in (".2026-03.parquet.1.aa", ".2026-03.parquet.2.bb", ".2026-02.parquet.1.aa"))
    for left in (old, young, others):
        left.write_text("half")
    os.utime(old, (0, 0))
    os.utime(others, (0, 0))
    files.write_text_whole(path, "whole")
    assert sorted(tmp_path.iterdir()) == sorted([path, young, others])


def test_what_is_counted_apart_is_read_once_and_a_unit_that_is_unknown_stops_it(site: Site, monkeypatch: Any) -> None:
    only, asked = {"patienter": site.definitions["patienter"]}, []
    ask = DuckRunner.ask
    monkeypatch.setattr(DuckRunner, "ask", lambda self, text: asked.append(text) or ask(self, text))
    run(replace(site, definitions=only))
    assert asked
    assert all('"value"' in text for text in asked), "the rows of each unit are counted in the reading that tells patients apart"
    before, kept = values(), cells(site.store)
    write_visits(site.store, MONTHS[1], [visit(f"{MONTHS[1]}-03", "vc-a", "p1"), visit(f"{MONTHS[1]}-04", "vc-okand", "p1")])
    with pytest.raises(Unplaced, match="vc-okand"):
        run(replace(site, definitions=only))
    assert (values(), cells(site.store)) == (before, kept)
