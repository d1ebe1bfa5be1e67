"""`styrkedja case …`: open, list, show, history, export."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from styrkedja.cli.asking import named_account, named_county, numbered_case, operator
from styrkedja.cli.days import Day
from styrkedja.cli.main import django_ready, fail

STATUSES = ("running", "stopped", "ended", "closed", "all")
NUMBER_COUNTY = click.option("--county", "county_key", default="", help="Länets nyckel, om flera län har ett ärende med numret.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")


@click.group()
def case() -> None:
    """Ärenden: öppna, lista, visa, historik och händelseloggar."""


@case.command("open")
@click.option("--county", "county_key", required=True, help="Länets nyckel.")
@click.option("--routine", "key", required=True, help="Rutinens nyckel (processens id).")
@click.option("--subject", required=True, help="Ärendemening.")
@click.option("--public-subject", default="", help="Offentlig ärendemening, om den andra inte får synas i det offentliga diariet.")
@click.option(
    "--given", "givens", multiple=True, metavar="NAMN=VÄRDE", help="Svar på det som rutinen frågar när ett ärende öppnas; kan upprepas."
)
@click.option("--as", "username", required=True, help="Kontot som öppnar: en registrator eller en samordnare.")
@AS_JSON
def open_command(
    county_key: str, key: str, subject: str, public_subject: str, givens: tuple[str, ...], username: str, as_json: bool
) -> None:
    """Öppnar ett ärende på den version av rutinen som gäller i dag."""
    django_ready()
    from styrkedja.cases.services import open_case
    from styrkedja.cli.givens import parse_givens
    from styrkedja.core.policies.refusal import Refused
    from styrkedja.core.process.engine import EngineFault
    from styrkedja.ui.clock import day, now
    from styrkedja.workflows.selectors import current_definition

    at = now()
    county, actor = named_county(county_key), named_account(username)
    definition = current_definition(county, key, on=day(at))
    if definition is None:
        fail(f"{county} har ingen version av rutinen {key} som gäller i dag.")
    values = parse_givens(definition, givens)
    wording = {"subject": subject, "public_subject": public_subject}
    try:
        opened = open_case(actor=actor, county=county, definition=definition, **wording, givens=values, at=at, idempotency_key=uuid4())
    except (Refused, EngineFault) as fault:
        fail(fault.reason)
    _show(opened.number, county_key, as_json=as_json, title=f"Ärende {opened.number} är öppnat.")


@case.command("list")
@click.option("--county", "county_key", default="", help="Bara länet med den nyckeln.")
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    default="running",
    show_default=True,
    help="running: pågår, också stoppade; stopped: stoppade; ended: avslutade; closed: avskrivna; all: alla.",
)
@click.option("--step", "number", default="", help="Bara ärenden där steget med det numret är öppet.")
@click.option("--search", "text", default="", help="Sök i ärenden och handlingar.")
@click.option("--late", is_flag=True, help="Bara ärenden med ett steg vars datum har passerat.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True, help="Högst så många.")
@AS_JSON
def list_command(county_key: str, status: str, number: str, text: str, late: bool, limit: int, as_json: bool) -> None:
    """Listar ärenden, de senast öppnade först."""
    django_ready()
    from styrkedja.cli.case_texts import list_lines, list_rows
    from styrkedja.home.selectors.cases import RUNNING, CaseFilter, find_cases
    from styrkedja.ui.clock import day, now
    from styrkedja.workflows.models import InstanceStatus

    statuses = {
        "running": RUNNING,
        "stopped": (InstanceStatus.INCIDENT,),
        "ended": (InstanceStatus.ENDED,),
        "closed": (InstanceStatus.CLOSED,),
        "all": (),
    }
    county = named_county(county_key).pk if county_key else None
    wanted = CaseFilter(statuses=statuses[status], county=county, number=number, late=late, text=text)
    on = day(now())
    found = find_cases(operator(), wanted, on=on, page=None, size=limit)
    rows = list_rows(found, on=on)
    click.echo(_as_json(rows) if as_json else "\n".join(list_lines(rows, total=found.page.paginator.count, is_capped=found.is_capped)))


@case.command("show")
@click.argument("number")
@NUMBER_COUNTY
@click.option("--at", "on", type=Day(), help="Hur ärendet såg ut vid slutet av den dagen.")
@AS_JSON
def show_command(number: str, county_key: str, on: date | None, as_json: bool) -> None:
    """Visar ett ärende: var det står, vem som har det, datum, handlingar och beslut. NUMBER är ärendenummer eller diarienummer."""
    django_ready()
    _show(number, county_key, as_json=as_json, on=on)


def _show(number: str, county_key: str, *, as_json: bool, on: date | None = None, title: str = "") -> None:
    from styrkedja.cli.case_texts import case_lines, case_then, case_today
    from styrkedja.ui.clock import day, now
    from styrkedja.workflows.replaying import NotStarted

    found = numbered_case(number, county_key, on=day(now()))
    try:
        shown = case_today(found, operator(), at=now()) if on is None else case_then(found, operator(), until=_end_of(on))
    except NotStarted:
        fail(f"Ärende {number} öppnades efter {on}.")
    click.echo(_as_json(shown) if as_json else "\n".join([*([title, ""] if title else []), *case_lines(shown)]))


def _end_of(on: date) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time())) - timedelta(microseconds=1)


@case.command("history")
@click.argument("number")
@NUMBER_COUNTY
@AS_JSON
def history_command(number: str, county_key: str, as_json: bool) -> None:
    """Visar allt som har hänt i ett ärende, det äldsta först. NUMBER är ärendenummer eller diarienummer."""
    django_ready()
    from styrkedja.cli.case_texts import history_lines, history_rows
    from styrkedja.ui.clock import day, now

    rows = history_rows(numbered_case(number, county_key, on=day(now())))
    click.echo(_as_json(rows) if as_json else "\n".join(history_lines(rows)))


@case.command("export")
@click.argument("format", type=click.Choice(["xes", "ocel"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--county", "county_key", default="", help="Bara länet med den nyckeln.")
@click.option("--routine", default="", help="Bara rutinen med den nyckeln (processens id).")
@AS_JSON
def export_command(format: str, file: Path, county_key: str, routine: str, as_json: bool) -> None:
    """Skriver en händelselogg för processanalys: XES 1.0 (xes) eller OCEL 2.0 som JSON (ocel). Konton och ifyllda uppgifter tas inte med."""
    django_ready()
    from styrkedja.cli.exporting import export

    county = named_county(county_key) if county_key else None
    try:
        counts = export(format, file, operator(), county=county, routine=routine)
    except OSError as error:
        fail(f"{file} kunde inte skrivas: {error.strerror}.")
    if as_json:
        click.echo(_as_json({"file": str(file)} | counts))
    else:
        click.echo(f"{file}: {counts['cases']} ärenden, {counts['events']} händelser.")


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
