"""The one door to Spark: on this machine over folders of Parquet files, or on a server through Spark Connect. Both run the texts that every engine runs.

Spark computes a view anew for everyone who reads it: what a session makes is kept as rows at once. The first day of a month comes as a moment, so
that a session's zone is UTC wherever its server stands.
"""

import atexit
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

import pyarrow as pa

from styrkedja.core.indicators.compile import Dialect
from styrkedja.core.indicators.months import Span
from styrkedja.indicators.engine import EngineFault

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

SCHEMES = ("spark", "spark+connect")
INSTALL = "Installera det med python3 scripts/setup.py --engines."
_PORT = 15002
_SECONDS = 10
# What every session is told, whatever the server or the address says.
_ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a sum that is too large is a fault, not another number
}
# What Spark on this machine is told unless the address says otherwise. Nothing listens on the network.
_HERE = {
    "spark.master": "local[*]",
    "spark.app.name": "styrkedja",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "8",
}

_TYPES = {"string": "string", "int32": "int", "int64": "bigint", "date32[day]": "date", "bool": "boolean", "double": "double"}
# Spark of this process, once it has been started.
_STARTED: "list[SparkContext]" = []


def connect_spark(address: str) -> "SparkRunner":
    """`spark:///folder` with a folder of Parquet files for each source, or `spark+connect://server:15002/schema`. Raises EngineFault."""
    _require_library()
    parts = urlsplit(address)
    given = dict(parse_qsl(parts.query))
    if parts.scheme == "spark+connect":
        host, port = _server(address)
        return SparkRunner(_remote(host, port, given), schema=parts.path.strip("/"), is_remote=True)
    folder = Path(parts.path)
    if parts.netloc or not parts.path:
        raise EngineFault(
            f"{address} pekar inte ut någon mapp. Skriv spark:///sökväg/till/mappen, eller spark+connect://värd:{_PORT} för en server."
        )
    if not folder.is_dir():
        raise EngineFault(f"Mappen {folder} finns inte.")
    return SparkRunner(local_session(given), folder=folder)


class SparkRunner:
    """A session whose views are its own. Tables are folders in `folder`, or stand in `schema` of the server's catalogue ("" is its default)."""

    dialect: Dialect = "pyspark"

    def __init__(self, session: "SparkSession", *, folder: Path | None = None, schema: str = "", is_remote: bool = False) -> None:
        from pyspark.logger import PySparkLogger

        self._session, self._folder, self._schema, self._is_remote = session, folder, schema, is_remote
        self._files: dict[str, DataFrame] = {}
        for name, value in _ALWAYS.items():
            session.conf.set(name, value)
        for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):  # what is raised is told; they would print it as well
            PySparkLogger.getLogger(name).disabled = True

    def has(self, table: str) -> bool:
        if self._folder is not None:
            return any((self._folder / table).rglob("*.parquet"))
        with _faults_told():
            return bool(self._session.catalog.tableExists(self._named(table)))

    def ask(self, text: str) -> pa.Table:
        with _faults_told():
            return self._session.sql(text).toArrow()

    def make(self, name: str, text: str) -> None:
        with _faults_told():
            self._session.sql(text).localCheckpoint(eager=True).createOrReplaceTempView(name)

    def give(self, name: str, table: pa.Table) -> None:
        """Of a table without rows, Spark Connect would not know the columns."""
        columns = ", ".join(f"{_quoted(field.name)} {_TYPES[str(field.type)]}" for field in table.schema)
        with _faults_told():
            rows = self._session.createDataFrame(table) if table.num_rows else self._session.createDataFrame([], columns)
            rows.createOrReplaceTempView(name)

    def show(self, name: str, table: str, *, day: str = "", span: Span | None = None) -> None:
        with _faults_told():
            rows = self._table(table)
            inside = rows.filter(f"{_quoted(day)} between date'{span.first_day}' and date'{span.last_day}'") if span else rows
            inside.createOrReplaceTempView(name)

    def close(self) -> None:
        """Spark on this machine ends with the program, since it takes seconds to start."""
        if self._is_remote:
            self._session.stop()

    def _table(self, name: str) -> "DataFrame":
        """Of a folder the files are listed once."""
        if self._folder is None:
            return self._session.table(self._named(name))
        if name not in self._files:
            self._files[name] = self._session.read.parquet(str(self._folder / name))
        return self._files[name]

    def _named(self, table: str) -> str:
        return ".".join(_quoted(part) for part in (*self._schema.split("."), table) if part)


