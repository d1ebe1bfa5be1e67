"""Styrkedja as `make run` starts it: the real command, with web server and job worker, in a database and a folder of its own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection
from playwright.sync_api import Page
from psycopg import sql

from tests.factories.ports import free_port

PROGRAM = Path(sys.executable).with_name("styrkedja")
# The product promises two minutes on two cores; other tests may run beside.
START_SECONDS, STOP_SECONDS = 240, 40
READY = "Styrkedja körs på"


@dataclass(frozen=True)
class Demonstration:
    """Where it can be visited, and the password of every demonstration account."""

    url: str
    password: str

    def enter(self, page: Page, username: str) -> Page:
        """Signs in by the form, as one of the accounts."""
        page.goto("/konto/logga-in/")
        page.get_by_label("Användarnamn").fill(username)
        page.get_by_label("Lösenord", exact=True).fill(self.password)
        page.get_by_role("button", name="Logga in", exact=True).click()
        page.wait_for_url("/")
        return page


@contextmanager
def running(folder: Path, *, has_figures: bool = False) -> Iterator[Demonstration]:
    """Starts Styrkedja with the demonstration loaded; stops it and throws everything away afterwards. `folder` becomes its var/.

    `has_figures`: the indicators' figures are generated too, beside the start; that takes a minute of two cores.
    """
    with _database() as address:
        port, password = free_port(), secrets.token_hex(8)
        settings = {
            "DATABASE_URL": address,
            "STYRKEDJA_VAR": str(folder),
            "PORT": str(port),
            "DEMO_PASSWORD": password,
            "WEB_THREADS": "4",
            "DEMO_FIGURES": "yes" if has_figures else "no",
        }
        log = folder / "run.log"
        with log.open("wb") as out:
            process = subprocess.Popen([PROGRAM, "run"], env={**os.environ, **settings}, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(process, log)
            yield Demonstration(f"http://localhost:{port}", password)
        finally:
            _stop(process)


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while READY not in (said := log.read_text(encoding="utf-8")):
        assert process.poll() is None, f"styrkedja run ended:\n{said}"
        assert time.monotonic() < deadline, f"styrkedja run was not ready in {START_SECONDS} s:\n{said}"
        time.sleep(0.2)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _database() -> Iterator[str]:
    """A new database on the server of the tests; its address."""
    name = f"{connection.settings_dict['TEST']['NAME'] or 'test'}_demonstration"
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    create = sql.SQL("create database {} encoding 'UTF8' template template0").format(sql.Identifier(name))
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(drop)
        server.execute(create)
    try:
        yield _address(name)
    finally:
        with psycopg.connect(_address("postgres"), autocommit=True) as server:
            server.execute(drop)


def _address(name: str) -> str:
    """The address of a database on the server that the settings name."""
    known: dict[str, Any] = connection.settings_dict
    options = {"host": known["HOST"], "port": known["PORT"]}
    login = quote(known["USER"], safe="") + (f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else "")
    return f"postgresql://{login}@/{quote(name)}?{urlencode({key: value for key, value in options.items() if value})}"
