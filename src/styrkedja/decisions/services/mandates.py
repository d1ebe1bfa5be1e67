"""Mandates are given by a body, and changed and ended by it. What was decided under one still names it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.steering.rules import mandate_faults
from styrkedja.decisions.models import DECISION_LEVELS, Mandate
from styrkedja.decisions.policies import check_mandate
from styrkedja.ledger.keeping import free_key, keep_change, keep_new
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import Body, County, Seat
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text


class MandateValues(TypedDict, total=False):
    """What a mandate can be given. `body` holds it, `seat` when it is delegated to a function; `given_by` is the body that gives it."""

    key: str
    county: County | None
    title: str
    text: str
    level: str
    subject: str
    amount_limit: int | None
    body: Body
    seat: Seat | None
    given_by: Body
    point: str
    may_correct: bool
    corrects: list[Body]
    valid_from: date | None
    valid_until: date | None


@on_record_when_forbidden("object.creation_refused")
def give_mandate(*, actor: User | None, at: datetime, **values: Unpack[MandateValues]) -> Mandate:
    """A new mandate. Without a key it is given one after its title. Raises Refused if it cannot be, if the key is taken, and unless the actor
    acts in the giving body."""
    own, links = _split(values)
    row = Mandate(**own)
    row.key = row.key or free_key(Mandate, row.title)
    row.county = row.county or row.body.county or County.objects.filter(region=row.body_id).first()
    _refuse_faulty(row)
    function = check_mandate(actor, row, on=day(at))
    taken = Refused(_("Nyckeln %(key)s finns redan. Välj en annan.") % {"key": row.key})
    if Mandate.objects.filter(key=row.key).exists():
        raise taken
    try:
        with transaction.atomic():
            keep_new(actor=actor, row=row, links=links, object_type="mandate", at=at, function=function)
    except IntegrityError:
        raise taken from None
    return row


@on_record_when_forbidden("object.change_refused")
def change_mandate(*, actor: User | None, mandate: Mandate, version: int | None, at: datetime, **values: Unpack[MandateValues]) -> Mandate:
    """Changes a mandate, or ends it. Raises Outdated if somebody else has changed it since `version`, else Refused as `give_mandate`."""
    own, links = _split(values)
    found = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    function = check_mandate(actor, found, on=day(at))
    changed = Mandate(**{field.attname: getattr(found, field.attname) for field in Mandate._meta.concrete_fields})
    for name, value in own.items():
        setattr(changed, name, value)
    _refuse_faulty(changed)
    check_mandate(actor, changed, on=day(at))
    common = {"actor": actor, "object_type": "mandate", "at": at, "function": function}
    keep_change(row=found, expected=version, values=own, links=links, **common)
    return found


def _split(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Body]]]:
    own = {name: value.strip() if isinstance(value, str) else value for name, value in values.items() if name != "corrects"}
    return own, {"corrects": values["corrects"]} if "corrects" in values else {}


def _refuse_faulty(row: Mandate) -> None:
    values = {field.name: getattr(row, field.attname) for field in Mandate._meta.concrete_fields}
    found = [sentence_text(fault) for fault in mandate_faults(values).values()]
    if row.level not in DECISION_LEVELS:
        found.append(_("Ange om mandatet gäller politiska beslut eller tjänstemannabeslut."))
    if row.seat is not None and row.seat.body_id != row.body_id:
        found.append(_("Funktionen %(seat)s hör inte till %(body)s.") % {"seat": row.seat, "body": row.body})
    if found:
        raise Refused(" ".join(found))
