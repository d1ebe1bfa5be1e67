"""`styrkedja county …`: a county's structure from its files."""

import json
from pathlib import Path
from typing import NoReturn

import click

from styrkedja.cli.main import django_ready


@click.group()
def county() -> None:
    """Län: läs in organisation, grupper, funktioner och ledtider."""


@county.command("load")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def load_command(path: Path, as_json: bool) -> None:
    """Läser in länets mapp. Allt kontrolleras först; finns fel lagras ingenting. Det som har försvunnit ur filerna stängs."""
    if not path.is_dir():
        _stop([f"Mappen {path} finns inte. Ange ett läns mapp, till exempel definitions/counties/vasternorrland."], as_json=as_json)
    django_ready()
    from styrkedja.cli.definitions import DefinitionFaults
    from styrkedja.cli.loading import load_folder
    from styrkedja.core.policies.refusal import Refused
    from styrkedja.ui.clock import now

    try:
        name, changes = load_folder(path, at=now())
    except DefinitionFaults as faults:
        _stop(faults.lines, as_json=as_json)
    except Refused as refusal:
        _stop([refusal.reason], as_json=as_json)
    if as_json:
        click.echo(json.dumps({"county": name, "changes": changes}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*changes, f"{name}: {_sum(len(changes))}."]))


def _sum(changes: int) -> str:
    return {0: "inget har ändrats", 1: "1 ändring"}.get(changes, f"{changes} ändringar")


def _stop(faults: list[str], *, as_json: bool) -> NoReturn:
    """Ends with exit code 1: every fault on a line of standard error, or as JSON on standard output."""
    if as_json:
        click.echo(json.dumps({"faults": faults}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*faults, f"{len(faults)} fel. Inget har lästs in."]), err=True)
    raise SystemExit(1)
