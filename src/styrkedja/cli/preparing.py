"""Makes database, static files and definitions ready. Every part does nothing when there is nothing to do, and can be broken off anywhere."""

import hashlib
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from styrkedja.cli.main import fail

OLDEST_POSTGRESQL = 15
_LOCK = "styrkedja.preparing"


@contextmanager
def shown(name: str) -> Iterator[None]:
    """Says what is going on while it goes on, and how long it took."""
    click.echo(f"{name} … ", nl=False)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("avbrutet")
        raise
    click.echo(f"klart ({time.monotonic() - started:.0f} s)")


def check_database() -> None:
    """Ends the command with one line when the database does not answer or is too old."""
    from django.db import connection
    from django.db.utils import OperationalError

    try:
        connection.ensure_connection()
    except OperationalError as error:
        fail(f"Databasen {_whereabouts()} svarar inte ({_first_line(error)}). Kontrollera DATABASE_URL och att servern är i gång.")
    version = connection.pg_version // 10_000
    if version < OLDEST_POSTGRESQL:
        fail(f"Databasen {_whereabouts()} är PostgreSQL {version}. Styrkedja behöver PostgreSQL {OLDEST_POSTGRESQL} eller nyare.")


def _whereabouts() -> str:
    """The database as people know it; never its password."""
    from django.db import connection

    known = connection.settings_dict
    return f"{known['NAME']} på {known['HOST'] or 'den egna datorn'}" + (f":{known['PORT']}" if known["PORT"] else "")


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


@contextmanager
def alone() -> Iterator[None]:
    """One preparation at a time for each database, so that two servers that start at once do not migrate it together."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [_LOCK])


def unmigrated() -> bool:
    """Are there changes of the tables that the database has not got yet?"""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Brings the tables to the program's version."""
    from django.core.management import call_command

    if unmigrated():
        with shown("Uppdaterar databasen"):
            call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Gathers the files that the web server hands out."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = sorted(storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    wanted = hashlib.sha256()
    for name in found:
        stat = Path(name).stat()
        wanted.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    _unless_done(
        settings.VAR / "static.stamp",
        wanted.hexdigest(),
        "Samlar gränssnittets filer",
        lambda: call_command("collectstatic", interactive=False, verbosity=0),
    )


def _unless_done(stamp: Path, wanted: str, name: str, act: Callable[[], object]) -> None:
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with shown(name):
        act()
    stamp.write_text(wanted)


def load_definitions() -> None:
    """Loads the national structure and every county, and publishes every routine. Ends the command with their faults, if any."""
    from django.conf import settings

    folder = Path(settings.DEFINITIONS)
    files = sorted([*folder.glob("national/*.toml"), *folder.glob("counties/*/*.toml"), *folder.glob("routines/*.bpmn")])
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    stamp = settings.VAR / "definitions.stamp"
    if stamp.exists() and stamp.read_text() == f"{digest.hexdigest()} {_loaded()}":
        return
    for county in sorted(path for path in (folder / "counties").iterdir() if path.is_dir()):
        _load_county(county)
    for routine in sorted((folder / "routines").glob("*.bpmn")):
        _publish(routine)
    _keep_stamp(digest.hexdigest())


def _keep_stamp(digest: str) -> None:
    from django.conf import settings

    (settings.VAR / "definitions.stamp").write_text(f"{digest} {_loaded()}")


def _loaded() -> str:
    """What the database holds, so that a stamp of another database is not taken for this one's."""
    from styrkedja.organisations.selectors import counties
    from styrkedja.workflows.selectors import published

    held = [(county.key, county.loaded_at, list(published(county).values_list("sha256", flat=True))) for county in counties()]
    return hashlib.sha256(repr(held).encode()).hexdigest()


def _load_county(folder: Path) -> None:
    from styrkedja.cli.definitions import DefinitionFaults
    from styrkedja.cli.loading import load_folder
    from styrkedja.ui.clock import now

    try:
        with shown(f"Läser in länet {folder.name}"):
            load_folder(folder, at=now())
    except DefinitionFaults as faults:
        _refuse(faults.lines, f"Länet i {folder} har fel och har inte lästs in.")


def _publish(file: Path) -> None:
    from styrkedja.cli.definitions import county_folder_of
    from styrkedja.organisations.selectors import county_by_key
    from styrkedja.procedures.kinds.catalogue import CATALOGUE
    from styrkedja.ui.clock import now
    from styrkedja.workflows.services import publish_definition
    from styrkedja.workflows.services.publishing import RoutineRefused

    source = file.read_bytes()
    folder = county_folder_of(source)
    county = county_by_key(folder.name) if folder else None
    if county is None:
        fail(f"Rutinen {file} anger inget län som är inläst. Rätta county i rutinens s:routine.")
    try:
        with shown(f"Publicerar rutinen {file.stem}"):
            publish_definition(actor=None, county=county, source=source, kinds=dict(CATALOGUE), at=now())
    except RoutineRefused as refused:
        lines = [f"{file}:{finding.line}: {finding.element}: {finding.message}" for finding in refused.findings]
        _refuse(lines, f"Rutinen {file} har fel och har inte publicerats.")


def _refuse(lines: list[str], conclusion: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    fail(conclusion)


def load_demonstration() -> None:
    """Accounts, cases and a steering chain to look at, in every county that has a demonstration and is still empty. All of one or none of it."""
    from django.conf import settings
    from django.db import transaction

    from styrkedja.cli.demo import is_demonstrated, load_demo
    from styrkedja.organisations.selectors import county_by_key
    from styrkedja.ui.clock import now

    for folder in _demonstrated():
        county = county_by_key(folder.name)
        if county is not None and not is_demonstrated(folder, county, at=now()):
            with shown(f"Lägger in demonstrationen av {county.name}"), transaction.atomic():
                load_demo(folder.name, at=now())
            # What the demonstration publishes is no reason to read the definitions anew at the next start.
            stamp = settings.VAR / "definitions.stamp"
            if stamp.exists():
                _keep_stamp(stamp.read_text().partition(" ")[0])


def _demonstrated() -> list[Path]:
    """The folders of the counties that have a demonstration: those with the most cases to look at first."""
    from django.conf import settings

    folders = (file.parent for file in (Path(settings.DEFINITIONS) / "counties").glob("*/accounts.toml"))
    return sorted(folders, key=lambda folder: (-len(list((folder / "demo").glob("*.toml"))), folder.name))


def demo_accounts() -> list[tuple[str, list[tuple[str, str]]]]:
    """For each demonstrated county its name, and user name and function of the accounts that exist, in the order of the county's file."""
    from styrkedja.accounts.selectors import active_accounts
    from styrkedja.organisations.selectors import county_by_key

    made = set(active_accounts().values_list("username", flat=True))
    found = []
    for folder in _demonstrated():
        rows = tomllib.loads((folder / "accounts.toml").read_text(encoding="utf-8")).get("account", [])
        accounts = [(row["username"], row["name"]) for row in rows if row["username"] in made]
        county = county_by_key(folder.name)
        if county is not None and accounts:
            found.append((county.name, accounts))
    return found
