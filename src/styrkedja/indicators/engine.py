"""The one door to DuckDB, which computes in the program's own process."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from styrkedja.core.indicators.compile import Dialect
from styrkedja.core.indicators.months import Span
from styrkedja.indicators.ahead import begun


class EngineFault(Exception):
    """The engine could not compute; the message is Swedish, and nothing has been kept."""


class DuckRunner:
    """Runs texts in a database of its own in memory, or in the file at `path`, which is only read."""

    dialect: Dialect = "duckdb"

    def __init__(self, path: Path | None = None, *, threads: int = 0, memory_megabytes: int = 0) -> None:
        # Takes some hundredths of a second, in which it is found out what is to be asked.
        self._ready = begun(lambda: _opened(path, threads, memory_megabytes))
        self._path = path
        if path:
            self._ready()  # whether it can be opened is told at once

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._ready()

    def has(self, table: str) -> bool:
        return bool(self._connection.execute("select 1 from information_schema.tables where table_name = ?", [table]).fetchone())

    def ask(self, text: str) -> pa.Table:
        try:
            return self._connection.sql(text).to_arrow_table()
        except duckdb.Error as error:
            raise EngineFault(f"Beräkningen gick inte att göra: {_first_line(error)}") from error

    def make(self, name: str, text: str) -> None:
        """A table of the answer, in place of any of that name."""
        try:
            self._connection.execute(f'create or replace temp table "{name}" as {text}')
        except duckdb.Error as error:
            raise EngineFault(f"Beräkningen gick inte att göra: {_first_line(error)}") from error

    def give(self, name: str, table: pa.Table) -> None:
        """A table of what the program knows."""
        self._connection.register("_given", table)
        self._connection.execute(f'create or replace temp table "{name}" as select * from _given')
        self._connection.unregister("_given")

    def show(self, name: str, table: str, *, day: str = "", span: Span | None = None) -> None:
        """A name for the rows of a table whose `day` lies in `span`."""
        inside = f" where \"{day}\" between date '{span.first_day}' and date '{span.last_day}'" if span else ""
        self._connection.execute(f'create or replace temp view "{name}" as select * from "{table}"{inside}')

    def show_files(self, name: str, paths: Sequence[Path]) -> None:
        """A name for Parquet files, which are read when they are asked about."""
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        self._connection.execute(f'create or replace temp view "{name}" as select * from read_parquet([{listed}])')

    def close(self) -> None:
        """Of a database in memory in a thread of its own: nobody need wait for it to be let go of."""
        closing = begun(self._connection.close)
        if self._path:
            closing()


def _opened(path: Path | None, threads: int, memory_megabytes: int) -> duckdb.DuckDBPyConnection:
    """Raises EngineFault for a file that is none."""
    try:
        connection = duckdb.connect(str(path), read_only=True) if path else duckdb.connect()
    except duckdb.Error as error:
        raise EngineFault(f"Databasfilen {path} går inte att öppna: {_first_line(error)}") from error
    # What a command prints is an answer: no bar may stand in it, whoever has asked DuckDB for one.
    connection.execute("set enable_progress_bar = false; set enable_progress_bar_print = false")
    if threads:
        connection.execute(f"set threads = {threads}")
    if memory_megabytes:
        connection.execute(f"set memory_limit = '{memory_megabytes}MB'")
    return connection


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
