"""What somebody who writes is told of a plan that is decided already."""

from typing import Any

from django.utils.translation import gettext as _

from styrkedja.steering.models import ChainObject, DocumentState, SteeringDocument, TargetState

# What is told while a plan runs, and is no part of what was decided.
_FOLLOWED_UP = frozenset({"obstacle", "goal-conflict", "estimate", "realisation"})


def decided_note(row: ChainObject) -> str:
    """That the object is decided, or stands in something that is, and what that means for a change; "" for the rest."""
    if row.KIND in _FOLLOWED_UP:
        return ""
    plan = next(filter(None, (_decided(row, way) for way in type(row).PLANS)), None)
    if plan is None:
        return ""
    said = _("”%(plan)s” är beslutat. Det du sparar gäller genast, och historiken visar vad som stod förut, vem som ändrade och när.")
    return said % {"plan": plan}


def _decided(row: ChainObject, way: str) -> SteeringDocument | TargetState | None:
    """What stands at the end of the way, if it is decided. Of a row that is not made yet some ways are not known."""
    found: Any = row
    for name in filter(None, way.split("__")):
        found = getattr(found, name, None)
    return found if getattr(found, "state", "") == DocumentState.DECIDED and isinstance(found, SteeringDocument | TargetState) else None
