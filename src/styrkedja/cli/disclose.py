"""`styrkedja disclose FILE.csv`: which counts of a table may be shown, so that no small one can be computed from the others."""

import json
from pathlib import Path

import click

from styrkedja.cli.main import django_ready, fail
from styrkedja.core.csv_files import Unreadable
from styrkedja.core.indicators.disclosure.counted import Counted, as_json, read_counts
from styrkedja.core.indicators.disclosure.protecting import Protection, protect
from styrkedja.core.indicators.disclosure.tables import CellStatus, Rule, count_table

_WITHHELD = {CellStatus.PRIMARY: "för få", CellStatus.COMPLEMENTARY: "skyddar andra"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rows", required=True, metavar="NIVÅ>NIVÅ>ENHET", help="Kolumnerna för nivåerna, den översta först.")
@click.option("--by", multiple=True, metavar="KOLUMN", help="En kolumn med kategorier; flera får anges.")
@click.option("--count", required=True, metavar="KOLUMN", help="Kolumnen med antal.")
@click.option("--threshold", required=True, type=click.IntRange(min=1), help="Antal som är mindre än så visas inte.")
@click.option("--protect-zeros", is_flag=True, help="Noll visas inte heller.")
@click.option("--json", "json_wanted", is_flag=True, help="Skriv som JSON.")
def disclose(file: Path, rows: str, by: tuple[str, ...], count: str, threshold: int, protect_zeros: bool, json_wanted: bool) -> None:
    """Röjandekontroll: vilka antal i FILE som får visas, med alla nivåer, kategorier och summor."""
    django_ready(database=False)
    from django.conf import settings

    size = file.stat().st_size
    if size > settings.MAX_UPLOAD_BYTES:
        fail(f"{file}: Filen är {size} byte. Högst {settings.MAX_UPLOAD_BYTES} byte läses (MAX_UPLOAD_BYTES).")
    levels = [name.strip() for name in rows.split(">")]
    try:
        counted = read_counts(file.read_bytes(), rows=levels, by=by, count=count, max_cells=settings.MAX_DISCLOSURE_CELLS)
    except Unreadable as fault:
        fail(f"{file}:{fault.line}: {fault.reason}")
    protection = protect(count_table(counted.cube, counted.leaves, Rule(threshold, protect_zeros)))
    click.echo(json.dumps(as_json(counted, protection), ensure_ascii=False, indent=2) if json_wanted else _text(counted, protection))


def _text(counted: Counted, protection: Protection) -> str:
    columns = (*counted.rows, *counted.by)
    lines = ["  ".join((*columns, "antal"))]
    values = protection.table.quantities[0].values
    for cell in range(counted.cube.size):
        key, status = counted.key(cell), protection.status(cell)
        shown = _WITHHELD.get(status, str(values[cell]))
        lines.append("  ".join((*(key[name] or "alla" for name in columns), shown)))
    withheld = int(protection.withheld.sum())
    recoverable = len(protection.audit.recoverable)
    lines += ["", f"{withheld} av {counted.cube.size} celler visas inte. Granskning: {recoverable} av dem går att räkna ut."]
    return "\n".join(lines)
