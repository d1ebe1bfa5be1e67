"""All rules over a snapshot."""

from collections.abc import Iterable, Iterator
from typing import Any

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.rule import Rule
from styrkedja.core.controls.rules import RULES
from styrkedja.core.controls.settings import STANDARD, Settings
from styrkedja.core.controls.snapshot import Snapshot


def faults(snapshot: Snapshot, settings: Settings = STANDARD, rules: Iterable[Rule[Any]] = RULES) -> tuple[Fault, ...]:
    """Every fault on the day of the snapshot, each once, by rule, check and thing; the same for the same snapshot and settings."""
    chain = Chain(snapshot)
    found = (fault for rule in rules for fault in faults_of(rule, chain, settings))
    ordered = sorted(found, key=lambda fault: (fault.rule, fault.check, fault.ref, fault.part, fault.explanation))
    # A check may come to the same thing twice, as when a goal has two targets for one indicator.
    return tuple({fault.fingerprint: fault for fault in reversed(ordered)}.values())[::-1]


def faults_of(rule: Rule[Any], chain: Chain, settings: Settings = STANDARD) -> Iterator[Fault]:
    """What one rule finds."""
    limits = settings.limits(rule)
    for check in rule.checks:
        if not settings.is_off(rule, check):
            severity = settings.severity(rule, check)
            for gap in check.find(chain, limits):
                yield Fault(rule.id, check.code, severity, *gap)
