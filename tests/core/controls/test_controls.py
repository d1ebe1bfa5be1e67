"""What holds for all rules: their texts, their settings, and the identity of what they find."""

import json
from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules

import pytest

from styrkedja.core.controls import rules
from styrkedja.core.controls.record import read, recorded
from styrkedja.core.controls.reference import SENTENCES
from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.rules import BY_ID, CHECKS, RULES
from styrkedja.core.controls.run import faults
from styrkedja.core.controls.settings import Settings, faults_in
from styrkedja.core.controls.snapshot import BalanceRequirement, Snapshot, Standing
from styrkedja.core.sentences import Sentence
from tests.core.controls.faulty import FAULTY
from tests.core.controls.region import CLEAN, HEAD, INDICATOR, JULY, MILLION, changed

# As in the domain reference, 6.1 and 6.2. What A52 asks for is how A51 is cleared.
REFERENCE = {
    Severity.FAULT: "A02 A03 A07 A12 A13 A15 A18 A20 A21 A23 A24 A29 A31 A40 A41 A42 A44 A46 A49 A51 A53 A54 A55 A62",
    Severity.WARNING: "A01 A04 A05 A06 A08 A09 A10 A11 A16 A17 A19 A22 A25 A26 A27 A30 A43 A47 A50 A56 A57 A59 A60 A61",
    Severity.INFO: "A14 A28 A45 A48 A58",
}


def test_a_clean_region_has_no_fault() -> None:
    assert faults(CLEAN) == ()


def test_a_faulty_region_has_faults_of_every_rule() -> None:
    assert sorted({fault.rule for fault in faults(FAULTY)}) == [f"R{number:02}" for number in range(1, 21)]


def test_every_module_holds_the_rule_that_it_is_called_after() -> None:
    modules = [found.name for found in iter_modules(rules.__path__) if not found.name.startswith("_")]
    assert [import_module(f"{rules.__name__}.{name}").RULE.id.lower() for name in modules] == modules
    assert [rule.id.lower() for rule in RULES] == sorted(modules)


def test_every_code_is_one_check_of_its_own_rule_or_of_the_reference() -> None:
    codes = [(rule.id, check.code) for rule in RULES for check in rule.checks]
    assert len({code for _rule, code in codes}) == len(codes) == len(CHECKS)
    assert [code for rule, code in codes if not code.startswith((rule, "A"))] == []


@pytest.mark.parametrize("severity", REFERENCE)
def test_the_finer_checks_are_as_grave_as_the_reference_has_it(severity: Severity) -> None:
    own = [code for code, check in CHECKS.items() if code.startswith("A") and check.severity is severity]
    assert sorted(own) == REFERENCE[severity].split()


def test_every_finer_check_has_its_own_sentence_and_every_sentence_its_check() -> None:
    assert sorted(SENTENCES.keys() - CHECKS.keys()) == ["A52"]
    assert [code for code in CHECKS if code.startswith("A") and code not in SENTENCES] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_text_is_a_whole_sentence(rule) -> None:
    texts = [rule.clears, *(text for check in rule.checks for text in (check.looks_for, check.clears))]
    texts += [field.metadata["says"] for field in fields(rule.limits)]
    assert [text for text in texts if not text.endswith(".") or not text[0].isupper()] == []
    assert all(isinstance(text, Sentence) for text in texts)
    assert all(quoted.quote.strip() and quoted.source for quoted in map(rule.quoted, rule.checks))
    assert rule.severity in {check.severity for check in rule.checks}


# Settings


def test_a_severity_is_set_by_check_before_by_rule() -> None:
    chosen = Settings(severities={"R07": Severity.INFO, "R07b": Severity.WARNING})
    found = {fault.check: fault.severity for fault in faults(changed("listningen", goals=()), chosen)}
    assert found == {"R07a": Severity.INFO, "R07b": Severity.WARNING}


def test_a_rule_or_a_check_is_switched_off() -> None:
    faulty = changed("listningen", goals=())
    assert [fault.check for fault in faults(faulty, Settings(off=frozenset({"R07a"})))] == ["R07b"]
    assert faults(faulty, Settings(off=frozenset({"R07"}))) == ()


def test_a_threshold_is_set() -> None:
    vacant = changed(HEAD, vacant_since=date(2026, 9, 15))
    assert faults(vacant) == ()
    assert [fault.check for fault in faults(vacant, Settings(thresholds={"R02": {"vacant_days": 20}}))] == ["A10"]


