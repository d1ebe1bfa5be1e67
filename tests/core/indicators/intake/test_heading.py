"""Names of columns, held against the source."""

import pytest

from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.heading import find_columns
from tests.core.indicators.intake.worlds import BEDS, VISIT, source


def refusal(*names: str, of: str = "beds") -> str:
    with pytest.raises(FileRefused) as refused:
        find_columns(source(of), names)
    return str(refused.value)


def test_columns_stand_in_any_order_and_case() -> None:
    names = [f" {name.upper()} " for name in reversed(BEDS)]
    assert find_columns(source("beds"), names) == {name: place for place, name in enumerate(reversed(BEDS))}


def test_an_unknown_column_is_told_with_what_was_meant() -> None:
    told = refusal(*BEDS, "avaliable")
    assert told.startswith("Kolumnen ”avaliable” finns inte i källan. Menade du ”available”?")
    assert told.endswith("Källan ”Vårdplatser” har kolumnerna ”counted_on”, ”unit”, ”care_area”, ”available” och ”occupied_by_ready”.")


def test_all_faults_are_told_at_once() -> None:
    told = refusal("counted_on", "unit", "Unit", "care_area", "", "färg")
    assert "Kolumnen ”färg” finns inte i källan." in told
    assert "En kolumn saknar namn." in told
    assert "Kolumnen ”unit” står 2 gånger." in told
    assert "Kolumnerna ”available”, ”occupied_by_ready” saknas." in told


def test_a_derived_column_does_not_belong_in_a_file() -> None:
    assert refusal(*VISIT, "age_group", of="visits").startswith("Kolumnen ”age_group” räknas fram ur de andra och ska inte stå i filen.")
