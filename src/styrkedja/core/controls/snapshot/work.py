"""What is done, and what is in its way: programmes, actions, obstacles, conflicts between goals."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from styrkedja.core.controls.snapshot.kinds import ActionKind, ActionState, ObjectKind, ObstacleKind, TimeFrame
from styrkedja.core.controls.snapshot.things import Ref, Thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Programme(Thing):
    """An action programme; its actions name it."""

    kind: ClassVar[ObjectKind] = ObjectKind.PROGRAMME
    accountable: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Action(Thing):
    """`goals`, `indicators` and `accountable` are keys; `unit` is the body where it is done. `resources`: what it is carried out with, in words.

    `parent`: the action of a
    level above that it carries out. `corrects`: the goal, indicator or milestone whose deviation it answers. `parts`: how many measured parts (products, units, volume and price)
    the effect of an efficiency action is followed in (A51).
    """

    kind: ClassVar[ObjectKind] = ObjectKind.ACTION
    text: str
    action_kind: ActionKind
    time_frame: TimeFrame | None
    state: ActionState
    goals: tuple[str, ...]
    indicators: tuple[str, ...]
    unit: str | None
    accountable: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    resources: str
    document: str | None
    programme: str | None
    parent: str | None = None
    assignments: tuple[str, ...] | None = None
    corrects: tuple[Ref, ...] = ()
    care_level: str | None = None
    concerns: tuple[str, ...] | None = None
    counterparts: tuple[str, ...] = ()
    funding_until: date | None = None
    continuation: str = ""
    is_it: bool = False
    project_leader: str | None = None
    is_efficiency: bool = False
    parts: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in (ActionState.PLANNED, ActionState.STARTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Obstacle(Thing):
    """`hinders`: goals and actions; of a goal conflict both goals. `response`: what is done about it."""

    kind: ClassVar[ObjectKind] = ObjectKind.OBSTACLE
    obstacle_kind: ObstacleKind
    hinders: tuple[Ref, ...]
    accountable: tuple[str, ...]
    response: str
    reported_on: date | None
    closed_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalConflict(Thing):
    """Two goals that cannot both be reached as they stand, not yet resolved. `decision`: the key of the decision on how they are weighed."""

    kind: ClassVar[ObjectKind] = ObjectKind.GOAL_CONFLICT
    goals: tuple[str, str]
    accountable: tuple[str, ...]
    decision: str | None
