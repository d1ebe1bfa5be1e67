"""`styrkedja steering …`: the chain from and to a workbook, or a folder with a CSV file for each sheet."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from styrkedja.cli.main import django_ready, fail

if TYPE_CHECKING:
    from styrkedja.core.sheets.tables import Table
    from styrkedja.effects.services import Loaded, LoadedRow

WORKBOOK = ".xlsx"
_PATH = click.Path(path_type=Path)


@click.group()
def steering() -> None:
    """Styrkedjan: läs in och skriv ut planer, mål, åtgärder, mandat och ekonomi."""


@steering.command("import")
@click.argument("path", type=_PATH)
@click.option("--preview", "is_preview", is_flag=True, help="Visa vad som skulle ändras, utan att spara något.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def import_command(path: Path, is_preview: bool, as_json: bool) -> None:
    """Läser in en arbetsbok (.xlsx) eller en mapp med CSV-filer. Allt kontrolleras först; finns fel lagras ingenting."""
    django_ready()
    from styrkedja.core.sheets.tables import SheetsRefused
    from styrkedja.effects.services import load_chain
    from styrkedja.ui.clock import now

    try:
        found = load_chain(actor=None, tables=_read(path), at=now(), is_preview=is_preview)
    except SheetsRefused as refused:
        _stop([str(refused.reason)], as_json=as_json)
    if as_json:
        click.echo(json.dumps(_as_json(found, is_preview=is_preview), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, is_preview=is_preview):
            click.echo(line, err=bool(found.faults))
    if found.faults:
        raise SystemExit(1)


@steering.command("export")
@click.argument("path", type=_PATH)
def export_command(path: Path) -> None:
    """Skriver ut hela styrkedjan till en arbetsbok (.xlsx) eller en mapp med CSV-filer. Inläst igen ändrar den ingenting."""
    django_ready()
    from styrkedja.effects.workbook.exporting import chain_tables
    from styrkedja.ui.clock import day, now

    tables = chain_tables(None, on=day(now()))
    _write(path, tables)
    rows = sum(len(table.rows) for table in tables)
    click.echo(f"{path}: {rows} rader i {sum(bool(table.rows) for table in tables)} blad.")


@steering.command("template")
@click.argument("path", type=_PATH)
def template_command(path: Path) -> None:
    """Skriver en tom mall: en arbetsbok (.xlsx) att fylla i, eller en mapp med CSV-filer."""
    django_ready(database=False)
    from styrkedja.effects.workbook.exporting import empty_tables

    _write(path, empty_tables())
    click.echo(f"{path}: mallen är skriven.")


def _read(path: Path) -> "tuple[Table, ...]":
    """The tables of a file or a folder. Ends the command, or raises SheetsRefused, when they cannot be read."""
    from django.conf import settings

    from styrkedja.core.sheets.reading import read_folder, read_workbook
    from styrkedja.core.sheets.tables import Limits

    limits = Limits(settings.MAX_UNPACKED_BYTES, settings.MAX_SHEET_ROWS, settings.MAX_SHEET_COLUMNS)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not path.exists():
        _stop([f"{path} finns inte. Ange en arbetsbok (.xlsx) eller en mapp med CSV-filer."])
    if not files:
        _stop([f"Mappen {path} innehåller inga CSV-filer."])
    if sum(file.stat().st_size for file in files) > settings.MAX_UPLOAD_BYTES:
        _stop([f"{path} är större än {settings.MAX_UPLOAD_BYTES} byte, som är gränsen (MAX_UPLOAD_BYTES)."])
    if path.is_dir():
        return read_folder({file.stem: file.read_bytes() for file in files}, limits=limits)
    return read_workbook(path.read_bytes(), limits=limits)


def _write(path: Path, tables: "Sequence[Table]") -> None:
    from styrkedja.core.sheets.writing import write_csv, write_workbook
    from styrkedja.effects.workbook.exporting import guide, headings
    from styrkedja.ui.clock import now

    try:
        if path.suffix.lower() == WORKBOOK:
            path.write_bytes(write_workbook(tables, headings(), guide(), at=now()))
            return
        path.mkdir(parents=True, exist_ok=True)
        for table in tables:
            (path / f"{table.name}.csv").write_bytes(write_csv(table))
    except OSError as error:
        fail(f"Det går inte att skriva {path}: {error.strerror}.")


def _lines(found: "Loaded", *, is_preview: bool) -> list[str]:
    if found.faults:
        count = len(found.faults)
        return [*map(str, found.faults), f"{count} fel. Inget har lästs in."]
    created = [f"Ny: {_line(row)}" for row in found.created]
    changed = [f"Ändrad: {_line(row)}, {', '.join(row.columns)}" for row in found.changed]
    made, altered = len(created), len(changed)
    total = f"{made} {'ny' if made == 1 else 'nya'}, {altered} {'ändrad' if altered == 1 else 'ändrade'}, {found.unchanged} oförändrade."
    return [*created, *changed, f"{total} Inget har sparats: det var en förhandsvisning." if is_preview else total]


def _line(row: "LoadedRow") -> str:
    return f"{row.sheet}, rad {row.row}" + (f": {row.key} {row.title}".rstrip() if row.title else "")


def _as_json(found: "Loaded", *, is_preview: bool) -> dict[str, object]:
    return {
        "preview": is_preview,
        "stored": found.is_stored and not is_preview,
        "created": [asdict(row) for row in found.created],
        "changed": [asdict(row) for row in found.changed],
        "unchanged": found.unchanged,
        "faults": [asdict(fault) | {"text": str(fault)} for fault in found.faults],
    }


def _stop(faults: list[str], *, as_json: bool = False) -> NoReturn:
    if as_json:
        told = [{"sheet": "", "row": 0, "column": "", "message": fault, "text": fault} for fault in faults]
        click.echo(json.dumps({"stored": False, "faults": told}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*faults, "Inget har lästs in."]), err=True)
    raise SystemExit(1)
