"""What an organisation may set of the controls: how grave, how long, and what is not looked for at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from styrkedja.core.controls.rule import Check, Rule, Severity
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Settings:
    """Codes are those of rules ("R07", all of its checks) or of single checks ("A43"); a check's own setting goes before its rule's.

    `thresholds` by rule and name.
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    off: frozenset[str] = frozenset()

    def severity(self, rule: Rule[Any], check: Check[Any]) -> Severity:
        return self.severities.get(check.code) or self.severities.get(rule.id) or check.severity

    def is_off(self, rule: Rule[Any], check: Check[Any]) -> bool:
        return rule.id in self.off or check.code in self.off

    def limits(self, rule: Rule[Any]) -> Any:
        """The rule's thresholds as set; raises TypeError for a name that it does not have."""
        return replace(rule.limits, **self.thresholds.get(rule.id, {}))


STANDARD = Settings()


def faults_in(settings: Settings, rules: Iterable[Rule[Any]]) -> Iterator[Sentence]:
    """What is set that cannot be, in Swedish; nothing when the settings can be used."""
    by_id = {rule.id: rule for rule in rules}
    codes = {*by_id, *(check.code for rule in by_id.values() for check in rule.checks)}
    for code in sorted({*settings.severities, *settings.off} - codes):
        yield Sentence("Det finns ingen kontroll ”%(code)s”.", code=code)
    for rule_id, values in settings.thresholds.items():
        if rule_id not in by_id:
            yield Sentence("Det finns ingen kontroll ”%(code)s”.", code=rule_id)
            continue
        names = {one.name for one in fields(by_id[rule_id].limits)}
        for name, value in values.items():
            if name not in names:
                yield Sentence("Kontrollen %(code)s har inget gränsvärde ”%(name)s”.", code=rule_id, name=name)
            elif value < 0:
                yield Sentence("Gränsvärdet ”%(name)s” för kontrollen %(code)s kan inte vara negativt.", code=rule_id, name=name)
