"""What `styrkedja indicators show` tells, as data and as text."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from styrkedja.cli.indicator_site import open_site
from styrkedja.cli.main import fail
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.levels import LEVELS
from styrkedja.core.indicators.outcome import ALL, Key, Outcome, ValueStatus
from styrkedja.core.indicators.plan_files import PlanFile, read_plan
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.indicators.computing import Bounds
from styrkedja.indicators.showing import Choice, read_by, values_by
from styrkedja.organisations.models import Body
from styrkedja.ui.clock import day, now

_READINGS = {"was": "som organisationen var", "is": "som organisationen är i dag"}
_WITHOUT = {ValueStatus.NO_DENOMINATOR: "nämnare saknas", ValueStatus.TOO_FEW: "för få", ValueStatus.NOT_PUBLISHED: "inte publicerat"}


def values_asked(
    key: str, *, level: str | None, unit: str | None, reading: str, plan: Path | None, bounds: Bounds, parts: bool
) -> dict[str, Any]:
    """The values as documented in docs/cli.md. Ends the command for what cannot be asked; raises what showing raises."""
    site, today = open_site(), day(now())
    definition = site.definitions.get(key)
    if definition is None:
        fail(f"Det finns ingen indikator ”{key}”. Kontrollera med styrkedja indicators check.")
    if not definition.is_computed:
        fail(f"”{key}” räknas inte här: den har bara färdiga värden.")
    planned, at = _plan(plan), _day(reading, today)
    read = read_by(at, planned)
    choice = Choice(_level(level), unit, parts)
    found = values_by(site=site, definition=definition, reading=read, choice=choice, bounds=bounds, on=today)
    names = dict(Body.objects.filter(key__in={one.body for one, _outcome in found}).values_list("key", "name"))
    kinds = {body.key: str(body.kind) for body in read.structure.bodies}
    return {
        "indicator": definition.id,
        "title": definition.title,
        "unit": definition.value.unit,
        "decimals": definition.value.decimals,
        "as": "planned" if planned else reading if reading in _READINGS else "date",
        "on": None if reading == "was" and not planned else str(getattr(read, "day", today)),
        "values": [_value(definition, one, outcome, names, kinds) for one, outcome in found],
    }


def _day(reading: str, today: date) -> date | None:
    if reading in _READINGS:
        return None if reading == "was" else today
    try:
        return date.fromisoformat(reading)
    except ValueError:
        fail(f"--as {reading}: skriv was, is eller ett datum, till exempel 2026-01-31.")


def _level(text: str | None) -> OrganisationKind | None:
    if text is not None and text not in LEVELS:
        fail(f"--level {text} finns inte. Nivåerna är {', '.join(LEVELS)}.")
    return None if text is None else OrganisationKind(text)


def _plan(path: Path | None) -> PlanFile | None:
    if path is None:
        return None
    read = read_plan(str(path), path.read_bytes())
    if not isinstance(read, PlanFile):
        fail("\n".join(f"{finding.file}:{finding.line}: {finding.message}" for finding in read))
    return read


def _value(definition: Definition, key: Key, outcome: Outcome, names: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, Any]:
    lower = outcome.denominator
    return {
        "body": key.body,
        "name": names.get(key.body, key.body),
        "level": kinds[key.body],
        "from": str(key.span.first_day),
        "to": str(key.span.last_day),
        "dimensions": {name: part for name, part in zip(definition.dimensions, key.dimensions, strict=True) if part != ALL},
        "numerator": outcome.numerator.amount,
        "denominator": None if lower is None else lower.amount,
        "value": outcome.value,
        "status": str(outcome.status.value),
    }


def told(shown: Mapping[str, Any]) -> str:
    """The values as text, body by body."""
    return "\n".join(_lines(shown))


def _lines(shown: Mapping[str, Any]) -> Iterator[str]:
    by = _READINGS.get(
        shown["as"], f"med organisationen {shown['on']}" if shown["as"] == "date" else f"med planerad organisation {shown['on']}"
    )
    yield f"{shown['title']} ({shown['unit']}), {by}"
    if not shown["values"]:
        yield "Det finns inga värden. Någon månad saknas, eller så finns inga rader för det som visas."
    last = None
    for value in shown["values"]:
        if value["body"] != last:
            last = value["body"]
            yield f"\n{value['name']} ({value['body']})"
        parts = ", ".join(value["dimensions"].values())
        figure = _WITHOUT.get(ValueStatus(value["status"])) or f"{value['value']:.{shown['decimals']}f}".replace(".", ",")
        yield f"  {value['from'][:7]}–{value['to'][:7]}  {figure:>14}  {parts}".rstrip()
