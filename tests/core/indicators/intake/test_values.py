"""What texts, numbers and dates of a file mean, and what is said of those that mean nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from styrkedja.core.indicators.intake.faults import FileRefused
from tests.core.indicators.intake.worlds import BEDS, TODAY, VISIT, WAIT, messages, read


def one(**changes: Any) -> dict[str, Any]:
    found = read("visits", [VISIT | changes])
    assert messages(found) == []
    (row,) = found.table.to_pylist()
    return row


def fault(**changes: Any) -> str:
    found = read("visits", [VISIT | changes])
    assert (found.read, found.rejected, found.table.num_rows) == (1, 1, 0)
    (message,) = messages(found)
    return message


def test_a_row_of_texts_becomes_a_row_of_the_sources_types() -> None:
    assert one() == {
        "visited_on": date(2026, 8, 31),
        "unit": "a",
        "listed_unit": "b",
        "patient": "p1",
        "caregiver": "g1",
        "profession": "doctor",
        "contact": "visit",
        "care_level": "primary",
        "planned": True,
        "sex": "K",
        "age": 71,
        "provider": "public",
        "drg_points": None,
        "cost": 125000,
    }


@pytest.mark.parametrize(
    "text", ["2026-08-31", "20260831", "2026-08-31 23:59", "2026-08-31T10:20:30Z", " 2026-08-31 ", "2026-08-31 10:20:30,5"]
)
def test_a_day_may_be_written_in_several_ways(text: str) -> None:
    assert one(visited_on=text)["visited_on"] == date(2026, 8, 31)


@pytest.mark.parametrize("text", ["2026-02-30", "31/8 2026", "2026-8-31", "31.08.2026", "46265", "i går", "2026-13-01", "0000-01-01"])
def test_what_is_no_day_is_told_with_its_line(text: str) -> None:
    told = f"rad 2, visited_on: ”{text}”: Värdet är inget datum. Skriv år-månad-dag, till exempel 2026-03-31."
    assert fault(visited_on=text) == told


def test_a_day_that_has_not_been_is_refused_and_today_is_not() -> None:
    assert one(visited_on=str(TODAY))["visited_on"] == TODAY
    assert fault(visited_on="2026-09-17").startswith("rad 2, visited_on: ”2026-09-17”: Datumet ligger i framtiden.")
    assert "Datumet ligger före 1900-01-01" in fault(visited_on="1815-01-01")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250", 1250),
        ("-1250", -1250),
        ("\u22121250", -1250),
        ("+7", 7),
        ("1250,00", 1250),
        ("1250.0", 1250),
        ("1 250 000", 1250000),
        ("1\u00a0250", 1250),
        ("007", 7),
    ],
)
def test_whole_amounts_may_be_written_in_several_ways(text: str, number: int) -> None:
    assert one(cost=text)["cost"] == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12,50", "Beloppet har decimaler. Ange hela ören: 12,50 kronor är 1250."),
        ("12.5", "Beloppet har decimaler. Ange hela ören: 12,50 kronor är 1250."),
        ("1,250,000", "Värdet är inget tal."),
        ("1e6", "Värdet är inget tal."),
        ("inf", "Värdet är inget tal."),
        ("12 kr", "Värdet är inget tal."),
        ("99999999999999999999", "Talet är för stort."),
    ],
)
def test_other_amounts_are_told(text: str, told: str) -> None:
    assert fault(cost=text) == f"rad 2, cost: ”{text}”: {told}"


def test_numbers_are_held_against_the_bounds_and_the_parts_of_the_column() -> None:
    assert fault(age="121") == "rad 2, age: ”121”: Talet får vara högst 120."
    assert fault(age="-1") == "rad 2, age: ”-1”: Talet får vara minst 0."
    assert fault(age="7,5") == "rad 2, age: ”7,5”: Talet har decimaler men ska vara ett heltal."
    assert fault(drg_points="0,532") == "rad 2, drg_points: ”0,532”: Talet har decimaler. Ange hela 1000-delar: 0,5 är 500."


@pytest.mark.parametrize("text", ["", " ", "NaN", "nan", "NULL", "None", "#N/A", "<NA>"])
def test_programs_write_missing_values_in_many_ways(text: str) -> None:
    row = one(cost=text, listed_unit=text, caregiver=text)
    assert (row["cost"], row["listed_unit"], row["caregiver"]) == (None, None, None)
    found = read("visits", [VISIT | {"patient": text, "age": text}])
    assert [(fault.column, fault.reason) for fault in found.faults] == [
        ("age", "Värdet saknas. Fyll i det."),
        ("patient", "Värdet saknas. Fyll i det."),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("JA", True), ("1", True), ("sant", True), ("False", False), ("nej", False), ("0", False), ("n", False)],
)
def test_yes_and_no_may_be_written_in_several_ways(text: str, value: bool) -> None:
    assert one(planned=text)["planned"] is value


def test_codes_are_those_of_the_source() -> None:
    assert fault(planned="kanske") == "rad 2, planned: ”kanske”: Värdet är varken ja eller nej. Skriv true eller false."
    assert fault(sex="F") == "rad 2, sex: ”F”: Koden finns inte i källan. Kända koder: K, M."
    assert "saknas" in fault(sex="")
    found = read("prescriptions", [DISPENSED | {"atc": "aspirin"}])
    assert messages(found) == ["rad 2, atc: ”aspirin”: Koden har inte formen [A-V][0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?."]


DISPENSED = {
    "dispensed_on": "2026-08-01",
    "unit": "a",
    "home_region": "r",
    "patient": "p1",
    "atc": "C07AB02",
    "subsidised": "1",
    "packs": "1",
    "ddd": "98000",
    "sex": "K",
    "age": "50",
    "cost": "4500",
}


def test_a_long_value_is_cut_and_a_key_is_never_told() -> None:
    assert fault(sex="x" * 100).startswith(f"rad 2, sex: ”{'x' * 40}…”: ")
    assert fault(patient=None) == "rad 2, patient: Värdet saknas. Fyll i det."


def test_all_that_is_wrong_with_a_row_is_told_and_the_row_counted_once() -> None:
    found = read("visits", [VISIT, VISIT | {"age": "x", "sex": "x"}, VISIT | {"cost": "x"}, VISIT])
    assert (found.read, found.rejected) == (4, 2)
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, "age"), (3, "sex"), (4, "cost")]
    assert found.lines.tolist() == [2, 5]


def test_a_part_is_never_larger_than_its_whole() -> None:
    found = read("beds", [BEDS, BEDS | {"occupied_by_ready": "21"}])
    assert messages(found) == ["rad 3, occupied_by_ready: ”21”: Talet är större än ”available”, som det är en del av."]


def test_what_takes_a_negative_number_of_days_is_told() -> None:
    found = read("completed_waits", [WAIT, WAIT | {"decided_on": "2026-09-01"}])
    assert messages(found) == ["rad 3, completed_on: ”2026-08-31”: Från ”decided_on” till ”completed_on” ska det vara minst 0 dagar."]


def column(values: pa.Array, name: str = "age") -> list[Any]:
    rows = [VISIT] * len(values)
    found = read_columns(rows, name, values)
    assert messages(found) == []
    return list(found.table[name].to_pylist())


def read_columns(rows: list[dict[str, Any]], name: str, values: pa.Array) -> Any:
    from styrkedja.core.indicators.intake.rows import RawRows, read_rows
    from styrkedja.core.indicators.intake.units import UnitCheck
    from tests.core.indicators.intake.worlds import raw, source, structure

    given = raw(rows)
    columns = dict(given.columns) | {name: values}
    visits = source("visits")
    return read_rows(visits, RawRows(columns, given.lines), UnitCheck(visits, structure()), on=TODAY)


def test_types_that_a_file_has_are_believed() -> None:
    day = date(2026, 8, 31)
    assert column(pa.array([day]), "visited_on") == [day]
    assert column(pa.array([datetime(2026, 8, 31, 23, 30)]), "visited_on") == [day]  # noqa: DTZ001  # as a file without a time zone has it
    assert column(pa.array([datetime(2026, 8, 30, 23, 30, tzinfo=UTC)]), "visited_on") == [day], "the day in Sweden"
    assert column(pa.array([71], pa.int8())) == [71]
    assert column(pa.array([71], pa.uint64())) == [71]
    assert column(pa.array([71.0])) == [71]
    assert column(pa.array([Decimal("71.00")])) == [71]
    assert column(pa.array([True]), "planned") == [True]
    assert column(pa.array([1], pa.int8()), "planned") == [True]
    assert column(pa.array(["K"]).dictionary_encode(), "sex") == ["K"]
    assert column(pa.array(["K"], pa.large_string()), "sex") == ["K"]
    assert column(pa.array([4711]), "patient") == ["4711"]
    assert column(pa.array([None], pa.null()), "cost") == [None]
    assert column(pa.array([float("nan"), 1250.0, None]), "cost") == [None, 1250, None]


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("age", pa.array([71.5]), "”71.5”: Talet har decimaler men ska vara ett heltal."),
        ("age", pa.array([float("inf")]), "”inf”: Talet har decimaler men ska vara ett heltal."),
        ("age", pa.array([float("nan")]), "Värdet saknas. Fyll i det."),
        ("age", pa.array([2**63], pa.uint64()), "”9223372036854775808”: Talet är för stort."),
        ("visited_on", pa.array([date(2027, 1, 1)]), "Datumet ligger i framtiden. Rätta det eller läs in raden när dagen har varit."),
        ("visited_on", pa.array([2**40], pa.int64()).cast(pa.timestamp("s")), "Datumet ligger i framtiden."),
    ],
)
def test_values_of_the_files_own_types_are_held_against_the_schema(name: str, values: pa.Array, told: str) -> None:
    found = read_columns([VISIT], name, values)
    (message,) = messages(found)
    assert message.startswith(f"rad 2, {name}: ")
    assert told in message


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("visited_on", pa.array([46265]), "Kolumnen ”visited_on” är av slaget int64 i filen men ska hålla datum."),
        ("age", pa.array([True]), "Kolumnen ”age” är av slaget bool i filen men ska hålla heltal."),
        ("planned", pa.array([1.0]), "Kolumnen ”planned” är av slaget double i filen men ska hålla ja eller nej."),
        ("sex", pa.array([["K"]]), "Kolumnen ”sex” är av slaget list<"),
        ("patient", pa.array([b"p1"]), "Kolumnen ”patient” är av slaget binary i filen men ska hålla pseudonymer."),
        ("cost", pa.array([datetime(2026, 8, 31, tzinfo=UTC)]), "Kolumnen ”cost” är av slaget timestamp"),
    ],
)
def test_a_column_of_a_type_that_cannot_hold_what_is_declared_refuses_the_file(name: str, values: pa.Array, told: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_columns([VISIT], name, values)
    assert str(refused.value).startswith(told)
