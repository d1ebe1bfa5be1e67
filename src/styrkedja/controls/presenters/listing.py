"""A list of findings as JSON values, the same for the command line and for programs (docs/controls-json.md)."""

from collections.abc import Iterable
from typing import Any

from styrkedja.controls.selectors.findings import Found
from styrkedja.controls.selectors.snapshot import Scope
from styrkedja.core.controls.rule import Check, Rule
from styrkedja.core.controls.rules import RULES

_RULES: dict[str, Rule[Any]] = {rule.id: rule for rule in RULES}
_CHECKS: dict[tuple[str, str], Check[Any]] = {(rule.id, check.code): check for rule in RULES for check in rule.checks}


def rule_and_check(found: Found) -> tuple[Rule[Any], Check[Any]]:
    fault = found.line.fault
    return _RULES[fault.rule], _CHECKS[fault.rule, fault.check]


def as_json(findings: Iterable[Found], scope: Scope, *, body: str | None) -> dict[str, Any]:
    return {
        "on": scope.on.isoformat(),
        "body": body,
        "counties": [county.key for county in scope.counties],
        "outside": [county.key for county in scope.outside],
        "findings": [_finding(found, scope) for found in findings],
    }


def _finding(found: Found, scope: Scope) -> dict[str, Any]:
    line, (rule, check) = found.line, rule_and_check(found)
    fault, quoted = line.fault, rule.quoted(check)
    spell = line.finding.spell(scope.on)
    accepted = next((one for one in reversed(spell.acceptances) if one.holds(scope.on)), None) if spell else None
    return {
        "rule": fault.rule,
        "check": fault.check,
        "title": str(rule.title),
        "severity": fault.severity.value,
        "county": found.row.county.key,
        "object": {"kind": fault.ref.kind.value, "key": fault.ref.key, "name": fault.name},
        "others": [{"kind": ref.kind.value, "key": ref.key} for ref in fault.others],
        "bodies": list(fault.bodies),
        "explanation": str(fault.explanation),
        "source": quoted.source,
        "quote": quoted.quote,
        "clears": str(check.clears),
        "state": line.state.value,
        "found_on": line.found_on.isoformat(),
        "accepted_until": accepted.until.isoformat() if accepted else None,
        "accepted_reason": accepted.reason if accepted else None,
        "fingerprint": fault.fingerprint,
    }
