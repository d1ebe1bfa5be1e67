"""Where fact tables lie: `facts/<source>/<YYYY-MM>.parquet`, with the stored columns of the source and nothing else, one file a month.

A month is replaced as a whole, so that a reloaded month counts once. An empty file says that the month is loaded and nothing happened in it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import Month
from styrkedja.indicators.files import write_text_whole

_BLOCK = 1 << 20
_FITS = {
    ColumnType.DATE: pa.types.is_date,
    ColumnType.INTEGER: pa.types.is_integer,
    ColumnType.ORE: pa.types.is_integer,
    ColumnType.BOOLEAN: pa.types.is_boolean,
}


class FactFault(Exception):
    """A fact file is not what its source says. The message is Swedish and names the file; nothing has been kept."""


@dataclass(frozen=True)
class FactFiles:
    """`root` is INDICATOR_STORE."""

    root: Path

    def path(self, source: str, month: Month) -> Path:
        return self.root / "facts" / source / f"{month}.parquet"

    def months(self, source: str) -> frozenset[Month]:
        """Those that are loaded."""
        folder = self.root / "facts" / source
        return frozenset(Month.parse(path.stem) for path in folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].parquet"))

    def rows(self, source: str, month: Month) -> int:
        return int(pq.read_metadata(self.path(source, month)).num_rows)

    def check(self, source: FactSource, month: Month) -> None:
        """Raises FactFault unless the file has the columns of the source, and rows of the month alone."""
        path = self.path(source.id, month)
        file = f"{source.id}/{path.name}"
        try:
            metadata = pq.read_metadata(path)
        except (pa.ArrowInvalid, OSError):
            raise FactFault(f"Filen {file} går inte att läsa. Läs in månaden igen.") from None
        schema = metadata.schema.to_arrow_schema()
        for column in source.stored:
            if column.name not in schema.names:
                raise FactFault(f"Filen {file} saknar kolumnen ”{column.name}”. Läs in månaden igen.")
            kind = schema.field(column.name).type
            if not _FITS.get(column.type, _is_key)(kind):
                raise FactFault(f"Kolumnen ”{column.name}” i {file} är av fel slag ({kind}). Läs in månaden igen.")
        low, high = bounds(metadata, source.date)
        if low is not None and high is not None and not month.first_day <= low <= high <= month.last_day:
            raise FactFault(f"Filen {file} har rader från {low} till {high}, utanför sin månad. Läs in månaden igen.")

    def between(self, source: str, column: str, low: date, high: date, months: Iterable[Month]) -> list[Month]:
        """Those of `months` whose files may have a date in [low, high] in the column, by what the files say of themselves."""
        return [month for month in months if self._may_hold(source, month, column, low, high)]

    def _may_hold(self, source: str, month: Month, column: str, low: date, high: date) -> bool:
        metadata = pq.read_metadata(self.path(source, month))
        first, last = bounds(metadata, column)
        return metadata.num_rows > 0 and (first is None or last is None or (first <= high and last >= low))

    def bounds(self, source: str, month: Month, column: str) -> tuple[date | None, date | None]:
        return bounds(pq.read_metadata(self.path(source, month)), column)


def _is_key(kind: pa.DataType) -> bool:
    """A code, a pseudonym or the name of a unit; pseudonyms may be numbers."""
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(
        pa.types.is_string(value) or pa.types.is_large_string(value) or pa.types.is_string_view(value) or pa.types.is_integer(value)
    )


def bounds(metadata: pq.FileMetaData, column: str) -> tuple[date | None, date | None]:
    """The first and last date in a column by the file's own statistics; None where it has none."""
    found = list(_bounds(metadata, column))
    lows, highs = [low for low, _high in found if low is not None], [high for _low, high in found if high is not None]
    return min(lows, default=None), max(highs, default=None)


def _bounds(metadata: pq.FileMetaData, column: str) -> Iterator[tuple[date | None, date | None]]:
    at = metadata.schema.to_arrow_schema().get_field_index(column)
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        statistics = group.column(at).statistics if at >= 0 else None
        if statistics is not None and statistics.has_min_max:
            yield statistics.min, statistics.max


class Fingerprints:
    """The SHA-256 of each fact file, computed once: a file that has the size, time and inode that it had is taken to be as it was."""

    def __init__(self, files: FactFiles) -> None:
        self._files = files
        self._kept = files.root / "cells" / "inputs.json"

    @cached_property
    def _known(self) -> dict[str, list[object]]:
        try:
            known = json.loads(self._kept.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def knows(self, source: str, month: Month) -> bool:
        """Whether the file need not be read."""
        return self._held(source, month, self._marks(source, month)) is not None

    def of(self, source: str, month: Month) -> str:
        path, marks = self._files.path(source, month), self._marks(source, month)
        if (known := self._held(source, month, marks)) is not None:
            return known
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        self._known[f"{source}/{month}"] = [*marks, digest.hexdigest()]
        return digest.hexdigest()

    def _marks(self, source: str, month: Month) -> list[object]:
        seen = self._files.path(source, month).stat()
        return [seen.st_size, seen.st_mtime_ns, seen.st_ino]

    def _held(self, source: str, month: Month, marks: list[object]) -> str | None:
        known = self._known.get(f"{source}/{month}")
        return str(known[3]) if known is not None and known[:3] == marks else None

    def keep(self) -> None:
        if self._known:
            write_text_whole(self._kept, json.dumps(self._known, indent=0, sort_keys=True))
