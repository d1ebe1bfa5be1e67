"""A finding as it is kept, and as core.controls.life knows it."""

from collections.abc import Iterable
from typing import Any

from styrkedja.controls.models import Finding, FindingAcceptance, FindingSpell
from styrkedja.core.controls import life
from styrkedja.core.controls.record import read


def as_life(finding: Finding) -> life.Finding:
    """With its spells, tellings and acceptances, which should have been fetched beforehand."""
    return life.Finding(finding.fingerprint, tuple(_spell(spell) for spell in _by(finding.spells.all(), "found_on")))


def _by(rows: Iterable[Any], name: str) -> list[Any]:
    return sorted(rows, key=lambda row: (getattr(row, name), row.pk))


def _spell(spell: FindingSpell) -> life.Spell:
    return life.Spell(
        spell.found_on,
        tuple(life.Telling(telling.since, read(telling.record)) for telling in _by(spell.tellings.all(), "since")),
        tuple(_acceptance(acceptance) for acceptance in _by(spell.acceptances.all(), "since")),
        spell.cleared_on,
    )


def _acceptance(row: FindingAcceptance) -> life.Acceptance:
    return life.Acceptance(row.since, row.until, row.reason, row.function, row.withdrawn_on)
