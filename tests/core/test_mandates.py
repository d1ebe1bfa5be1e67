from dataclasses import dataclass
from datetime import date

import pytest

from styrkedja.core.mandates import Excess, covers_subject, excesses, kronor, ore

ON = date(2026, 10, 15)
MILLION = 100_000_000


@dataclass(frozen=True)
class Line:
    """A line of the delegation rules."""

    subject: str = "ekonomi.inköp"
    amount_limit: int | None = MILLION
    valid_from: date | None = date(2026, 1, 1)
    valid_until: date | None = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("line", "asked", "told"),
    [
        (Line(), {}, {}),
        (Line(), {"amount": MILLION}, {}),
        (Line(), {"amount": None}, {}),
        (Line(amount_limit=None), {"amount": 9 * MILLION}, {}),
        (Line(), {"subject": "Ekonomi.Inköp.tolk"}, {}),
        (Line(valid_from=None, valid_until=None), {"on": date(1999, 1, 1)}, {}),
        (Line(), {"on": date(2026, 12, 31)}, {}),
        (Line(), {"is_holder": False}, {Excess.HOLDER: "Den som beslutar innehar inte mandatet."}),
        (Line(), {"subject": "ekonomi"}, {Excess.SUBJECT: "Beslutet rör ”ekonomi” men mandatet gäller ”ekonomi.inköp”."}),
        (Line(), {"subject": ""}, {Excess.SUBJECT: "Beslutet rör ”–” men mandatet gäller ”ekonomi.inköp”."}),
        (
            Line(),
            {"amount": MILLION + 50},
            {Excess.AMOUNT: "Beloppet 1\u00a0000\u00a0000,50\u00a0kr är högre än mandatets gräns 1\u00a0000\u00a0000\u00a0kr."},
        ),
        (Line(), {"on": date(2025, 12, 31)}, {Excess.PERIOD: "Mandatet gäller först från 2026-01-01."}),
        (Line(), {"on": date(2027, 1, 1)}, {Excess.PERIOD: "Mandatet upphörde att gälla 2027-01-01."}),
    ],
)
def test_a_decision_is_within_its_mandate_or_one_is_told_how_it_is_not(
    line: Line, asked: dict[str, object], told: dict[Excess, str]
) -> None:
    given = {"subject": "ekonomi.inköp", "amount": 1, "on": ON} | asked
    assert {excess: str(sentence) for excess, sentence in excesses(line, **given)} == told


@pytest.mark.parametrize(
    ("own", "asked", "covered"),
    [("ekonomi", "ekonomi.inköp", True), ("ekonomi", "ekonomisk analys", False), ("", "ekonomi", False), (" Ekonomi ", "ekonomi", True)],
)
def test_a_subject_covers_itself_and_its_parts(own: str, asked: str, covered: bool) -> None:
    assert covers_subject(own, asked) is covered


@pytest.mark.parametrize(("amount", "text"), [(0, "0 kr"), (9950, "99,50 kr"), (125_000_000, "1 250 000 kr"), (-5, "\u22120,05 kr")])
def test_amounts_are_written_in_kronor(amount: int, text: str) -> None:
    assert kronor(amount).replace("\u00a0", " ") == text


@pytest.mark.parametrize(("written", "kept"), [(12, 1_200), (0.1, 10), (99.95, 9_995), (-3, -300), (0.125, None)])
def test_kronor_are_kept_in_whole_ore(written: float, kept: int | None) -> None:
    assert ore(written) == kept
