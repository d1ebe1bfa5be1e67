"""Ready values that somebody has filled in."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from styrkedja.core.indicators.definition.library import read_library
from styrkedja.core.indicators.ready.files import COLUMNS, GUIDE, HEADINGS, SHEET, KnownBody, Series, file_series, read_values
from styrkedja.core.indicators.ready.values import ReadyValue
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.sheets.reading import read_workbook
from styrkedja.core.sheets.tables import Limits, Table
from styrkedja.core.sheets.writing import write_workbook
from tests.architecture.sources import ROOT

TODAY = date(2026, 9, 16)
SERIES = "fast-lakarkontakt-befolkningsenkat"
REGION = KnownBody("region-jh", OrganisationKind.REGION)
BODIES = {"region-jh": REGION, "23": REGION, "gruppen": KnownBody("gruppen", OrganisationKind.COMMITTEE)}
ROW = {"serie": SERIES, "organ": "23", "från": "2025", "till": "", "kön": "", "värde": "31,5", "täljare": "", "nämnare": ""}
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@cache
def series() -> dict[str, Series]:
    """Those of the project's own indicators."""
    folders = (
        {path.name: path.read_bytes() for path in (ROOT / "definitions" / part).glob("*.toml")} for part in ("sources", "indicators")
    )
    return file_series(read_library(*folders, on=TODAY).definitions)


def table(*rows: dict[str, Any], header: tuple[str, ...] = COLUMNS, name: str = SHEET) -> Table:
    return Table(name, header, tuple((number, tuple(row.get(column, "") for column in header)) for number, row in enumerate(rows, start=2)))


def values(*rows: dict[str, Any]) -> list[ReadyValue]:
    found = read_values([table(*rows)], series(), BODIES, on=TODAY)
    assert found.faults == ()
    return [value for _row, value in found.values]


def faults(*tables: Table) -> list[str]:
    found = read_values(tables, series(), BODIES, on=TODAY)
    assert found.values == ()
    return [str(fault) for fault in found.faults]


def test_a_row_is_a_value() -> None:
    assert values(ROW) == [ReadyValue(SERIES, "region-jh", *YEAR, "", 31.5)]
    row = ROW | {"kön": "Kvinnor", "värde": 31, "täljare": 310, "nämnare": "1 000"}
    assert values(row) == [ReadyValue(SERIES, "region-jh", *YEAR, "K", 31.0, 310.0, 1000.0)]


def test_an_empty_value_is_not_published_and_never_0() -> None:
    (value,) = values(ROW | {"värde": ""})
    assert (value.value, str(value.status)) == (None, "NOT_PUBLISHED")
    assert values(ROW | {"värde": 0})[0].value == 0.0


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2025", "", YEAR),
        (2025, "", YEAR),
        (2025.0, "", YEAR),
        ("2025-02", "", (date(2025, 2, 1), date(2025, 2, 28))),
        ("2025 kv 4", "", (date(2025, 10, 1), date(2025, 12, 31))),
        ("2025Q1", "", (date(2025, 1, 1), date(2025, 3, 31))),
        ("2025-01-01", "2025-06-30", (date(2025, 1, 1), date(2025, 6, 30))),
        (date(2025, 1, 1), date(2025, 12, 31), YEAR),
        ("2024", "2025", (date(2024, 1, 1), date(2025, 12, 31))),
    ],
)
def test_periods_may_be_written_in_several_ways(first: Any, last: Any, period: tuple[date, date]) -> None:
    (value,) = values(ROW | {"från": first, "till": last})
    assert (value.start, value.end) == period


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"serie": "fast-lakarkontakt-befolkningsenkat1"}, f"kolumnen serie: Det finns ingen serie ”{SERIES}1”. Menade du ”{SERIES}”?"),
        ({"organ": "region-jhh"}, "kolumnen organ: Det finns inget organ ”region-jhh”. Menade du ”region-jh”?"),
        ({"organ": "gruppen"}, "kolumnen organ: ”gruppen” är på en nivå som indikatorn"),
        ({"från": "i fjol"}, "kolumnen från: ”i fjol” är ingen dag eller period. Skriv 2026-01-01, 2026-03, 2026 kv 1 eller 2026."),
        ({"från": "2025-02-30"}, "kolumnen från: ”2025-02-30” är ingen dag eller period."),
        ({"från": "2025-01-01"}, "kolumnen till: Ange periodens sista dag, eller skriv hela perioden under från"),
        ({"från": "2025-02-01", "till": "2025-01-01"}, "kolumnen till: Perioden slutar 2025-01-01, före början 2025-02-01."),
        ({"från": "2026"}, "kolumnen från: Perioden slutar 2026-12-31 och är inte över än. Rätta den."),
        ({"kön": "F"}, "kolumnen kön: ”F” är varken kvinnor eller män. Lämna tomt för alla."),
        ({"värde": "ungefär 30"}, "kolumnen värde: ”ungefär 30” är inget tal."),
        ({"värde": "101"}, "kolumnen värde: 101 är ingen andel i procent, som är från 0 till 100."),
        ({"värde": float("inf")}, "kolumnen värde: inf är inget tal att räkna med."),
        ({"nämnare": "NaN"}, "kolumnen nämnare: ”NaN” är inget tal."),
    ],
)
def test_each_fault_is_told_with_row_and_column(changes: dict[str, Any], told: str) -> None:
    (message,) = faults(table(ROW, ROW | {"kön": "män"} | changes))
    assert message.startswith(f"Värden, rad 3, {told}")


def test_with_any_fault_no_value_is_given_out_and_all_faults_are_told() -> None:
    told = faults(table(ROW, ROW | {"värde": "x"}, ROW | {"organ": "x"}, ROW))
    assert [message.partition(":")[0] for message in told] == [
        "Värden, rad 3, kolumnen värde",
        "Värden, rad 4, kolumnen organ",
        "Värden, rad 5",
    ]
    assert told[2] == "Värden, rad 5: Samma värde står redan på rad 2. Ta bort det ena."


def test_the_columns_are_those_of_the_template() -> None:
    assert faults(table(ROW, header=("serie", "organ", "frånn", "värde", "värde"))) == [
        "Värden, rad 1, kolumnen från: Kolumnen saknas. Utgå från mallen: styrkedja indicators template.",
        "Värden, rad 1, kolumnen frånn: Kolumnen finns inte i mallen. Menade du ”från”? Ta bort den.",
        "Värden, rad 1, kolumnen värde: Kolumnen står två gånger. Ta bort den ena.",
        "Värden, rad 1, kolumnen värde: Kolumnen står två gånger. Ta bort den ena.",
    ]
    assert faults(table(name="Blad1"), table(name="Blad2")) == ["Bladet ”Värden” saknas. Utgå från mallen: styrkedja indicators template."]


def test_the_template_filled_in_reads_back() -> None:
    filled = write_workbook([table(ROW | {"från": "2025-01-01", "till": "2025-12-31", "värde": 31.5})], {SHEET: HEADINGS}, guide=GUIDE)
    found = read_values(read_workbook(filled, limits=Limits()), series(), BODIES, on=TODAY)
    assert [value for _row, value in found.values] == [ReadyValue(SERIES, "region-jh", *YEAR, "", 31.5)]


def test_every_column_is_explained() -> None:
    explained = {name.strip() for row in GUIDE[1:] for name in row[0].split(",")}
    assert explained == set(COLUMNS) == set(HEADINGS)
