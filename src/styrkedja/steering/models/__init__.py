"""The objects of the chain. `KINDS` names each as the log, the history and the addresses do."""

from styrkedja.steering.models.actions import ACTION_KINDS, ACTION_STATES, TIME_FRAMES, Action, ActionProgramme
from styrkedja.steering.models.base import ChainObject
from styrkedja.steering.models.documents import (
    DOCUMENT_KINDS,
    Adoption,
    DocumentState,
    SteeringDocument,
    Strategy,
    TargetState,
    TargetStateKind,
)
from styrkedja.steering.models.following import OBSTACLE_KINDS, Forum, GoalConflict, Obstacle, Transfer, TransferKind
from styrkedja.steering.models.goals import Assignment, Goal, GoalArea, GoalHorizon, GoalIndicator, GoalState, Milestone

_MODELS: tuple[type[ChainObject], ...] = (
    TargetState,
    Strategy,
    SteeringDocument,
    GoalArea,
    Goal,
    GoalIndicator,
    Milestone,
    Assignment,
    ActionProgramme,
    Action,
    Obstacle,
    GoalConflict,
    Forum,
)
KINDS: dict[str, type[ChainObject]] = {model.KIND: model for model in _MODELS}

__all__ = [
    "ACTION_KINDS",
    "ACTION_STATES",
    "Action",
    "ActionProgramme",
    "Adoption",
    "Assignment",
    "ChainObject",
    "DOCUMENT_KINDS",
    "DocumentState",
    "Forum",
    "Goal",
    "GoalArea",
    "GoalConflict",
    "GoalHorizon",
    "GoalIndicator",
    "GoalState",
    "KINDS",
    "Milestone",
    "OBSTACLE_KINDS",
    "Obstacle",
    "SteeringDocument",
    "Strategy",
    "TIME_FRAMES",
    "TargetState",
    "TargetStateKind",
    "Transfer",
    "TransferKind",
]
