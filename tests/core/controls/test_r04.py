from dataclasses import replace
from decimal import Decimal

import pytest

from styrkedja.core.controls.snapshot import ForumFigure, Snapshot
from tests.core.controls.region import FORUM, INDICATOR, JULY, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

FIGURE = ForumFigure("kontinuitet", JULY, "området", "v1", Decimal(61))
OTHER = replace(FORUM, key="gruppen", name="Fredagsgruppen")


def at(*levels: str) -> Snapshot:
    return changed("kontinuitet", required_level=None, cells=frozenset(cell for cell in INDICATOR.cells if cell.level in levels))


def told(one: ForumFigure, other: ForumFigure) -> Snapshot:
    """Two forums look at a figure each."""
    return added(changed("rådet", figures=(one,)), forums=(replace(OTHER, figures=(other,)),))


TABLE = [
    Case("at one level", at("REGION"), [("R04", "kontinuitet")]),
    Case("an own definition", changed("kontinuitet", own_definition="Bara läkarbesök på dagtid."), [("A24", "kontinuitet")]),
    Case(
        "not down to the units",
        changed("kontinuitet", cells=frozenset(cell for cell in INDICATOR.cells if cell.level != "UNIT")),
        [("A24", "kontinuitet")],
    ),
    Case("two values", told(FIGURE, FIGURE._replace(value=Decimal(64))), [("A26", "kontinuitet")], told(FIGURE, FIGURE)),
    Case("two definitions", told(FIGURE, FIGURE._replace(definition="v2")), [("A26", "kontinuitet")], told(FIGURE, FIGURE)),
    Near("at two levels", at("REGION", "UNIT")),
    Near("at none: another rule says so", at()),
    Near("the same value of two places", told(FIGURE, FIGURE._replace(body="enhet 1", value=Decimal(64)))),
    Near("a local indicator may be defined locally", changed("kontinuitet", is_national=False, own_definition="Egen.")),
    Near("a definition that is not compared", changed("kontinuitet", own_definition=None)),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r04_indicators_can_be_broken_down(case: Case | Near) -> None:
    check_table("R04", case)
