"""What a registered document must say: OSL 5:2 asks for its date, its designation, from or to whom, and briefly what it concerns.

The designation is given by the registry itself (the case's number and the document's number in the case); the other three are asked for here.
"""

from collections.abc import Mapping
from datetime import date

from styrkedja.core.identities import identity_fault
from styrkedja.core.sentences import Sentence

RECEIVED, DISPATCHED, DRAWN_UP = "RECEIVED", "DISPATCHED", "DRAWN_UP"
MAX_LENGTH = 250

_NOTHING = Sentence("")
_DATES = {RECEIVED: Sentence("Ange vilken dag handlingen kom in."), DISPATCHED: Sentence("Ange vilken dag handlingen skickades.")}
_COUNTERPARTS = {RECEIVED: Sentence("Ange vem handlingen kom från."), DISPATCHED: Sentence("Ange vem handlingen skickades till.")}


def document_faults(
    *, direction: str, dated_on: date | None, title: str, counterpart: str, public_title: str = "", today: date
) -> Mapping[str, Sentence]:
    """What is missing or wrong, as Swedish sentences by field name; empty if the document can be registered."""
    found = {
        "direction": _direction_fault(direction),
        "dated_on": _date_fault(direction, dated_on, today),
        "counterpart": _counterpart_fault(direction, counterpart.strip()),
        "title": _wording_fault(Sentence("Rubriken"), title.strip(), Sentence("Ange kort vad handlingen rör.")),
        "public_title": _text_fault(Sentence("Den offentliga rubriken"), public_title.strip()),
    }
    return {field: fault for field, fault in found.items() if fault}


def subject_faults(*, subject: str, public_subject: str) -> Mapping[str, Sentence]:
    """What is wrong with the wording of a case, as `document_faults`."""
    found = {
        "subject": _wording_fault(Sentence("Ärendemeningen"), subject.strip(), Sentence("Ange kort vad ärendet rör.")),
        "public_subject": _text_fault(Sentence("Den offentliga ärendemeningen"), public_subject.strip()),
    }
    return {field: fault for field, fault in found.items() if fault}


def _direction_fault(direction: str) -> Sentence:
    known = direction in {RECEIVED, DISPATCHED, DRAWN_UP}
    return _NOTHING if known else Sentence("Ange om handlingen är inkommen, expedierad eller upprättad.")


def _date_fault(direction: str, dated_on: date | None, today: date) -> Sentence:
    if dated_on is None:
        return _DATES.get(direction, Sentence("Ange vilken dag handlingen upprättades."))
    return Sentence("Datumet ligger i framtiden. Ange dagen då det skedde.") if dated_on > today else _NOTHING


def _counterpart_fault(direction: str, counterpart: str) -> Sentence:
    if not counterpart:
        return _COUNTERPARTS.get(direction, _NOTHING)
    if "@" in counterpart:
        return Sentence("Ange organisationens namn, inte en e-postadress, som avsändare eller mottagare.")
    return _text_fault(Sentence("Avsändaren eller mottagaren"), counterpart)


def _wording_fault(what: Sentence, text: str, missing: Sentence) -> Sentence:
    return _text_fault(what, text) if text else missing


def _text_fault(what: Sentence, text: str) -> Sentence:
    if len(text) > MAX_LENGTH:
        return Sentence("%(what)s är %(length)s tecken. Korta den till högst %(limit)s.", what=what, length=len(text), limit=MAX_LENGTH)
    fault = identity_fault(text)
    return Sentence("%(what)s: %(fault)s", what=what, fault=fault) if fault else _NOTHING
