from datetime import date

import pytest

from styrkedja.core.registration import document_faults, subject_faults

TODAY = date(2026, 9, 16)
WHOLE = {"direction": "RECEIVED", "dated_on": TODAY, "title": "Remiss", "counterpart": "SKR", "public_title": "", "today": TODAY}


def test_a_document_with_all_that_the_law_asks_for_has_no_fault() -> None:
    assert document_faults(**WHOLE) == {}
    assert document_faults(**WHOLE | {"direction": "DISPATCHED", "dated_on": date(1999, 1, 1)}) == {}


def test_what_was_drawn_up_here_needs_no_counterpart() -> None:
    assert document_faults(**WHOLE | {"direction": "DRAWN_UP", "counterpart": ""}) == {}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"dated_on": None}, {"dated_on": "Ange vilken dag handlingen kom in."}),
        ({"dated_on": None, "direction": "DISPATCHED"}, {"dated_on": "Ange vilken dag handlingen skickades."}),
        ({"dated_on": None, "direction": "DRAWN_UP"}, {"dated_on": "Ange vilken dag handlingen upprättades."}),
        ({"dated_on": date(2026, 9, 17)}, {"dated_on": "Datumet ligger i framtiden. Ange dagen då det skedde."}),
        ({"counterpart": " "}, {"counterpart": "Ange vem handlingen kom från."}),
        ({"counterpart": "", "direction": "DISPATCHED"}, {"counterpart": "Ange vem handlingen skickades till."}),
        (
            {"counterpart": "remiss@skr.se"},
            {"counterpart": "Ange organisationens namn, inte en e-postadress, som avsändare eller mottagare."},
        ),
        ({"title": " \n"}, {"title": "Ange kort vad handlingen rör."}),
        (
            {"title": "Klagomål, 19121212-1212"},
            {
                "title": "Rubriken: Texten innehåller ett nummer som ser ut som ett personnummer eller samordningsnummer. Ta bort numret "
                "och skriv vad saken gäller utan att peka ut någon: texten sparas och läses av flera."
            },
        ),
        ({"title": "å" * 251}, {"title": "Rubriken är 251 tecken. Korta den till högst 250."}),
        ({"public_title": "å" * 251}, {"public_title": "Den offentliga rubriken är 251 tecken. Korta den till högst 250."}),
        ({"counterpart": "å" * 251}, {"counterpart": "Avsändaren eller mottagaren är 251 tecken. Korta den till högst 250."}),
        ({"direction": "INTERNAL"}, {"direction": "Ange om handlingen är inkommen, expedierad eller upprättad."}),
    ],
)
def test_each_missing_part_is_named(change: dict[str, object], faults: dict[str, str]) -> None:
    assert document_faults(**WHOLE | change) == faults


def test_all_faults_are_named_at_once() -> None:
    assert document_faults(**WHOLE | {"dated_on": None, "title": "", "counterpart": ""}).keys() == {"dated_on", "title", "counterpart"}


def test_the_wording_of_a_case() -> None:
    assert subject_faults(subject="Stroke", public_subject="") == {}
    assert subject_faults(subject=" ", public_subject="") == {"subject": "Ange kort vad ärendet rör."}
    assert subject_faults(subject="å" * 251, public_subject="å" * 300) == {
        "subject": "Ärendemeningen är 251 tecken. Korta den till högst 250.",
        "public_subject": "Den offentliga ärendemeningen är 300 tecken. Korta den till högst 250.",
    }
