"""The chain for those who may see it: objects, their places, their history."""

from styrkedja.steering.selectors.chain import Chain, Link, above, below, chain
from styrkedja.steering.selectors.edges import ABOVE, ORDER
from styrkedja.steering.selectors.history import FieldChange, HistoryLine, Stood, history, history_of, stood_at
from styrkedja.steering.selectors.levels import LEVELS, Level, Share, horizontal, vertical
from styrkedja.steering.selectors.objects import (
    accountable_for,
    actions,
    adoptions_of,
    assignments,
    documents,
    forums,
    goal_areas,
    goals,
    in_force,
    milestones,
    object_by_key,
    obstacles,
    programmes,
    shown,
    target_states,
)
from styrkedja.steering.selectors.visibility import Sight, sight, visible

__all__ = [
    "ABOVE",
    "Chain",
    "FieldChange",
    "HistoryLine",
    "LEVELS",
    "Level",
    "Link",
    "ORDER",
    "Share",
    "Sight",
    "Stood",
    "above",
    "accountable_for",
    "actions",
    "adoptions_of",
    "assignments",
    "below",
    "chain",
    "documents",
    "forums",
    "goal_areas",
    "goals",
    "history",
    "history_of",
    "horizontal",
    "in_force",
    "milestones",
    "object_by_key",
    "obstacles",
    "programmes",
    "shown",
    "sight",
    "stood_at",
    "target_states",
    "vertical",
    "visible",
]
