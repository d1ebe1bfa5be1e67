from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import Snapshot
from tests.core.controls.region import CLEAN, INDICATOR, JULY, changed
from tests.core.controls.tables import Case, Near, check_table, found_in, says


def without(*bodies: str, period: date = JULY) -> Snapshot:
    """No values for these bodies in the period."""
    return changed("kontinuitet", cells=frozenset(cell for cell in INDICATOR.cells if not (cell.body in bodies and cell.period == period)))


UNITS = ("enhet 1", "enhet 2", "enhet 3")

TABLE = [
    Case("one unit of three", without("enhet 2"), [("R11a", "kontinuitet")]),
    Case("nothing below", without(*UNITS), [("R11b", "kontinuitet")]),
    Case("nothing above", without("området"), [("A49", "kontinuitet"), ("R11b", "kontinuitet")]),
    Near("most units have none", without("enhet 1", "enhet 2")),
    Near("an older period", without("enhet 2", period=date(2026, 5, 1))),
    Near("no body has any: another rule says so", changed("kontinuitet", cells=frozenset())),
    Near("it is not to be broken down", changed("kontinuitet", without(*UNITS), levels=("REGION", "ADMINISTRATION", "AREA"))),
    Near("in no plan", replace(without("enhet 2"), goals=(), actions=())),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r11_follow_up_hangs_together(case: Case | Near) -> None:
    check_table("R11", case)


def test_a_body_without_siblings_lacks_nothing() -> None:
    assert found_in("R11", replace(CLEAN, bodies=CLEAN.bodies[:5])) == []
