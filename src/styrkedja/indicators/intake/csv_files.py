"""Rows of a CSV file: any usual separator and encoding, every row with its line."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.faults import FileRefused, RowFault
from styrkedja.core.indicators.intake.heading import find_columns
from styrkedja.core.indicators.intake.rows import RawRows
from styrkedja.indicators.intake.texts import Block, blocks

_SEPARATORS = ";,\t|"
_UNCLOSED = "Raden har ett citattecken som inte avslutas på raden."


def csv_rows(path: Path, source: FactSource) -> Iterator[RawRows]:
    """Raises FileRefused for a file that is no such CSV file, before the first row if that can be seen there."""
    heading: _Heading | None = None
    for block in blocks(path):
        if heading is None:
            heading, block = _heading(block, source, path.name)
        if block.data.strip():
            yield _rows(block, heading)
    if heading is None:
        raise FileRefused(f"{path.name} är tom. Filen ska ha en rubrikrad med källans kolumner och en rad för varje händelse.")


@dataclass(frozen=True)
class _Heading:
    """`places` of the source's columns among `width` fields."""

    separator: str
    width: int
    places: dict[str, int]


def _heading(block: Block, source: FactSource, name: str) -> tuple[_Heading, Block]:
    """The heading, and the block without it. Blank lines above it, and what Excel writes there to tell the separator, are passed by."""
    line, rest = block.first_line, block.data
    told = ""
    while rest:
        first, _, rest = rest.partition(b"\n")
        text = first.decode("utf-8").strip("\r")
        line += 1
        if text.lower().startswith("sep=") and len(text) == 5:
            told = text[4]
        elif text.strip():
            separator = told or _separator(text, source)
            names = next(csv.reader([text], delimiter=separator))
            return _Heading(separator, len(names), find_columns(source, names)), Block(line, rest)
    raise FileRefused(f"{name} har ingen rubrikrad. Den ska ha källans kolumner.")


def _separator(text: str, source: FactSource) -> str:
    """The one by which most of the source's columns are found."""
    wanted = {column.name.casefold() for column in source.stored}

    def found(separator: str) -> int:
        return len(wanted & {name.strip().casefold() for name in next(csv.reader([text], delimiter=separator))})

    return max(_SEPARATORS, key=found)


def _rows(block: Block, heading: _Heading) -> RawRows:
    """The quick way if every line is a row by itself; else line by line, to find the one that is not."""
    found = _parsed(block, heading) or _one_by_one(block, heading)
    table, lines, broken = found
    blank = _blank(table)
    if blank.any():
        table, lines = table.filter(pa.array(~blank)), lines[~blank]
    columns = {name: table.column(place).combine_chunks() for name, place in heading.places.items()}
    return RawRows(columns, lines, broken)


_Parsed = tuple[pa.Table, NDArray[np.int64], list[RowFault]]


def _parsed(block: Block, heading: _Heading) -> _Parsed | None:
    """None if a row has gone over several lines."""
    whole = block.data.replace(b"\r\n", b"\n")
    full = np.array([bool(line) for line in whole.split(b"\n")[:-1]], dtype=bool)
    lines = np.flatnonzero(full) + block.first_line
    wrong: list[Any] = []
    names = [str(number) for number in range(heading.width)]
    try:
        table = pa_csv.read_csv(
            pa.py_buffer(whole),
            pa_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(whole) + 1),
            pa_csv.ParseOptions(delimiter=heading.separator, invalid_row_handler=lambda row: wrong.append(row) or "skip"),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows + len(wrong) != len(lines):
        return None
    at = np.array([row.number - 1 for row in wrong], dtype=np.int64)
    told = [(int(lines[place]), row.actual_columns) for place, row in zip(at, wrong, strict=True) if row.text.strip()]
    broken = [_wrong_width(line, fields, heading.width) for line, fields in told]
    return table, np.delete(lines, at), broken


def _wrong_width(line: int, fields: int, width: int) -> RowFault:
    return RowFault(line, "", f"Raden har {fields} fält men rubriken har {width}.")


def _one_by_one(block: Block, heading: _Heading) -> _Parsed:
    rows: list[list[str]] = []
    lines: list[int] = []
    broken: list[RowFault] = []
    for line, text in enumerate(block.data.decode("utf-8").split("\n")[:-1], start=block.first_line):
        if not text.strip():
            continue
        if text.count('"') % 2:
            broken.append(RowFault(line, "", _UNCLOSED))
            continue
        fields = _fields(text.strip("\r"), heading.separator)
        if len(fields) != heading.width:
            broken.append(_wrong_width(line, len(fields), heading.width))
            continue
        rows.append(fields)
        lines.append(line)
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)] or [pa.array([], pa.string())] * heading.width
    return pa.table(columns, names=[str(number) for number in range(heading.width)]), np.array(lines, dtype=np.int64), broken


def _fields(text: str, separator: str) -> Sequence[Any]:
    return next(csv.reader([text], delimiter=separator))


def _blank(table: pa.Table) -> NDArray[np.bool_]:
    """Rows of nothing but separators, such as Excel leaves at the end."""
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= np.asarray(pc.equal(pc.utf8_trim_whitespace(column), ""))
    return blank
