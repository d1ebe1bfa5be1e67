"""`styrkedja spc FILE.csv`: a process chart of a series, as a table with a sentence or as JSON."""

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from styrkedja.cli.days import DAY, Day
from styrkedja.cli.main import django_ready, fail
from styrkedja.cli.series_text import as_json, as_text
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.kinds import Chart
from styrkedja.core.indicators.spc.process_chart import process_chart
from styrkedja.core.indicators.spc.reading import ReadSeries, Unreadable, read_series
from styrkedja.core.indicators.spc.series import MAX_SIZE, MIN_FIX, Manner, NotCharted


class Number(click.ParamType):
    """A number, with a point or a comma before the decimals."""

    name = "tal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            number = math.nan
        return number if abs(number) < MAX_SIZE else self.fail(f"”{value}” är inget tal. Skriv 12,5 eller 12.5.", param, ctx)


class Charting(click.Command):
    """Takes any number of days after one --rebase: `--rebase 2024-01-01 2025-01-01`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, rebases_apart(args))


def rebases_apart(args: Sequence[str]) -> list[str]:
    """The arguments with --rebase before every day of its own."""
    written: list[str] = []
    after_rebase = False
    for argument in args:
        further = after_rebase and DAY.fullmatch(argument) and written[-1] != "--rebase"
        written += ["--rebase", argument] if further else [argument]
        after_rebase = argument.partition("=")[0] == "--rebase" or (after_rebase and bool(DAY.fullmatch(argument)))
    return written


@click.command(cls=Charting)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--direction", required=True, type=click.Choice([one.value for one in DesiredDirection]), help="Vilket håll som är bättre.")
@click.option("--target", type=Number(), help="Målet, i samma enhet som värdena.")
@click.option("--rebase", multiple=True, type=Day(), help="Räkna om från det datumet; flera får anges.")
@click.option("--fix-after", type=click.IntRange(min=MIN_FIX), metavar="ANTAL", help="Frys gränserna efter så många punkter, minst 12.")
@click.option("--no-screen", is_flag=True, help="Låt också de största skillnaderna mellan två värden räknas.")
@click.option("--chart", type=click.Choice([one.value for one in Chart]), default=Chart.XMR.value, show_default=True, help="Diagrammet.")
@click.option("--json", "json_wanted", is_flag=True, help="Skriv som JSON, med full precision.")
def spc(
    file: Path,
    direction: str,
    target: float | None,
    rebase: tuple[date, ...],
    fix_after: int | None,
    no_screen: bool,
    chart: str,
    json_wanted: bool,
) -> None:
    """Styrdiagram av en serie: skiljer en verklig förändring från slump. Filen är CSV med kolumnerna date,value och vid behov denominator."""
    django_ready(database=False)
    from styrkedja.ui.clock import day, now

    read = _read(file)
    manner = Manner(Chart(chart), DesiredDirection(direction), target, rebase, fix_after, not no_screen)
    try:
        drawn = process_chart(read.observations, manner)
    except NotCharted as fault:
        fail(f"{file}{f':{read.lines[fault.place]}' if fault.place is not None else ''}: {fault.reason}")
    write = as_json if json_wanted else as_text
    click.echo(write(drawn, read, today=day(now())))


def _read(file: Path) -> ReadSeries:
    """The series of the file, or an end with one line that says where the fault is. Never more than the limit is read of it."""
    from django.conf import settings

    limit = settings.MAX_UPLOAD_BYTES
    try:
        with file.open("rb") as source:
            content = source.read(limit + 1)
    except OSError as fault:
        fail(f"{file}: Filen går inte att läsa ({fault.strerror}).")
    if len(content) > limit:
        fail(f"{file}: Filen är större än {limit} byte, som är det mesta som läses (MAX_UPLOAD_BYTES). Dela upp den.")
    try:
        return read_series(content)
    except Unreadable as fault:
        fail(f"{file}:{fault.line}: {fault.reason}")
