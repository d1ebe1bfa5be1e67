"""The actions whose realised effects somebody may report, and what has been said of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.core.controls.snapshot.kinds import ActionState
from styrkedja.effects.models import EffectRealisation
from styrkedja.effects.selectors import realisations
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import positions
from styrkedja.steering.models import Action
from styrkedja.steering.selectors import shown


@dataclass(frozen=True)
class ActionMonth:
    action: Action
    told: EffectRealisation | None


def to_report(user: User, county: County, month: date, *, on: date) -> Sequence[ActionMonth]:
    """The actions of `user`'s bodies, or of their plans, that run in the month and have a calculation or have been reported before.

    Plans whose year is over count too: what is left of their reporting can still be told.
    """
    found = reportable(user, month, on=on).filter(county=county)
    actions = list(found.distinct().select_related("programme").order_by("title", "pk"))
    told = {row.action_id: row for row in realisations(user, on=on, actions=actions).filter(month=month)}
    return [ActionMonth(action, told.get(action.pk)) for action in actions]


def reportable(user: User, month: date, *, on: date) -> QuerySet[Action]:
    """The same in every county; an action may come several times."""
    found = shown(user, Action, on=on).exclude(state=ActionState.CANCELLED)
    if not (user.is_active and user.is_administrator):
        own = [body for body, _function in positions(user, on=on)]
        found = found.filter(Q(accountable_body__in=own) | Q(document__accountable_body__in=own))
    runs = (Q(document=None) | Q(document__valid_from=None) | Q(document__valid_from__lte=month)) & (
        Q(document=None) | Q(document__valid_until=None) | Q(document__valid_until__gt=month)
    )
    return found.filter(runs, Q(estimates__isnull=False) | Q(realisations__isnull=False))
