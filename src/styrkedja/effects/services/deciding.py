"""A decision with the calculations behind it (source 003.3: "att det finns en ekonomisk beräkning bakom besluten")."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.decisions.services import Grounds, record_decision, record_decision_outside
from styrkedja.effects.models import EffectEstimate
from styrkedja.effects.services.economy import change_estimate
from styrkedja.ledger.services.refusals import on_record_when_forbidden


@on_record_when_forbidden("decision.recording_refused")
def decide_on_estimates(
    *, actor: User, estimates: Sequence[EffectEstimate], grounds: Grounds, case: Case | None = None, at: datetime, **said: Any
) -> Decision:
    """Records a decision, in `case` or outside every case, and ties the calculations that it rests on to it.

    `said` is what `record_decision` or `record_decision_outside` takes. Raises as they do, and as `change_estimate`; then nothing is kept.
    """
    grounds = replace(grounds, has_estimate=bool(estimates))
    if case is None:
        decision = record_decision_outside(actor=actor, grounds=grounds, at=at, **said)
    else:
        whole = {"nature": DecisionNature.DECISION} | said
        decision = record_decision(actor=actor, case=case, grounds=grounds, at=at, **whole)
    for estimate in estimates:
        change_estimate(actor=actor, estimate=estimate, version=None, decision=decision, at=at)
    return decision
