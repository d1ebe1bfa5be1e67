from datetime import date

import pytest

from styrkedja.core.decisions import decision_faults, written_paragraph
from styrkedja.core.registry_numbers import RegistryNumberError

TODAY = date(2026, 9, 16)
WHOLE = {
    "decided_on": date(2026, 9, 15),
    "decided_until": None,
    "paragraph": "§ 39",
    "outcome": "",
    "text": "Rekommenderas.",
    "today": TODAY,
}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"decided_on": TODAY},
        {"decided_until": TODAY},
        {"decided_until": date(2026, 9, 15)},
        {"paragraph": ""},
        {"paragraph": "39", "outcome": "Införs helt"},
    ],
)
def test_a_whole_decision_has_no_fault(change: dict[str, object]) -> None:
    assert decision_faults(**WHOLE | change) == {}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"decided_on": None}, {"decided_on": "Ange vilken dag beslutet fattades."}),
        (
            {"decided_on": date(2026, 9, 17)},
            {"decided_on": "Beslutsdatumet ligger i framtiden. Anteckna beslutet när det har fattats."},
        ),
        ({"decided_until": date(2026, 9, 14)}, {"decided_until": "Sammanträdets sista dag ligger före den första. Rätta datumen."}),
        (
            {"decided_until": date(2026, 9, 17)},
            {"decided_until": "Sammanträdets sista dag ligger i framtiden. Anteckna beslutet när det har fattats."},
        ),
        (
            {"decided_on": date(2025, 9, 15), "decided_until": date(2026, 9, 15)},
            {"decided_until": "Sammanträdet skulle ha varat mer än 31 dagar. Rätta datumen."},
        ),
        ({"paragraph": "punkt 4"}, {"paragraph": "”punkt 4” är ingen paragraf som kan läsas. Skriv till exempel § 39."}),
        ({"outcome": "x" * 251}, {"outcome": "Utfallet är 251 tecken. Korta det till högst 250."}),
        ({"text": " \n"}, {"text": "Skriv vad som beslutades."}),
    ],
)
def test_each_fault_is_named(change: dict[str, object], faults: dict[str, str]) -> None:
    assert decision_faults(**WHOLE | change) == faults


@pytest.mark.parametrize(("given", "written"), [("§39", "§ 39"), (" 39 ", "§ 39"), ("§ 202", "§ 202"), ("", ""), ("  ", "")])
def test_a_paragraph_is_written_in_one_way(given: str, written: str) -> None:
    assert written_paragraph(given) == written


def test_what_is_no_paragraph_is_refused() -> None:
    with pytest.raises(RegistryNumberError):
        written_paragraph("39 b")
