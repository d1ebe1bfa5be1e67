from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from styrkedja.core.controls.snapshot import ActionState, ObjectKind, Ref, Transfer
from tests.core.controls.region import CLEAN, MILESTONE, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

UNMEASURED = changed("listningen", indicators=())
OF_ACTION = replace(MILESTONE, key="åtgärdens delmål", of=Ref(ObjectKind.ACTION, "listningen"), criterion="", target=Decimal(60))
LEFT = Transfer(
    document="nämndplanen",
    previous=Ref(ObjectKind.ACTION, "gammal"),
    previous_name="Öppettider på kvällar",
    into=(),
    reason="",
    is_decided=False,
)
DROPPED = replace(LEFT, is_decided=True)

TABLE = [
    Case("free text alone", UNMEASURED, [("R12", "listningen")], added(UNMEASURED, milestones=(OF_ACTION,))),
    Case(
        "a milestone without a date",
        added(UNMEASURED, milestones=(replace(OF_ACTION, due_on=None),)),
        [("R12", "listningen")],
        added(UNMEASURED, milestones=(OF_ACTION,)),
    ),
    Case(
        "past its end",
        changed("listningen", ends_on=date(2026, 9, 30)),
        [("A06", "listningen")],
        changed("listningen", ends_on=date(2026, 10, 30)),
    ),
    Case("not begun", changed("listningen", state=ActionState.PLANNED), [("A06", "listningen")]),
    Case("a vague goal", changed("nämndmål", name="Vi ska verka för bättre kontinuitet"), [("A14", "nämndmål")]),
    Case("a vague assignment", changed("uppdraget", text="Kontinuiteten bör utvecklas löpande."), [("A14", "uppdraget")]),
    Case("a vague action", changed("listningen", text="Vi ämnar verka för listning."), [("A48", "listningen")]),
    Case(
        "nobody has said what became of it",
        added(transfers=(LEFT,)),
        [("A50", "nämndplanen")],
        added(transfers=(replace(DROPPED, reason="Klar."),)),
    ),
    Case(
        "dropped without a reason",
        added(transfers=(DROPPED,)),
        [("A50", "nämndplanen")],
        added(transfers=(replace(DROPPED, reason="Klar."),)),
    ),
    Near("kept in the new plan", added(transfers=(replace(DROPPED, into=(Ref(ObjectKind.ACTION, "listningen"),)),))),
    Near("the last day is today", changed("listningen", ends_on=CLEAN.on)),
    Near("firm: a date", changed("nämndmål", text="Vi ska verka för kontinuitet till 2026-12-31.")),
    Near("a plan that is not there", added(transfers=(replace(LEFT, document="okänd"),))),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r12_plans_can_be_followed(case: Case | Near) -> None:
    check_table("R12", case)
