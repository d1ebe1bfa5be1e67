"""What a loader points at: a CSV or Parquet file, or a table in a database."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.rows import RawRows
from styrkedja.core.indicators.months import Month
from styrkedja.indicators.intake.csv_files import csv_rows
from styrkedja.indicators.intake.database_tables import DatabaseTable
from styrkedja.indicators.intake.parquet_files import is_parquet, parquet_rows

_ADDRESSES = ("postgresql://", "postgres://")


@dataclass(frozen=True)
class Given:
    """`name` is told in reports, without folders. `sha256` is "" where there are no bytes to sum: it is then made of what has been read."""

    name: str
    sha256: str
    rows: Callable[[FactSource], Iterator[RawRows]]


def open_given(place: str, *, table: str = "", months: Sequence[Month] = (), max_bytes: int) -> Given:
    """`place` is a path, or with `table` the address of a database. Raises FileRefused for what is not there or too large."""
    if place.startswith(_ADDRESSES):
        if not table:
            raise FileRefused("Ange vilken tabell eller vy i databasen som ska läsas in med --table.")
        return Given(table, "", lambda source: DatabaseTable(place, table).rows(source, months))
    if table:
        raise FileRefused("--table hör ihop med en databas. Ange dess adress, postgresql://…, i stället för en fil.")
    return _open_file(Path(place), max_bytes)


def _open_file(path: Path, max_bytes: int) -> Given:
    if not path.is_file():
        raise FileRefused(f"Filen {path.name} finns inte. Ange en csv- eller Parquetfil.")
    size = path.stat().st_size
    if not size:
        raise FileRefused(f"{path.name} är tom. Gör om filen.")
    if size > max_bytes:
        raise FileRefused(
            f"{path.name} är {size / 2**30:.1f} GiB, och gränsen går vid {max_bytes / 2**30:.1f} GiB. "
            "Dela upp filen efter månad, eller höj MAX_FACT_BYTES."
        )
    try:
        sha256 = _sha256(path)
        read = parquet_rows if is_parquet(path) else csv_rows
    except OSError as error:
        raise FileRefused(f"{path.name} går inte att läsa: {error.strerror}.") from None
    return Given(path.name, sha256, lambda source: read(path, source))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
