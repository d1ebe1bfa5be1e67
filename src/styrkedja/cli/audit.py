"""`styrkedja audit …`: the auditors' recommendations and the answers, read as they are written, and from and to a workbook."""

import json
from pathlib import Path

import click

from styrkedja.cli import workbooks
from styrkedja.cli.main import django_ready, fail

_PATH = click.Path(path_type=Path)


@click.group()
def audit() -> None:
    """Revision: läs svar till revisorerna, och läs in och skriv ut granskningar."""


@audit.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON; se docs/audit-reading.md.")
def read_command(file: Path, as_json: bool) -> None:
    """Läser ett svar till revisorerna (txt, docx eller pdf med text) och visar vad som hittades och var. Ingenting lagras."""
    django_ready(database=False)
    from styrkedja.audits.documents import DocumentRefused, Limits, read_document
    from styrkedja.cli.audit_texts import told
    from styrkedja.core.audits.reading import read_answer
    from styrkedja.core.audits.reading.plain import as_plain

    limits = Limits.from_settings()
    try:
        reading = read_answer(read_document(_content(file, limits.max_bytes), file.name, limits))
    except DocumentRefused as refused:
        fail(f"{file}: {refused.reason}")
    click.echo(json.dumps(as_plain(reading), ensure_ascii=False, indent=2) if as_json else "\n".join(told(reading)))


@audit.command("import")
@click.argument("path", type=_PATH)
@click.option("--preview", "is_preview", is_flag=True, help="Visa vad som skulle ändras, utan att spara något.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def import_command(path: Path, is_preview: bool, as_json: bool) -> None:
    """Läser in granskningar, svar och återrapporter ur en arbetsbok (.xlsx) eller en mapp med CSV-filer. Styrkedjans blad får stå i samma fil."""
    django_ready()
    from styrkedja.audits.services import load_reviews
    from styrkedja.ui.clock import now

    def load(tables):
        return load_reviews(actor=None, tables=tables, at=now(), is_preview=is_preview)

    workbooks.bring_in(path, load, is_preview=is_preview, as_json=as_json)


@audit.command("export")
@click.argument("path", type=_PATH)
def export_command(path: Path) -> None:
    """Skriver ut alla granskningar till en arbetsbok (.xlsx) eller en mapp med CSV-filer. Inläst igen ändrar den ingenting."""
    django_ready()
    from styrkedja.audits.models import KINDS
    from styrkedja.core.steering.workbook.sheets_of_audits import AUDIT_SHEETS
    from styrkedja.effects.workbook.exporting import chain_tables
    from styrkedja.ui.clock import day, now

    tables = chain_tables(None, on=day(now()), sheets=AUDIT_SHEETS, models=KINDS)
    workbooks.write_tables(path, tables, AUDIT_SHEETS)
    click.echo(workbooks.told(path, tables))


@audit.command("template")
@click.argument("path", type=_PATH)
def template_command(path: Path) -> None:
    """Skriver en tom mall för granskningar: en arbetsbok (.xlsx) att fylla i, eller en mapp med CSV-filer."""
    django_ready(database=False)
    from styrkedja.core.steering.workbook.sheets_of_audits import AUDIT_SHEETS
    from styrkedja.effects.workbook.exporting import empty_tables

    workbooks.write_tables(path, empty_tables(AUDIT_SHEETS), AUDIT_SHEETS)
    click.echo(f"{path}: mallen är skriven.")


def _content(file: Path, max_bytes: int) -> bytes:
    """The file, but never more than one byte beyond the limit: the reader then refuses it for its size."""
    try:
        with file.open("rb") as opened:
            return opened.read(max_bytes + 1)
    except FileNotFoundError:
        fail(f"{file}: filen finns inte.")
    except IsADirectoryError:
        fail(f"{file} är en mapp. Ange en fil.")
    except OSError as error:
        fail(f"{file}: filen kan inte öppnas ({error.strerror}).")
