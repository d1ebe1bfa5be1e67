"""`styrkedja indicators …`: definitions checked, data loaded, values computed and shown."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from styrkedja.cli.indicator_demo import demo_command, demo_once_command
from styrkedja.cli.indicator_loads import load_command
from styrkedja.cli.indicator_ready import fetch_command, template_command
from styrkedja.cli.indicator_values import compute_command, show_command
from styrkedja.cli.main import django_ready, fail


@click.group()
def indicators() -> None:
    """Indikatorer: kontrollera definitioner, läs in data, räkna och visa."""


indicators.add_command(load_command)
indicators.add_command(fetch_command)
indicators.add_command(template_command)
indicators.add_command(demo_command)
indicators.add_command(demo_once_command)
indicators.add_command(compute_command)
indicators.add_command(show_command)


@indicators.command("check")
@click.argument("folder", required=False, metavar="[MAPP]", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def check_command(folder: Path | None, as_json: bool) -> None:
    """Kontrollerar källor och indikatorer. Slutar med 1 om något är fel; en varning hindrar inget.

    MAPP är en mapp med sources och indicators, en mapp med bara indikatorer eller en indikators fil. Utan MAPP kontrolleras projektets egna.
    """
    django_ready(database=False)
    from django.conf import settings

    from styrkedja.cli.indicator_files import library_folders
    from styrkedja.core.indicators.definition.hashing import content_hash
    from styrkedja.ui.clock import day, now

    path = folder or Path(settings.DEFINITIONS)
    if not path.exists():
        fail(f"{path} finns inte. Ange en mapp med indikatorer, till exempel definitions.")
    folders = library_folders(path, Path(settings.DEFINITIONS))
    library = folders.read(day(now()))
    if not (library.definitions or library.faults):
        fail(f"{path} innehåller inga indikatorer. Lägg dem som .toml-filer i mappen indicators.")
    rows: dict[str, Any] = {
        name: [{"file": str(folders.path(found)), "line": found.line, "message": found.message} for found in findings]
        for name, findings in (("faults", library.faults), ("warnings", library.warnings))
    }
    if as_json:
        listed = [{"id": one.id, "title": one.title, "hash": content_hash(one)} for one in library.definitions.values()]
        click.echo(json.dumps({"sources": sorted(library.sources), "indicators": listed, **rows}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*_lines(rows), _sum(len(library.definitions), len(library.sources), len(library.faults))]))
    raise SystemExit(1 if library.faults else 0)


def _lines(rows: dict[str, Any]) -> Iterable[str]:
    yield from (f"{row['file']}:{row['line']}: {row['message']}" for row in rows["faults"])
    yield from (f"{row['file']}:{row['line']}: varning: {row['message']}" for row in rows["warnings"])


def _sum(definitions: int, sources: int, faults: int) -> str:
    if faults:
        return f"{faults} fel."
    whole = f"{definitions} {'indikator' if definitions == 1 else 'indikatorer'} och {sources} {'källa' if sources == 1 else 'källor'}"
    return f"{whole}: inga fel."
