"""`styrkedja routine walk`: one case through a routine with given answers, in a schema that is thrown away."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from styrkedja.accounts.services import create_account
from styrkedja.cli.answers import AnswerFault, Answers, read_answers
from styrkedja.cli.definitions import DefinitionFaults, county_folder_of
from styrkedja.cli.driving import MORNING, Driver, Walk
from styrkedja.cli.loading import load_folder
from styrkedja.core.policies.cases import REGISTRY_FUNCTIONS
from styrkedja.organisations.selectors import counties, seats_in_county
from styrkedja.organisations.services.groups import appoint_member
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.ui.clock import now
from styrkedja.workflows.services import publish_definition
from styrkedja.workflows.services.publishing import RoutineRefused

SCHEMA = "styrkedja_walk_"
ABANDONED_AFTER = 24 * 3600
SET_UP = datetime(2026, 1, 7, MORNING, tzinfo=UTC)


class WalkRefused(Exception):
    """The files have faults; `lines` are Swedish. Nothing has been run."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def walk(file: Path, answers_file: Path, county_folder: Path | None) -> Walk:
    """Raises WalkRefused when a file has faults."""
    source = file.read_bytes()
    folder = county_folder or county_folder_of(source)
    if folder is None:
        raise WalkRefused(["Rutinen anger inget län som finns. Ange länets mapp med --county."])
    try:
        answers = read_answers(answers_file.read_bytes())
        with scratch_schema():
            return _walk(source, answers, folder)
    except (AnswerFault, DefinitionFaults) as fault:
        raise WalkRefused(fault.lines) from None
    except RoutineRefused as refused:
        raise WalkRefused([f"{file}:{finding.line}: {finding.element}: {finding.message}" for finding in refused.findings]) from None


def _walk(source: bytes, answers: Answers, folder: Path) -> Walk:
    load_folder(folder, at=SET_UP)
    county = counties().get()
    definition, _new = publish_definition(actor=None, county=county, source=source, kinds=dict(CATALOGUE), at=SET_UP)
    opened = answers.opened_on or definition.valid_from or SET_UP.date()
    at = datetime(opened.year, opened.month, opened.day, MORNING, tzinfo=UTC)
    author = create_account(actor=None, username="provkorning", name="Provkörning", password=None, administrator=True, at=SET_UP)
    seat = seats_in_county(county, functions=REGISTRY_FUNCTIONS, on=at.date()).first()
    if seat is None:
        raise WalkRefused(["Länet har ingen plats för registrator eller samordnare, och därmed ingen som kan öppna ett ärende."])
    appoint_member(actor=None, seat=seat, account=author, valid_from=SET_UP.date(), valid_until=None, at=SET_UP)
    return Driver(definition, answers, author=author, at=at, appoint=True).run()


@contextmanager
def scratch_schema() -> Iterator[None]:
    """All that happens inside happens in a schema of its own, which is dropped afterwards whatever comes."""
    started = int(now().timestamp())
    name = f"{SCHEMA}{started}_{secrets.token_hex(4)}"
    before = connection.settings_dict["OPTIONS"].get("options")
    with connection.cursor() as cursor:
        _drop_abandoned(cursor, started)
        cursor.execute(f"create schema {name}")
    try:
        _reconnect(f"-c search_path={name}")
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        _reconnect(before)
        with connection.cursor() as cursor:
            cursor.execute(f"drop schema if exists {name} cascade")


def _drop_abandoned(cursor: CursorWrapper, now_seconds: int) -> None:
    """Schemas of walks that were killed: a walk takes seconds, so a day-old one is nobody's."""
    cursor.execute("select nspname from pg_namespace where nspname like %s", [f"{SCHEMA}%"])
    for (name,) in cursor.fetchall():
        started = name.removeprefix(SCHEMA).partition("_")[0]
        if started.isdigit() and now_seconds - int(started) > ABANDONED_AFTER:
            cursor.execute(f"drop schema if exists {name} cascade")


def _reconnect(options: str | None) -> None:
    connection.close()
    if options is None:
        connection.settings_dict["OPTIONS"].pop("options", None)
    else:
        connection.settings_dict["OPTIONS"]["options"] = options
