"""How the workbook's cells and rows are read: every fault at once, each with sheet, row and column."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from styrkedja.core.sheets.tables import Cell, Table, tables_of
from styrkedja.core.steering.workbook.cells import CellFault, value_of
from styrkedja.core.steering.workbook.columns import Column, Holds
from styrkedja.core.steering.workbook.ordering import in_order
from styrkedja.core.steering.workbook.reading import Row, read_rows
from styrkedja.core.steering.workbook.sheets import BY_KIND, WHOLE
from tests.architecture.sources import ROOT

AMOUNT = Column("Belopp (kr)", "amount", Holds.AMOUNT)
LIMIT = Column("Beloppsgräns (kr)", "amount_limit", Holds.AMOUNT, least=0)


def table(kind: str, *rows: dict[str, Cell], whole: bool = True) -> Table:
    """A table of the kind with every column (or only those that are named), the rows by heading."""
    sheet = BY_KIND[kind]
    named = {name for row in rows for name in row}
    header = [column.name for column in sheet.columns if whole or column.name in named]
    return tables_of([(sheet.name, [header, *([row.get(name, "") for name in header] for row in rows)])])[0]


def read(*tables: Table) -> tuple[list[Row], list[str]]:
    found = read_rows(tables)
    return list(found.rows), [str(fault) for fault in found.faults]


@pytest.mark.parametrize(
    ("holds", "cell", "value"),
    [
        (Holds.TEXT, 2026.0, "2026"),
        (Holds.TEXT, True, "ja"),
        (Holds.TEXT, date(2026, 3, 1), "2026-03-01"),
        (Holds.REFERENCES, "a; b;;a\nc", ["a", "b", "c"]),
        (Holds.DAY, "2026-03-01", date(2026, 3, 1)),
        (Holds.DAY, date(2026, 3, 1), date(2026, 3, 1)),
        (Holds.LAST_DAY, "2026-12-31", date(2027, 1, 1)),
        (Holds.MONTH, "2026-04", date(2026, 4, 1)),
        (Holds.MONTH, "2026-04-01", date(2026, 4, 1)),
        (Holds.MONTH, date(2026, 4, 1), date(2026, 4, 1)),
        (Holds.YEAR, 2026.0, 2026),
        (Holds.YEAR, "2026", 2026),
        (Holds.AMOUNT, 1250000.0, 125_000_000),
        (Holds.AMOUNT, 0.1, 10),
        (Holds.AMOUNT, "1 250 000,50", 125_000_050),
        (Holds.AMOUNT, "1\u00a0250\u00a0000", 125_000_000),
        (Holds.AMOUNT, "\u22125", -500),
        (Holds.NUMBER, "12,5", Decimal("12.5")),
        (Holds.NUMBER, 12.5, Decimal("12.5")),
        (Holds.WHOLE_NUMBER, 3.0, 3),
        (Holds.YES_NO, "Ja", True),
        (Holds.YES_NO, False, False),
    ],
)
def test_a_cell_is_read_as_its_column_says(holds: str, cell: Cell, value: Any) -> None:
    assert value_of(Column("x", "x", holds), cell) == value


@pytest.mark.parametrize(
    "cell", ["2 mkr", "ca 500", "500 tkr", "1.250.000", "1 25", "tio", "1e5", "", "12 kr", "12,345", True, date(2026, 1, 1), float("nan")]
)
def test_an_amount_in_text_is_refused(cell: Cell) -> None:
    with pytest.raises(CellFault) as fault:
        value_of(AMOUNT, cell)
    assert "belopp" in str(fault.value.reason).lower()


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (LIMIT, -1, "Beloppet kan inte vara negativt."),
        (AMOUNT, 1e14, "orimligt stort"),
        (Column("x", "x", Holds.DAY), "31/3 2026", "”31/3 2026” är ingen dag. Skriv som 2026-03-31."),
        (Column("x", "x", Holds.DAY), "2026-02-30", "ingen dag"),
        (Column("x", "x", Holds.DAY), 46082.0, "ingen dag"),
        (Column("x", "x", Holds.MONTH), "2026-13", "”2026-13” är ingen månad. Skriv som 2026-04."),
        (Column("x", "x", Holds.MONTH), date(2026, 4, 2), "ingen månad"),
        (Column("x", "x", Holds.YEAR), 26, "”26” är inget år mellan 2000 och 2099."),
        (Column("x", "x", Holds.WHOLE_NUMBER), 1.5, "”1.5” är inget heltal."),
        (Column("x", "x", Holds.WHOLE_NUMBER, least=0), -1, "Talet kan inte vara mindre än 0."),
        (Column("x", "x", Holds.NUMBER), "tolv", "”tolv” är inget tal."),
        (Column("x", "x", Holds.YES_NO), "kanske", "Skriv ja eller nej, inte ”kanske”."),
        (Column("x", "x", Holds.CHOICE, choices={"Gäller": "OPEN", "Struket": "DROPPED"}), "Kanske", "Välj bland ”Gäller”, ”Struket”."),
    ],
)
def test_what_a_column_cannot_hold_is_refused(column: Column, cell: Cell, said: str) -> None:
    with pytest.raises(CellFault) as fault:
        value_of(column, cell)
    assert said in str(fault.value.reason)


def test_every_fault_is_told_at_once_with_its_place() -> None:
    goals = table(
        "goal",
        {"Nyckel": "m-1", "Styrdokument": "p", "Rubrik": ""},
        {"Nyckel": "Mål 2", "Styrdokument": "p", "Rubrik": "B", "Läge": "Kanske"},
    )
    actions = table(
        "action",
        {"Nyckel": "a", "Rubrik": "A", "Startar": "2026-05-01", "Slutar": "2026-04-01"},
        {"Nyckel": "b", "Rubrik": "B", "Startar": "maj"},
        {"Nyckel": "c", "Rubrik": "C"},
        {"Nyckel": "c", "Rubrik": "C igen"},
    )
    rows, faults = read(goals, actions, Table("Åtgärdr", ("x",), ()))
    assert faults == [
        "Mål, rad 2, kolumnen Rubrik: Fyll i ett värde.",
        "Mål, rad 3, kolumnen Läge: ”Kanske” kan inte väljas. Välj bland ”Gäller”, ”Uppnått”, ”Struket”.",
        "Åtgärder, rad 2, kolumnen Slutar: Åtgärden slutar innan den startar. Rätta den ena dagen.",
        "Åtgärder, rad 3, kolumnen Startar: ”maj” är ingen dag. Skriv som 2026-03-31.",
        "Åtgärder, rad 5, kolumnen Nyckel: Nyckeln står redan på rad 4.",
        "Åtgärdr: Bladet finns inte i mallen. Menade du ”Åtgärder”?",
    ]
    assert [(row.kind, row.key) for row in rows] == [("action", "c")]


def test_columns_that_are_unknown_missing_or_twice_are_told() -> None:
    wrong = Table("Mål", ("Nyckel", "Rubrk", "Läge", "läge"), ((2, ("m", "x", "", "")),))
    _rows, faults = read(wrong, Table("Mål", ("Nyckel",), ()))
    assert faults == [
        "Mål: Bladet finns flera gånger.",
        "Mål, rad 1, kolumnen Läge: Kolumnen finns flera gånger.",
        "Mål, rad 1, kolumnen Rubrik: Kolumnen saknas.",
        "Mål, rad 1, kolumnen Rubrk: Kolumnen finns inte i mallen. Menade du ”Rubrik”?",
        "Mål, rad 1, kolumnen Styrdokument: Kolumnen saknas.",
    ]


def test_a_column_that_is_left_out_is_left_as_it_is_and_an_empty_cell_empties() -> None:
    [row], faults = read(table("goal", {"Nyckel": "m", "Styrdokument": "p", "Rubrik": "A", "Resurser": "", "Läge": ""}, whole=False))
    assert faults == []
    assert dict(row.values) == {"key": "m", "document": "p", "title": "A", "resources": ""}


def test_the_years_of_a_calculation_are_one_object() -> None:
    common = {"Nyckel": "k", "Åtgärd": "a", "Bruttoeffekt (kr)": 2, "Nettoeffekt (kr)": 1}
    rows, faults = read(
        table(
            "estimate",
            common | {"År": 2027, "Antaganden": "Samma"},
            common | {"År": 2026, "Lägst (kr)": 0, "Högst (kr)": 3},
            common | {"Nyckel": "k2", "År": 2026},
        )
    )
    assert (len(rows), faults) == (2, [])
    assert rows[0].values["years"] == [(2026, 200, 100, 0, 300), (2027, 200, 100, None, None)]
    assert (rows[0].values["assumptions"], "year" in rows[0].values, rows[0].number) == ("Samma", False, 2)
    _rows, faults = read(
        table(
            "estimate",
            common | {"År": 2027, "Antaganden": "A"},
            common | {"År": 2027, "Antaganden": "B"},
            common | {"År": 2028, "Lägst (kr)": 5},
        )
    )
    assert faults == [
        "Beräkningar, rad 3, kolumnen Antaganden: Värdet skiljer sig från det på rad 2. Skriv samma, eller lämna tomt.",
        "Beräkningar, rad 3, kolumnen År: Året står redan i beräkningen.",
        "Beräkningar, rad 4, kolumnen Nettoeffekt (kr): Nettoeffekten ligger utanför det angivna intervallet.",
    ]


@pytest.mark.parametrize(
    ("kind", "row", "key"),
    [
        ("realisation", {"Åtgärd": "inkop", "Månad": "2026-04"}, "inkop-2026-04"),
        ("balance-requirement", {"Styrdokument": "plan", "År": 2026, "Belopp (kr)": 5}, "plan-2026"),
        ("goal-indicator", {"Mål": "m-1", "Indikator": "N79173"}, "m-1-n79173"),
        ("goal-conflict", {"Ett mål": "z", "Ett annat mål": "a"}, "a-z"),
        ("forum", {"Grupp": "fredagsgruppen"}, "fredagsgruppen"),
    ],
)
def test_what_belongs_to_something_is_called_after_it(kind: str, row: dict[str, Cell], key: str) -> None:
    [found], faults = read(table(kind, row))
    assert (found.key, found.values["key"], faults) == (key, key, [])
    [found], _faults = read(table(kind, row | {"Nyckel": "egen"}))
    assert found.key == "egen"


def test_the_same_adoption_twice_and_a_draft_that_is_adopted_are_told() -> None:
    documents = table("document", {"Nyckel": "p", "Slag": "Nämndplan", "Rubrik": "Plan", "Läge": "Utkast"})
    adoption = {"Styrdokument": "p", "Organ": "n", "Beslutsdatum": "2026-01-01"}
    _rows, faults = read(documents, table("adoption", adoption, adoption))
    assert faults == [
        "Antaganden, rad 3: Samma sak står redan på rad 2.",
        "Styrdokument, rad 2, kolumnen Läge: Det har antagits enligt bladet Antaganden och är därför inget utkast.",
    ]


def goals(**parents: str) -> tuple[Row, ...]:
    found = read_rows(
        [table("goal", *({"Nyckel": key, "Styrdokument": "p", "Rubrik": key, "Överordnat mål": up} for key, up in parents.items()))]
    )
    assert found.faults == ()
    return found.rows


def test_what_is_referred_to_comes_first_wherever_it_stands() -> None:
    milestone = {"Nyckel": "d", "Rubrik": "D", "Åtgärd": "a1"}
    rows = read_rows(
        [
            table("action", {"Nyckel": "a2", "Rubrik": "A", "Korrigerar delmål": "d"}, {"Nyckel": "a1", "Rubrik": "A", "Mål": "m2"}),
            table("milestone", milestone),
            table(
                "goal",
                {"Nyckel": "m2", "Rubrik": "M", "Styrdokument": "p", "Överordnat mål": "m1"},
                {"Nyckel": "m1", "Rubrik": "M", "Styrdokument": "p"},
            ),
        ]
    ).rows
    ordered, faults = in_order(rows)
    assert ([row.key for row in ordered], faults) == (["m1", "m2", "a1", "d", "a2"], ())


def test_a_ring_is_told_in_every_row_that_stands_in_it_and_in_no_other() -> None:
    ordered, faults = in_order(goals(a="b", b="c", c="a", d="a", e=""))
    assert [row.key for row in ordered] == ["e"]
    assert [str(fault) for fault in faults] == [
        "Mål, rad 2, kolumnen Överordnat mål: Raderna hänvisar till varandra runt: a → b → c → a. Ta bort en av hänvisningarna.",
        "Mål, rad 3, kolumnen Överordnat mål: Raderna hänvisar till varandra runt: b → c → a → b. Ta bort en av hänvisningarna.",
        "Mål, rad 4, kolumnen Överordnat mål: Raderna hänvisar till varandra runt: c → a → b → c. Ta bort en av hänvisningarna.",
    ]
    _ordered, [fault] = in_order(goals(a="a"))
    assert "runt: a → a" in fault.message


def test_headings_and_fields_stand_once_in_a_sheet() -> None:
    kinds = {sheet.kind for sheet in WHOLE}
    for sheet in WHOLE:
        assert len({column.name.casefold() for column in sheet.columns}) == len(sheet.columns)
        assert len({column.field for column in sheet.columns}) == len(sheet.columns)
        assert len(sheet.name) <= 31
        for column in sheet.columns:
            assert column.to in {*kinds, ""}
            assert bool(column.to) == (column.holds in {Holds.REFERENCE, Holds.REFERENCES})


def test_the_format_is_described_sheet_by_sheet_and_column_by_column() -> None:
    text = (ROOT / "docs" / "steering-format.md").read_text(encoding="utf-8")
    described = {part.partition("\n")[0]: part for part in text.split("\n### ")[1:]}
    assert list(described) == [sheet.name for sheet in WHOLE]
    for sheet in WHOLE:
        rows = [line.split("|")[1].strip() for line in described[sheet.name].splitlines() if line.startswith("| ")]
        assert rows[2:] == [column.name for column in sheet.columns]
