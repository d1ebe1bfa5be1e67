"""A database for the length of a run: on DATABASE_URL's server, else on the embedded one; dropped whatever happens."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from styrkedja.config import embedded
from styrkedja.config.environment import var_folder


@contextmanager
def own_database() -> Iterator[None]:
    """Inside, DATABASE_URL is the address of an empty database with every table, also for processes that are started; Django is ready."""
    server = os.environ.get("DATABASE_URL") or embedded.ensure_database(var_folder() / "postgres")
    name = f"styrkedja_bench_{os.getpid()}"
    _on(server, "create database {} encoding 'UTF8' template template0", name)
    try:
        os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
        _make_tables()
        yield
    finally:
        _on(server, "drop database if exists {} with (force)", name)


def _on(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _make_tables() -> None:
    from django.core.management import call_command

    from styrkedja.cli.main import django_ready

    django_ready()
    call_command("migrate", verbosity=0, interactive=False)


def server_version() -> str:
    """For example "18.4"."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        return str(cursor.fetchone()[0]).split()[0]
