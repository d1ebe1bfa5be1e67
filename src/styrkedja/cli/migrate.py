"""`styrkedja routine migrate`: running cases to another version of their routine, and back."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from styrkedja.cli.asking import named_account, named_county
from styrkedja.cli.main import django_ready, fail

if TYPE_CHECKING:
    from styrkedja.accounts.models import User
    from styrkedja.organisations.models import County
    from styrkedja.workflows.models import ProcessDefinition, ProcessInstance
    from styrkedja.workflows.presenters.moves import MoveRow, StepLine


@click.command("migrate")
@click.option("--county", "county_key", required=True, help="Länets nyckel.")
@click.option("--routine", "key", required=True, help="Rutinens nyckel (processens id).")
@click.option("--to", "version", type=int, help="Versionen som ärendena flyttas till.")
@click.option("--revert", is_flag=True, help="Återta i stället varje ärendes senaste flytt.")
@click.option("--case", "numbers", multiple=True, help="Ärendenummer eller diarienummer; kan upprepas. Annars alla pågående ärenden.")
@click.option("--apply", "carry_out", is_flag=True, help="Flytta. Utan den visas bara vad flytten skulle innebära.")
@click.option("--as", "username", default="", help="Kontot som flyttar; annars systemförvaltaren vid kommandoraden.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def migrate_command(
    county_key: str, key: str, version: int | None, revert: bool, numbers: tuple[str, ...], carry_out: bool, username: str, as_json: bool
) -> None:
    """Flyttar pågående ärenden till en annan version av rutinen. Slutar med 1 om något ärende inte kan flyttas."""
    if revert == (version is not None):
        fail("Ange antingen --to VERSION eller --revert.", 2)
    django_ready()
    from styrkedja.core.policies.refusal import Refused

    county, actor = named_county(county_key), named_account(username) if username else None
    target = _definition(county, key, version) if version is not None else None
    try:
        rows = _moves(actor, county, key, target, numbers, carry_out=carry_out)
    except Refused as refused:
        fail(refused.reason)
    click.echo(_as_json(rows, moved=carry_out) if as_json else _as_text(rows, moved=carry_out))
    raise SystemExit(1 if any(row.obstacle for row in rows) else 0)


def _definition(county: "County", key: str, version: int) -> "ProcessDefinition":
    from styrkedja.workflows.selectors import published

    versions = {definition.version: definition for definition in published(county, key=key)}
    if not versions:
        fail(f"{county} har ingen publicerad rutin med nyckeln {key}.")
    if version not in versions:
        fail(f"Version {version} av {key} är inte publicerad. Publicerade versioner: {', '.join(map(str, sorted(versions)))}.")
    return versions[version]


def _moves(
    actor: "User | None", county: "County", key: str, target: "ProcessDefinition | None", numbers: tuple[str, ...], *, carry_out: bool
) -> "list[MoveRow]":
    from styrkedja.ui.clock import now
    from styrkedja.workflows.presenters.moves import move_rows
    from styrkedja.workflows.services import migrating

    at = now()
    migrating.check_mover(actor, county, at=at)
    instances = _instances(actor, county, key, target, numbers)
    if target is None and carry_out:
        moves = migrating.revert_many(actor=actor, instances=instances, at=at)
    elif target is None:
        moves = migrating.preview_revert(user=actor, instances=instances, at=at)
    elif carry_out:
        moves = migrating.migrate_many(actor=actor, instances=instances, definition_to=target, at=at)
    else:
        moves = migrating.preview(user=actor, definition_to=target, instances=instances, at=at)
    return move_rows(moves)


def _instances(
    actor: "User | None", county: "County", key: str, target: "ProcessDefinition | None", numbers: tuple[str, ...]
) -> "list[ProcessInstance]":
    """The cases named, or all that the move is about."""
    from styrkedja.ui.clock import day, now
    from styrkedja.workflows.selectors_moving import moved_cases, running_cases

    cases = running_cases if target is not None else moved_cases
    found = cases(actor, county, key, on=day(now()), numbers=numbers)
    known = {number for instance in found for number in (instance.case.number, instance.case.registry_number)}
    if missing := [number for number in numbers if number not in known]:
        what = "pågår inte i rutinen" if target is not None else "har ingen flytt att återta"
        fail(f"Ärende {', '.join(missing)} {what}. Inget har flyttats.")
    return found if numbers or target is None else [instance for instance in found if instance.definition_id != target.pk]


def _as_json(rows: "list[MoveRow]", *, moved: bool) -> str:
    found: list[dict[str, Any]] = [asdict(row) | {"moved": moved and not row.obstacle} for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _as_text(rows: "list[MoveRow]", *, moved: bool) -> str:
    if not rows:
        return "Det finns inga ärenden att flytta."
    stuck = sum(bool(row.obstacle) for row in rows)
    going = len(rows) - stuck
    verb = "flyttades" if moved else "skulle flyttas"
    summary = f"{going} {'ärende' if going == 1 else 'ärenden'} {verb}" + (f", {stuck} kan inte flyttas." if stuck else ".")
    advice = [] if moved else ["Inget har flyttats. Lägg till --apply för att flytta."]
    return "\n".join([line for row in rows for line in _row_lines(row)] + [summary, *advice])


def _row_lines(row: "MoveRow") -> list[str]:
    head = f"{row.number} {row.subject}".strip() + f": version {row.version_from}" + (f" → {row.version_to}" if row.version_to else "")
    if row.obstacle:
        return [head, f"  Kan inte flyttas: {row.obstacle}"]
    stands = "; ".join(map(str, row.stands)) or f"slutet {row.ended}"
    lines = [head, f"  Står sedan vid: {stands}", f"  Behålls: {len(row.kept)} utförda steg"]
    return lines + _dropped_lines("Räknas inte längre", row.removed) + _dropped_lines("Görs om", row.redo)


def _dropped_lines(title: str, lines: "tuple[StepLine, ...]") -> list[str]:
    return [f"  {title}: {line}. {line.reason}" for line in lines]
