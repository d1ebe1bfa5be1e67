"""A finding's life, day by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.life import Finding, FindingState, accept, changes, follow, standing, withdraw
from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.sentences import Sentence

MONDAY = date(2026, 10, 12)
FAULT = Fault(
    "R07", "R07a", Severity.FAULT, Ref(ObjectKind.ACTION, "1"), "Hyrstopp", ("nämnden",), Sentence("Åtgärden bidrar inte till något mål.")
)
OTHER = replace(FAULT, ref=Ref(ObjectKind.ACTION, "2"), severity=Severity.INFO, bodies=("styrelsen", "nämnden"))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def lived(*days: list[Fault]) -> tuple[Finding, ...]:
    """What is known after the controls have found these, day after day."""
    findings: tuple[Finding, ...] = ()
    for number, faults in enumerate(days):
        findings = follow(findings, faults, day(number))
    return findings


def states(finding: Finding, days: int) -> list[FindingState | None]:
    return [finding.state(day(number)) for number in range(days)]


def test_a_finding_is_found_cleared_and_reappears() -> None:
    [finding] = lived([], [FAULT], [FAULT], [], [], [FAULT])
    found, cleared, again = FindingState.FOUND, FindingState.CLEARED, FindingState.REAPPEARED
    assert states(finding, 6) == [None, found, found, cleared, cleared, again]


def test_an_accepted_finding_stands_in_the_list_until_its_last_day() -> None:
    [finding] = lived([FAULT])
    accepted = accept(finding, reason=" Avtalet löper ut. ", until=day(3), function="Controller", on=day(1))
    assert states(accepted, 6) == [FindingState.FOUND, *[FindingState.ACCEPTED] * 3, *[FindingState.FOUND] * 2]
    assert [row.state for row in standing([accepted], day(2), "nämnden")] == [FindingState.ACCEPTED]
    assert accepted.spells[0].acceptances[0].reason == "Avtalet löper ut."
    assert finding.spells[0].acceptances == ()


def test_what_comes_back_must_be_accepted_anew() -> None:
    [finding] = lived([FAULT])
    accepted = accept(finding, reason="Avtalet löper ut.", until=day(9), function="Controller", on=day(0))
    [again] = follow(follow([accepted], [], day(2)), [FAULT], day(4))
    assert states(again, 5) == [FindingState.ACCEPTED] * 2 + [FindingState.CLEARED] * 2 + [FindingState.REAPPEARED]


def test_an_acceptance_is_withdrawn_and_given_again() -> None:
    [finding] = lived([FAULT])
    accepted = accept(finding, reason="Avtalet löper ut.", until=day(9), function="Controller", on=day(1))
    withdrawn = withdraw(accepted, day(3))
    assert states(withdrawn, 5) == [FindingState.FOUND, *[FindingState.ACCEPTED] * 2, *[FindingState.FOUND] * 2]
    again = accept(withdrawn, reason="Nytt avtal.", until=day(5), function="Direktör", on=day(4))
    assert states(again, 7)[3:] == [FindingState.FOUND, *[FindingState.ACCEPTED] * 2, FindingState.FOUND]


@pytest.mark.parametrize(
    ("reason", "until", "told"),
    [
        (" ", day(9), "Skriv varför iakttagelsen godtas."),
        ("Skäl", day(1), "Ange en slutdag som ligger efter i dag. En iakttagelse godtas aldrig tills vidare."),
        ("Skäl", day(400), "En iakttagelse kan godtas i högst 366 dagar. Ange en tidigare slutdag."),
    ],
)
def test_an_acceptance_needs_a_reason_and_an_end(reason: str, until: date, told: str) -> None:
    [finding] = lived([FAULT])
    with pytest.raises(Refused) as refused:
        accept(finding, reason=reason, until=until, function="Controller", on=day(1))
    assert str(refused.value) == told
    assert finding.state(day(1)) is FindingState.FOUND


def test_what_is_cleared_cannot_be_accepted_nor_what_is_not_accepted_withdrawn() -> None:
    [finding] = lived([FAULT], [])
    with pytest.raises(Refused, match="redan åtgärdad"):
        accept(finding, reason="Skäl", until=day(9), function="Controller", on=day(2))
    [open_finding] = lived([FAULT])
    with pytest.raises(Refused, match="inte godtagen"):
        withdraw(open_finding, day(1))


def test_the_same_day_again_changes_nothing() -> None:
    once = lived([FAULT], [FAULT, OTHER])
    assert follow(once, [FAULT, OTHER], day(1)) == once


def test_what_was_found_and_gone_in_a_day_never_was() -> None:
    assert follow(lived([FAULT]), [], day(0)) == ()
    [finding] = follow(lived([FAULT], [], [FAULT]), [], day(2))
    assert states(finding, 3) == [FindingState.FOUND, FindingState.CLEARED, FindingState.CLEARED]


def test_what_was_cleared_and_is_back_in_a_day_was_never_cleared() -> None:
    [finding] = follow(lived([FAULT], []), [FAULT], day(1))
    assert (len(finding.spells), finding.state(day(1))) == (1, FindingState.FOUND)


def test_the_past_is_not_rewritten() -> None:
    findings = lived([FAULT], [FAULT], [])
    with pytest.raises(ValueError, match="already been followed"):
        follow(findings, [FAULT], day(1))


def test_a_list_tells_what_was_said_that_day() -> None:
    graver = replace(FAULT, explanation=Sentence("Åtgärden bidrar inte längre till något mål."), name="Hyrstoppet", bodies=("styrelsen",))
    findings = lived([FAULT], [FAULT], [graver])
    assert [row.fault for row in standing(findings, day(1), "nämnden")] == [FAULT]
    assert standing(findings, day(2), "nämnden") == ()
    assert [(row.fault, row.found_on) for row in standing(findings, day(2), "styrelsen")] == [(graver, day(0))]


def test_a_list_puts_the_gravest_first() -> None:
    findings = lived([OTHER, FAULT])
    assert [row.fault for row in standing(findings, day(0))] == [FAULT, OTHER]


def test_a_day_tells_what_happened() -> None:
    findings = lived([FAULT], [OTHER], [FAULT])
    first, second = findings
    assert changes(findings, day(0)) == {state: (first,) if state is FindingState.FOUND else () for state in FindingState}
    assert changes(findings, day(1))[FindingState.CLEARED] == (first,)
    assert changes(findings, day(2))[FindingState.REAPPEARED] == (first,)
    assert changes(findings, day(2))[FindingState.CLEARED] == (second,)
    accepted = accept(first, reason="Skäl", until=day(9), function="Controller", on=day(3))
    assert changes([accepted], day(3))[FindingState.ACCEPTED] == (accepted,)


DAYS = st.lists(st.lists(st.sampled_from([FAULT, OTHER, replace(FAULT, name="Annat namn")]), max_size=3), min_size=1, max_size=8)


@given(DAYS, st.data())
def test_the_list_of_a_past_day_can_always_be_made_again(days: list[list[Fault]], data: st.DataObject) -> None:
    """Whatever happens later, and whenever somebody accepts something."""
    findings: tuple[Finding, ...] = ()
    lists = []
    for number, faults in enumerate(days):
        findings = follow(findings, faults, day(number))
        openly = [finding for finding in findings if finding.is_open]
        if openly and data.draw(st.booleans()):
            chosen = data.draw(st.sampled_from(openly))
            accepted = accept(
                chosen, reason="Skäl", until=day(number + data.draw(st.integers(1, 4))), function="Controller", on=day(number)
            )
            findings = tuple(accepted if finding == chosen else finding for finding in findings)
        lists.append([(row.state, row.fault, row.found_on) for row in standing(findings, day(number))])
        assert {row.fault.fingerprint for row in standing(findings, day(number))} == {fault.fingerprint for fault in faults}
    for number, earlier in enumerate(lists):
        assert [(row.state, row.fault, row.found_on) for row in standing(findings, day(number))] == earlier
