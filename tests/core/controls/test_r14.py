from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rules import BY_ID
from styrkedja.core.controls.run import faults_of
from styrkedja.core.controls.snapshot import ActionKind, ActionState, ObjectKind, Ref, Snapshot, Standing
from tests.core.controls.region import ACTION, DELEGATION, DIRECTOR, JULY, added, changed
from tests.core.controls.tables import Case, Near, check_table, says


def missed(body: str, since: date, goal: str | None = "nämndmål") -> Snapshot:
    """The body has missed its target since the month `since`."""
    return changed("kontinuitet", standings=(Standing(body, goal, JULY, Decimal(52), Decimal(70), since),))


CORRECTION = replace(
    ACTION,
    key="rättelsen",
    action_kind=ActionKind.CORRECTIVE,
    corrects=(Ref(ObjectKind.GOAL, "nämndmål"),),
    unit=None,
    starts_on=date(2026, 9, 1),
)
LATE = changed("delmålet", due_on=date(2026, 6, 1))
POWERLESS = changed("reglementet", missed("regionen", JULY), may_correct=False)
BY_SEAT = replace(DELEGATION, key="rättelse", may_correct=True, corrects=("regionen",))

TABLE = [
    Case("nobody may correct it", POWERLESS, [("R14a", "nämndmål")], added(POWERLESS, mandates=(BY_SEAT,))),
    Case("the mandate has ended", changed("reglementet", missed("regionen", JULY), valid_until=date(2026, 10, 15)), [("R14a", "nämndmål")]),
    Case(
        "the function is vacant",
        changed(DIRECTOR, added(POWERLESS, mandates=(BY_SEAT,)), vacant_since=date(2026, 10, 1)),
        [("R14a", "nämndmål")],
        added(POWERLESS, mandates=(BY_SEAT,)),
    ),
    Case("a milestone passed", LATE, [("A55", "delmålet")], changed("delmålet", LATE, reached_on=date(2026, 6, 20))),
    Case(
        "a target missed since April",
        missed("området", date(2026, 4, 1)),
        [("A55", "nämndmål")],
        added(missed("området", date(2026, 4, 1)), actions=(CORRECTION,)),
    ),
    Case("an indicator without a goal", missed("området", date(2026, 4, 1), goal=None), [("A55", "kontinuitet")]),
    Case(
        "corrected somewhere else",
        added(missed("enhet 1", date(2026, 4, 1)), actions=(replace(CORRECTION, unit="enhet 2"),)),
        [("A55", "nämndmål")],
        added(missed("enhet 1", date(2026, 4, 1)), actions=(replace(CORRECTION, unit="enhet 1"),)),
    ),
    Case(
        "the correction was cancelled",
        added(missed("området", date(2026, 4, 1)), actions=(replace(CORRECTION, state=ActionState.CANCELLED),)),
        [("A55", "nämndmål")],
    ),
    Case(
        "missed for four years, the same old action",
        added(missed("området", date(2022, 9, 1)), actions=(replace(CORRECTION, starts_on=date(2023, 1, 1)),)),
        [("R14b", "nämndmål")],
        added(missed("området", date(2022, 9, 1)), actions=(CORRECTION,)),
    ),
    Near("missed last month", missed("området", JULY)),
    Near("met", changed("kontinuitet", standings=())),
    Near("the milestone is due today", changed("delmålet", due_on=date(2026, 10, 15))),
    Near("a mandate without places holds for its own body and below", changed("reglementet", missed("nämnden", JULY), corrects=())),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r14_deviations_are_corrected(case: Case | Near) -> None:
    check_table("R14", case)


def test_a_value_that_is_not_for_everybody_is_not_told() -> None:
    hidden = changed("kontinuitet", standings=(Standing("området", "nämndmål", JULY, None, Decimal(70), date(2026, 4, 1)),))
    told = {fault.explanation for fault in faults_of(BY_ID["R14"], Chain(hidden))}
    assert any("når inte målvärdet 70 för" in text and "Värdet visas inte (röjandeskydd)." in text for text in told)
    assert not any("None" in text for text in told)
