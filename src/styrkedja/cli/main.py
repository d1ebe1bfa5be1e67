"""`styrkedja`: each command is a thin door to services and selectors."""

import importlib
import os
import sys
from typing import Any, NoReturn

import click

from styrkedja.cli.speech import speak_swedish

COMMANDS = {
    "run": ("styrkedja.cli.run", "run"),
    "stop": ("styrkedja.cli.run", "stop"),
    "prepare": ("styrkedja.cli.run", "prepare"),
    "web": ("styrkedja.cli.run", "web"),
    "worker": ("styrkedja.cli.run", "worker"),
    "account": ("styrkedja.cli.account", "account"),
    "county": ("styrkedja.cli.county", "county"),
    "routine": ("styrkedja.cli.routine", "routine"),
    "case": ("styrkedja.cli.case", "case"),
    "audit": ("styrkedja.cli.audit", "audit"),
    "controls": ("styrkedja.cli.controls", "controls"),
    "steering": ("styrkedja.cli.steering", "steering"),
    "ledger": ("styrkedja.cli.ledger", "ledger"),
    "indicators": ("styrkedja.cli.indicators", "indicators"),
    "spc": ("styrkedja.cli.spc", "spc"),
    "disclose": ("styrkedja.cli.disclose", "disclose"),
    "demo": ("styrkedja.cli.demo", "demo"),
}

# Before any command is made: a parameter takes the name of its type when it is declared.
speak_swedish()


class Doors(click.Group):
    """Finds a command when it is asked for, so that checking a routine need not load the database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"]})
def styrkedja() -> None:
    """Styrkedja: från nationell kunskap till lokalt beslut, åtgärd och uppföljning."""


def django_ready(*, database: bool = True) -> None:
    """Loads the settings and apps. Without a database only what is pure may be called."""
    import django
    from django.conf import settings

    # Once the settings are read it is too late, and processes that are started later would be left without a database.
    if not database and not settings.configured:
        os.environ.setdefault("DATABASE_URL", "none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styrkedja.config.settings")
    from django.utils import translation

    django.setup()
    translation.activate("sv")


def fail(message: str, code: int = 1) -> NoReturn:
    """Ends the command with one clear line on standard error."""
    click.echo(message, err=True)
    raise SystemExit(code)


def main(*args: Any) -> None:
    """The entry point. A database that does not answer is one line, not a stack of calls."""
    from psycopg import OperationalError as Unreachable

    try:
        styrkedja(*args)
    except Exception as error:
        from django.db.utils import OperationalError

        if not isinstance(error, (OperationalError, Unreachable)):
            raise
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        sys.stderr.write(f"Databasen svarar inte: {first}\nKontrollera DATABASE_URL och att servern är i gång.\n")
        raise SystemExit(1) from None
