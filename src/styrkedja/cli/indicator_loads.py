"""`styrkedja indicators load`: facts, or ready values, into the place where they hold."""

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import click

from styrkedja.cli.main import django_ready

if TYPE_CHECKING:
    from styrkedja.core.indicators.definition.source import FactSource
    from styrkedja.core.indicators.months import Month
    from styrkedja.indicators.computing import Site

# The source that is no fact table: ready values by the template.
VALUES = "values"


@click.command("load")
@click.argument("source", metavar="KÄLLA")
@click.argument("place", metavar="FIL")
@click.option("--table", default="", metavar="NAMN", help="Tabell eller vy att läsa; FIL är då databasens adress, postgresql://…")
@click.option(
    "--month", "months", multiple=True, metavar="ÅÅÅÅ-MM", help="Läs bara in månaden, även om den är tom. Kan anges flera gånger."
)
@click.option("--allow-fewer", is_flag=True, help="Tillåt att en månad förlorar mer än hälften av sina rader.")
@click.option("--json", "as_json", is_flag=True, help="Skriv inläsningsrapporten som JSON.")
def load_command(source: str, place: str, table: str, months: tuple[str, ...], allow_fewer: bool, as_json: bool) -> None:
    """Läser in FIL (csv, Parquet eller en databastabell) i källan KÄLLA, månad för månad.

    Varje månad i filen ersätter månaden som den var. Rader som är fel avvisas och redovisas med rad och skäl. Ser filen ut att innehålla personnummer,
    eller stämmer inte kolumnerna, läses inget in och kommandot slutar med 1. Med KÄLLA values läses färdiga värden in enligt mallen.
    """
    django_ready()
    from styrkedja.core.policies.refusal import Refused

    try:
        if source == VALUES:
            from styrkedja.cli.indicator_ready import load_values

            load_values(place, as_json=as_json)
        else:
            _load(source, place, table, months, allow_fewer=allow_fewer, as_json=as_json)
    except Refused as refused:
        refuse(str(refused.reason), as_json=as_json)


def refuse(message: str, *, as_json: bool) -> NoReturn:
    """Ends with exit code 1: the message on standard error, or as JSON on standard output."""
    click.echo(json.dumps({"faults": message.splitlines()}, ensure_ascii=False, indent=2) if as_json else message, err=not as_json)
    raise SystemExit(1)


def _load(source: str, place: str, table: str, named: tuple[str, ...], *, allow_fewer: bool, as_json: bool) -> None:
    from django.conf import settings

    from styrkedja.cli.indicator_site import open_site
    from styrkedja.indicators.facts import FactFiles
    from styrkedja.indicators.intake.opening import open_given
    from styrkedja.indicators.loading import FactLoading, load_facts
    from styrkedja.indicators.selectors.organisation import structure
    from styrkedja.ui.clock import now

    site = open_site()
    facts, months = _source(site, source), _months(named)
    given = open_given(place, table=table, months=sorted(months), max_bytes=settings.MAX_FACT_BYTES)
    loading = FactLoading(facts, FactFiles(site.store), structure(), now(), months=months, allow_fewer=allow_fewer)
    report = load_facts(actor=None, loading=loading, given=given, progress=_progress(is_seen=sys.stderr.isatty() and not as_json))
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(report.lines()))


def _source(site: "Site", name: str) -> "FactSource":
    from styrkedja.core.policies.refusal import Refused

    if name not in site.sources:
        raise Refused(f"Det finns ingen källa ”{name}”. Källor: {', '.join(sorted(site.sources))}; färdiga värden: {VALUES}.")
    return site.sources[name]


def _months(named: tuple[str, ...]) -> "frozenset[Month]":
    from styrkedja.core.indicators.months import Month
    from styrkedja.core.policies.refusal import Refused

    try:
        return frozenset(map(Month.parse, named))
    except ValueError as error:
        raise Refused(str(error)) from None


def _progress(*, is_seen: bool) -> Callable[[int], None]:
    """A line that is written over on a terminal, nothing in a pipe."""

    def tell(rows: int) -> None:
        if is_seen:
            click.echo(f"\r{rows} rader lästa", err=True, nl=False)

    return tell
