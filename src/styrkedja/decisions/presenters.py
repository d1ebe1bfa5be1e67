"""Decisions as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.cases.models import StoredFile
from styrkedja.core.mandates import kronor
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.ui.components import Status, Tone
from styrkedja.ui.wording import day_text

_TONES = {DecisionNature.DECISION: Tone.OK, DecisionNature.RECOMMENDATION: Tone.INFO}


@dataclass(frozen=True)
class DecisionLine:
    """One decision, ready to show. `minutes` is the extract, if there is one; one taken outside every case has a `registry_number` of its own."""

    nature: Status
    body: str
    when: str
    paragraph: str
    outcome: str
    text: str
    url: str
    function: str
    case: str
    case_id: int | None
    registry_number: str
    minutes: StoredFile | None
    rests_on: str


def decision_lines(decisions: Iterable[Decision]) -> list[DecisionLine]:
    """What `decisions/_list.html` draws; the decisions come from a selector."""
    return [_line(decision) for decision in decisions]


def _line(decision: Decision) -> DecisionLine:
    return DecisionLine(
        nature=nature_status(decision),
        body=str(decision.body),
        when=range_text(decision.decided_on, decision.decided_until),
        paragraph=decision.paragraph,
        outcome=decision.outcome,
        text=decision.text,
        url=decision_url(decision),
        function=decision.function,
        case=str(decision.case) if decision.case else "",
        case_id=decision.case_id,
        registry_number=decision.registry_number,
        minutes=decision.minutes,
        rests_on=rests_on(decision),
    )


def decision_url(decision: Decision) -> str:
    """Its own page. A key of digits alone could be the number of another decision, so there the number is its address."""
    has_name = decision.key and not decision.key.isdecimal()
    return reverse("steering:decision", args=[decision.key if has_name else decision.pk])


def decision_name(decision: Decision) -> str:
    """ "Regionstyrelsen 25–26 mar 2025 § 39"."""
    paragraph = decision.paragraph.replace("§ ", "§\N{NO-BREAK SPACE}")
    return " ".join(filter(None, (str(decision.body), range_text(decision.decided_on, decision.decided_until), paragraph)))


def nature_status(decision: Decision) -> Status:
    return Status(decision.get_nature_display(), _TONES[DecisionNature(decision.nature)])


def rests_on(decision: Decision) -> str:
    """The level, the mandate, and why there is no calculation, as far as they were told."""
    said = [decision.get_level_display()] if decision.level else []
    if decision.mandate:
        said.append(_("mandat: %(mandate)s") % {"mandate": decision.mandate})
    if decision.amount is not None:
        said.append(kronor(decision.amount))
    if decision.no_estimate_reason:
        said.append(_("utan beräkning: %(reason)s") % {"reason": decision.no_estimate_reason})
    if decision.exception_reason:
        said.append(_("undantag: %(reason)s") % {"reason": decision.exception_reason})
    return " · ".join(map(str, said))


def range_text(first: date, last: date | None) -> str:
    """ "15 sep 2026", and for several days "25–26 mar 2026" or "31 mar–1 apr 2026"."""
    if last is None:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    return f"{day_text(first, last)}–{day_text(last)}"
