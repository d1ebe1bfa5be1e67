from datetime import date

import pytest

from styrkedja.core.sheets.relative import absolute, told_from
from styrkedja.core.sheets.tables import Cell, Table

ON = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("idag", "2026-03-31"),
        (" idag-31d ", "2026-02-28"),
        ("idag+1d", "2026-04-01"),
        ("idag-1m", "2026-02-28"),
        ("idag+10m", "2027-01-28"),
        ("månad-3", "2025-12"),
        ("månad+0", "2026-03"),
        ("Klart idag-3d", "Klart idag-3d"),
        ("idag-3", "idag-3"),
        ("2026-01-01", "2026-01-01"),
        (12, 12),
        (None, None),
    ],
)
def test_only_a_whole_cell_is_told_from_today(cell: Cell, meant: Cell) -> None:
    assert absolute(cell, ON) == meant


def test_the_rest_of_a_table_is_as_it_was() -> None:
    table = Table("Mål", ("Nyckel", "Ska vara nått"), ((2, ("a", "idag")), (3, ("b", ""))))
    assert told_from([table], ON) == (Table("Mål", table.header, ((2, ("a", "2026-03-31")), (3, ("b", "")))),)
