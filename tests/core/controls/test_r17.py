from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from styrkedja.core.controls.snapshot import DesiredDirection, GoalConflict, ObjectKind, ObstacleKind, Ref, Snapshot
from tests.core.controls.region import COMMITTEE_GOAL, DIRECTOR, INDICATOR, LINK, OBSTACLE, REGIONAL_GOAL, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

DOWNWARDS = replace(LINK, baseline=Decimal(55), target=Decimal(40))
AGAINST = replace(COMMITTEE_GOAL, key="bemanningsmål", name="Fler läkare på varje patient", indicators=(DOWNWARDS,))
CONFLICT = GoalConflict(
    key="konflikten",
    name="Kontinuitet mot bemanning",
    body="nämnden",
    goals=("nämndmål", "bemanningsmål"),
    accountable=(DIRECTOR,),
    decision="nämndbeslutet",
)
AT_HOME = added(goals=(replace(AGAINST, parent=None),))
OTHER_CONFLICT = replace(CONFLICT, key="konflikt 2", goals=("regionmål", "bemanningsmål"))
KNOWN = added(AT_HOME, conflicts=(CONFLICT, OTHER_CONFLICT))
BOTH = (Ref(ObjectKind.GOAL, "bemanningsmål"), Ref(ObjectKind.GOAL, "nämndmål"))
AS_OBSTACLE = replace(OBSTACLE, key="konflikthindret", obstacle_kind=ObstacleKind.GOAL_CONFLICT, hinders=BOTH)
COSTS = replace(INDICATOR, key="kostnad", name="Kostnad per besök", direction=DesiredDirection.DOWN, opposes=("kontinuitet",))
CHEAPER = replace(
    COMMITTEE_GOAL, key="kostnadsmål", indicators=(replace(LINK, indicator="kostnad", direction=DesiredDirection.DOWN),), body="enhet 1"
)


def elsewhere(body: str) -> Snapshot:
    """The goals stand in the plans of two units."""
    return added(changed("nämndmål", changed("regionmål", indicators=()), body="enhet 1"), goals=(replace(AGAINST, body=body),))


TABLE = [
    Case("an obstacle of nobody's", changed("hindret", accountable=()), [("R17a", "hindret")]),
    Case("an obstacle that nothing is done about", changed("hindret", response=" "), [("R17a", "hindret")]),
    Case("up here, down there", AT_HOME, [("R17b", "bemanningsmål")] * 2, KNOWN),
    Case(
        "a unit and the area above it",
        elsewhere("området"),
        [("R17b", "bemanningsmål")],
        added(elsewhere("området"), obstacles=(AS_OBSTACLE,)),
    ),
    Case(
        "two indicators known to oppose each other",
        added(changed("nämndmål", changed("regionmål", indicators=()), body="enhet 1"), indicators=(COSTS,), goals=(CHEAPER,)),
        [("R17b", "kostnadsmål")],
    ),
    Case(
        "a conflict with one goal",
        changed("hindret", obstacle_kind=ObstacleKind.GOAL_CONFLICT, hinders=BOTH[1:]),
        [("R17c", "hindret")],
        changed("hindret", obstacle_kind=ObstacleKind.GOAL_CONFLICT, hinders=BOTH),
    ),
    Case("a conflict that nobody has decided on", changed("konflikten", KNOWN, decision=None), [("A60", "konflikten")], KNOWN),
    Near("an obstacle out of the way", changed("hindret", accountable=(), response="", closed_on=date(2026, 9, 1))),
    Near("two units want different things", elsewhere("enhet 2")),
    Near("the same way", added(goals=(replace(AGAINST, indicators=(LINK,)),))),
    Near("no target to tell the way", added(goals=(replace(AGAINST, indicators=(replace(DOWNWARDS, target=None),)),))),
    Near(
        "an indicator that is not there",
        added(goals=(replace(REGIONAL_GOAL, key="okänt", indicators=(replace(LINK, indicator="okänd"),)),)),
    ),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r17_what_stands_in_the_way_is_dealt_with(case: Case | Near) -> None:
    check_table("R17", case)
