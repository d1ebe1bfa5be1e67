from dataclasses import replace

import pytest

from styrkedja.core.organisations.kinds import GroupLevel
from tests.core.controls.region import FACTS, changed
from tests.core.controls.tables import Case, Near, check_table, says

TABLE = [
    Case("no host", changed("primärvård", facts=replace(FACTS, has_host=False)), [("R18", "primärvård")]),
    Case("no chair", changed("primärvård", facts=replace(FACTS, chairs=0, chairs_held=0)), [("R18", "primärvård")]),
    Case("a vacant chair", changed("primärvård", facts=replace(FACTS, chairs_held=0)), [("R18", "primärvård")]),
    Case("no process leader", changed("primärvård", facts=replace(FACTS, leaders=0, leaders_held=0)), [("R18", "primärvård")]),
    Case("no expert time", changed("primärvård", facts=replace(FACTS, expert_percent=0)), [("R18", "primärvård")]),
    Case("no national counterpart", changed("primärvård", facts=replace(FACTS, counterparts=0)), [("R18", "primärvård")]),
    Case(
        "nothing at all",
        changed("primärvård", facts=replace(FACTS, has_host=False, chairs=0, leaders_held=0, expert_percent=0)),
        [("R18", "primärvård")] * 4,
    ),
    Near(
        "a healthcare region needs no counterpart",
        changed("primärvård", facts=replace(FACTS, level=GroupLevel.HEALTHCARE_REGION, counterparts=0)),
    ),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r18_programme_areas_have_what_they_need(case: Case | Near) -> None:
    check_table("R18", case)
