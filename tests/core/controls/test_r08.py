from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import ActionKind, ActionState, BalanceRequirement, YearEffect
from tests.core.controls.region import ACTION, CLEAN, ESTIMATE, KRONA, MILLION, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

SECOND = replace(ACTION, key="hyrstopp", document=None)
OF_SECOND = replace(ESTIMATE, key="hyrstoppets", action="hyrstopp")

TABLE = [
    Case(
        "no calculation",
        added(actions=(replace(SECOND, programme=None),)),
        [("R08a", "hyrstopp")],
        added(actions=(replace(SECOND, programme=None),), estimates=(OF_SECOND,)),
    ),
    Case(
        "some of a programme's actions cannot be ranked",
        added(actions=(SECOND,)),
        [("R08a", "hyrstopp"), ("A61", "programmet")],
        added(actions=(SECOND,), estimates=(OF_SECOND,)),
    ),
    Case(
        "short of the requirement",
        replace(CLEAN, requirements=(BalanceRequirement(document="nämndplanen", year=2026, amount=9 * MILLION),)),
        [("R08b", "nämndplanen")],
    ),
    Case(
        "no year reaches it",
        added(requirements=(BalanceRequirement(document="regionplanen", year=2027, amount=MILLION),)),
        [("R08b", "regionplanen")],
    ),
    Case(
        "a bare calculation",
        changed("beräkningen", first_effect_month=None, assumptions="", calculated_by=None),
        [("A40", "beräkningen")],
    ),
    Case(
        "no interval", changed("beräkningen", effects=(YearEffect(2026, 7 * MILLION, 6 * MILLION, None, None),)), [("A40", "beräkningen")]
    ),
    Case("another sum", changed("nämndplanen", stated_effect=8 * MILLION), [("A40", "nämndplanen")]),
    Case("structural or not", changed("listningen", time_frame=None), [("A45", "listningen")]),
    Near("other actions need no calculation", added(actions=(replace(SECOND, action_kind=ActionKind.OTHER, time_frame=None),))),
    Near("cancelled actions need none", added(actions=(replace(SECOND, state=ActionState.CANCELLED),))),
    Near(
        "the plan above counts those below",
        added(requirements=(BalanceRequirement(document="regionplanen", year=2026, amount=6 * MILLION),)),
    ),
    Near("rounded", changed("nämndplanen", stated_effect=6 * MILLION + 900 * KRONA)),
    Near("the last calculation counts", added(estimates=(replace(ESTIMATE, key="ny", first_effect_month=date(2026, 5, 1)),))),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r08_what_improves_the_result_is_calculated(case: Case | Near) -> None:
    check_table("R08", case)
