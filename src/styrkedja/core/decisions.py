"""What the record of a decision must say: when it was made, by which item of the minutes, and what was decided."""

from collections.abc import Mapping
from datetime import date

from styrkedja.core.registry_numbers import RegistryNumberError, format_paragraph, parse_paragraph
from styrkedja.core.sentences import Sentence

MAX_OUTCOME = 250
MAX_DAYS = 31  # a meeting may last several days; a longer range is a slip of the pen
_NOTHING = Sentence("")


def decision_faults(
    *, decided_on: date | None, decided_until: date | None, paragraph: str, outcome: str, text: str, today: date
) -> Mapping[str, Sentence]:
    """What is missing or wrong, as Swedish sentences by field name; empty if the decision can be recorded."""
    found = {
        "decided_on": _day_fault(decided_on, today),
        "decided_until": _range_fault(decided_on, decided_until, today),
        "paragraph": _paragraph_fault(paragraph),
        "outcome": _outcome_fault(outcome),
        "text": _NOTHING if text.strip() else Sentence("Skriv vad som beslutades."),
    }
    return {field: fault for field, fault in found.items() if fault}


def written_paragraph(paragraph: str) -> str:
    """ "§39" and "39" as "§ 39"; empty stays empty. Raises RegistryNumberError."""
    return format_paragraph(parse_paragraph(paragraph)) if paragraph.strip() else ""


def grounds_faults(
    *, level: str, subject: str, has_estimate: bool, no_estimate_reason: str, outside_budget: bool, exception_reason: str
) -> Mapping[str, Sentence]:
    """What is missing of what a decision rests on, as `decision_faults`.

    Source 003.3 asks that every decision is political or an official's, and that "det finns en ekonomisk beräkning bakom besluten".
    """
    found = {
        "level": _NOTHING if level else Sentence("Ange om beslutet är politiskt eller ett tjänstemannabeslut."),
        "subject": _NOTHING if subject.strip() else Sentence("Ange vilket ämne beslutet gäller, till exempel ekonomi.inköp."),
        "no_estimate_reason": estimate_fault(has_estimate, no_estimate_reason.strip()),
        "exception_reason": Sentence("Beslutet ligger utanför budget. Ange skälet till undantaget.")
        if outside_budget and not exception_reason.strip()
        else _NOTHING,
    }
    return {field: fault for field, fault in found.items() if fault}


def estimate_fault(has_estimate: bool, reason: str) -> Sentence:
    """What is wrong with what is said of the calculation behind a decision; empty for nothing."""
    if has_estimate and reason:
        return Sentence("Beslutet har en ekonomisk beräkning. Ta bort skälet till att beräkning saknas.")
    if not has_estimate and not reason:
        return Sentence("Ange den ekonomiska beräkningen bakom beslutet, eller skälet till att beräkning saknas.")
    return _NOTHING


def _day_fault(decided_on: date | None, today: date) -> Sentence:
    if decided_on is None:
        return Sentence("Ange vilken dag beslutet fattades.")
    if decided_on > today:
        return Sentence("Beslutsdatumet ligger i framtiden. Anteckna beslutet när det har fattats.")
    return _NOTHING


def _range_fault(decided_on: date | None, decided_until: date | None, today: date) -> Sentence:
    if decided_on is None or decided_until is None:
        return _NOTHING
    if decided_until < decided_on:
        return Sentence("Sammanträdets sista dag ligger före den första. Rätta datumen.")
    if (decided_until - decided_on).days >= MAX_DAYS:
        return Sentence("Sammanträdet skulle ha varat mer än %(days)s dagar. Rätta datumen.", days=MAX_DAYS)
    if decided_until > today:
        return Sentence("Sammanträdets sista dag ligger i framtiden. Anteckna beslutet när det har fattats.")
    return _NOTHING


def _outcome_fault(outcome: str) -> Sentence:
    if len(outcome) <= MAX_OUTCOME:
        return _NOTHING
    return Sentence("Utfallet är %(length)s tecken. Korta det till högst %(limit)s.", length=len(outcome), limit=MAX_OUTCOME)


def _paragraph_fault(paragraph: str) -> Sentence:
    try:
        written_paragraph(paragraph)
    except RegistryNumberError as fault:
        return fault.reason
    return _NOTHING
