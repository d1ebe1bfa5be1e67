"""A finding is accepted for a time, with a reason, by who answers for it; and no longer."""

from datetime import date, datetime

from styrkedja.accounts.models import User
from styrkedja.controls.kept import as_life
from styrkedja.controls.models import Finding, FindingAcceptance, FindingSpell
from styrkedja.controls.policies import check_accept
from styrkedja.controls.selectors.findings import with_lives
from styrkedja.core.controls import life
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.ui.clock import day


@on_record_when_forbidden("finding.acceptance_refused")
def accept_finding(*, actor: User, finding: Finding, reason: str, until: date, at: datetime) -> FindingAcceptance:
    """Accepts an open finding to and with `until`. Raises Refused if it is not open, without a reason, for too long, or unless the actor may."""
    row = _locked(finding)
    before = as_life(row)
    function = check_accept(actor, row, on=day(at))
    given = life.accept(before, reason=reason, until=until, function=function, on=day(at)).spells[-1].acceptances[-1]
    spell = _open(row)
    _end_standing(spell, on=day(at))
    acceptance = FindingAcceptance.objects.create(
        spell=spell, since=given.since, until=given.until, reason=given.reason, function=function, account=actor, at=at
    )
    payload = {"rule": row.rule, "check": row.check_code, "object": row.object_key, "until": until.isoformat(), "reason": given.reason}
    append(actor=actor, act="finding.accepted", object_type="finding", object_id=row.pk, payload=payload, at=at, function=function)
    return acceptance


@on_record_when_forbidden("finding.withdrawal_refused")
def withdraw_acceptance(*, actor: User, finding: Finding, at: datetime) -> None:
    """The finding is no longer accepted. Raises Refused if it was not, or unless the actor may."""
    row = _locked(finding)
    function = check_accept(actor, row, on=day(at))
    life.withdraw(as_life(row), day(at))
    _end_standing(_open(row), on=day(at))
    payload = {"rule": row.rule, "check": row.check_code, "object": row.object_key}
    append(
        actor=actor, act="finding.acceptance_withdrawn", object_type="finding", object_id=row.pk, payload=payload, at=at, function=function
    )


def _locked(finding: Finding) -> Finding:
    Finding.objects.select_for_update(no_key=True).get(pk=finding.pk)
    return with_lives(Finding.objects.filter(pk=finding.pk)).get()


def _open(row: Finding) -> FindingSpell:
    return next(spell for spell in row.spells.all() if spell.cleared_on is None)


def _end_standing(spell: FindingSpell, *, on: date) -> None:
    spell.acceptances.filter(withdrawn_on=None, until__gte=on).update(withdrawn_on=on)
