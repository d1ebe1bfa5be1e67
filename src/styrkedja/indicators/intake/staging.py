"""Months of facts laid beside those that hold, and put in their place when the load is recorded.

A load writes to `facts/<source>/.load-<id>/`. Its rows in the database (DataLoad, with the id in the report) are what decides: what is laid there without
them never happened, and what has them is put in place, by the load itself or, if it was broken off in between, by whoever comes next (`settle`).
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.rows import month_numbers, schema_of
from styrkedja.core.indicators.months import Month
from styrkedja.indicators.engine import DuckRunner, EngineFault
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.files import write_text_whole

_PREFIX = ".load-"
_GONE = "removed.json"
# Rows held back so that row groups are of a fair size, for one month and for all.
_GROUP = 200_000
_HELD = 1_000_000
_MEMORY_MEGABYTES = 1_000


@dataclass
class Staging:
    """One load's months on disk. Leaving the block without `place` takes everything away."""

    files: FactFiles
    source: FactSource
    id: str = field(default_factory=lambda: uuid4().hex)
    rows: dict[Month, int] = field(default_factory=dict)
    days: dict[Month, tuple[int, int]] = field(default_factory=dict)
    _is_recorded: bool = False
    _held: dict[Month, list[pa.Table]] = field(default_factory=dict)
    _writers: dict[Month, pq.ParquetWriter] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for writer in self._writers.values():
            writer.close()
        if not self._is_recorded:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def folder(self) -> Path:
        return self.files.root / "facts" / self.source.id / f"{_PREFIX}{self.id}"

    def path(self, month: Month) -> Path:
        return self.folder / f"{month}.parquet"

    def add(self, table: pa.Table) -> None:
        """Rows of any months, in the order in which they came."""
        numbers = month_numbers(table[self.source.date])
        for number in np.unique(numbers).tolist():
            self._hold(Month(number), table.filter(pa.array(numbers == number)))
        if sum(part.num_rows for held in self._held.values() for part in held) > _HELD:
            for month in list(self._held):
                self._write(month)

    def add_month(self, month: Month) -> None:
        """A month in which nothing happened, if no row is of it."""
        self.rows.setdefault(month, 0)

    def close(self) -> None:
        """All rows are on disk."""
        for month in self.rows:
            self._write(month)
            self._writers.pop(month).close()

    def sha256(self) -> str:
        """Of all rows, for what has no bytes of its own."""
        digest = hashlib.sha256()
        for month in sorted(self.rows):
            with self.path(month).open("rb") as file:
                digest.update(str(month).encode() + hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def duplicates(self) -> dict[Month, int]:
        """How many rows of each month are exactly like an earlier one; 0 too where there are too many rows to tell."""
        runner = DuckRunner(memory_megabytes=_MEMORY_MEGABYTES)
        try:
            return {month: self._duplicates(runner, month) for month, rows in self.rows.items() if rows}
        finally:
            runner.close()

    def _duplicates(self, runner: DuckRunner, month: Month) -> int:
        runner.show_files("rows", [self.path(month)])
        try:
            found = runner.ask("select (select count(*) from rows) - (select count(*) from (select distinct * from rows)) as alike")
        except EngineFault:
            return 0
        return int(found["alike"][0].as_py())

    def is_as_before(self, month: Month) -> bool:
        """The same rows in the same order as the file that holds."""
        kept = self.files.path(self.source.id, month)
        return kept.exists() and _same_bytes(kept, self.path(month))

    def leave_out(self, month: Month) -> None:
        """The file that holds stays."""
        self.path(month).unlink()

    def remove(self, months: Iterable[Month]) -> None:
        """Months that shall be gone when the load is placed."""
        write_text_whole(self.folder / _GONE, json.dumps([str(month) for month in months]))

    def place(self) -> None:
        """Call when the load is recorded. What cannot be put in place now is, when somebody settles."""
        self._is_recorded = True
        _place(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _hold(self, month: Month, part: pa.Table) -> None:
        held = self._held.setdefault(month, [])
        held.append(part)
        self.rows[month] = self.rows.get(month, 0) + part.num_rows
        days = part[self.source.date].cast(pa.int32()).to_numpy()
        first, last = self.days.get(month, (int(days[0]), int(days[0])))
        self.days[month] = (min(first, int(days.min())), max(last, int(days.max())))
        if sum(one.num_rows for one in held) > _GROUP:
            self._write(month)

    def _write(self, month: Month) -> None:
        if month not in self._writers:
            self._writers[month] = pq.ParquetWriter(self.path(month), schema_of(self.source), compression="zstd")
        if held := self._held.pop(month, []):
            self._writers[month].write_table(pa.concat_tables(held), row_group_size=2 * _HELD)


def settle(files: FactFiles, source: str, *, is_recorded: Callable[[str], bool], but: str = "") -> None:
    """Ends what broken-off loads of a source have left, `but` the one that is beginning. Call with the lock of the source held."""
    for folder in _left(files, source):
        if folder.name == f"{_PREFIX}{but}":
            continue
        if is_recorded(folder.name.removeprefix(_PREFIX)):
            _place(folder)
        shutil.rmtree(folder, ignore_errors=True)


def unsettled(files: FactFiles) -> list[str]:
    """Sources of which a load is under way or was broken off."""
    return sorted({folder.parent.name for folder in (files.root / "facts").glob(f"*/{_PREFIX}*")})


def _left(files: FactFiles, source: str) -> Iterator[Path]:
    return (files.root / "facts" / source).glob(f"{_PREFIX}*")


def _place(folder: Path) -> None:
    """Can be broken off and done again."""
    gone = folder / _GONE
    for month in json.loads(gone.read_text(encoding="utf-8")) if gone.exists() else []:
        (folder.parent / f"{month}.parquet").unlink(missing_ok=True)
    for path in sorted(folder.glob("*.parquet")):
        path.replace(folder.parent / path.name)


def _same_bytes(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(1 << 20):
            if block != second.read(1 << 20):
                return False
    return True
