"""The page of a body's part of the answer."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.audits.models import AuditResponse
from styrkedja.audits.presenters.links import recommendation_url
from styrkedja.audits.presenters.minutes import Minutes
from styrkedja.audits.presenters.review import SaidRow, said_row
from styrkedja.audits.presenters.standing import decision_text, part_status
from styrkedja.audits.selectors import Part, Said, Whole
from styrkedja.steering.models import ChainObject
from styrkedja.ui.components import Fact, Status
from styrkedja.ui.wording import day_text


@dataclass(frozen=True)
class AnswerRow:
    """What the body says of a recommendation. `edit_url` "" when it is not to be changed by the reader."""

    number: str
    heading: str
    text: str
    url: str
    said: SaidRow
    edit_url: str
    promise_url: str


def status(response: AuditResponse) -> Status:
    return part_status(Part(response.accountable_body, response))


def facts(response: AuditResponse, *, on: date, minutes: Minutes) -> list[Fact]:
    decision = decision_text(response.decided_on, response.decided_until, response.paragraph)
    return [
        Fact(_("Organ"), response.accountable_body.name),
        Fact(_("Diarienummer"), response.registry_number),
        Fact(_("Daterat"), day_text(response.dated_on, on) if response.dated_on else ""),
        Fact(_("Beslut"), decision, minutes.url([response.accountable_body], response.decided_on, response.paragraph)),
        Fact(_("Undertecknas av"), ", ".join(str(seat) for seat in response.signatories.all())),
        Fact(_("Ansvarig funktion"), str(response.accountable_seat or "")),
    ]


def said_in(whole: Whole, response: AuditResponse) -> list[tuple[ChainObject, Said]]:
    """Each recommendation that the body shall answer, with what it says."""
    return [(one.row, said) for one in whole.recommendations for said in one.said if said.body.pk == response.accountable_body_id]


def answer_rows(whole: Whole, response: AuditResponse, *, may_write: bool, on: date) -> list[AnswerRow]:
    return [
        AnswerRow(
            number=row.number,
            heading=row.title,
            text=row.text,
            url=recommendation_url(row),
            said=said_row(said, on),
            edit_url=reverse("audits:answer", args=[response.key, row.key]) if may_write else "",
            promise_url=reverse("audits:promise", args=[said.answer.key]) if may_write and said.answer else "",
        )
        for row, said in said_in(whole, response)
    ]
