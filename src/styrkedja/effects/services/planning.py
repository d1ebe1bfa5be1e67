"""The next year's plan with its economy: what steering takes over, with the calculations of the years that are left."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from styrkedja.accounts.models import User
from styrkedja.effects.models import EffectEstimate
from styrkedja.effects.services.economy import amounts, create_estimate
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.models import SteeringDocument, Transfer
from styrkedja.steering.services import Mapped, start_next_plan
from styrkedja.steering.services.values import DocumentValues
from styrkedja.ui.clock import day


@on_record_when_forbidden("object.creation_refused")
def plan_next_year(
    *, actor: User | None, document: SteeringDocument, mapping: Sequence[Mapped], at: datetime, **values: Unpack[DocumentValues]
) -> SteeringDocument:
    """A new plan after `document`, as `steering.services.start_next_plan`. Each calculation follows its action, with its years that are not over.

    A cost that falls once follows only an action that has not started. The old plan and its reporting stay as they are.
    """
    plan = start_next_plan(actor=actor, document=document, mapping=mapping, at=at, **values)
    since = plan.valid_from or day(at)
    for transfer in Transfer.objects.filter(to_document=plan, new_action__isnull=False).select_related("action", "new_action"):
        for estimate in EffectEstimate.objects.filter(action=transfer.action).order_by("pk"):
            left = [year for year in amounts(estimate) if year.year >= since.year]
            if left:
                is_ahead = transfer.action.starts_on is None or transfer.action.starts_on >= since
                create_estimate(
                    actor=actor,
                    action=transfer.new_action,
                    years=left,
                    title=estimate.title,
                    text=estimate.text,
                    accountable_body=estimate.accountable_body,
                    accountable_seat=estimate.accountable_seat,
                    one_off_ore=estimate.one_off_ore if is_ahead else None,
                    first_effect_on=estimate.first_effect_on,
                    assumptions=estimate.assumptions,
                    calculated_by=estimate.calculated_by,
                    calculated_on=estimate.calculated_on,
                    decision=estimate.decision,
                    at=at,
                )
    return plan
