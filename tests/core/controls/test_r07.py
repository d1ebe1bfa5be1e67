from dataclasses import replace

import pytest

from styrkedja.core.controls.snapshot import ActionState
from tests.core.controls.region import ACTION, COMMITTEE_GOAL, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

BARE = replace(COMMITTEE_GOAL, key="utan åtgärd")
ITS_ACTION = replace(ACTION, key="dess åtgärd", goals=("utan åtgärd",))

TABLE = [
    Case("an action for nothing", changed("listningen", goals=()), [("R07a", "listningen"), ("R07b", "nämndmål")]),
    Case("a goal without action", added(goals=(BARE,)), [("R07b", "utan åtgärd")], added(goals=(BARE,), actions=(ITS_ACTION,))),
    Case(
        "a goal whose actions were cancelled",
        added(goals=(BARE,), actions=(replace(ITS_ACTION, state=ActionState.CANCELLED),)),
        [("R07b", "utan åtgärd")],
        added(goals=(BARE,), actions=(ITS_ACTION,)),
    ),
    Case("an action without assignment", changed("listningen", assignments=()), [("A43", "listningen")]),
    Near("a goal is served through the goals below it", added(goals=(BARE,), actions=(ITS_ACTION,))),
    Near("what has been done serves", changed("listningen", state=ActionState.DONE)),
    Near("assignments that are not kept", changed("listningen", assignments=None)),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r07_actions_serve_goals(case: Case | Near) -> None:
    check_table("R07", case)
