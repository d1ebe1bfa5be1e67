"""What the record of a decision must say: when it was made, by which item of the minutes, and what was decided."""

from collections.abc import Mapping
from datetime import date

from styrkedja.core.registry_numbers import RegistryNumberError, format_paragraph, parse_paragraph

MAX_OUTCOME = 250
MAX_DAYS = 31  # a meeting may last several days; a longer range is a slip of the pen


def decision_faults(
    *, decided_on: date | None, decided_until: date | None, paragraph: str, outcome: str, text: str, today: date
) -> Mapping[str, str]:
    """What is missing or wrong, as Swedish sentences by field name; empty if the decision can be recorded."""
    found = {
        "decided_on": _day_fault(decided_on, today),
        "decided_until": _range_fault(decided_on, decided_until, today),
        "paragraph": _paragraph_fault(paragraph),
        "outcome": f"Utfallet är {len(outcome)} tecken. Korta det till högst {MAX_OUTCOME}." if len(outcome) > MAX_OUTCOME else "",
        "text": "" if text.strip() else "Skriv vad som beslutades.",
    }
    return {field: fault for field, fault in found.items() if fault}


def written_paragraph(paragraph: str) -> str:
    """ "§39" and "39" as "§ 39"; empty stays empty. Raises RegistryNumberError."""
    return format_paragraph(parse_paragraph(paragraph)) if paragraph.strip() else ""


def _day_fault(decided_on: date | None, today: date) -> str:
    if decided_on is None:
        return "Ange vilken dag beslutet fattades."
    return "Beslutsdatumet ligger i framtiden. Anteckna beslutet när det har fattats." if decided_on > today else ""


def _range_fault(decided_on: date | None, decided_until: date | None, today: date) -> str:
    if decided_on is None or decided_until is None:
        return ""
    if decided_until < decided_on:
        return "Sammanträdets sista dag ligger före den första. Rätta datumen."
    if (decided_until - decided_on).days >= MAX_DAYS:
        return f"Sammanträdet skulle ha varat mer än {MAX_DAYS} dagar. Rätta datumen."
    return "Sammanträdets sista dag ligger i framtiden. Anteckna beslutet när det har fattats." if decided_until > today else ""


def _paragraph_fault(paragraph: str) -> str:
    try:
        written_paragraph(paragraph)
    except RegistryNumberError as fault:
        return str(fault)
    return ""
