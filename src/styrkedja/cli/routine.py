"""`styrkedja routine …`: check, layout, publish, walk, migrate."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from styrkedja.cli.main import django_ready, fail
from styrkedja.cli.migrate import migrate_command

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def routine() -> None:
    """Rutiner: kontrollera, rita, publicera, provköra och flytta ärenden."""


routine.add_command(migrate_command)


@routine.command("check")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--county",
    "county_path",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Länets mapp; annars det län som rutinen anger.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def check_command(files: tuple[Path, ...], county_path: Path | None, as_json: bool) -> None:
    """Kontrollerar rutiner: XSD, element, variabler, roller och sundhet. Slutar med 1 om något är fel."""
    django_ready(database=False)
    from styrkedja.cli.definitions import check_file

    reports = [check_file(path, county_path) for path in files]
    if as_json:
        rows = [
            {"file": str(path), "findings": [asdict(finding) for finding in found], "states": states} for path, found, states in reports
        ]
        click.echo(json.dumps(rows if len(rows) > 1 else rows[0], ensure_ascii=False, indent=2))
    else:
        for path, found, states in reports:
            for finding in found:
                click.echo(f"{path}:{finding.line}: {finding.element}: {finding.message} [{finding.code}]")
            if not found:
                click.echo(f"{path}: inga fel; {states} tillstånd genomsökta.")
    raise SystemExit(1 if any(found for _path, found, _states in reports) else 0)


@routine.command("layout")
@click.argument("file", type=FILE)
def layout_command(file: Path) -> None:
    """Ritar kartorna i rutinens fil på nytt, en för varje fas."""
    from styrkedja.core.process.layout import NotDrawable, layout

    try:
        drawn = layout(file.read_bytes())
    except NotDrawable as reason:
        fail(f"{file}: {reason}")
    file.write_bytes(drawn)
    click.echo(f"{file}: kartorna är ritade.")


@routine.command("publish")
@click.argument("file", type=FILE)
@click.option("--county", "county_key", required=True, help="Länets nyckel.")
def publish_command(file: Path, county_key: str) -> None:
    """Publicerar en rutin i ett inläst län. En publicerad version ändras inte."""
    django_ready()
    from styrkedja.organisations.selectors import county_by_key
    from styrkedja.procedures.kinds.catalogue import CATALOGUE
    from styrkedja.ui.clock import now
    from styrkedja.workflows.services import publish_definition
    from styrkedja.workflows.services.publishing import RoutineRefused

    county = county_by_key(county_key)
    if county is None:
        fail(f"Länet {county_key} är inte inläst. Kör styrkedja county load med länets mapp.")
    assert county is not None
    try:
        definition, new = publish_definition(actor=None, county=county, source=file.read_bytes(), kinds=dict(CATALOGUE), at=now())
    except RoutineRefused as refused:
        for finding in refused.findings:
            click.echo(f"{file}:{finding.line}: {finding.element}: {finding.message} [{finding.code}]", err=True)
        raise SystemExit(1) from None
    click.echo(f"{definition} är publicerad i {county}." if new else f"{definition} var redan publicerad; inget har ändrats.")


@routine.command("walk")
@click.argument("file", type=FILE)
@click.option("--answers", required=True, type=FILE, help="Svar per steg; se docs/walk-format.md.")
@click.option(
    "--county",
    "county_path",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Länets mapp; annars det län som rutinen anger.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def walk_command(file: Path, answers: Path, county_path: Path | None, as_json: bool) -> None:
    """Provkör ett ärende genom rutinen i ett tillfälligt schema och visar vägen steg för steg."""
    django_ready()
    from styrkedja.cli.walking import WalkRefused, walk

    try:
        result = walk(file, answers, county_path)
    except WalkRefused as refused:
        for line in refused.lines:
            click.echo(line, err=True)
        raise SystemExit(1) from None
    click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2) if as_json else result.as_text())
    raise SystemExit(0 if result.state != "incident" else 1)
