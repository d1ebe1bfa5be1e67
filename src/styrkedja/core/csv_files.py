"""CSV files as people save them: read line by line, and refused with the line that is wrong."""

import csv
from collections.abc import Iterator
from io import StringIO

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """The file cannot be read as what it should be. `line` counts from 1, the heading being a line too."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def text_of(source: bytes) -> str:
    """The file as text. Raises Unreadable unless it is UTF-8 throughout."""
    if source.startswith(_UTF16):
        raise Unreadable(1, "Filen är sparad som UTF-16. Spara den som CSV UTF-8.")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = source.count(b"\n", 0, fault.start) + 1
        raise Unreadable(
            line, "Raden har tecken som inte är UTF-8. Spara filen som CSV UTF-8, med samma teckenkodning i hela filen."
        ) from None
    if "\0" in text:
        raise Unreadable(text[: text.index("\0")].count("\n") + 1, "Filen är ingen textfil. Spara den som CSV UTF-8.")
    return text


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that have something in them, with the line where each begins. Commas, semicolons and tabs part columns; whichever the heading has."""
    heading = next((line for line in StringIO(text, newline=None) if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=None), delimiter=next((mark for mark in ";\t" if mark in heading), ","), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable(line, "Raden går inte att dela i kolumner. Kontrollera citattecknen.") from None
