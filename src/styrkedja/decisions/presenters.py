"""Decisions as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from styrkedja.decisions.models import Decision
from styrkedja.ui.wording import day_text


@dataclass(frozen=True)
class DecisionLine:
    """One decision, ready to show. `minutes` is (name, key, size) of the extract, or None."""

    nature: str
    is_recommendation: bool
    body: str
    when: str
    paragraph: str
    outcome: str
    text: str
    function: str
    case: str
    case_id: int
    minutes: tuple[str, UUID, int] | None


def decision_lines(decisions: Iterable[Decision]) -> list[DecisionLine]:
    """What `decisions/_list.html` draws; the decisions come from a selector."""
    return [_line(decision) for decision in decisions]


def _line(decision: Decision) -> DecisionLine:
    minutes = decision.minutes
    return DecisionLine(
        nature=decision.get_nature_display(),
        is_recommendation=decision.nature == "RECOMMENDATION",
        body=str(decision.body),
        when=range_text(decision.decided_on, decision.decided_until),
        paragraph=decision.paragraph,
        outcome=decision.outcome,
        text=decision.text,
        function=decision.function,
        case=str(decision.case),
        case_id=decision.case_id,
        minutes=(minutes.name, minutes.uuid, minutes.size) if minutes else None,
    )


def range_text(first: date, last: date | None) -> str:
    """ "15 sep 2026", and for several days "25–26 mar 2026" or "31 mar–1 apr 2026"."""
    if last is None:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    start = date_format(first, "j b") if first.year == last.year else day_text(first)
    return f"{start}–{day_text(last)}"
