from dataclasses import replace

import pytest

from tests.core.controls.region import ACTION, ASSIGNMENT, CLEAN, COMMITTEE_GOAL, INDICATOR, LINK, REGIONAL_GOAL, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

ABOVE = replace(REGIONAL_GOAL, key="ännu ett regionmål", indicators=())
TAKES_UP = replace(COMMITTEE_GOAL, key="ännu ett nämndmål", parent="ännu ett regionmål")
WAITING = replace(INDICATOR, key="väntetid", name="Väntetid")
SECOND = replace(LINK, indicator="väntetid")

TABLE = [
    Case("nothing below takes it up", added(goals=(ABOVE,)), [("A19", "ännu ett regionmål")], added(goals=(ABOVE, TAKES_UP))),
    Case("no goal above", changed("nämndmål", parent=None), [("A19", "regionmål"), ("R06", "nämndmål")]),
    Case(
        "an indicator that nobody below follows",
        changed("regionmål", snapshot=added(indicators=(WAITING,)), indicators=(LINK, SECOND)),
        [("R06b", "regionmål")],
        changed("nämndmål", changed("regionmål", added(indicators=(WAITING,)), indicators=(LINK, SECOND)), indicators=(LINK, SECOND)),
    ),
    Near(
        "an assignment takes it up",
        added(goals=(ABOVE,), assignments=(replace(ASSIGNMENT, key="ännu ett", goals=("ännu ett regionmål",)),)),
    ),
    Near("an action below takes it up", added(goals=(ABOVE,), actions=(replace(ACTION, key="ännu en", goals=("ännu ett regionmål",)),))),
    Near("no plan below", replace(CLEAN, documents=(CLEAN.documents[0],), goals=(REGIONAL_GOAL,))),
    Near(
        "its own plan has divided it",
        added(goals=(ABOVE, replace(TAKES_UP, document="regionplanen"), replace(TAKES_UP, key="tredje", parent="ännu ett nämndmål"))),
    ),
    Near(
        "an indicator that is not there",
        changed("regionmål", indicators=(LINK, replace(LINK, indicator="okänd"))),
    ),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r06_goals_are_taken_up_below(case: Case | Near) -> None:
    check_table("R06", case)
