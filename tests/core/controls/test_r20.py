import pytest

from tests.core.controls.region import changed
from tests.core.controls.tables import Case, Near, check_table, says

TABLE = [
    Case("no stance", changed("införandet", phase_out=" "), [("R20", "införandet")]),
    Near("nothing ends, and that is said", changed("införandet", phase_out="Inget fasas ut.")),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r20_what_begins_says_what_ends(case: Case | Near) -> None:
    check_table("R20", case)
