"""`styrkedja run`, `prepare`, `web`, `worker` and `stop`: everything at once, or each part by itself."""

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from styrkedja.cli import preparing, serving
from styrkedja.cli.indicator_demo import counties_without_figures
from styrkedja.cli.main import django_ready, fail
from styrkedja.cli.occupying import ask_to_stop, only_one
from styrkedja.cli.processes import Child, keep_alive
from styrkedja.config import embedded
from styrkedja.config.environment import flag, text, var_folder

RETRY_SECONDS = 2
# For the children of `run`: they end with it, and the web server gets its socket from it.
with_parent_option = click.option("--with-parent", is_flag=True, hidden=True)
socket_option = click.option("--socket", "inherited", type=int, hidden=True)


@click.command()
def run() -> None:
    """Startar allt: databas, webbserver och jobb. Första gången läses län, rutiner och en demonstration in."""
    os.environ.pop("PYTHONWARNINGS", None)  # what libraries think of each other is not for the terminal of who runs the program
    listening = serving.take_port()
    signal.signal(signal.SIGTERM, lambda _signum, _frame: sys.exit(128 + signal.SIGTERM))
    try:
        _check_embedded()
        with listening, only_one(var_folder()), _database() as folder:
            django_ready()
            _prepare(demonstration=flag("DEMO", True))
            _serve(listening, folder)
    except KeyboardInterrupt:
        fail("Avbrutet. Kör samma kommando igen för att fortsätta.", 128 + signal.SIGINT)


@click.command()
def prepare() -> None:
    """Gör databas, gränssnitt, län och rutiner klara men startar ingenting. Körs före web och worker vid varje ny version."""
    django_ready()
    _prepare(demonstration=False)


@click.command()
@with_parent_option
@socket_option
def web(with_parent: bool, inherited: int | None) -> None:
    """Kör bara webbservern, på BIND och PORT."""
    listening = serving.take_port() if inherited is None else socket.socket(fileno=inherited)
    if with_parent:
        serving.end_with_parent()
    else:
        _check_prepared()
    serving.serve(listening)


@click.command()
@with_parent_option
def worker(with_parent: bool) -> None:
    """Kör bara jobben: väntan, påminnelser, e-post och nattens kontroller."""
    if with_parent:
        serving.end_with_parent()
        django_ready()
        preparing.check_database()
    else:
        _check_prepared()
    serving.work()


@click.command()
def stop() -> None:
    """Stoppar det som styrkedja run har startat, och den inbyggda databasen."""
    var = var_folder()
    with contextlib.suppress(FileNotFoundError):
        ask_to_stop(var)
    embedded.stop(var / "postgres")


def _check_prepared() -> None:
    """Refuses to serve from a database that is not there or not of this version."""
    django_ready()
    preparing.check_database()
    if preparing.unmigrated():
        fail("Databasen är inte uppdaterad till programmets version. Kör styrkedja prepare.")
    _forget_connections()


def _forget_connections() -> None:
    """No connection is carried into another process."""
    from django.db import connections

    connections.close_all()


def _prepare(*, demonstration: bool) -> None:
    preparing.check_database()
    with preparing.alone():
        preparing.migrate()
        preparing.collect_static()
        preparing.load_definitions()
        if demonstration:
            preparing.load_demonstration()


def _embedded_folder() -> Path | None:
    """Where the embedded database lies; None when another is used."""
    return None if text("DATABASE_URL", "") else var_folder() / "postgres"


def _check_embedded() -> None:
    """Refuses what another version of the embedded server has made, before anything is touched."""
    folder = _embedded_folder()
    try:
        if folder is not None:
            embedded.check_version(folder)
    except embedded.EmbeddedError as error:
        fail(str(error))


@contextlib.contextmanager
def _database() -> Iterator[Path | None]:
    """The database of DATABASE_URL, or else the embedded one, whose folder is given and which is stopped at the end if it was started here."""
    folder = _embedded_folder()
    if folder is None:
        yield None
        return
    running = embedded.is_running(folder)
    try:
        with contextlib.nullcontext() if running else preparing.shown("Startar databasen"):
            os.environ["DATABASE_URL"] = embedded.ensure_database(folder)
    except embedded.EmbeddedError as error:
        fail(str(error))
    try:
        yield folder
    finally:
        if not running:
            embedded.stop(folder)


def _serve(listening: socket.socket, folder: Path | None) -> None:
    accounts = preparing.demo_accounts()
    figures = list(counties_without_figures().values()) if flag("DEMO", True) and flag("DEMO_FIGURES", True) else []
    _forget_connections()
    program = str(Path(sys.executable).with_name("styrkedja"))
    children = [
        Child("Webbservern", [program, "web", "--with-parent", "--socket", str(listening.fileno())], (listening.fileno(),)),
        Child("Jobben", [program, "worker", "--with-parent"]),
    ]
    if figures:
        children.append(Child("Genereringen av siffror", [program, "indicators", "demo-once"], once=True))
    keep_alive(
        children,
        ready=lambda: serving.answers(listening),
        announce=lambda: _announce(accounts, figures),
        look_after=lambda: _mend(folder),
    )
    click.echo("Styrkedja är stoppat.")


def _mend(folder: Path | None) -> None:
    """Starts the embedded database again if it has died: web server and jobs cannot do that, and wait for it."""
    if folder is None or embedded.is_running(folder):
        return
    click.echo("Databasen stannade och startas om.", err=True)
    try:
        embedded.ensure_running(folder)
    except embedded.EmbeddedError as error:
        click.echo(str(error), err=True)
        time.sleep(RETRY_SECONDS)


def _announce(counties: list[tuple[str, list[tuple[str, str]]]], figures: list[str]) -> None:
    from django.conf import settings

    from styrkedja.cli.demo import demo_password

    click.echo(f"\nStyrkedja körs på {settings.SITE_ADDRESS}. Stoppa med Ctrl-C.")
    if counties:
        click.echo(f"\nDemonstrationens konton, alla med lösenordet {demo_password(settings.VAR)}:")
        width = max(len(username) for _county, accounts in counties for username, _name in accounts)
    for county, accounts in counties:
        click.echo(f"\n{county}")
        for username, name in accounts:
            click.echo(f"  {username:<{width}}  {name}")
    if figures:
        click.echo(f"\nIndikatorernas siffror för {', '.join(figures)} genereras i bakgrunden. Sidorna går att använda under tiden.")
