"""A body has adopted a document or a target state; what was put on record by mistake is withdrawn, with the reason."""

from datetime import date, datetime
from typing import Unpack

from django.conf import settings
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.decisions import decision_faults, written_paragraph
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.steering.adoption import adoption_day_fault
from styrkedja.ledger.keeping import keep_change
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.models import Adoption, DocumentState, TargetState
from styrkedja.steering.policies import acting_in, check_edit
from styrkedja.steering.selectors.adopters import Adoptable, adopters, decided_by_adoption, of
from styrkedja.steering.services.documents import refuse_number
from styrkedja.steering.services.objects import lock
from styrkedja.steering.services.values import AdoptionValues
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text


@on_record_when_forbidden("object.change_refused")
def adopt(*, actor: User | None, row: Adoptable, at: datetime, **said: Unpack[AdoptionValues]) -> Adoption:
    """A body has adopted `row`, which is decided from now on and seen by everybody. A joint one is adopted by several bodies, one by one.

    Raises Refused unless the actor acts in that body or may change `row`, if the body does not adopt it or has done so already, and if the days or
    the paragraph cannot be right.
    """
    found = lock(actor=actor, row=row, at=at)
    body = said["body"]
    function = acting_in(actor, body, on=day(at)) or check_edit(actor, found, on=day(at))
    values = _adoption(found, said, today=day(at))
    _refuse_body(found, said, on=day(at))
    before = _told(found)
    adoption = Adoption.objects.create(**of(found), **values)
    keep_change(
        actor=actor,
        row=found,
        expected=None,
        values={"state": DocumentState.DECIDED},
        links={},
        object_type=found.KIND,
        at=at,
        function=function,
        also={"adoptions": (before, _told(found))},
    )
    return adoption


@on_record_when_forbidden("object.change_refused")
def withdraw_adoption(*, actor: User | None, adoption: Adoption, reason: str, at: datetime) -> Adoptable:
    """The adoption should never have been put on record. The history keeps it with the reason; what nobody else has adopted is a draft again.

    Raises Refused without a reason, if it is withdrawn already, and unless the actor acts in that body or may change what it adopted.
    """
    found = lock(actor=actor, row=adoption.document or adoption.target_state, at=at)
    function = acting_in(actor, adoption.body, on=day(at)) or check_edit(actor, found, on=day(at))
    if not reason.strip():
        raise Refused(_("Ange varför antagandet återtas."))
    before = _told(found)
    if not Adoption.objects.filter(pk=adoption.pk).delete()[0]:
        raise Refused(_("Antagandet är redan återtaget."))
    after = _told(found)
    is_draft = not after and decided_by_adoption(found)
    keep_change(
        actor=actor,
        row=found,
        expected=None,
        values={"state": DocumentState.DRAFT} if is_draft else {},
        links={},
        object_type=found.KIND,
        at=at,
        function=function,
        also={"adoptions": (before, after), "withdrawal_reason": ([], [reason.strip()])},
    )
    return found


def _adoption(row: Adoptable, said: AdoptionValues, *, today: date) -> AdoptionValues:
    """As it is to be stored. Raises Refused if it cannot be right."""
    until = None if said.get("decided_until") == said["decided_on"] else said.get("decided_until")
    paragraph, number = said.get("paragraph", ""), said.get("registry_number", "")
    days = {"decided_on": said["decided_on"], "decided_until": until}
    found = list(decision_faults(**days, paragraph=paragraph, outcome="", text="-", today=today).values())
    if fault := adoption_day_fault(said["decided_on"], **_period(row), days_before=settings.ADOPTION_DAYS_BEFORE):
        found.append(fault)
    if found:
        raise Refused(" ".join(map(sentence_text, found)))
    refuse_number(number)
    return said | {"decided_until": until, "paragraph": written_paragraph(paragraph), "registry_number": number.strip()}


def _period(row: Adoptable) -> dict[str, date | None]:
    """A target state has none."""
    return {name: None if isinstance(row, TargetState) else getattr(row, name) for name in ("valid_from", "valid_until")}


def _refuse_body(row: Adoptable, said: AdoptionValues, *, on: date) -> None:
    body = said["body"]
    earlier = Adoption.objects.filter(**of(row), body=body).first()
    if earlier is not None:
        raise Refused(
            _("Att %(body)s har antagit ”%(what)s” finns redan antecknat, den %(day)s. Är det fel, återta först det antagandet.")
            % {"body": body, "what": row, "day": earlier.decided_on}
        )
    able = adopters(row, on=on)
    if body not in able:
        names = ", ".join(one.name for one in able)
        raise Refused(_("%(body)s antar inte ”%(what)s”. Det gör: %(bodies)s.") % {"body": body, "what": row, "bodies": names})


def _told(row: Adoptable) -> list[str]:
    """The adoptions as the history keeps them: "2025-03-25 § 39 RS/12/2025 body-key"."""
    found = Adoption.objects.filter(**of(row)).select_related("body")
    return [" ".join(filter(None, (one.decided_on.isoformat(), one.paragraph, one.registry_number, one.body.key))) for one in found]
