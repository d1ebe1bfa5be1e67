"""Reads a workbook or a folder of CSV files into the same tables. Nothing that a file says can cost more than the limits."""

import csv
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import python_calamine
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from styrkedja.core.archives import open_archive
from styrkedja.core.sentences import Sentence
from styrkedja.core.sheets.tables import Cell, Limits, SheetsRefused, Table, tables_of

# What makes a program take a text for a formula.
FORMULA_MARKS = tuple("=+-@\t\r")
_ARCHIVES = {
    "damaged": Sentence("Filen är ingen Excelfil (.xlsx), eller är skadad. Spara den på nytt i Excel och läs in den igen."),
    "encrypted": Sentence("Filen är låst med lösenord. Spara den utan lösenord och läs in den igen."),
    "too_large": Sentence("Filen är för stor när den packas upp. Dela upp den i flera filer."),
    "entities": Sentence("Filen innehåller en dokumenttypsdeklaration, vilket Excel aldrig skriver. Den läses inte."),
}


def read_workbook(content: bytes, *, limits: Limits) -> tuple[Table, ...]:
    """The visible sheets of an .xlsx file. Raises SheetsRefused for one that is damaged, locked, too large or that carries macros."""
    archive = open_archive(content, max_unpacked=limits.unpacked)
    if isinstance(archive, str):
        raise SheetsRefused(_ARCHIVES[archive])
    if not archive.has("xl/workbook.xml"):
        raise SheetsRefused(_ARCHIVES["damaged"])
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        raise SheetsRefused(Sentence("Filen innehåller makron. Spara den som Excelarbetsbok (.xlsx) och läs in den igen."))
    _refuse_far_cells(content, limits)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == python_calamine.SheetVisibleEnum.Visible]
        return tables_of([(name, _rows(book.get_sheet_by_name(name))) for name in shown])
    except python_calamine.CalamineError:
        raise SheetsRefused(_ARCHIVES["damaged"]) from None


def read_folder(files: Mapping[str, bytes], *, limits: Limits) -> tuple[Table, ...]:
    """CSV files by sheet name (without the ending), UTF-8, with semicolons or commas. Raises SheetsRefused."""
    return tables_of([(name, _csv_rows(name, content, limits)) for name, content in sorted(files.items())])


def _rows(sheet: Any) -> list[list[Cell]]:
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: Any) -> Cell:
    """A moment at midnight is a day; a time or a span is said as text, and refused where a value is wanted."""
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else str(value)
    return value if isinstance(value, str | int | float | bool | date) or value is None else str(value)


def _refuse_far_cells(content: bytes, limits: Limits) -> None:
    """A reader lays out every cell up to the last one, so two cells far apart would fill the memory."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
                try:
                    row, column = _last_cell(archive, name)
                except (ParseError, DefusedXmlException):
                    raise SheetsRefused(_ARCHIVES["damaged"]) from None
                if row > limits.rows or column > limits.columns:
                    raise SheetsRefused(
                        Sentence(
                            "Ett blad i filen är för stort: högst %(rows)s rader och %(columns)s kolumner läses. Ta bort tomma rader och "
                            "kolumner längst ned och längst till höger.",
                            rows=limits.rows,
                            columns=limits.columns,
                        )
                    )


def _last_cell(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    last_row = last_column = row = column = 0
    with archive.open(name) as part:
        for event, element in iterparse(part, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "end":
                if tag == "row":
                    element.clear()
                continue
            if tag == "row":
                row, column = _number(element.get("r"), row + 1), 0
            elif tag == "c":
                letters, digits = _reference(element.get("r") or "")
                row, column = _number(digits, row), letters or column + 1
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _reference(text: str) -> tuple[int, str]:
    """ "AB12" as the column's number and the row's digits; (0, "") for what is none."""
    letters = text.rstrip("0123456789").upper()
    if not letters or len(letters) > 4 or not all("A" <= letter <= "Z" for letter in letters):
        return 0, ""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, text[len(letters) :]


def _csv_rows(name: str, content: bytes, limits: Limits) -> list[list[Cell]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetsRefused(
            Sentence("Filen %(name)s.csv är inte sparad i UTF-8. Spara den i UTF-8 och läs in den igen.", name=name)
        ) from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(rows) > limits.rows or len(row) > limits.columns:
                values = {"name": name, "rows": limits.rows, "columns": limits.columns}
                raise SheetsRefused(
                    Sentence("Filen %(name)s.csv är för stor: högst %(rows)s rader och %(columns)s kolumner läses.", **values)
                )
            rows.append([_told_text(cell) for cell in row])
    except csv.Error:
        raise SheetsRefused(Sentence("Filen %(name)s.csv har en rad med citattecken som inte hör ihop. Rätta den.", name=name)) from None
    return rows


def _told_text(cell: str) -> str:
    """What the writer told to be text, so that no program takes it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith((*FORMULA_MARKS, "'")) else cell
