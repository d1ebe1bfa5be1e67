"""`styrkedja demo load`: accounts, cases and a steering chain to look at, made by the real services and never by inserting rows."""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from styrkedja.cli.main import django_ready

if TYPE_CHECKING:
    from styrkedja.organisations.models import County

PASSWORD_FILE = "demo-password"


@click.group()
def demo() -> None:
    """Demonstration: konton namngivna efter funktion, ärenden i olika steg och en styrkedja."""


@demo.command("load")
@click.option("--county", "county_key", default="vasternorrland", show_default=True, help="Länets nyckel.")
def load_command(county_key: str) -> None:
    """Läser in demonstrationen i ett inläst län. Görs en gång; ärenden och en styrkedja som finns ändras inte."""
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
    """Makes the county's demonstration: accounts, cases, and the chain with its reviews. Answers what was done, a Swedish line each.

    Cases are made once, and so is the chain: what has been done with them since is left in peace.
    """
    from django.conf import settings

    from styrkedja.cli.definitions import county_data, national_data, national_folder
    from styrkedja.organisations.selectors import county_by_key

    folder = Path(settings.DEFINITIONS) / "counties" / county_key
    county = county_by_key(county_key)
    if county is None:
        raise click.ClickException(f"Länet {county_key} är inte inläst. Kör styrkedja county load {folder}.")
    values = county_data(folder, national_data(national_folder(folder)))
    lines = [_accounts(values.accounts, demo_password(settings.VAR), at=at)]
    return [*lines, *_cases(folder, county, values.accounts, at=at), *_chain(folder, county, at=at)]


def is_demonstrated(folder: Path, county: "County", *, at: datetime) -> bool:
    """Does the county have the cases, and the chain, that its folder would give it?"""
    from styrkedja.cases.selectors import any_case

    return any_case(county) and (_has_chain(county, at=at) or not (folder / "steering").is_dir())


def _has_chain(county: "County", *, at: datetime) -> bool:
    from styrkedja.controls.selectors.snapshot import scope_on
    from styrkedja.ui.clock import day

    return county in scope_on(day(at)).counties


def _cases(folder: Path, county: "County", accounts: tuple, *, at: datetime) -> Iterator[str]:
    from styrkedja.cases.selectors import any_case

    files = sorted((folder / "demo").glob("*.toml"))
    if any_case(county):
        yield "Länet har redan ärenden; inga nya har lagts till."
        return
    for routine in sorted((folder / "demo").glob("*.bpmn")):
        _publish(routine, county, at=at)
    for path in files:
        yield _case(path, county, _registrar(accounts), at=at)


def _publish(file: Path, county: "County", *, at: datetime) -> None:
    """A routine that only the demonstration has."""
    from styrkedja.procedures.kinds.catalogue import CATALOGUE
    from styrkedja.workflows.services import publish_definition
    from styrkedja.workflows.services.publishing import RoutineRefused

    try:
        publish_definition(actor=None, county=county, source=file.read_bytes(), kinds=dict(CATALOGUE), at=at)
    except RoutineRefused as refused:
        lines = [f"{file}:{finding.line}: {finding.element}: {finding.message}" for finding in refused.findings]
        raise click.ClickException("\n".join(lines)) from None


def _registrar(accounts: tuple) -> str:
    """The user name of the account that keeps the registry, and so opens cases; "" when the county has none."""
    from styrkedja.core.policies.cases import REGISTRY_FUNCTIONS

    return next((row.username for row in accounts if any(function in REGISTRY_FUNCTIONS for _body, function in row.seats)), "")


def _chain(folder: Path, county: "County", *, at: datetime) -> Iterator[str]:
    """The steering chain, what auditors have said of it, and what the controls find in it."""
    from styrkedja.cli.demo_audits import load_audits
    from styrkedja.cli.demo_chain import load_chain_of
    from styrkedja.controls.services import run_controls

    if not (folder / "steering").is_dir():
        return
    if _has_chain(county, at=at):
        yield "Länet har redan en styrkedja; den har inte ändrats."
        return
    yield load_chain_of(folder, at=at)
    audits = folder / "steering" / "audits.toml"
    if audits.exists():
        yield load_audits(audits, at=at)
    run_controls(actor=None, at=at)


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


def _case(path: Path, county: "County", registrar: str, *, at: datetime) -> str:
    from styrkedja.accounts.selectors import account_by_username
    from styrkedja.cli.answers import read_answers
    from styrkedja.cli.driving import Driver
    from styrkedja.workflows.selectors import published

    answers = read_answers(path.read_bytes())
    author = account_by_username(registrar)
    if author is None:
        raise click.ClickException("Demonstrationen behöver ett konto för registratorn. Lägg det i länets accounts.toml.")
    definition = published(county).first()
    if definition is None:
        raise click.ClickException("Länet har ingen publicerad rutin. Kör styrkedja routine publish.")
    opened = at - timedelta(days=answers.opened_days_ago or 30)
    result = Driver(definition, answers, author=author, at=opened, appoint=False).run()
    if result.incident:
        raise click.ClickException(f"{path}: {result.incident}")
    where = ", ".join(sorted({f"steg {row['number']}" for row in result.waiting})) or "klart"
    return f"{answers.subject}: {len(result.pathway)} steg gjorda, {where}."
