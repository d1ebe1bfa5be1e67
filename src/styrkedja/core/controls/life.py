"""A finding's life: found, accepted for a time, cleared when the data say so, reappeared.

A finding is a fault over time, known by its fingerprint. It keeps what was said of it from which day, so that the list of any past day can be made
again as it was. Nobody clears a finding by hand: it is cleared on the first day on which the rules do not find it. It can be accepted, by a
function, with a reason and to a last day, and is then still in the list. An acceptance belongs to the spell that it was given in: what is cleared
and comes back must be accepted anew.

Everything here is a value; nothing is ever changed in place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from styrkedja.core.controls.fault import Fault
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.sentences import Sentence

MAX_ACCEPTED_DAYS = 366  # after a year somebody looks again


class FindingState(StrEnum):
    FOUND = "FOUND"
    ACCEPTED = "ACCEPTED"
    CLEARED = "CLEARED"
    REAPPEARED = "REAPPEARED"


class Telling(NamedTuple):
    """What was said of the fault from the day `since` on."""

    since: date
    fault: Fault


class Acceptance(NamedTuple):
    """Accepted from `since` to and with `until`, for a reason, by a function (its title, or whatever names it). `withdrawn_on` ends it before."""

    since: date
    until: date
    reason: str
    function: str
    withdrawn_on: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on <= self.until and (self.withdrawn_on is None or on < self.withdrawn_on)


@dataclass(frozen=True)
class Spell:
    """Days in a row on which the fault was there: from `found_on` up to, not including, `cleared_on`. `tellings` has at least one, by day."""

    found_on: date
    tellings: tuple[Telling, ...]
    acceptances: tuple[Acceptance, ...] = ()
    cleared_on: date | None = None

    def contains(self, on: date) -> bool:
        return self.found_on <= on and (self.cleared_on is None or on < self.cleared_on)

    def told(self, on: date) -> Fault:
        """What was said on a day of the spell."""
        return next(telling.fault for telling in reversed(self.tellings) if telling.since <= on)


@dataclass(frozen=True)
class Finding:
    """`spells` in the order of time, at least one; only the last can be open."""

    fingerprint: str
    spells: tuple[Spell, ...]

    @property
    def is_open(self) -> bool:
        return self.spells[-1].cleared_on is None

    def state(self, on: date) -> FindingState | None:
        """How it stood on a day; None before it was first found."""
        if on < self.spells[0].found_on:
            return None
        for number, spell in enumerate(self.spells):
            if spell.contains(on):
                if any(acceptance.holds(on) for acceptance in spell.acceptances):
                    return FindingState.ACCEPTED
                return FindingState.REAPPEARED if number else FindingState.FOUND
        return FindingState.CLEARED

    def spell(self, on: date) -> Spell | None:
        """The spell that the day lies in."""
        return next((spell for spell in self.spells if spell.contains(on)), None)


class Row(NamedTuple):
    """A line of a list: the finding, how it stood, what was said, and since when it has been there."""

    finding: Finding
    state: FindingState
    fault: Fault
    found_on: date


def follow(findings: Iterable[Finding], faults: Iterable[Fault], on: date) -> tuple[Finding, ...]:
    """The findings after the controls have found `faults` on the day `on`, in the order given with new ones last.

    The same again on the same day changes nothing. Raises ValueError if a finding has been followed on a later day: the past is not rewritten.
    """
    known = {finding.fingerprint: finding for finding in findings}
    for finding in known.values():
        _check_order(finding, on)
    today = {fault.fingerprint: fault for fault in faults}
    followed = {key: _followed(finding, today.get(key), on) for key, finding in known.items()}
    new = {key: Finding(key, (Spell(on, (Telling(on, fault),)),)) for key, fault in today.items() if key not in known}
    return tuple(finding for finding in (*followed.values(), *new.values()) if finding is not None)


def _check_order(finding: Finding, on: date) -> None:
    last = finding.spells[-1]
    if max(last.cleared_on or last.found_on, last.tellings[-1].since) > on:
        raise ValueError(f"The finding {finding.fingerprint} has already been followed after {on}.")


def _followed(finding: Finding, fault: Fault | None, on: date) -> Finding | None:
    """The finding with this day's fault, or without any; None when it was found and gone on one and the same day."""
    last = finding.spells[-1]
    if fault is None:
        return _cleared(finding, on) if finding.is_open else finding
    if last.cleared_on == on:
        # What was cleared and is found again on one day was never cleared.
        return _with_last(finding, _told(replace(last, cleared_on=None), fault, on))
    if finding.is_open:
        return _with_last(finding, _told(last, fault, on))
    return replace(finding, spells=(*finding.spells, Spell(on, (Telling(on, fault),))))


