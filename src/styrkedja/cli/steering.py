"""`styrkedja steering …`: the chain from and to a workbook, or a folder with a CSV file for each sheet."""

from pathlib import Path

import click

from styrkedja.cli import workbooks
from styrkedja.cli.main import django_ready

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
    from styrkedja.effects.services import load_chain
    from styrkedja.ui.clock import now

    def load(tables):
        return load_chain(actor=None, tables=tables, at=now(), is_preview=is_preview)

    workbooks.bring_in(path, load, is_preview=is_preview, as_json=as_json)


@steering.command("export")
@click.argument("path", type=_PATH)
def export_command(path: Path) -> None:
    """Skriver ut hela styrkedjan till en arbetsbok (.xlsx) eller en mapp med CSV-filer. Inläst igen ändrar den ingenting."""
    django_ready()
    from styrkedja.core.steering.workbook.sheets import SHEETS
    from styrkedja.effects.workbook.exporting import chain_tables
    from styrkedja.ui.clock import day, now

    tables = chain_tables(None, on=day(now()))
    workbooks.write_tables(path, tables, SHEETS)
    click.echo(workbooks.told(path, tables))


@steering.command("template")
@click.argument("path", type=_PATH)
def template_command(path: Path) -> None:
    """Skriver en tom mall: en arbetsbok (.xlsx) att fylla i, eller en mapp med CSV-filer."""
    django_ready(database=False)
    from styrkedja.core.steering.workbook.sheets import SHEETS
    from styrkedja.effects.workbook.exporting import empty_tables

    workbooks.write_tables(path, empty_tables(), SHEETS)
    click.echo(f"{path}: mallen är skriven.")
