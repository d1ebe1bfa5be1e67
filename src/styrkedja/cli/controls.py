"""`styrkedja controls`: what auditors would find, before they come."""

import json
from datetime import date
from typing import Any

import click

from styrkedja.cli.days import Day
from styrkedja.cli.main import django_ready, fail

_WRONG_USE = 2  # 1 says that findings are open
_SEVERITIES = {"F": "fel", "V": "varning", "I": "upplysning"}


@click.group()
def controls() -> None:
    """Revisionskontroll: det som en granskning skulle finna i styrkedjan."""


@controls.command("run")
@click.option("--body", help="Bara iakttagelser i listan för organet med den nyckeln.")
@click.option("--at", type=Day(), help="Listan som den var den dagen. Utan datum körs kontrollerna nu.")
@click.option(
    "--severity",
    type=click.Choice(list(_SEVERITIES)),
    default="V",
    show_default=True,
    help="Slutkoden är 1 när det finns öppna iakttagelser som är minst så allvarliga: F fel, V varning, I upplysning. 2 betyder att kommandot skrevs fel.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON, se docs/controls-json.md.")
def run_command(body: str | None, at: date | None, severity: str, as_json: bool) -> None:
    """Kör kontrollerna på dagens styrkedja, eller visar listan för en dag som har varit."""
    django_ready()
    from styrkedja.core.controls.life import FindingState
    from styrkedja.core.controls.rule import Severity

    answer = _answer(body, at)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else _text(answer))
    limit = Severity(severity).rank
    standing = (one for one in answer["findings"] if one["state"] != FindingState.ACCEPTED)
    if any(Severity(one["severity"]).rank >= limit for one in standing):
        raise SystemExit(1)


def _answer(body: str | None, at: date | None) -> dict[str, Any]:
    from styrkedja.controls.presenters.listing import as_json
    from styrkedja.controls.selectors.findings import findings_on
    from styrkedja.controls.selectors.snapshot import scope_on
    from styrkedja.controls.services import run_controls
    from styrkedja.ui.clock import day, now

    moment = now()
    today = day(moment)
    on = at or today
    if on > today:
        fail(f"Dagen {on} har inte varit än. Ange en dag till och med {today}.", _WRONG_USE)
    if body is not None:
        _check_body(body)
    if at is None or at == today:
        run_controls(actor=None, at=moment)
    else:
        _check_looked(on)
    scope = scope_on(on)
    found = findings_on(None, on=on, today=today, counties=scope.counties, body=body)
    return as_json(found, scope, body=body)


def _check_body(key: str) -> None:
    from styrkedja.organisations.selectors import bodies_by_key

    if key not in bodies_by_key([key]):
        fail(f"Det finns inget organ med nyckeln {key}. Nycklarna står i länets filer och i adressen till organets sida.", _WRONG_USE)


def _check_looked(on: date) -> None:
    from styrkedja.controls.selectors.findings import first_run_on
    from styrkedja.organisations.selectors import counties

    first = first_run_on(counties())
    if first is None:
        fail("Kontrollerna har aldrig körts, så det finns ingen lista för en dag som har varit. Kör utan --at.", _WRONG_USE)
    if on < first:
        fail(f"Kontrollerna kördes första gången {first}. Det finns ingen lista för {on}.", _WRONG_USE)


def _text(answer: dict[str, Any]) -> str:
    lines = [f"Revisionskontroll {answer['on']}: {len(answer['findings'])} iakttagelser."]
    for one in answer["findings"]:
        lines += [
            "",
            f"{one['check']} {_SEVERITIES[one['severity']]}: {one['object']['name']} ({one['object']['key']})",
            f"  {one['explanation']}",
            f"  Källa {one['source']}: ”{one['quote']}”",
            f"  Åtgärdas så: {one['clears']}",
            f"  I listan för {', '.join(one['bodies']) or 'ingen'} sedan {one['found_on']}" + _accepted(one),
        ]
    if answer["outside"]:
        lines += ["", f"Utan styrdokument i kraft och därför inte kontrollerade: {', '.join(answer['outside'])}."]
    return "\n".join(lines)


def _accepted(one: dict[str, Any]) -> str:
    return f". Godtagen till och med {one['accepted_until']}: {one['accepted_reason']}" if one["accepted_until"] else "."
