"""The case page: facts, what is open and with whom, documents and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.cases.presenters import FileLink, file_link
from styrkedja.decisions.models import Decision
from styrkedja.decisions.presenters import decision_url, rests_on
from styrkedja.home.presenters.cases import case_status, end_name
from styrkedja.home.selectors.case import CaseView
from styrkedja.procedures.links import address
from styrkedja.procedures.presenters.items import item_status
from styrkedja.ui.clock import day
from styrkedja.ui.components import Crumb, Fact, Status
from styrkedja.ui.wording import day_text, distance_text
from styrkedja.workflows.models import WorkItem


@dataclass(frozen=True)
class OpenRow:
    """A step or wait that is open now. `can_do`: the reader may do it; `is_mine`: the reader has taken it."""

    number: str
    name: str
    whom: str
    taken_by: str
    since: datetime
    due_on: date | None
    status: Status
    url: str
    claim_url: str
    can_do: bool
    is_mine: bool
    is_wait: bool
    reason: str


@dataclass(frozen=True)
class DecisionRow:
    url: str
    nature: str
    body: str
    when: str
    paragraph: str
    outcome: str
    text: str
    minutes: FileLink | None
    rests_on: str


def crumbs() -> list[Crumb]:
    return [Crumb(_("Ärenden"), reverse("home:cases"))]


def status(view: CaseView, *, at: datetime) -> Status:
    return case_status(view.case.instance, view.items, today=day(at))


def lead(view: CaseView) -> str:
    """Numbers, and the end that was reached."""
    case = view.case
    parts = [case.registry_number, _("Ärende %(number)s") % {"number": case.number}, end_name(case.instance, view.routine)]
    return " · ".join(part for part in parts if part)


def facts(view: CaseView, *, at: datetime) -> list[Fact]:
    case, instance, definition = view.case, view.case.instance, view.case.instance.definition
    found = [
        Fact(_("Ärendenummer"), case.number),
        Fact(_("Diarienummer"), case.registry_number, address("cases:dossier", case.pk) if case.registry_number else ""),
        Fact(_("Offentlig ärendemening"), case.public_subject) if case.public_subject else None,
        Fact(_("Län"), case.county.name) if view.many_counties else None,
        Fact(
            _("Rutin"),
            _("%(name)s, version %(version)s") % {"name": definition.name, "version": definition.version},
            address("workflows:routine_version", case.county.key, definition.key, definition.version),
        ),
        Fact(_("Öppnat"), day_text(case.opened_at, at)),
        Fact(_("Avslutat"), day_text(instance.ended_at, at)) if instance.ended_at else Fact(_("Nästa datum"), next_date(view, at=at)),
    ]
    return [fact for fact in found if fact is not None]


def next_date(view: CaseView, *, at: datetime) -> str:
    """The nearest date on which something must be done or a wait ends."""
    dates = [(when, item) for item in view.items if (when := item.wakes_on if item.is_wait else item.due_on)]
    if not dates:
        return ""
    when, item = min(dates, key=lambda pair: (pair[0], pair[1].pk))
    said = {"day": day_text(when, at), "distance": distance_text(when, at), "step": item.number}
    return _("%(day)s, %(distance)s (steg %(step)s)") % said


def open_rows(view: CaseView, *, user_id: int, at: datetime) -> list[OpenRow]:
    return [_open_row(item, view, user_id, day(at)) for item in view.items]


def _open_row(item: WorkItem, view: CaseView, user_id: int, today: date) -> OpenRow:
    return OpenRow(
        number=item.number,
        name=item.name,
        whom=item.performer,
        taken_by=str(item.claimed_by or ""),
        since=item.opened_at,
        due_on=item.wakes_on if item.is_wait else item.due_on,
        status=item_status(item, today=today),
        url=reverse("procedures:task", args=[item.pk]),
        claim_url=reverse("procedures:claim", args=[item.pk]),
        can_do=item.pk in view.mine,
        is_mine=item.claimed_by_id == user_id,
        is_wait=item.is_wait,
        reason=item.waiting_for,
    )


def decision_rows(decisions: Sequence[Decision], *, at: datetime) -> list[DecisionRow]:
    return [_decision_row(decision, at) for decision in decisions]


def _decision_row(decision: Decision, at: datetime) -> DecisionRow:
    when = day_text(decision.decided_on, at)
    if decision.decided_until:
        when = _("%(first)s till %(last)s") % {"first": when, "last": day_text(decision.decided_until, at)}
    return DecisionRow(
        url=decision_url(decision),
        nature=decision.get_nature_display(),
        body=str(decision.body),
        when=when,
        paragraph=decision.paragraph,
        outcome=decision.outcome,
        text=decision.text,
        minutes=file_link(decision.minutes),
        rests_on=rests_on(decision),
    )


def close_url(view: CaseView) -> str:
    """Where the case is written off; the county is said as in links.case_url."""
    county = f"?lan={view.case.county.key}" if view.many_counties else ""
    return reverse("home:close_case", args=[view.case.number]) + county