def test_settings_that_cannot_be_are_told() -> None:
    wrong = Settings(
        severities={"R99": Severity.INFO}, thresholds={"R02": {"vacant_days": -1, "months": 3}, "R98": {}}, off=frozenset({"A99"})
    )
    assert [str(told) for told in faults_in(wrong, RULES)] == [
        "Det finns ingen kontroll ”A99”.",
        "Det finns ingen kontroll ”R99”.",
        "Gränsvärdet ”vacant_days” för kontrollen R02 kan inte vara negativt.",
        "Kontrollen R02 har inget gränsvärde ”months”.",
        "Det finns ingen kontroll ”R98”.",
    ]
    assert list(faults_in(Settings(severities={"A43": Severity.INFO}, off=frozenset({"R05"})), RULES)) == []


# Identity


def test_every_fault_has_its_own_fingerprint() -> None:
    counted = Counter(fault.fingerprint for fault in faults(FAULTY))
    assert len(counted) > 50
    assert set(counted.values()) == {1}


def test_a_fingerprint_is_what_it_always_was() -> None:
    """Findings that are kept live by these: changing how they are made would make every finding new."""
    [fault] = faults(changed("införandet", phase_out=""))
    assert fault.fingerprint == "24c5f4c0ccc38864b62635e0ee235cdf"


def test_a_fingerprint_survives_other_names_days_and_severities() -> None:
    """The day before, when half of the things were called something else."""
    renamed = FAULTY
    for name in ("goals", "indicators", "decisions", "milestones"):
        renamed = replace(renamed, **{name: tuple(replace(thing, name=f"{thing.name} igen") for thing in getattr(renamed, name))})
    earlier = faults(replace(renamed, on=FAULTY.on - timedelta(days=1)), Settings(severities=dict.fromkeys(BY_ID, Severity.INFO)))
    assert {fault.fingerprint for fault in earlier} == {fault.fingerprint for fault in faults(FAULTY)}
    assert {str(fault.explanation) for fault in earlier} != {str(fault.explanation) for fault in faults(FAULTY)}


def test_a_fault_is_recorded_and_read_again() -> None:
    for fault in faults(FAULTY):
        again = read(json.loads(json.dumps(recorded(fault))))
        assert again == fault
        assert (again.explanation.pattern, again.fingerprint) == (fault.explanation.pattern, fault.fingerprint)


# Words


@pytest.mark.parametrize(
    ("faulty", "told"),
    [
        (changed("uppdraget", due_on=date(2026, 10, 14)), "Uppdraget skulle ha återrapporterats 2026-10-14."),
        (
            changed("nämndplanen", stated_effect=8 * MILLION),
            "Planen anger effekten 8\u00a0000\u00a0000\u00a0kr för 2026, men åtgärderna ger tillsammans 6\u00a0000\u00a0000\u00a0kr.",
        ),
        (
            changed("beräkningen", first_effect_month=None, assumptions="", calculated_by=None),
            "Beräkningen saknar första månad med effekt, antaganden och vem som har räknat.",
        ),
        (
            replace(CLEAN, requirements=(BalanceRequirement(document="nämndplanen", year=2026, amount=9 * MILLION),)),
            "Kravet för 2026 är 9\u00a0000\u00a0000\u00a0kr. Åtgärderna är beräknade till 6\u00a0000\u00a0000\u00a0kr. Det saknas 3\u00a0000\u00a0000\u00a0kr.",
        ),
        (
            changed("kontinuitet", cells=frozenset(cell for cell in INDICATOR.cells if (cell.body, cell.period) != ("enhet 2", JULY))),
            "Enhet 2 saknar värde för 2026-07, som 2 av 3 på samma nivå har. Det senaste gäller 2026-06.",
        ),
        (
            changed("inköpet", amount=2 * MILLION),
            "Beloppet 2\u00a0000\u00a0000\u00a0kr är högre än mandatets gräns 1\u00a0000\u00a0000\u00a0kr.",
        ),
        (
            changed("kontinuitet", standings=(Standing("området", "nämndmål", JULY, Decimal(52), Decimal(70), date(2026, 3, 1)),)),
            "Läkarkontinuitet är 52 % för Området 2026-07. Målvärdet är 70. Ingen korrigerande åtgärd har satts in sedan 2026-04-01.",
        ),
        (
            changed("nämndmål", name="Vi ska verka för bättre kontinuitet"),
            "Orden binder inte: verka för. Meningen säger varken när, vem eller hur mycket.",
        ),
        (changed("förslaget", lines=("Läkare", "Anna Exempelsson")), "Förslaget namnger en person på rad 2."),
    ],
)
def test_an_explanation_holds_the_facts(faulty: Snapshot, told: str) -> None:
    assert [str(fault.explanation) for fault in faults(faulty)] == [told]


def test_what_is_told_does_not_change_from_day_to_day() -> None:
    """Each change of words is kept: counting days would keep a line a day for every finding."""
    before = replace(FAULTY, on=FAULTY.on - timedelta(days=1))
    assert faults(before) == faults(FAULTY)
