"""How one year's plan became the next."""

from collections.abc import Sequence
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.steering.models import SteeringDocument, Transfer
from styrkedja.steering.selectors import visible

_ROWS = ("goal", "new_goal", "action", "new_action", "from_document", "to_document")


def transfers_from(user: User, document: SteeringDocument, *, on: date) -> Sequence[Transfer]:
    """What became of the plan's goals and actions, in plans that `user` may see."""
    seen = visible(user, SteeringDocument, on=on).values("pk")
    return list(Transfer.objects.filter(from_document=document, to_document__in=seen).select_related(*_ROWS).order_by("pk"))


def transfers_to(user: User, document: SteeringDocument, *, on: date) -> Sequence[Transfer]:
    """What the plan's goals and actions come from."""
    seen = visible(user, SteeringDocument, on=on).values("pk")
    return list(Transfer.objects.filter(to_document=document, from_document__in=seen).select_related(*_ROWS).order_by("pk"))
