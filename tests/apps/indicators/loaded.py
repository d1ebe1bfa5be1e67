"""What tests of loading load, and where."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from styrkedja.core.indicators.intake.report import LoadReport
from styrkedja.core.indicators.months import Month
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.intake.opening import open_given
from styrkedja.indicators.loading import FactLoading, load_facts
from tests.core.indicators.intake.worlds import source, structure

MAX_BYTES = 1 << 30


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], *, separator: str = ";", encoding: str = "utf-8") -> Path:
    rows = list(rows)
    lines = [separator.join(rows[0]), *(separator.join(str(value) for value in row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def load(place: Path | str, at: datetime, root: Path, *, of: str = "visits", table: str = "", **more: Any) -> LoadReport:
    loading = FactLoading(source(of), FactFiles(root), structure(), at, **more)
    given = open_given(str(place), table=table, months=sorted(loading.months), max_bytes=MAX_BYTES)
    return load_facts(actor=None, loading=loading, given=given)


def rows_of(root: Path, month: str, *, of: str = "visits") -> list[dict[str, Any]]:
    return list(pq.read_table(FactFiles(root).path(of, Month.parse(month))).to_pylist())


def months_of(root: Path, *, of: str = "visits") -> list[str]:
    return sorted(str(month) for month in FactFiles(root).months(of))


def everything(root: Path) -> dict[str, bytes]:
    """Every file under the store, hidden ones too."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
