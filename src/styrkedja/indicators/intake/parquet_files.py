"""Rows of a Parquet file, with the types that it has."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.heading import find_columns
from styrkedja.core.indicators.intake.rows import RawRows

_ROWS = 1 << 15


def is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def parquet_rows(path: Path, source: FactSource) -> Iterator[RawRows]:
    """Rows are told by their number. Raises FileRefused."""
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            places = find_columns(source, names)
            wanted = [names[place] for place in places.values()]
            row = 1
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                columns = {column: batch.column(name) for column, name in zip(places, wanted, strict=True)}
                yield RawRows(columns, np.arange(row, row + batch.num_rows))
                row += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(f"{path.name} går inte att läsa som Parquet. Filen är skadad eller avbruten; gör om den.") from error
