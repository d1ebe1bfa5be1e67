"""One look of the controls at the chain, and what became of every finding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from styrkedja.accounts.models import User
from styrkedja.controls.kept import as_life
from styrkedja.controls.models import ControlRun, Finding, FindingSpell, FindingTelling
from styrkedja.controls.selectors.findings import with_lives
from styrkedja.controls.selectors.settings import settings_of
from styrkedja.controls.selectors.snapshot import Scope, scope_on, snapshot
from styrkedja.core.controls import life
from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.record import recorded
from styrkedja.core.controls.run import faults
from styrkedja.ledger.services import append
from styrkedja.organisations.models import County
from styrkedja.ui.clock import day


@dataclass(frozen=True)
class Ran:
    """What was looked at: the counties, and those that have no steering document in force and so no chain to look at."""

    on: date
    counties: tuple[County, ...]
    outside: tuple[County, ...]


@transaction.atomic
def run_controls(*, actor: User | None, at: datetime) -> Ran:
    """Looks at every chain as it stands today. `actor` is None for the nightly job. The same again on the same day changes nothing.

    Raises ValueError if the controls have already looked on a later day.
    """
    scope = scope_on(day(at))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('styrkedja.controls', 0))")
    for county in scope.counties:
        _run(actor, scope.only(county), county, at)
    return Ran(scope.on, scope.counties, scope.outside)


def _run(actor: User | None, scope: Scope, county: County, at: datetime) -> None:
    found = faults(snapshot(scope), settings_of(county))
    rows = {row.fingerprint: row for row in with_lives(Finding.objects.filter(county=county))}
    before = {fingerprint: as_life(row) for fingerprint, row in rows.items()}
    after = {finding.fingerprint: finding for finding in life.follow(before.values(), found, scope.on)}
    by_fingerprint = {fault.fingerprint: fault for fault in found}
    _drop(rows[fingerprint] for fingerprint in before.keys() - after.keys())
    for fingerprint, finding in after.items():
        if before.get(fingerprint) != finding:
            row = rows.get(fingerprint) or _new(county, by_fingerprint[fingerprint])
            _keep(row, before.get(fingerprint), finding)
    _, is_new = ControlRun.objects.update_or_create(county=county, on=scope.on, defaults={"finished_at": at, "found": len(found)})
    changed = _counted(life.changes(after.values(), scope.on))
    if is_new or any(before.get(fingerprint) != finding for fingerprint, finding in after.items()) or before.keys() - after.keys():
        payload = {"on": scope.on.isoformat(), "found": len(found), **changed}
        append(actor=actor, act="controls.run", object_type="county", object_id=county.key, payload=payload, at=at)


def _counted(changes: Mapping[life.FindingState, tuple[life.Finding, ...]]) -> dict[str, int]:
    return {state.value: len(findings) for state, findings in changes.items()}


def _new(county: County, fault: Fault) -> Finding:
    return Finding.objects.create(
        county=county,
        fingerprint=fault.fingerprint,
        rule=fault.rule,
        check_code=fault.check,
        object_kind=fault.ref.kind.value,
        object_key=fault.ref.key,
        part=fault.part,
    )


def _keep(row: Finding, before: life.Finding | None, finding: life.Finding) -> None:
    """Writes the spells that differ. Earlier ones never do: only the last can be told anew, end, or be taken back on its first day."""
    known = {spell.found_on: spell for spell in before.spells} if before else {}
    _drop_spells(FindingSpell.objects.filter(finding=row, found_on__in=known.keys() - {spell.found_on for spell in finding.spells}))
    for spell in finding.spells:
        if known.get(spell.found_on) != spell:
            kept, _made = FindingSpell.objects.update_or_create(
                finding=row, found_on=spell.found_on, defaults={"cleared_on": spell.cleared_on}
            )
            for telling in spell.tellings:
                FindingTelling.objects.update_or_create(spell=kept, since=telling.since, defaults={"record": recorded(telling.fault)})


def _drop(rows: Iterable[Finding]) -> None:
    """What was found and gone on one and the same day was never in any list."""
    for row in rows:
        _drop_spells(FindingSpell.objects.filter(finding=row))
        row.delete()


def _drop_spells(spells: Iterable[FindingSpell]) -> None:
    for spell in spells:
        spell.acceptances.all().delete()
        spell.tellings.all().delete()
        spell.delete()
