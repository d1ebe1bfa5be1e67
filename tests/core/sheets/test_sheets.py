"""What is written reads back the same, and a file that would cost too much is refused before it is read."""

import io
import tracemalloc
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.sheets.reading import read_folder, read_workbook
from styrkedja.core.sheets.tables import Limits, SheetFault, SheetsRefused, Table, tables_of
from styrkedja.core.sheets.writing import Heading, write_csv, write_workbook

LIMITS = Limits()
WHOLE = Table(
    "Mål",
    ("Nyckel", "Rubrik", "Belopp (kr)", "Dag"),
    ((2, ("m-1", "=1+1", 1250000.5, date(2026, 3, 1))), (3, ("m-2", "https://example.org/å", -3, ""))),
)


def workbook(*rows: list[Any]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Mål")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def rezipped(content: bytes, **changed: bytes | None) -> bytes:
    """The workbook with parts replaced, added or (None) left out; a part's name has _ for / and . for the last _."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changed
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def sheet_xml(body: str) -> bytes:
    return (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'.encode()
    )


def test_a_workbook_reads_back_as_it_was_written() -> None:
    headings = {"Mål": {"Dag": Heading(format="yyyy-mm-dd"), "Rubrik": Heading(choices=("a", "b"), note="Kort", is_required=True)}}
    found = read_workbook(write_workbook([WHOLE], headings, guide=[("Blad", "Kolumn"), ("Mål", "Rubrik")]), limits=LIMITS)
    assert [table.name for table in found] == ["Läs mig", "Mål"]
    assert found[1] == WHOLE
    assert found[0].rows == ((2, ("Mål", "Rubrik")),)


def test_a_csv_file_reads_back_as_text() -> None:
    written = write_csv(WHOLE)
    assert written.decode() == "Nyckel;Rubrik;Belopp (kr);Dag\nm-1;'=1+1;1250000.5;2026-03-01\nm-2;https://example.org/å;-3;\n"
    [found] = read_folder({"Mål": written}, limits=LIMITS)
    assert (found.name, found.header) == ("Mål", WHOLE.header)
    assert found.rows[0] == (2, ("m-1", "=1+1", "1250000.5", "2026-03-01"))
    assert read_folder({"Mål": b'\xef\xbb\xbfNyckel,Rubrik\r\nm-1,"a,\nb"\r\n'}, limits=LIMITS)[0].rows == ((2, ("m-1", "a,\nb")),)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12), min_size=2, max_size=2), max_size=5
    )
)
def test_any_text_reads_back(rows: list[list[str]]) -> None:
    table = tables_of([("Blad", [["A", "B"], *rows])])[0]
    wanted = [cells for _row, cells in table.rows]
    for found in (read_workbook(write_workbook([table], {}), limits=LIMITS), read_folder({"Blad": write_csv(table)}, limits=LIMITS)):
        assert [(one.name, one.header, [cells for _row, cells in one.rows]) for one in found] == [("Blad", ("A", "B"), wanted)]


def test_empty_rows_and_nameless_columns_are_left_out_and_rows_keep_their_numbers() -> None:
    [table] = tables_of([("Mål", [["A", "", " B  b "], ["", "", ""], [" x ", "nameless", 1], [None, "nameless", None]]), ("Tomt", [])])
    assert table == Table("Mål", ("A", "B b"), ((3, ("x", 1)),))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip at all", "Filen är ingen Excelfil"),
        (b"", "Filen är ingen Excelfil"),
        (rezipped(workbook(["A"]), **{"xl/workbook.xml": None}), "Filen är ingen Excelfil"),
        (rezipped(workbook(["A"]), **{"xl/vbaProject.bin": b"x"}), "Filen innehåller makron"),
        (rezipped(workbook(["A"]), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}), "Filen är ingen Excelfil"),
        (rezipped(workbook(["A"]), **{"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "dokumenttypsdeklaration"),
    ],
)
def test_what_is_no_plain_workbook_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SheetsRefused) as refused:
        read_workbook(content, limits=LIMITS)
    assert said in str(refused.value.reason)


def test_a_workbook_that_unpacks_into_much_is_refused_unread() -> None:
    bomb = rezipped(workbook(["A"]), **{"xl/sharedStrings.xml": b"<a>" + b"0" * 30_000_000 + b"</a>"})
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(SheetsRefused, match="för stor när den packas upp"):
            read_workbook(bomb, limits=LIMITS)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c t=">" r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='XFD1'><v>1</v></c></row>",
        '<row r="60000"><c><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 61 + "</row>",
        "<row><c><v>1</v></c></row>" * 50_001,
    ],
)
def test_cells_far_apart_are_refused_before_they_are_laid_out(body: str) -> None:
    with pytest.raises(SheetsRefused, match="högst 50000 rader och 60 kolumner"):
        read_workbook(rezipped(workbook(["A"]), **{"xl/worksheets/sheet1.xml": sheet_xml(body)}), limits=LIMITS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Åtgärd".encode("latin-1"), "Filen Mål.csv är inte sparad i UTF-8"),
        (b'a;b\n"c;d', "citattecken som inte hör ihop"),
        (b"a;b\n" * 20, "högst 10 rader och 3 kolumner"),
        (b"a;b;c;d\n", "högst 10 rader och 3 kolumner"),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SheetsRefused) as refused:
        read_folder({"Mål": content}, limits=Limits(rows=10, columns=3))
    assert said in str(refused.value.reason)


def test_a_fault_says_where() -> None:
    assert str(SheetFault("Mål", 7, "Dag", "Fel.")) == "Mål, rad 7, kolumnen Dag: Fel."
    assert str(SheetFault("Mål", 7, "", "Fel.")) == "Mål, rad 7: Fel."
    assert str(SheetFault("", 0, "", "Fel.")) == "Fel."
    assert sorted([SheetFault("Mål", 10, "", "b"), SheetFault("Mål", 9, "", "c")])[0].row == 9
