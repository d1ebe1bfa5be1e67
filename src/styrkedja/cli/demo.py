"""`styrkedja demo load`: accounts and cases to look at, made by the real services and never by inserting rows."""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

import click

from styrkedja.cli.main import django_ready

PASSWORD_FILE = "demo-password"


@click.group()
def demo() -> None:
    """Demonstration: konton namngivna efter funktion och ärenden i olika steg."""


@demo.command("load")
@click.option("--county", "county_key", default="vasternorrland", show_default=True, help="Länets nyckel.")
def load_command(county_key: str) -> None:
    """Läser in demonstrationen i ett inläst län. Görs en gång; finns ärenden ändras inget."""
    django_ready()
    from styrkedja.ui.clock import now

    for line in load_demo(county_key, at=now()):
        click.echo(line)


def demo_password(var: Path) -> str:
    """The demonstration accounts' common password: from the environment, else made once and kept in var/."""
    given = os.environ.get("DEMO_PASSWORD")
    kept = var / PASSWORD_FILE
    if given:
        return given
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(f"styrkedja-{secrets.token_hex(4)}")
    return kept.read_text().strip()


def load_demo(county_key: str, *, at: datetime) -> list[str]:
    """Makes the county's demonstration accounts and cases; answers what was done, a Swedish line each."""
    from django.conf import settings

    from styrkedja.cases.selectors import any_case
    from styrkedja.cli.definitions import county_data, national_data, national_folder
    from styrkedja.organisations.selectors import county_by_key

    folder = Path(settings.DEFINITIONS) / "counties" / county_key
    county = county_by_key(county_key)
    if county is None:
        raise click.ClickException(f"Länet {county_key} är inte inläst. Kör styrkedja county load {folder}.")
    values = county_data(folder, national_data(national_folder(folder)))
    lines = [_accounts(values.accounts, demo_password(settings.VAR), at=at)]
    if any_case(county):
        return [*lines, "Länet har redan ärenden; inga nya har lagts till."]
    return [*lines, *(_case(path, county_key, at=at) for path in sorted((folder / "demo").glob("*.toml")))]


def _accounts(rows: tuple, password: str, *, at: datetime) -> str:
    from styrkedja.accounts.selectors import account_by_username
    from styrkedja.accounts.services import create_account
    from styrkedja.organisations.selectors import bodies_by_key, seats_of
    from styrkedja.organisations.services.groups import appoint_member
    from styrkedja.ui.clock import day

    made = 0
    since = at - timedelta(days=365 * 2)
    for row in rows:
        if account_by_username(row.username) is not None:
            continue
        account = create_account(
            actor=None, username=row.username, name=row.name, password=password, administrator=row.administrator, at=at
        )
        bodies = bodies_by_key(key for key, _function in row.seats)
        for key, function in row.seats:
            for seat in seats_of(bodies[key], function=function, on=day(at)):
                appoint_member(actor=None, seat=seat, account=account, valid_from=since.date(), valid_until=None, at=at)
        made += 1
    return f"{made} konton."


def _case(path: Path, county_key: str, *, at: datetime) -> str:
    from styrkedja.accounts.selectors import account_by_username
    from styrkedja.cli.answers import read_answers
    from styrkedja.cli.driving import Driver
    from styrkedja.organisations.selectors import county_by_key
    from styrkedja.workflows.selectors import published

    answers = read_answers(path.read_bytes())
    county = county_by_key(county_key)
    author = account_by_username("registrator")
    if county is None or author is None:
        raise click.ClickException("Demonstrationen behöver kontot registrator.")
    definition = published(county).first()
    if definition is None:
        raise click.ClickException("Länet har ingen publicerad rutin. Kör styrkedja routine publish.")
    opened = at - timedelta(days=answers.opened_days_ago or 30)
    result = Driver(definition, answers, author=author, at=opened, appoint=False).run()
    if result.incident:
        raise click.ClickException(f"{path}: {result.incident}")
    where = ", ".join(sorted({f"steg {row['number']}" for row in result.waiting})) or "klart"
    return f"{answers.subject}: {len(result.pathway)} steg gjorda, {where}."
