from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.core.periods import Period
from tests.core.controls.region import CLEAN, COMMITTEE_GOAL, MILESTONE, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

LOOSE = replace(COMMITTEE_GOAL, key="löst mål")
OF_LOOSE = replace(MILESTONE, key="löst delmål", of=Ref(ObjectKind.GOAL, "löst mål"))
LONG = replace(LOOSE, period=Period(date(2026, 1, 1), date(2028, 1, 1)))

TABLE = [
    Case("a goal without milestones", added(goals=(LOOSE,)), [("R01a", "löst mål")], added(goals=(LOOSE,), milestones=(OF_LOOSE,))),
    Case(
        "a goal whose milestones have no date",
        added(goals=(LOOSE,), milestones=(replace(OF_LOOSE, due_on=None),)),
        [("R01a", "löst mål"), ("A07", "löst delmål")],
        added(goals=(LOOSE,), milestones=(OF_LOOSE,)),
    ),
    Case("a long goal without milestones", added(goals=(LONG,)), [("A03", "löst mål")], added(goals=(LONG,), milestones=(OF_LOOSE,))),
    Case("nobody follows the milestone up", changed("delmålet", follow_ups=()), [("A03", "delmålet")]),
    Case("no criterion", changed("delmålet", criterion=" ", indicator=None, target=None), [("R01b", "delmålet")]),
    Case("an indicator without its target", changed("delmålet", criterion="", target=None), [("R01b", "delmålet")]),
    Case("a vague criterion", changed("delmålet", criterion="Kontinuiteten bör öka.", target=None), [("R01b", "delmålet")]),
    Case("nobody answers for the plan", changed("nämndplanen", accountable=()), [("A07", "nämndplanen")]),
    Case("six strategies are called five", changed("målbilden", text="Den bygger på fem strategier."), [("A05", "målbilden")]),
    Case("a number in figures", changed("målbilden", text="Den bygger på 5 övergripande strategier."), [("A05", "målbilden")]),
    Near("a milestone below serves the goal above", changed("regionmål", name="Ett mål utan eget delmål")),
    Near("a criterion that is yes or no", changed("delmålet", criterion="Avtalet är undertecknat.", indicator=None, target=None)),
    Near("follow-up that is not kept", changed("delmålet", follow_ups=None)),
    Near("a text without a number", changed("målbilden", text="Den bygger på flera strategier.")),
    Near("a plan without goals needs no owner", changed("nämndplanen", snapshot=replace(CLEAN, goals=(), milestones=()), accountable=())),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r01_goals_have_dated_milestones(case: Case | Near) -> None:
    check_table("R01", case)
