"""`styrkedja account …`: who can sign in. What they may do follows from the functions that they are appointed to."""

import json
import sys
from typing import TYPE_CHECKING

import click

from styrkedja.cli.asking import aligned
from styrkedja.cli.main import django_ready, fail

if TYPE_CHECKING:
    from styrkedja.accounts.models import User


@click.group()
def account() -> None:
    """Konton: lägg upp, byt lösenord, stäng och öppna."""


@account.command("create")
@click.argument("username", metavar="ANVÄNDARNAMN")
@click.option("--name", required=True, help="Namnet som andra ser.")
@click.option("--email", default="", help="E-postadress för aviseringar.")
@click.option(
    "--administrator", is_flag=True, help="Kontot är systemförvaltare: får utse innehavare av platser i alla län och flytta ärenden."
)
def create_command(username: str, name: str, email: str, administrator: bool) -> None:
    """Lägger upp ett konto. Lösenordet frågas efter, eller läses från standard in. Utse sedan kontot till sina funktioner på organens sidor."""
    django_ready()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from styrkedja.accounts.services import create_account, set_password
    from styrkedja.core.policies.refusal import Refused
    from styrkedja.ui.clock import now

    password, at = _password(), now()
    try:
        with transaction.atomic():
            made = create_account(actor=None, username=username.strip(), name=name, email=email, administrator=administrator, at=at)
            set_password(actor=None, account=made, password=password, at=at)
    except (Refused, ValidationError) as fault:
        fail(_reason(fault))
    click.echo(f"Kontot {made.username} är upplagt.")


@account.command("password")
@click.argument("username", metavar="ANVÄNDARNAMN")
def password_command(username: str) -> None:
    """Ger ett konto ett nytt lösenord. Den som är inloggad med kontot loggas ut."""
    django_ready()
    from django.core.exceptions import ValidationError

    from styrkedja.accounts.services import set_password
    from styrkedja.ui.clock import now

    found = _account(username)
    try:
        set_password(actor=None, account=found, password=_password(), at=now())
    except ValidationError as fault:
        fail(_reason(fault))
    click.echo(f"Kontot {found.username} har ett nytt lösenord.")


@account.command("close")
@click.argument("username", metavar="ANVÄNDARNAMN")
def close_command(username: str) -> None:
    """Stänger ett konto, så att ingen kan logga in med det. Det som har gjorts står kvar."""
    _set_active(username, active=False)


@account.command("reopen")
@click.argument("username", metavar="ANVÄNDARNAMN")
def reopen_command(username: str) -> None:
    """Öppnar ett stängt konto igen."""
    _set_active(username, active=True)


@account.command("list")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def list_command(as_json: bool) -> None:
    """Listar alla konton, också de stängda."""
    django_ready()
    from styrkedja.accounts.selectors import every_account

    found = list(every_account())
    if as_json:
        keys = ("username", "name", "email", "is_active", "is_administrator")
        click.echo(json.dumps([{key: getattr(one, key) for key in keys} for one in found], ensure_ascii=False, indent=2))
        return
    rows = [
        (one.username, str(one), "systemförvaltare" if one.is_administrator else "", "" if one.is_active else "stängt") for one in found
    ]
    for line in aligned(rows):
        click.echo(line)


def _set_active(username: str, *, active: bool) -> None:
    django_ready()
    from styrkedja.accounts.services import set_active
    from styrkedja.ui.clock import now

    found = _account(username)
    set_active(actor=None, account=found, active=active, at=now())
    click.echo(f"Kontot {found.username} är {'öppet' if active else 'stängt'}.")


def _account(username: str) -> "User":
    """The account of that name, closed or not, or an end with a clear line."""
    from styrkedja.accounts.selectors import every_account

    found = every_account().filter(username=username.strip()).first()
    return found if found is not None else fail(f"Det finns inget konto med användarnamnet {username}.")


def _password() -> str:
    """Asked for twice at a terminal; else one line of standard input, for those who make many accounts."""
    if sys.stdin.isatty():
        return str(click.prompt("Lösenord", hide_input=True, confirmation_prompt="Lösenordet en gång till"))
    return sys.stdin.readline().rstrip("\n")


def _reason(fault: Exception) -> str:
    """What is wrong, on one line."""
    return " ".join(getattr(fault, "messages", None) or [str(getattr(fault, "reason", fault))])
