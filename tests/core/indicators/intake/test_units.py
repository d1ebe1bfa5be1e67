"""Units of rows, held against the organisation on the row's own day."""

from styrkedja.core.indicators.intake.rows import RawRows, read_rows
from styrkedja.core.indicators.intake.units import NOT_THEN, UNKNOWN, UnitCheck, UnplacedRows
from tests.core.indicators.intake.worlds import TODAY, VISIT, messages, raw, read, source, structure


def test_a_unit_may_be_named_by_its_hsa_id() -> None:
    assert messages(read("visits", [VISIT | {"unit": "SE2321000214-B"}])) == []


def test_an_unknown_unit_is_told_with_its_line_and_the_row_left_out() -> None:
    found = read("visits", [VISIT, VISIT | {"unit": "x"}])
    assert messages(found) == [f"rad 3, unit: ”x”: {UNKNOWN}"]
    assert found.table["unit"].to_pylist() == ["a"]


def test_a_unit_that_did_not_exist_that_day_is_told() -> None:
    days = ["2026-05-31", "2026-06-01"]
    found = read("visits", [VISIT | {"unit": "c", "visited_on": day} for day in days])
    assert messages(found) == [f"rad 2, unit: ”c”: {NOT_THEN}"]


def test_a_body_of_another_level_is_told() -> None:
    assert messages(read("visits", [VISIT | {"unit": "d"}])) == ["rad 2, unit: ”d”: Koden gäller ett organ på en annan nivå än kolumnen."]


def test_the_unit_of_a_row_without_a_day_is_not_judged() -> None:
    assert [fault.column for fault in read("visits", [VISIT | {"unit": "x", "visited_on": "x"}]).faults] == ["visited_on"]


def test_units_that_do_not_fit_are_counted_over_the_whole_file() -> None:
    visits = source("visits")
    check = UnitCheck(visits, structure())
    rows = [VISIT, VISIT | {"unit": "x"}, VISIT | {"unit": "x", "listed_unit": "y"}]
    for first in (0, 10):
        given = raw(rows)
        read_rows(visits, RawRows(given.columns, given.lines + first), check, on=TODAY)
    assert check.unplaced == [UnplacedRows("unit", "x", UNKNOWN, 4, 3), UnplacedRows("listed_unit", "y", UNKNOWN, 2, 4)]