def local_session(given: Mapping[str, str]) -> "SparkSession":
    """A session of its own in the Spark of this process, which is started by whoever comes first. `given` is what the address says of settings."""
    _require_java()
    from pyspark.sql import SparkSession

    session = SparkSession(_started(given)).newSession()
    for name, value in given.items():
        if session.conf.isModifiable(name):
            session.conf.set(name, value)
    return session


def _started(given: Mapping[str, str]) -> "SparkContext":
    """What Java says for itself is English and goes to a file, of which the first that matters is told if it does not start."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    if not _STARTED:
        tables = TemporaryDirectory(prefix="styrkedja-spark-")
        conf = SparkConf(loadDefaults=False).setAll(list((_HERE | {"spark.sql.warehouse.dir": tables.name} | given).items()))
        with TemporaryFile() as said:
            try:
                gateway = launch_gateway(conf, popen_kwargs={"stdout": said, "stderr": said})
                _STARTED.append(SparkContext(conf=conf, gateway=gateway))
            except (PySparkException, Py4JError) as error:
                tables.cleanup()
                said.seek(0)
                why = _what_matters(said.read().decode(errors="replace")) or _first_line(error)
                raise EngineFault(
                    f"Spark startade inte: {why}\nKontrollera inställningarna i adressen, och att Java är version 17 eller nyare."
                ) from error
        atexit.register(tables.cleanup)
    return _STARTED[0]


def _what_matters(said: str) -> str:
    """The first line that is neither a warning nor part of a stack trace."""
    lines = [line for line in said.splitlines() if line.strip() and not line[0].isspace()]
    return next((line for line in lines if not line.startswith(("WARNING", "Using ")) and " WARN " not in line), "")


def _server(address: str) -> tuple[str, int]:
    try:
        host, port = urlsplit(address).hostname, urlsplit(address).port
    except ValueError:
        host = None
    if not host:
        raise EngineFault(f"{address} pekar inte ut någon server. Skriv spark+connect://värd:{_PORT}/schema.")
    return host, port or _PORT


def _remote(host: str, port: int, given: Mapping[str, str]) -> "SparkSession":
    """A session on a server. Asked first whether it is there, since the library would go on trying for ten minutes."""
    try:
        socket.create_connection((host, port), timeout=_SECONDS).close()
    except OSError as error:
        raise EngineFault(f"Spark svarar inte på {host}:{port}: {error.strerror or error}") from error
    from pyspark.sql.connect.session import SparkSession

    asked = "".join(f";{name}={quote(value)}" for name, value in given.items() if not name.startswith("spark."))
    with _faults_told():
        session = SparkSession.builder.remote(f"sc://{host}:{port}/{asked}").create()
        for name, value in given.items():
            if name.startswith("spark."):
                session.conf.set(name, value)
    return session


def _require_library() -> None:
    try:
        import pyspark  # noqa: F401 - it is not part of the ordinary set-up
    except ImportError:
        raise EngineFault(f"Biblioteket för Spark (pyspark) är inte installerat. {INSTALL}") from None


def _require_java() -> None:
    home = os.getenv("JAVA_HOME")
    if not (Path(home, "bin", "java").is_file() if home else shutil.which("java")):
        where = f"JAVA_HOME är {home}, men där finns inget Java" if home else "Java finns inte på datorn"
        raise EngineFault(
            f"Spark behöver Java 17 eller nyare: {where}. Installera det (i Debian: apt-get install openjdk-17-jre-headless)."
        )


@contextmanager
def _faults_told() -> Iterator[None]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise EngineFault(f"Spark kunde inte räkna: {_first_line(error)}") from error


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
