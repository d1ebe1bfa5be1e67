"""Target states, strategies and steering documents, and their adoption."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.decisions import decision_faults, written_paragraph
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.registry_numbers import RegistryNumberError, parse_registry_number
from styrkedja.ledger.keeping import keep_change
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.models import Adoption, DocumentState, SteeringDocument, Strategy, TargetState
from styrkedja.steering.policies import acting_in, check_edit
from styrkedja.steering.services.objects import change, create, lock
from styrkedja.steering.services.values import AdoptionValues, DocumentValues, StrategyValues, TargetStateValues
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text


def create_target_state(*, actor: User | None, at: datetime, **values: Unpack[TargetStateValues]) -> TargetState:
    """A new target state, a draft until it is adopted. Raises as `create`."""
    return create(actor=actor, model=TargetState, values=values, at=at)


def change_target_state(
    *, actor: User | None, target_state: TargetState, version: int | None, at: datetime, **values: Unpack[TargetStateValues]
) -> TargetState:
    """Changes a target state. Raises as `change`."""
    _refuse_undecided(target_state, values)
    return change(actor=actor, row=target_state, version=version, values=values, at=at)


def create_strategy(*, actor: User | None, at: datetime, **values: Unpack[StrategyValues]) -> Strategy:
    """What a target state rests on. Raises as `create`."""
    return create(actor=actor, model=Strategy, values=values, at=at)


def change_strategy(
    *, actor: User | None, strategy: Strategy, version: int | None, at: datetime, **values: Unpack[StrategyValues]
) -> Strategy:
    """Changes a strategy. Raises as `change`."""
    return change(actor=actor, row=strategy, version=version, values=values, at=at)


def create_document(*, actor: User | None, at: datetime, **values: Unpack[DocumentValues]) -> SteeringDocument:
    """A new steering document, a draft that its own body alone sees until it is adopted. Raises as `create`."""
    _refuse_number(values.get("registry_number", ""))
    return create(actor=actor, model=SteeringDocument, values=values, at=at)


def change_document(
    *, actor: User | None, document: SteeringDocument, version: int | None, at: datetime, **values: Unpack[DocumentValues]
) -> SteeringDocument:
    """Changes a document. Raises as `change`."""
    _refuse_number(values.get("registry_number", ""))
    _refuse_undecided(document, values)
    return change(actor=actor, row=document, version=version, values=values, at=at)


@on_record_when_forbidden("object.change_refused")
def adopt(*, actor: User | None, row: SteeringDocument | TargetState, at: datetime, **said: Unpack[AdoptionValues]) -> Adoption:
    """A body has adopted `row`, which is decided from now on and seen by everybody. A joint one is adopted by several bodies, one by one.

    Raises Refused unless the actor acts in that body or may change `row`, if the days or the paragraph cannot be right, and if it is known already.
    """
    found = lock(actor=actor, row=row, at=at)
    body, of = said["body"], {"target_state" if isinstance(found, TargetState) else "document": found}
    function = acting_in(actor, body, on=day(at)) or check_edit(actor, found, on=day(at))
    values = _adoption(said, today=day(at))
    before = _adoptions(of)
    if Adoption.objects.filter(**of, body=body, decided_on=said["decided_on"]).exists():
        raise Refused(_("Att %(body)s har antagit ”%(what)s” den dagen finns redan antecknat.") % {"body": body, "what": found})
    adoption = Adoption.objects.create(**of, **values)
    keep_change(
        actor=actor,
        row=found,
        expected=None,
        values={"state": DocumentState.DECIDED},
        links={},
        object_type=found.KIND,
        at=at,
        function=function,
        also={"adoptions": (before, _adoptions(of))},
    )
    return adoption


def _adoption(said: AdoptionValues, *, today: date) -> AdoptionValues:
    """As it is to be stored. Raises Refused if it cannot be right."""
    until = None if said.get("decided_until") == said["decided_on"] else said.get("decided_until")
    paragraph, number = said.get("paragraph", ""), said.get("registry_number", "")
    days = {"decided_on": said["decided_on"], "decided_until": until}
    if faults := decision_faults(**days, paragraph=paragraph, outcome="", text="-", today=today):
        raise Refused(" ".join(map(sentence_text, faults.values())))
    _refuse_number(number)
    return said | {"decided_until": until, "paragraph": written_paragraph(paragraph), "registry_number": number.strip()}


def _adoptions(of: dict[str, SteeringDocument | TargetState]) -> list[str]:
    """As the history keeps them: "2025-03-25 § 39 RS/12/2025 body-key"."""
    found = Adoption.objects.filter(**of).select_related("body")
    return [" ".join(filter(None, (row.decided_on.isoformat(), row.paragraph, row.registry_number, row.body.key))) for row in found]


def _refuse_undecided(row: SteeringDocument | TargetState, values: Mapping[str, Any]) -> None:
    if row.state == DocumentState.DECIDED and values.get("state") == DocumentState.DRAFT:
        raise Refused(_("”%(what)s” är beslutat och kan inte bli utkast igen. Gör ett nytt dokument som ersätter det.") % {"what": row})


def _refuse_number(registry_number: str) -> None:
    try:
        if registry_number.strip():
            parse_registry_number(registry_number)
    except RegistryNumberError as fault:
        raise Refused(fault.reason) from None
