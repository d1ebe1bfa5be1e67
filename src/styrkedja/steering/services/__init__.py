"""Everything that changes the chain, kind by kind; what they share is in `objects`."""

from styrkedja.steering.services.actions import change_action, change_programme, create_action, create_programme
from styrkedja.steering.services.adopting import adopt, withdraw_adoption
from styrkedja.steering.services.documents import (
    change_document,
    change_strategy,
    change_target_state,
    create_document,
    create_strategy,
    create_target_state,
)
from styrkedja.steering.services.following import (
    change_forum,
    change_goal_conflict,
    change_obstacle,
    create_forum,
    create_goal_conflict,
    create_obstacle,
)
from styrkedja.steering.services.goals import (
    change_assignment,
    change_goal,
    change_goal_area,
    change_goal_indicator,
    change_milestone,
    create_assignment,
    create_goal,
    create_goal_area,
    create_goal_indicator,
    create_milestone,
    reach_milestone,
    report_back,
)
from styrkedja.steering.services.planning import Mapped, record_transfer, start_next_plan

__all__ = [
    "Mapped",
    "adopt",
    "change_action",
    "change_assignment",
    "change_document",
    "change_forum",
    "change_goal",
    "change_goal_area",
    "change_goal_conflict",
    "change_goal_indicator",
    "change_milestone",
    "change_obstacle",
    "change_programme",
    "change_strategy",
    "change_target_state",
    "create_action",
    "create_assignment",
    "create_document",
    "create_forum",
    "create_goal",
    "create_goal_area",
    "create_goal_conflict",
    "create_goal_indicator",
    "create_milestone",
    "create_obstacle",
    "create_programme",
    "create_strategy",
    "create_target_state",
    "reach_milestone",
    "record_transfer",
    "report_back",
    "start_next_plan",
    "withdraw_adoption",
]
