"""`styrkedja indicators fetch` and `template`, and `load values`: ready values, computed by others."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from styrkedja.cli.indicator_loads import VALUES, refuse
from styrkedja.cli.main import django_ready

if TYPE_CHECKING:
    from styrkedja.core.sheets.tables import Table
    from styrkedja.indicators.fetching.series import Fetched, Fetching
    from styrkedja.indicators.fetching.web import Web

# How far back is fetched unless something else is asked for.
_YEARS_BACK = 10
_SOURCES = {"kolada": "Kolada", "vis": "Vården i siffror"}


@click.command("fetch")
@click.argument("source", type=click.Choice(sorted(_SOURCES)), metavar="kolada|vis")
@click.option("--indicator", "only", multiple=True, metavar="ID", help="Hämta bara till den här indikatorn. Kan anges flera gånger.")
@click.option("--from", "first", metavar="ÅÅÅÅ", help="Första året. Standard: tio år tillbaka.")
@click.option("--to", "last", metavar="ÅÅÅÅ", help="Sista året. Standard: i år.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def fetch_command(source: str, only: tuple[str, ...], first: str | None, last: str | None, as_json: bool) -> None:
    """Hämtar färdiga värden från Kolada eller Vården i siffror för riket, regionerna och kommunerna.

    Värdena läggs bredvid dem som räknas fram och blandas aldrig med dem. Går något fel ändras inget och kommandot slutar med 1.
    """
    django_ready()
    from styrkedja.cli.indicator_site import open_site
    from styrkedja.core.indicators.definition.kinds import ReadyKind
    from styrkedja.core.policies.refusal import Refused
    from styrkedja.indicators.fetching.series import fetch_series, followed
    from styrkedja.ui.clock import day, now

    try:
        since, until = _years(first, last, day(now()).year)
        kind = ReadyKind(source)
        series = followed(open_site().definitions, kind, only)
        done = fetch_series(actor=None, web=_web(source), kind=kind, series=series, first=since, last=until, at=now())
    except Refused as refused:
        refuse(str(refused.reason), as_json=as_json)
    click.echo(json.dumps(_as_json(done), ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(done)))


def _years(first: str | None, last: str | None, this: int) -> tuple[int, int]:
    """Years, or the years of months. Raises Refused."""
    from styrkedja.core.policies.refusal import Refused

    for told in filter(None, (first, last)):
        if not re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", told):
            raise Refused(f"”{told}” är inget år. Skriv det med fyra siffror, till exempel {this}.")
    until = int(last[:4]) if last else this
    since = int(first[:4]) if first else until - _YEARS_BACK
    if since > until:
        raise Refused(f"--from {since} ligger efter --to {until}.")
    return since, until


def _web(source: str) -> "Web":
    from django.conf import settings

    from styrkedja.core.indicators.ready.vis import HEADERS
    from styrkedja.indicators.fetching.web import Web

    if source == "kolada":
        return Web(_SOURCES[source], settings.KOLADA_ADDRESS, seconds=settings.FETCH_SECONDS)
    return Web(_SOURCES[source], settings.VIS_ADDRESS, HEADERS, seconds=settings.FETCH_SECONDS)


def _as_json(done: "Fetching") -> dict[str, Any]:
    series = [
        {
            "indicator": one.followed.definition.id,
            "series": one.followed.ready.id,
            "title": one.followed.ready.title,
            "values": len(one.replaced.batch.rows),
            "new": one.replaced.new,
            "changed": one.replaced.changed,
            "removed": one.replaced.removed,
            "kept_old": one.replaced.kept_old,
        }
        for one in done.done
    ]
    return {"source": str(done.kind), "attribution": done.attribution, "series": series, "notes": list(done.notes)}


def _lines(done: "Fetching") -> list[str]:
    return [*(_line(one) for one in done.done), *done.notes, f"{done.attribution}."]


def _line(one: "Fetched") -> str:
    name = f"{one.followed.ready.id} {one.followed.ready.title} → {one.followed.definition.id}"
    if one.replaced.kept_old:
        return f"{name}: inga värden i svaret. De som fanns är kvar."
    done = one.replaced
    return f"{name}: {len(done.batch.rows)} värden, {done.new} nya, {done.changed} ändrade, {done.removed} borttagna."


@click.command("template")
@click.argument("path", metavar="FIL", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Skriv över filen om den finns.")
def template_command(path: Path, force: bool) -> None:
    """Skriver en mall (.xlsx) för färdiga värden, med seriernas och organens id. Den ifyllda mallen läses in med load values."""
    django_ready()
    from styrkedja.core.indicators.ready.files import GUIDE, HEADINGS, SHEET
    from styrkedja.core.sheets.writing import write_workbook

    if path.suffix.casefold() != ".xlsx":
        refuse("Mallen är en Excelfil. Ge den ett namn som slutar på .xlsx.", as_json=False)
    if path.exists() and not force:
        refuse(f"{path} finns redan. Skriv över den med --force.", as_json=False)
    try:
        path.write_bytes(write_workbook(_template_tables(), {SHEET: HEADINGS}, guide=GUIDE))
    except OSError as error:
        refuse(f"Det går inte att skriva {path}: {error.strerror}.", as_json=False)
    click.echo(f"Mallen är skriven till {path}. Fyll i bladet ”{SHEET}” och läs in den med styrkedja indicators load {VALUES} {path.name}.")


def _template_tables() -> "list[Table]":
    from styrkedja.cli.indicator_site import open_site
    from styrkedja.core.indicators.ready.files import COLUMNS, SHEET, file_series
    from styrkedja.core.sheets.tables import Table
    from styrkedja.indicators.selectors.areas import named_bodies

    series = file_series(open_site().definitions)
    told = [(key, one.ready.title, one.definition.title, one.definition.value.unit) for key, one in sorted(series.items())]
    return [
        Table(SHEET, COLUMNS, ()),
        Table("Serier", ("serie", "namn", "indikator", "enhet"), tuple(enumerate(told, start=2))),
        Table("Organ", ("organ", "namn", "kod", "HSA-id"), tuple(enumerate(named_bodies(), start=2))),
    ]


def load_values(place: str, *, as_json: bool) -> None:
    """Raises Refused for a file that cannot be read, and with every fault in it."""
    from styrkedja.cli.indicator_site import open_site
    from styrkedja.indicators.ready_files import load_value_file
    from styrkedja.ui.clock import now

    done = load_value_file(actor=None, path=Path(place), definitions=open_site().definitions, at=now())
    rows = [{"series": one.batch.source.partition(":")[2], "new": one.new, "changed": one.changed} for one in done]
    if as_json:
        click.echo(json.dumps({"source": VALUES, "series": rows}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(f"{row['series']}: {row['new']} nya värden, {row['changed']} ändrade." for row in rows))
