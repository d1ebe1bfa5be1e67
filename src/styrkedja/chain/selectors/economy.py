"""What actions were to bring home, and what they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from styrkedja.accounts.models import User
from styrkedja.effects.models import EstimateYear
from styrkedja.effects.selectors import counted, estimates, realisations
from styrkedja.steering.models import Action


@dataclass(frozen=True)
class Sum:
    """Of a year, in öre: the net effect that was calculated, and what has been brought home so far. None where nothing has been said."""

    planned: int | None = None
    realised: int | None = None

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(_plus(self.planned, other.planned), _plus(self.realised, other.realised))


def _plus(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else one + other


def brought_home(user: User, actions: Iterable[Action], *, on: date) -> dict[int, Sum]:
    """By action, of the year that `on` lies in. Two queries."""
    rows = list(actions)
    seen = counted(estimates(user, on=on, actions=rows))
    planned = (
        EstimateYear.objects.filter(estimate__in=seen, year=on.year).values_list("estimate__action_id").annotate(net=models.Sum("net_ore"))
    )
    done = realisations(user, on=on, actions=rows).filter(month__year=on.year, month__lte=on, realised_ore__isnull=False)
    realised = done.order_by().values_list("action_id").annotate(sum=models.Sum("realised_ore"))
    found = {action: Sum(planned=net) for action, net in planned}
    for action, amount in realised:
        found[action] = found.get(action, Sum()) + Sum(realised=amount)
    return found
