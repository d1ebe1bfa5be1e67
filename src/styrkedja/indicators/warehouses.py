"""Warehouses where facts may stand: PostgreSQL, a DuckDB file or Spark, by address. Each runs the same texts in its own words."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pyarrow as pa
from psycopg import sql

from styrkedja.core.indicators.compile import Dialect
from styrkedja.core.indicators.months import Span
from styrkedja.indicators.engine import DuckRunner, EngineFault
from styrkedja.indicators.passes import Runner
from styrkedja.indicators.spark import SCHEMES, connect_spark

_KNOWN = "postgresql://användare:lösenord@värd/databas, duckdb:///sökväg/till/filen, spark:///sökväg/till/mappen eller spark+connect://värd:port/schema"
_POSTGRES_TYPES = {
    "string": "text",
    "int32": "integer",
    "int64": "bigint",
    "date32[day]": "date",
    "bool": "boolean",
    "double": "double precision",
}


def connect(address: str) -> Runner:
    """The warehouse at an address. Raises EngineFault if it is none, or does not answer."""
    scheme = urlsplit(address).scheme
    if scheme in {"postgres", "postgresql"}:
        return PostgresRunner(address)
    if scheme == "duckdb":
        path = Path(urlsplit(address).path)
        if not path.is_file():
            raise EngineFault(f"Databasfilen {path} finns inte.")
        return DuckRunner(path)
    if scheme in SCHEMES:
        return connect_spark(address)
    raise EngineFault(f"{address} är ingen adress till ett datalager. Skriv {_KNOWN}.")


class PostgresRunner:
    """A session of its own, which leaves nothing behind: every table that it makes is temporary."""

    dialect: Dialect = "postgres"

    def __init__(self, address: str = "", **parameters: Any) -> None:
        try:
            self._connection = psycopg.connect(address, autocommit=True, **parameters)
        except psycopg.Error as error:
            raise EngineFault(f"Datalagret svarar inte: {_first_line(error)}") from error

    def has(self, table: str) -> bool:
        found = self._run(sql.SQL("select to_regclass(quote_ident({})) is not null").format(sql.Literal(table))).fetchone()
        return bool(found and found[0])

    def ask(self, text: str) -> pa.Table:
        cursor = self._run(text)
        assert cursor.description is not None
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(cursor.description)
        return pa.table({column.name: _array(values, column.type_code) for column, values in zip(cursor.description, columns, strict=True)})

    def make(self, name: str, text: str) -> None:
        self._drop("table", name)
        self._run(sql.SQL("create temp table {} as {}").format(sql.Identifier(name), sql.SQL(text)))
        self._run(sql.SQL("analyze {}").format(sql.Identifier(name)))

    def give(self, name: str, table: pa.Table) -> None:
        self._drop("table", name)
        columns = [sql.SQL("{} " + _POSTGRES_TYPES[str(field.type)]).format(sql.Identifier(field.name)) for field in table.schema]
        self._run(sql.SQL("create temp table {} ({})").format(sql.Identifier(name), sql.SQL(", ").join(columns)))
        with self._connection.cursor() as cursor, cursor.copy(sql.SQL("copy {} from stdin").format(sql.Identifier(name))) as copy:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copy.write_row(row)
        self._run(sql.SQL("analyze {}").format(sql.Identifier(name)))

    def show(self, name: str, table: str, *, day: str = "", span: Span | None = None) -> None:
        self._drop("view", name)
        inside = sql.SQL("")
        if span is not None:
            inside = sql.SQL(" where {} between {} and {}").format(
                sql.Identifier(day), sql.Literal(span.first_day), sql.Literal(span.last_day)
            )
        self._run(sql.SQL("create temp view {} as select * from {}{}").format(sql.Identifier(name), sql.Identifier(table), inside))

    def close(self) -> None:
        self._connection.close()

    def _drop(self, kind: str, name: str) -> None:
        """Only what this session has made: `pg_temp` is its own."""
        self._run(sql.SQL(f"drop {kind} if exists pg_temp.{{}} cascade").format(sql.Identifier(name)))

    def _run(self, statement: str | sql.Composable) -> psycopg.Cursor[Any]:
        try:
            return self._connection.execute(statement)  # type: ignore[arg-type]  # texts are made by ibis, not literals
        except psycopg.Error as error:
            raise EngineFault(f"Datalagret kunde inte räkna: {_first_line(error)}") from error


def _array(values: Sequence[Any], type_code: int) -> pa.Array:
    """A sum of whole numbers comes as a decimal number without decimals."""
    kinds = {"date": pa.date32(), "timestamp": pa.timestamp("us"), "float8": pa.float64(), "text": pa.string(), "varchar": pa.string()}
    name = getattr(psycopg.postgres.types.get(type_code), "name", "")
    if name == "timestamptz":  # what PostgreSQL makes of the first day of a month
        return pa.array([None if value is None else value.date() for value in values], pa.date32())
    if name in kinds:
        return pa.array(values, kinds[name])
    try:
        return pa.array([int(value) if isinstance(value, Decimal) else value for value in values], pa.int64())
    except OverflowError:
        raise EngineFault("Datalagret kunde inte räkna: en summa är för stor för att vara rätt. Rätta beloppen.") from None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
