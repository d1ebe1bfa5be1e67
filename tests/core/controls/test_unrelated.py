"""What has nothing to do with a thing changes nothing about it."""

from dataclasses import fields
from typing import Any

from hypothesis import HealthCheck, given, settings

from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.run import faults
from styrkedja.core.controls.snapshot import Snapshot
from tests.core.controls.drawn import unrelated
from tests.core.controls.faulty import FAULTY
from tests.core.controls.region import CLEAN, added

KNOWN = {
    key for field in fields(FAULTY) if field.name != "on" for thing in getattr(FAULTY, field.name) if (key := getattr(thing, "key", ""))
}


def is_about_the_region(fault: Fault) -> bool:
    return any(ref.key in KNOWN for ref in (fault.ref, *fault.others)) or not KNOWN.isdisjoint(fault.bodies)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(unrelated())
def test_an_unrelated_thing_never_changes_a_finding(things: dict[str, tuple[Any, ...]]) -> None:
    for snapshot in (CLEAN, FAULTY):
        together = faults(added(snapshot, **things))
        assert tuple(fault for fault in together if is_about_the_region(fault)) == faults(snapshot)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(unrelated())
def test_no_snapshot_is_too_odd_to_be_looked_at(things: dict[str, tuple[Any, ...]]) -> None:
    """Rings, references to nothing and empty keys: an answer, the same each time, and each fault once."""
    odd = Snapshot(on=CLEAN.on, **things)
    found = faults(odd)
    assert found == faults(odd)
    assert len({fault.fingerprint for fault in found}) == len(found)
