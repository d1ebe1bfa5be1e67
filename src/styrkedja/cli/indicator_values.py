"""`styrkedja indicators compute` and `show`: values computed, kept and told."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from styrkedja.cli.main import django_ready, fail

if TYPE_CHECKING:
    from styrkedja.indicators.computing import Bounds


@click.command("compute")
@click.option("--from", "first", metavar="ÅÅÅÅ-MM", help="Första månaden då en period får sluta. Standard: den första som är inläst.")
@click.option("--to", "last", metavar="ÅÅÅÅ-MM", help="Sista månaden då en period får sluta. Standard: den sista som är inläst och slut.")
@click.option("--indicator", "only", multiple=True, metavar="ID", help="Räkna bara den här indikatorn. Kan anges flera gånger.")
@click.option(
    "--engine",
    default="",
    metavar="URL",
    help="Datalager där faktatabellerna står: postgresql://…, duckdb:///…, spark:///… eller spark+connect://…; annars de inlästa filerna.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def compute_command(first: str | None, last: str | None, only: Sequence[str], engine: str, as_json: bool) -> None:
    """Räknar indikatorernas värden på alla nivåer och sparar dem. Bara det som har ändrats räknas om.

    Är något fel, till exempel en enhet som inte finns i organisationen, sparas inga värden och kommandot slutar med 1.
    """
    django_ready()
    from styrkedja.cli.indicator_site import open_site
    from styrkedja.indicators.computing import compute
    from styrkedja.ui.clock import now

    bounds = _bounds(first, last)
    with _faults_told():
        site = open_site(warehouse=engine)
        done = compute(actor=None, site=site, bounds=bounds, only=only, at=now(), progress=_progress(as_json))
    if as_json:
        click.echo(json.dumps(_as_json(done), ensure_ascii=False, indent=2))
    elif done.months is None:
        click.echo(_nothing(engine))
    else:
        values = sum(done.values.values())
        click.echo(
            f"{done.months}: {_counted(done.periods_computed)} räknade om, {done.periods_kept} var redan rätt. {values} värden sparade."
        )


def _nothing(engine: str) -> str:
    if engine:
        return "Datalagret har inga rader i tabeller med källornas namn."
    return "Inga data är inlästa. Läs in med styrkedja indicators load."


def _counted(periods: int) -> str:
    return "1 period" if periods == 1 else f"{periods} perioder"


def _as_json(done: Any) -> dict[str, Any]:
    return {
        "from": str(done.months.first) if done.months else None,
        "to": str(done.months.last) if done.months else None,
        "cells": {"computed": done.cells_computed, "kept": done.cells_kept},
        "periods": {"computed": done.periods_computed, "kept": done.periods_kept},
        "values": dict(done.values),
    }


@click.command("show")
@click.argument("key", metavar="ID")
@click.option("--level", metavar="NIVÅ", help="Nivå i organisationen, till exempel UNIT; annars organets egen eller den översta.")
@click.option("--unit", metavar="NYCKEL", help="Nyckel eller HSA-id för ett organ: det själv, eller med --level det som ligger under det.")
@click.option(
    "--as",
    "reading",
    default="was",
    metavar="was|is|DATUM",
    help="Organisationen som den var (was), är i dag (is) eller var en dag (ÅÅÅÅ-MM-DD).",
)
@click.option(
    "--plan", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="TOML-fil med planerade flyttar att visa siffrorna i."
)
@click.option("--from", "first", metavar="ÅÅÅÅ-MM", help="Första månaden då en period får sluta.")
@click.option("--to", "last", metavar="ÅÅÅÅ-MM", help="Sista månaden då en period får sluta.")
@click.option("--parts", is_flag=True, help="Visa även uppdelningen på kön, åldersgrupp och annat.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def show_command(
    key: str,
    level: str | None,
    unit: str | None,
    reading: str,
    plan: Path | None,
    first: str | None,
    last: str | None,
    parts: bool,
    as_json: bool,
) -> None:
    """Visar en indikators värden, räknade ur cellerna. Utan --unit och --level visas den översta nivån.

    Kommandot är för den som driver tjänsten: små tal döljs inte.
    """
    django_ready()
    from styrkedja.cli.indicator_shown import told, values_asked

    with _faults_told():
        shown = values_asked(key, level=level, unit=unit, reading=reading, plan=plan, bounds=_bounds(first, last), parts=parts)
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else told(shown))


def _bounds(first: str | None, last: str | None) -> "Bounds":
    from styrkedja.core.indicators.months import Month
    from styrkedja.indicators.computing import Bounds

    try:
        bounds = Bounds(Month.parse(first) if first else None, Month.parse(last) if last else None)
    except ValueError as error:
        fail(str(error))
    if bounds.first and bounds.last and bounds.first > bounds.last:
        fail(f"--from {bounds.first} ligger efter --to {bounds.last}.")
    return bounds


@contextmanager
def _faults_told() -> Iterator[None]:
    """What cannot be computed is told as it stands, and ends the command with 1."""
    from styrkedja.core.indicators.decoding import CellFault
    from styrkedja.core.policies.refusal import Refused
    from styrkedja.indicators.engine import EngineFault
    from styrkedja.indicators.facts import FactFault

    try:
        yield
    except Refused as refusal:
        fail(str(refusal.reason))
    except (CellFault, FactFault, EngineFault) as fault:
        fail(f"{fault}\nInga värden har ändrats.")


def _progress(as_json: bool) -> Callable[[str, int, int], None]:
    """A line that is written over on a terminal, nothing in a pipe."""
    is_seen = sys.stderr.isatty() and not as_json

    def tell(what: str, done: int, of: int) -> None:
        if is_seen:
            click.echo(f"\r{done}/{of} {what:<60.60}", err=True, nl=done == of)

    return tell
