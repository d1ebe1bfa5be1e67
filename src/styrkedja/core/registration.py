"""What a registered document must say: OSL 5:2 asks for its date, its designation, from or to whom, and briefly what it concerns.

The designation is given by the registry itself (the case's number and the document's number in the case); the other three are asked for here.
"""

from collections.abc import Mapping
from datetime import date

RECEIVED, DISPATCHED, DRAWN_UP = "RECEIVED", "DISPATCHED", "DRAWN_UP"
MAX_LENGTH = 250

_DATES = {RECEIVED: "Ange vilken dag handlingen kom in.", DISPATCHED: "Ange vilken dag handlingen skickades."}
_COUNTERPARTS = {RECEIVED: "Ange vem handlingen kom från.", DISPATCHED: "Ange vem handlingen skickades till."}


def document_faults(
    *, direction: str, dated_on: date | None, title: str, counterpart: str, public_title: str = "", today: date
) -> Mapping[str, str]:
    """What is missing or wrong, as Swedish sentences by field name; empty if the document can be registered."""
    found = {
        "direction": _direction_fault(direction),
        "dated_on": _date_fault(direction, dated_on, today),
        "counterpart": _counterpart_fault(direction, counterpart.strip()),
        "title": _wording_fault("Rubriken", title.strip(), "Ange kort vad handlingen rör."),
        "public_title": _length_fault("Den offentliga rubriken", public_title.strip()),
    }
    return {field: fault for field, fault in found.items() if fault}


def subject_faults(*, subject: str, public_subject: str) -> Mapping[str, str]:
    """What is wrong with the wording of a case, as `document_faults`."""
    found = {
        "subject": _wording_fault("Ärendemeningen", subject.strip(), "Ange kort vad ärendet rör."),
        "public_subject": _length_fault("Den offentliga ärendemeningen", public_subject.strip()),
    }
    return {field: fault for field, fault in found.items() if fault}


def _direction_fault(direction: str) -> str:
    return "" if direction in {RECEIVED, DISPATCHED, DRAWN_UP} else "Ange om handlingen är inkommen, expedierad eller upprättad."


def _date_fault(direction: str, dated_on: date | None, today: date) -> str:
    if dated_on is None:
        return _DATES.get(direction, "Ange vilken dag handlingen upprättades.")
    return "Datumet ligger i framtiden. Ange dagen då det skedde." if dated_on > today else ""


def _counterpart_fault(direction: str, counterpart: str) -> str:
    if not counterpart:
        return _COUNTERPARTS.get(direction, "")
    if "@" in counterpart:
        return "Ange organisationens namn, inte en e-postadress, som avsändare eller mottagare."
    return _length_fault("Avsändaren eller mottagaren", counterpart)


def _wording_fault(what: str, text: str, missing: str) -> str:
    return _length_fault(what, text) if text else missing


def _length_fault(what: str, text: str) -> str:
    return f"{what} är {len(text)} tecken. Korta den till högst {MAX_LENGTH}." if len(text) > MAX_LENGTH else ""
