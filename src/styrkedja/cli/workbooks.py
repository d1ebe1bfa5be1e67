"""What the commands that take and give workbooks have in common: a file or a folder of CSV, and what it did."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from styrkedja.cli.main import fail

if TYPE_CHECKING:
    from styrkedja.core.sheets.tables import Table
    from styrkedja.core.steering.workbook.columns import SheetSchema
    from styrkedja.effects.services import Loaded, LoadedRow

WORKBOOK = ".xlsx"


def bring_in(path: Path, load: "Callable[[tuple[Table, ...]], Loaded]", *, is_preview: bool, as_json: bool) -> None:
    """Reads `path`, brings it in and tells what was done. Exit code 1 when anything was wrong; then nothing is stored."""
    from styrkedja.core.sheets.tables import SheetsRefused

    try:
        found = load(read_tables(path, as_json=as_json))
    except SheetsRefused as refused:
        stop([str(refused.reason)], as_json=as_json)
    if as_json:
        click.echo(json.dumps(_as_json(found, is_preview=is_preview), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, is_preview=is_preview):
            click.echo(line, err=bool(found.faults))
    if found.faults:
        raise SystemExit(1)


def read_tables(path: Path, *, as_json: bool = False) -> "tuple[Table, ...]":
    """The tables of a file or a folder. Ends the command, or raises SheetsRefused, when they cannot be read."""
    from django.conf import settings

    from styrkedja.core.sheets.reading import read_folder, read_workbook
    from styrkedja.core.sheets.tables import Limits

    limits = Limits(settings.MAX_UNPACKED_BYTES, settings.MAX_SHEET_ROWS, settings.MAX_SHEET_COLUMNS)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not path.exists():
        stop([f"{path} finns inte. Ange en arbetsbok (.xlsx) eller en mapp med CSV-filer."], as_json=as_json)
    if not files:
        stop([f"Mappen {path} innehåller inga CSV-filer."], as_json=as_json)
    if sum(file.stat().st_size for file in files) > settings.MAX_UPLOAD_BYTES:
        stop([f"{path} är större än {settings.MAX_UPLOAD_BYTES} byte, som är gränsen (MAX_UPLOAD_BYTES)."], as_json=as_json)
    if path.is_dir():
        return read_folder({file.stem: file.read_bytes() for file in files}, limits=limits)
    return read_workbook(path.read_bytes(), limits=limits)


def write_tables(path: Path, tables: "Sequence[Table]", sheets: "Sequence[SheetSchema]") -> None:
    """A workbook with lists to choose from, or a folder with a CSV file for each table."""
    from styrkedja.core.sheets.writing import write_csv, write_workbook
    from styrkedja.effects.workbook.exporting import guide, headings
    from styrkedja.ui.clock import now

    try:
        if path.suffix.lower() == WORKBOOK:
            path.write_bytes(write_workbook(tables, headings(sheets), guide(sheets), at=now()))
            return
        path.mkdir(parents=True, exist_ok=True)
        for table in tables:
            (path / f"{table.name}.csv").write_bytes(write_csv(table))
    except OSError as error:
        fail(f"Det går inte att skriva {path}: {error.strerror}.")


def told(path: Path, tables: "Sequence[Table]") -> str:
    """How much was written."""
    rows = sum(len(table.rows) for table in tables)
    return f"{path}: {rows} rader i {sum(bool(table.rows) for table in tables)} blad."


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


def stop(faults: list[str], *, as_json: bool = False) -> NoReturn:
    """Ends the command: nothing could be read."""
    if as_json:
        said = [{"sheet": "", "row": 0, "column": "", "message": fault, "text": fault} for fault in faults]
        click.echo(json.dumps({"stored": False, "faults": said}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*faults, "Inget har lästs in."]), err=True)
    raise SystemExit(1)
