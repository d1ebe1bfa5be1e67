from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import Frequency, Snapshot
from tests.core.controls.region import CLEAN, INDICATOR, JULY, LINK, REPORT, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

UNUSED = replace(INDICATOR, key="oanvänd", cells=frozenset(), source="")
LATER = replace(REPORT, key="senare rapport", handed_in_on=date(2026, 9, 1), covers=())


def measured_until(last: date) -> Snapshot:
    """No values after the period that begins on `last`."""
    return changed("kontinuitet", cells=frozenset(cell for cell in INDICATOR.cells if cell.period <= last))


TABLE = [
    Case("no value for the last month", measured_until(date(2026, 6, 1)), [("R03", "kontinuitet")]),
    Case("never a value", changed("kontinuitet", cells=frozenset()), [("A13", "kontinuitet")]),
    Case("silent for three months", measured_until(date(2026, 4, 1)), [("A13", "kontinuitet")]),
    Case("no source", changed("kontinuitet", source=""), [("A13", "kontinuitet")]),
    Case("a goal in no report", changed("nämndmål", reports=()), [("A12", "nämndmål")]),
    Case("no target", changed("nämndmål", indicators=(replace(LINK, target=None, target_on=None),)), [("A15", "nämndmål")]),
    Case("whom it covers is not said", changed("kontinuitet", coverage=""), [("A17", "kontinuitet")]),
    Case("not measurable for two years", changed("kontinuitet", not_measurable_since=date(2024, 10, 1)), [("A25", "kontinuitet")]),
    Case(
        "measured but not reported",
        added(reports=(LATER,)),
        [("A27", "kontinuitet")],
        added(reports=(replace(LATER, covers=REPORT.covers),)),
    ),
    Near("an indicator in no plan", added(indicators=(UNUSED,))),
    Near("the month has just ended", replace(CLEAN, on=date(2026, 9, 14))),
    Near("a yearly indicator in its first year", changed("kontinuitet", frequency=Frequency.YEAR, cells=frozenset())),
    Near("reports that do not say what they hold", added(reports=(replace(LATER, covers=None),))),
    Near("contents and coverage that are not kept", changed("nämndmål", snapshot=changed("kontinuitet", coverage=None), reports=None)),
    Near("values for the very month", measured_until(JULY)),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r03_what_plans_are_measured_by_can_be_followed(case: Case | Near) -> None:
    check_table("R03", case)
