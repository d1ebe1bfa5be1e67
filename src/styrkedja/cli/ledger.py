"""`styrkedja ledger …`: the log's chain."""

import json
from pathlib import Path

import click

from styrkedja.cli.main import django_ready


@click.group()
def ledger() -> None:
    """Loggen: kontrollera kedjan och visa dess huvud."""


@ledger.command("verify")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fil med tidigare publicerade huvuden, ett per rad: nummer kontrollsumma.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def verify_command(heads: Path | None, as_json: bool) -> None:
    """Kontrollerar hela kedjan och namnger den första brutna länken. Slutar med 1 om kedjan är bruten."""
    django_ready()
    from styrkedja.ledger.selectors import head, verify

    broken = verify(known_heads=_known(heads))
    last = head()
    if as_json:
        report = {
            "links": last.sequence if last else 0,
            "broken": None if broken is None else {"sequence": broken.sequence, "reason": broken.reason},
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    elif broken is None:
        click.echo(f"Kedjan är hel: {last.sequence if last else 0} länkar.")
    else:
        click.echo(f"Kedjan är bruten vid länk {broken.sequence}: {broken.reason}")
    raise SystemExit(0 if broken is None else 1)


@ledger.command("head")
def head_command() -> None:
    """Skriver kedjans huvud: nummer och kontrollsumma. Publicera raden där den inte kan ändras, till exempel varje dag."""
    django_ready()
    from styrkedja.ledger.selectors import head

    last = head()
    click.echo(f"{last.sequence} {last.hash}" if last else "Loggen är tom.")


def _known(heads: Path | None) -> dict[int, str] | None:
    if heads is None:
        return None
    rows = (line.split() for line in heads.read_text().splitlines() if line.strip())
    try:
        return {int(number): digest for number, digest in rows}
    except ValueError:
        raise click.ClickException(f"{heads}: varje rad ska ha ett nummer och en kontrollsumma.") from None
