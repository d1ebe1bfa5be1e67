"""`styrkedja county …`: a county's structure from its files."""

import json
from pathlib import Path

import click

from styrkedja.cli.main import django_ready


@click.group()
def county() -> None:
    """Län: läs in organisation, grupper, funktioner och ledtider."""


@county.command("load")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def load_command(path: Path, as_json: bool) -> None:
    """Läser in länets mapp. Allt kontrolleras först; finns fel lagras ingenting. Det som har försvunnit ur filerna stängs."""
    django_ready()
    from styrkedja.cli.definitions import DefinitionFaults
    from styrkedja.cli.loading import load_folder
    from styrkedja.ui.clock import now

    try:
        name, changes = load_folder(path, at=now())
    except DefinitionFaults as faults:
        if as_json:
            click.echo(json.dumps({"faults": faults.lines}, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(faults.lines), err=True)
            click.echo(f"{len(faults.lines)} fel. Inget har lästs in.", err=True)
        raise SystemExit(1) from None
    if as_json:
        click.echo(json.dumps({"county": name, "changes": changes}, ensure_ascii=False, indent=2))
        return
    for line in changes:
        click.echo(line)
    click.echo(f"{name}: {len(changes)} ändringar." if changes else f"{name}: inget har ändrats.")
