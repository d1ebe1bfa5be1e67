"""What many actions have brought home in a month, told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Forbidden, Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.effects.models import EffectRealisation
from styrkedja.effects.services.economy import change_realisation, create_realisation
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.steering.models import Action
from styrkedja.ui.wording import sentence_text


@dataclass(frozen=True)
class MonthLine:
    """An action in a month, in öre. `version` is that of the row that was read; None when the month had none."""

    action: Action
    planned: int | None
    realised: int | None
    forecast: int | None
    evidence: str
    version: int | None = None


@on_record_when_forbidden("object.change_refused")
def report_month(*, actor: User | None, month: date, lines: Sequence[MonthLine], at: datetime) -> list[EffectRealisation]:
    """Writes every line: a new month where something is said, a changed one where it differs. All of them or, if one is refused, none.

    Raises Outdated and Refused as the services of a single month, with the name of the action.
    """
    found = {row.action_id: row for row in EffectRealisation.objects.filter(action__in=[line.action for line in lines], month=month)}
    written = []
    for line in lines:
        values = {"planned_ore": line.planned, "realised_ore": line.realised, "forecast_ore": line.forecast, "evidence": line.evidence}
        there = found.get(line.action.pk)
        if there is None and all(value in (None, "") for value in values.values()):
            continue
        try:
            if there is None:
                written.append(create_realisation(actor=actor, action=line.action, month=month, at=at, **values))
            else:
                written.append(change_realisation(actor=actor, realisation=there, version=line.version or 0, at=at, **values))
        except (Outdated, Forbidden):
            raise
        except Refused as refused:
            raise Refused(_("%(action)s: %(reason)s") % {"action": line.action, "reason": sentence_text(refused.reason)}) from refused
    return written
