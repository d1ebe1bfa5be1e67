from datetime import date

import pytest

from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.core.mandates import DecisionLevel
from tests.core.controls.region import DELEGATED, HEAD, KRONA, MILLION, changed
from tests.core.controls.tables import Case, Near, check_table, says

COUNCIL = Ref(ObjectKind.BODY, "fullmäktige")
FROM_2027 = changed("inköpet", changed("delegationen", valid_until=None), decided_on=date(2027, 1, 1))

TABLE = [
    Case("too much", changed("inköpet", amount=MILLION + KRONA), [("R13a", "inköpet")]),
    Case("another subject", changed("inköpet", subject="hälso- och sjukvård.anställning"), [("R13a", "inköpet")]),
    Case("after its period", changed("inköpet", decided_on=date(2027, 1, 1)), [("R13a", "inköpet")], FROM_2027),
    Case("somebody else's mandate", changed("inköpet", decider=Ref(ObjectKind.SEAT, HEAD)), [("R13a", "inköpet")]),
    Case("all at once", changed("inköpet", subject="", amount=2 * MILLION, decided_on=date(2025, 1, 1)), [("R13a", "inköpet")] * 3),
    Case("no mandate", changed("nämndbeslutet", mandate=None), [("R13b", "nämndbeslutet")]),
    Case("a mandate that is not there", changed("nämndbeslutet", mandate="okänt"), [("R13b", "nämndbeslutet")]),
    Case("nobody gets an extract", changed("nämndbeslutet", recipients=()), [("R13c", "nämndbeslutet")]),
    Case("no decider", changed("nämndbeslutet", decider=None), [("A31", "nämndbeslutet")]),
    Case("no date", changed("nämndbeslutet", decided_on=None), [("A31", "nämndbeslutet")]),
    Case("no paragraph", changed("nämndbeslutet", paragraph=""), [("A31", "nämndbeslutet")]),
    Case("no level", changed("nämndbeslutet", level=None), [("A53", "nämndbeslutet")]),
    Case("no point of delegation", changed("delegationen", point=""), [("A53", "inköpet")]),
    Case("political, by a function", changed("inköpet", level=DecisionLevel.POLITICAL, paragraph="§ 1"), [("A53", "inköpet")]),
    Case("delegated, by a board", changed("nämndbeslutet", level=DecisionLevel.ADMINISTRATIVE), [("A53", "nämndbeslutet")] * 2),
    Near("the very limit", changed("inköpet", amount=MILLION)),
    Near("no money at all", changed("inköpet", amount=None)),
    Near("a part of the board's subject", changed("nämndbeslutet", subject="hälso- och sjukvård.primärvård")),
    Near("the council rests on nobody", changed("nämndbeslutet", decider=COUNCIL, mandate=None)),
    Near("several days", changed("nämndbeslutet", decided_until=date(2025, 12, 11))),
    Near("recipients that are not kept", changed("inköpet", recipients=None)),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r13_decisions_stay_within_their_mandates(case: Case | Near) -> None:
    check_table("R13", case)


def test_a_delegated_decision_needs_no_paragraph() -> None:
    assert DELEGATED.paragraph == ""
