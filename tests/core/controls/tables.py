"""How the tables of the rules are read: a snapshot with a fault, what is found in it, and the snapshot in which it is cleared."""

from typing import NamedTuple

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rules import BY_ID
from styrkedja.core.controls.run import faults_of
from styrkedja.core.controls.snapshot import Snapshot
from tests.core.controls.region import CLEAN

Found = tuple[str, str]


class Case(NamedTuple):
    """`found` are check and key of each thing found, in any order; `cleared` is how it looks when it has been seen to."""

    says: str
    faulty: Snapshot
    found: list[Found]
    cleared: Snapshot = CLEAN


class Near(NamedTuple):
    """What looks like a fault and is none."""

    says: str
    snapshot: Snapshot


def found_in(rule: str, snapshot: Snapshot) -> list[Found]:
    return sorted((fault.check, fault.ref.key) for fault in faults_of(BY_ID[rule], Chain(snapshot)))


def check_table(rule: str, case: Case | Near) -> None:
    """A line of a rule's table."""
    if isinstance(case, Near):
        assert found_in(rule, case.snapshot) == []
        return
    assert found_in(rule, case.faulty) == sorted(case.found)
    assert found_in(rule, case.cleared) == []


def says(case: Case | Near) -> str:
    return case.says
