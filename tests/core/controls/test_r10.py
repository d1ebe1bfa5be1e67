from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import ActionKind, ActionState
from tests.core.controls.region import CLEAN, ESTIMATE, REALISED, changed
from tests.core.controls.tables import Case, Near, check_table, says

NONE_YET = replace(CLEAN, realised=())
UNCALCULATED = replace(NONE_YET, estimates=())

TABLE = [
    Case("nothing for the last month", replace(CLEAN, realised=REALISED[:-1]), [("R10", "listningen")]),
    Case(
        "a row without its amount", replace(CLEAN, realised=(*REALISED[:-1], REALISED[-1]._replace(amount=None))), [("R10", "listningen")]
    ),
    Case("never anything", NONE_YET, [("R10", "listningen")]),
    Case("without a calculation, from the start", UNCALCULATED, [("R10", "listningen")]),
    Case(
        "done and never measured",
        changed("listningen", NONE_YET, state=ActionState.DONE, done_on=date(2026, 9, 1)),
        [("A46", "listningen")],
    ),
    Case(
        "an efficiency on a total",
        changed("listningen", is_efficiency=True, parts=1),
        [("A51", "listningen")],
        changed("listningen", is_efficiency=True, parts=4),
    ),
    Near("the month has just ended", replace(CLEAN, on=date(2026, 9, 20), realised=REALISED[:-1])),
    Near("zero is reported", replace(CLEAN, realised=(*REALISED[:-1], REALISED[-1]._replace(amount=0)))),
    Near("not started", changed("listningen", NONE_YET, state=ActionState.PLANNED)),
    Near("pays later", replace(NONE_YET, estimates=(replace(ESTIMATE, first_effect_month=date(2026, 11, 1)),))),
    Near("no such action", changed("listningen", NONE_YET, action_kind=ActionKind.OTHER)),
    Near("parts that are not kept", changed("listningen", is_efficiency=True, parts=None)),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r10_effects_are_brought_home(case: Case | Near) -> None:
    check_table("R10", case)
