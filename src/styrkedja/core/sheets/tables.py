"""A sheet as values, and where in it something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.core.sentences import Sentence

Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Table:
    """`rows` are the row's number as the reader sees it (the header is row 1) and its cells, one for each of `header`; "" is empty."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


@dataclass(frozen=True, order=True)
class SheetFault:
    """Where and, in Swedish, what is wrong. `row` 0 is the sheet as a whole, and sheet "" the file; column "" is the whole row."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [self.sheet, f"rad {self.row}" if self.row else "", f"kolumnen {self.column}" if self.column else ""]
        said = ", ".join(part for part in where if part)
        return f"{said}: {self.message}" if said else self.message


class SheetsRefused(Exception):
    """The file cannot be read at all; `reason` is Swedish and says why and what to do."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """What is read at most: of a workbook unpacked in bytes, of a sheet in rows and columns."""

    unpacked: int = 100 * 1024 * 1024
    rows: int = 50_000
    columns: int = 60


def tables_of(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> tuple[Table, ...]:
    """Sheets as lists of rows, the first with the names of the columns. Rows without a value are left out, as are columns without a name."""
    return tuple(_table(name, rows) for name, rows in sheets if rows)


def _table(name: str, rows: Sequence[Sequence[Cell]]) -> Table:
    named = [(place, " ".join(str(cell).split())) for place, cell in enumerate(rows[0]) if str(cell if cell is not None else "").strip()]
    found = []
    for number, row in enumerate(rows[1:], start=2):
        cells = tuple(_clean(row[place]) if place < len(row) else "" for place, _name in named)
        if any(cell != "" for cell in cells):
            found.append((number, cells))
    return Table(name.strip(), tuple(header for _place, header in named), tuple(found))


def _clean(cell: Cell) -> Cell:
    return "" if cell is None else cell.strip() if isinstance(cell, str) else cell
