"""Target states, strategies and steering documents; their adoption is in `adopting`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.registry_numbers import RegistryNumberError, parse_registry_number
from styrkedja.steering.models import DocumentState, SteeringDocument, Strategy, TargetState
from styrkedja.steering.services.objects import change, create
from styrkedja.steering.services.values import DocumentValues, StrategyValues, TargetStateValues


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
    refuse_number(values.get("registry_number", ""))
    return create(actor=actor, model=SteeringDocument, values=values, at=at)


def change_document(
    *, actor: User | None, document: SteeringDocument, version: int | None, at: datetime, **values: Unpack[DocumentValues]
) -> SteeringDocument:
    """Changes a document. Raises as `change`."""
    refuse_number(values.get("registry_number", ""))
    _refuse_undecided(document, values)
    return change(actor=actor, row=document, version=version, values=values, at=at)


def _refuse_undecided(row: SteeringDocument | TargetState, values: Mapping[str, Any]) -> None:
    if row.state == DocumentState.DECIDED and values.get("state") == DocumentState.DRAFT:
        raise Refused(_("”%(what)s” är beslutat och kan inte bli utkast igen. Gör ett nytt dokument som ersätter det.") % {"what": row})


def refuse_number(registry_number: str) -> None:
    """Raises Refused if it is no registry number; none at all is fine."""
    try:
        if registry_number.strip():
            parse_registry_number(registry_number)
    except RegistryNumberError as fault:
        raise Refused(fault.reason) from None
