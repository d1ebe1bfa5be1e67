from dataclasses import replace

import pytest

from styrkedja.core.controls.snapshot import ActionState
from tests.core.controls.region import INDICATOR, LINK, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

WAITING = added(indicators=(replace(INDICATOR, key="väntetid", name="Väntetid"),))

TABLE = [
    Case("an action without indicator", changed("listningen", indicators=()), [("R09", "listningen")]),
    Case("a goal without indicator", changed("nämndmål", indicators=()), [("R09b", "nämndmål")]),
    Case(
        "another indicator than the goal's",
        changed("listningen", WAITING, indicators=("väntetid",)),
        [("A42", "listningen")],
        changed("listningen", WAITING, indicators=("väntetid", "kontinuitet")),
    ),
    Near("done", changed("listningen", state=ActionState.DONE, indicators=())),
    Near("the indicator of the goal above", changed("nämndmål", WAITING, indicators=(replace(LINK, indicator="väntetid"),))),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r09_indicators_show_what_actions_contribute(case: Case | Near) -> None:
    check_table("R09", case)
