"""Writes tables as a workbook that people fill in, or as CSV files that people review. What has been written reads back the same."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from styrkedja.core.sheets.reading import FORMULA_MARKS
from styrkedja.core.sheets.tables import Cell, Table

_FILLED_ROWS = 1_000  # how far down a list to choose from reaches in a template
_MOST_CHOICES = 255  # characters of a list that a workbook itself can hold


@dataclass(frozen=True)
class Heading:
    """How a column is shown: its width in characters, whether it must be filled in, what may be chosen, and how its values look."""

    width: int = 20
    is_required: bool = False
    choices: tuple[str, ...] = ()
    format: str = ""
    note: str = ""


def write_workbook(
    tables: Sequence[Table],
    headings: Mapping[str, Mapping[str, Heading]],
    guide: Sequence[Sequence[str]] = (),
    *,
    at: datetime | None = None,
) -> bytes:
    """An .xlsx file with a sheet for each table. `headings`: sheet → column → how it is shown. `guide`: rows of a first sheet with what to know.

    The same tables at the same moment give the same bytes, and no text becomes a formula or a link.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        if at is not None:
            book.set_properties({"created": at})
        if guide:
            _guide(book, guide)
        formats: dict[str, Any] = {}
        for table in tables:
            _sheet(book, table, headings.get(table.name, {}), formats)
    return buffer.getvalue()


def write_csv(table: Table) -> bytes:
    """UTF-8 with semicolons. A text that begins as a formula is told not to be one; `reading` takes that back."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows([_plain(cell) for cell in row] for _number, row in table.rows)
    return text.getvalue().encode()


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith((*FORMULA_MARKS, "'")) else cell
    return "" if cell is None else number_text(cell)


def number_text(value: float) -> str:
    """A number without an exponent: "1250000", "12.5"."""
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _guide(book: Any, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet("Läs mig")
    head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((24, 32, 12, 80)):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, head if number == 0 else wrapped)


def _sheet(book: Any, table: Table, headings: Mapping[str, Heading], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(table.header):
        heading = headings.get(name, Heading())
        look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#dbeafe" if heading.is_required else "#f3f4f6"}
        sheet.write_string(0, column, name, _format(book, formats, f"head {heading.is_required}", look))
        shown = _format(book, formats, heading.format or "text", _look(heading))
        sheet.set_column(column, column, heading.width, shown)
        if heading.note:
            sheet.write_comment(0, column, heading.note)
        if heading.choices and len(",".join(heading.choices)) <= _MOST_CHOICES:
            sheet.data_validation(1, column, _FILLED_ROWS, column, {"validate": "list", "source": list(heading.choices)})
    for number, (_row, cells) in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            shown = _format(book, formats, headings.get(table.header[column], Heading()).format or "text", {})
            _write(sheet, number, column, cell, shown)


def _look(heading: Heading) -> dict[str, Any]:
    return {"num_format": heading.format, "valign": "top"} if heading.format else {"text_wrap": True, "valign": "top"}


def _format(book: Any, formats: dict[str, Any], name: str, look: Mapping[str, Any]) -> Any:
    if name not in formats:
        formats[name] = book.add_format(dict(look))
    return formats[name]


def _write(sheet: Any, row: int, column: int, cell: Cell, shown: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_string(row, column, "ja" if cell else "nej", shown)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, shown)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, shown)
    else:
        sheet.write_number(row, column, cell, shown)