def _cleared(finding: Finding, on: date) -> Finding | None:
    last = finding.spells[-1]
    if last.found_on < on:
        return _with_last(finding, replace(last, cleared_on=on))
    earlier = finding.spells[:-1]
    return replace(finding, spells=earlier) if earlier else None


def _told(spell: Spell, fault: Fault, on: date) -> Spell:
    last = spell.tellings[-1]
    if last.fault == fault:
        return spell
    kept = spell.tellings[:-1] if last.since == on else spell.tellings
    return replace(spell, tellings=(*kept, Telling(on, fault)))


def _with_last(finding: Finding, spell: Spell) -> Finding:
    return replace(finding, spells=(*finding.spells[:-1], spell))


def accept(finding: Finding, *, reason: str, until: date, function: str, on: date) -> Finding:
    """The finding, accepted from `on` to and with `until` by a function. Raises Refused."""
    if not finding.is_open:
        raise Refused(Sentence("Iakttagelsen är redan åtgärdad och behöver inte godtas."))
    if not reason.strip():
        raise Refused(Sentence("Skriv varför iakttagelsen godtas."))
    if until <= on:
        raise Refused(Sentence("Ange en slutdag som ligger efter i dag. En iakttagelse godtas aldrig tills vidare."))
    if (until - on).days > MAX_ACCEPTED_DAYS:
        raise Refused(Sentence("En iakttagelse kan godtas i högst %(days)s dagar. Ange en tidigare slutdag.", days=MAX_ACCEPTED_DAYS))
    last = finding.spells[-1]
    earlier = tuple(_withdrawn(acceptance, on) for acceptance in last.acceptances)
    return _with_last(finding, replace(last, acceptances=(*earlier, Acceptance(on, until, reason.strip(), function))))


def withdraw(finding: Finding, on: date) -> Finding:
    """The finding, no longer accepted. Raises Refused."""
    last = finding.spells[-1]
    if not finding.is_open or not any(acceptance.holds(on) for acceptance in last.acceptances):
        raise Refused(Sentence("Iakttagelsen är inte godtagen."))
    return _with_last(finding, replace(last, acceptances=tuple(_withdrawn(acceptance, on) for acceptance in last.acceptances)))


def _withdrawn(acceptance: Acceptance, on: date) -> Acceptance:
    return acceptance._replace(withdrawn_on=on) if acceptance.holds(on) else acceptance


def standing(findings: Iterable[Finding], on: date, body: str | None = None) -> tuple[Row, ...]:
    """The list of a day, of one body or of all: the same whenever it is asked for. The gravest first, then by rule, check and thing."""
    rows = (row for finding in findings if (row := _row(finding, on)) and (body is None or body in row.fault.bodies))
    return tuple(sorted(rows, key=lambda row: (-row.fault.severity.rank, row.fault.rule, row.fault.check, row.fault.ref, row.fault.part)))


def _row(finding: Finding, on: date) -> Row | None:
    spell, state = finding.spell(on), finding.state(on)
    return Row(finding, state, spell.told(on), spell.found_on) if spell and state else None


def changes(findings: Iterable[Finding], on: date) -> Mapping[FindingState, tuple[Finding, ...]]:
    """What happened on a day: which findings were found, accepted, cleared or reappeared."""
    happened = [(state, finding) for finding in findings for state in _happened(finding, on)]
    return {state: tuple(finding for other, finding in happened if other is state) for state in FindingState}


def _happened(finding: Finding, on: date) -> Iterator[FindingState]:
    for number, spell in enumerate(finding.spells):
        if spell.found_on == on:
            yield FindingState.REAPPEARED if number else FindingState.FOUND
        if spell.cleared_on == on:
            yield FindingState.CLEARED
        if any(acceptance.since == on for acceptance in spell.acceptances):
            yield FindingState.ACCEPTED
