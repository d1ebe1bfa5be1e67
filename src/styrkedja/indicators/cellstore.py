"""Cells as they are kept between computations: Parquet files by month, each with the fingerprint of what it rests on.

`cells/rows/<source>/<grain>/<month>.parquet` holds every measure of a grain, `cells/<kind>/<source>/<key>/<period>.parquet` one measure. A file is
written beside its place and moved there, so that it is whole or not there; what rests on something else than it did is computed again.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from styrkedja.core.indicators.asks import Ask, Grain
from styrkedja.core.indicators.months import Month
from styrkedja.indicators.engine import EngineFault
from styrkedja.indicators.files import whole

# Raised when the same facts would give other cells, or the same cells be kept otherwise.
FORMAT = 1
# How many trees' distinct counts of a period are kept: as-was, as-is and a plan or two.
_TREES = 4
_FINGERPRINT = b"styrkedja"


def digest(*told: object) -> str:
    return hashlib.sha256(json.dumps([FORMAT, *told], sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class CellStore:
    """`root` is INDICATOR_STORE."""

    root: Path

    def _wide(self, grain: Grain, month: Month) -> Path:
        split = "+".join(grain.split) or "whole"
        return self.root / "cells" / "rows" / grain.source / f"{grain.unit}.{split}" / f"{month}.parquet"

    def _lone(self, ask: Ask, label: str) -> Path:
        return self.root / "cells" / str(ask.measure.aggregate) / ask.source.id / ask.key[:32] / f"{label}.parquet"

    def wide_columns(self, grain: Grain, month: Month, fingerprint: str) -> frozenset[str]:
        """The columns of a month that rest on what the fingerprint says; none if they rest on something else."""
        schema = _schema(self._wide(grain, month), fingerprint)
        return frozenset(schema.names) if schema is not None else frozenset()

    def read_wide(self, grain: Grain, month: Month, columns: Iterable[str]) -> pa.Table:
        parts = [f"part_{column}" for column in grain.split]
        return _read(self._wide(grain, month), ["body", "since", *parts, *columns])

    def months(self, ask: Ask) -> frozenset[Month]:
        """The months that have cells of the ask's kind, whatever they rest on."""
        folder = self._wide(ask.grain, Month(0)).parent if ask.is_of_rows else self._lone(ask, "").parent
        return frozenset(Month.parse(path.stem) for path in folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].parquet"))

    def mark(self, ask: Ask, label: str) -> tuple[int, int] | None:
        """What tells one state of the cells of a month or period from another; None where there are none."""
        path = self._wide(ask.grain, Month.parse(label)) if ask.is_of_rows else self._lone(ask, label)
        try:
            seen = path.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size

    def latest(self, ask: Ask, label: str, columns: Iterable[str]) -> pa.Table | None:
        """The cells of a month or period as they were last computed, whatever they rest on; None where the columns are not there."""
        if not ask.is_of_rows:
            path = self._lone(ask, label)
            return _read(path) if path.exists() else None
        path = self._wide(ask.grain, Month.parse(label))
        wanted = ["body", "since", *(f"part_{column}" for column in ask.split), *columns]
        try:
            return _read(path, wanted) if set(wanted) <= set(pq.read_schema(path).names) else None
        except (OSError, pa.ArrowInvalid):
            return None

    def write_wide(self, grain: Grain, month: Month, fingerprint: str, table: pa.Table) -> None:
        """Adds the columns of `table` to those that are kept, if they rest on the same facts; else takes their place."""
        path = self._wide(grain, month)
        if self.wide_columns(grain, month, fingerprint):
            table = _beside(_read(path), table, ["body", "since", *(f"part_{column}" for column in grain.split)])
        _write(path, fingerprint, table)

    def read_lone(self, ask: Ask, label: str, fingerprint: str) -> pa.Table | None:
        return _read(self._lone(ask, label)) if self.has_lone(ask, label, fingerprint) else None

    def has_lone(self, ask: Ask, label: str, fingerprint: str) -> bool:
        return _schema(self._lone(ask, label), fingerprint) is not None

    def write_lone(self, ask: Ask, label: str, fingerprint: str, table: pa.Table) -> None:
        path = self._lone(ask, label)
        _write(path, fingerprint, table)
        period, _, tree = label.partition(".")
        if tree:
            others = sorted(path.parent.glob(f"{period}.*.parquet"), key=lambda other: other.stat().st_mtime_ns, reverse=True)
            for old in others[_TREES:]:
                old.unlink(missing_ok=True)


def _schema(path: Path, fingerprint: str) -> pa.Schema | None:
    """The schema of a file that rests on what the fingerprint says. A file that cannot be read is as good as none."""
    try:
        with pa.OSFile(str(path)) as file:  # half the time of a path, which is looked up in every kind of file system
            schema = pq.read_schema(file)
    except (OSError, pa.ArrowInvalid):
        return None
    return schema if (schema.metadata or {}).get(_FINGERPRINT) == fingerprint.encode() else None


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    with pq.ParquetFile(path) as file:
        return file.read(columns=columns, use_threads=False)


def _beside(kept: pa.Table, table: pa.Table, keys: list[str]) -> pa.Table:
    """The columns of both, if they have the same rows; else those of `table`."""
    kept, table = (_by(one, keys) for one in (kept, table))
    if any(kept[key].to_pylist() != table[key].to_pylist() for key in keys):
        return table
    others = [name for name in kept.column_names if name not in table.column_names]
    for name in others:
        table = table.append_column(name, kept[name])
    return table


def _by(table: pa.Table, keys: list[str]) -> pa.Table:
    """Sorted, dictionaries by what they stand for."""
    plain = [table[key].cast(pa.string()) if pa.types.is_dictionary(table[key].type) else table[key] for key in keys]
    return table.take(pc.sort_indices(pa.table(plain, names=keys), sort_keys=[(key, "ascending") for key in keys]))


def _write(path: Path, fingerprint: str, table: pa.Table) -> None:
    """Raises EngineFault if it cannot be written; then what was there is there."""
    try:
        with whole(path) as beside:
            pq.write_table(table.replace_schema_metadata({_FINGERPRINT: fingerprint.encode()}), beside, compression="lz4")
    except OSError as error:
        raise EngineFault(
            f"Cellerna går inte att spara i {path.parent}: {error.strerror or error}. Kontrollera utrymme och skrivrätt."
        ) from error
