import pytest

from tests.core.controls.region import changed
from tests.core.controls.tables import Case, Near, check_table, says

TABLE = [
    Case("money without a calculation", changed("nämndbeslutet", estimates=()), [("A54", "nämndbeslutet")]),
    Case("no money, no reason", changed("inköpet", amount=None, no_estimate_reason=" "), [("A54", "inköpet")]),
    Case(
        "outside the budget",
        changed("inköpet", outside_budget=True),
        [("A56", "inköpet")],
        changed("inköpet", outside_budget=True, exception_reason="Akut vård."),
    ),
    Near("a reason is enough", changed("nämndbeslutet", estimates=(), no_estimate_reason="Ryms i ramen.")),
    Near("a reason that nobody asked for", changed("inköpet", exception_reason="Akut vård.")),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r15_a_calculation_stands_behind_decisions(case: Case | Near) -> None:
    check_table("R15", case)
