"""Rows of a table or view in a PostgreSQL database, read through a cursor on its side, some at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
from psycopg import sql

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.heading import find_columns
from styrkedja.core.indicators.intake.rows import RawRows
from styrkedja.core.indicators.months import Month

_ROWS = 20_000
_CONNECT_SECONDS = 10


@dataclass(frozen=True)
class DatabaseTable:
    """`address` is postgresql://…, with its password left to libpq (PGPASSWORD, .pgpass) or in it; it is never told. `name` may have a schema."""

    address: str
    name: str

    def rows(self, source: FactSource, months: Sequence[Month] = ()) -> Iterator[RawRows]:
        """Rows are told by their number among those of the `months`, all if none are named. Raises FileRefused."""
        try:
            with psycopg.connect(self.address, connect_timeout=_CONNECT_SECONDS) as connection:
                connection.read_only = True
                yield from self._read(connection, source, months)
        except psycopg.errors.UndefinedTable:
            raise FileRefused(f"Tabellen {self.name} finns inte i databasen. Ange schema och namn, till exempel vard.besok.") from None
        except psycopg.Error as error:
            raise FileRefused(f"Tabellen {self.name} går inte att läsa: {_first_line(error)}") from None

    def _read(self, connection: "psycopg.Connection[Any]", source: FactSource, months: Sequence[Month]) -> Iterator[RawRows]:
        table = sql.Identifier(*self.name.split("."))
        described = connection.execute(sql.SQL("select * from {} limit 0").format(table)).description or []
        names = [column.name for column in described]
        places = find_columns(source, names)
        wanted = sql.SQL(", ").join(sql.Identifier(names[place]) for place in places.values())
        query = sql.SQL("select {} from {}").format(wanted, table)
        given: list[object] = []
        if months:
            day = sql.Identifier(names[places[source.date]])
            query += sql.SQL(" where {} >= %s and {} < %s").format(day, day)
            given = [min(months).first_day, (max(months) + 1).first_day]
        with connection.cursor(name="styrkedja") as cursor:
            cursor.itersize = _ROWS
            cursor.execute(query, given)
            row = 1
            while fetched := cursor.fetchmany(_ROWS):
                columns = {name: _array(values) for name, values in zip(places, zip(*fetched, strict=True), strict=True)}
                yield RawRows(columns, np.arange(row, row + len(fetched)))
                row += len(fetched)


def _array(values: Sequence[Any]) -> pa.Array:
    """As the database's own types; what has none that fits is told as text."""
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
