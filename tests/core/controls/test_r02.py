from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import ActionState
from tests.core.controls.region import CLEAN, DIRECTOR, HEAD, PROGRAMME, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

EMPTY = replace(PROGRAMME, key="tomt program")

TABLE = [
    Case("a goal of nobody's", changed("nämndmål", accountable=()), [("R02a", "nämndmål")]),
    Case("an action of nobody's", changed("listningen", accountable=()), [("R02a", "listningen")]),
    Case("an assignment of nobody's", changed("uppdraget", accountable=()), [("R02a", "uppdraget")]),
    Case("a goal of two functions", changed("nämndmål", accountable=(DIRECTOR, HEAD)), [("A21", "nämndmål")]),
    Case("a goal without resources", changed("nämndmål", resources=" "), [("R02b", "nämndmål")]),
    Case("an assignment without resources", changed("uppdraget", resources=""), [("R02b", "uppdraget")]),
    Case("an action without resources", changed("listningen", resources=""), [("A08", "listningen")]),
    Case("an action without a level of care", changed("listningen", care_level=""), [("A08", "listningen")]),
    Case("municipalities without a counterpart", changed("listningen", counterparts=()), [("A04", "listningen")]),
    Case(
        "an IT action without a leader",
        changed("listningen", is_it=True),
        [("A09", "listningen")],
        changed("listningen", is_it=True, project_leader=HEAD),
    ),
    Case("an accountable function long vacant", changed(HEAD, vacant_since=date(2026, 7, 1)), [("A10", HEAD)]),
    Case("a forum without anything", changed("rådet", mandate="", members=(), reports_to=None), [("A11", "rådet")] * 3),
    Case(
        "money that ends first",
        changed("listningen", funding_until=date(2026, 6, 30)),
        [("A16", "listningen")],
        changed("listningen", funding_until=date(2026, 6, 30), continuation="Ryms i budget 2027."),
    ),
    Case("an assignment to nobody", changed("uppdraget", receiver=None), [("A23", "uppdraget")]),
    Case("an assignment without a day", changed("uppdraget", due_on=None), [("A23", "uppdraget")]),
    Case("a programme without an owner", changed("programmet", accountable=()), [("A47", "programmet")]),
    Case("a programme without an end", changed("programmet", ends_on=None), [("A47", "programmet")]),
    Case("a programme without effect", added(programmes=(EMPTY,)), [("A47", "tomt program")]),
    Case("an action without an end", changed("listningen", ends_on=None), [("A62", "listningen")]),
    Near("what is done needs nobody", changed("listningen", state=ActionState.DONE, accountable=(), resources="", ends_on=None)),
    Near("what is reported back needs nobody", changed("uppdraget", accountable=(), resources="", reported_on=date(2026, 9, 1))),
    Near("vacant for a month", changed(HEAD, vacant_since=date(2026, 9, 15))),
    Near(
        "a vacant function that answers for nothing",
        replace(changed(HEAD, vacant_since=date(2026, 1, 1)), actions=(), estimates=(), programmes=()),
    ),
    Near("a level of care that is not kept", changed("listningen", care_level=None, concerns=None, counterparts=())),
    Near("the money lasts", changed("listningen", funding_until=date(2026, 12, 31))),
    Near("the clean region", CLEAN),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r02_one_function_answers_with_resources(case: Case | Near) -> None:
    check_table("R02", case)
