"""Reads a series from a CSV file: the columns date, value and, where there is one, denominator."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from styrkedja.core.csv_files import Unreadable, rows_of, text_of
from styrkedja.core.indicators.spc.series import MAX_SIZE, Observation
from styrkedja.core.sentences import Sentence

DATE, VALUE, DENOMINATOR = "date", "value", "denominator"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
# A point or a comma before the decimals, and spaces (also narrow and unbreakable ones) between thousands.
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SPACES = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True)
class ReadSeries:
    """The observations in order of time, with the line of each."""

    observations: tuple[Observation, ...]
    lines: tuple[int, ...]
    warnings: tuple[Sentence, ...]


def read_series(source: bytes) -> ReadSeries:
    """Raises Unreadable for the first fault: an encoding other than UTF-8, an unknown column, a value that is no number, a day that is there twice …

    Commas, semicolons and tabs part columns; whichever the heading has. An empty value or denominator is a value that there is none of.
    """
    rows = list(rows_of(text_of(source)))
    if not rows:
        raise Unreadable(1, "Filen är tom. Första raden ska vara rubriken date,value.")
    columns = _columns(*rows[0])
    read = [(line, _observation(line, cells, columns)) for line, cells in rows[1:]]
    if not read:
        raise Unreadable(rows[0][0], "Filen har en rubrik men inga värden.")
    in_order = sorted(read, key=lambda one: one[1].on)
    for (first, before), (line, after) in pairwise(in_order):
        if before.on == after.on:
            raise Unreadable(line, f"Datumet {after.on.isoformat()} finns redan på rad {first}. Ett datum får ha ett värde.")
    warnings = () if in_order == read else (Sentence("Datumen stod inte i ordning i filen: de har sorterats."),)
    return ReadSeries(tuple(one for _line, one in in_order), tuple(line for line, _one in in_order), warnings)


def _columns(line: int, heading: Sequence[str]) -> Mapping[str, int]:
    """The place of each column."""
    names = [name.lower() for name in heading]
    for name, given in zip(names, heading, strict=True):
        if name not in (DATE, VALUE, DENOMINATOR):
            raise Unreadable(line, f"Kolumnen ”{given}” är okänd. Kolumnerna är date, value och, om det finns en nämnare, denominator.")
        if names.count(name) > 1:
            raise Unreadable(line, f"Kolumnen {name} finns mer än en gång.")
    for name in (DATE, VALUE):
        if name not in names:
            raise Unreadable(line, f"Kolumnen {name} saknas. Kolumnerna är date, value och, om det finns en nämnare, denominator.")
    return {name: place for place, name in enumerate(names)}


def _observation(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Observation:
    if len(cells) != len(columns):
        advice = "Har värdet decimalkomma, sätt det inom citattecken eller använd semikolon mellan kolumnerna."
        raise Unreadable(line, f"Antalet kolumner på raden är {len(cells)} men i rubriken {len(columns)}. {advice}")
    on, value = _date(line, cells[columns[DATE]]), _number(line, cells[columns[VALUE]], VALUE)
    if DENOMINATOR not in columns:
        return Observation(on, value)
    denominator = _number(line, cells[columns[DENOMINATOR]], DENOMINATOR)
    if denominator is not None and denominator < 0:
        raise Unreadable(line, f"”{cells[columns[DENOMINATOR]]}” i kolumnen denominator är negativt. En nämnare är noll eller mer.")
    # Without a denominator there is no quotient: the value is not there.
    return Observation(on, value if denominator is not None else None, denominator if denominator is not None else 1.0)


def _date(line: int, cell: str) -> date:
    """A day, also when it is written as its midnight, or a month as its first day."""
    found = _DAY.fullmatch(f"{cell}-01" if _MONTH.fullmatch(cell) else cell)
    try:
        if found:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    raise Unreadable(line, f"”{cell}” i kolumnen date är inget datum. Skriv 2026-01-31, eller 2026-01 för en månad.")


def _number(line: int, cell: str, column: str) -> float | None:
    if not cell:
        return None
    written = cell.replace("\u2212", "-")
    value = float(_SPACES.sub("", written).replace(",", ".")) if _NUMBER.fullmatch(written) else None
    if value is None or abs(value) >= MAX_SIZE:
        raise Unreadable(line, f"”{cell}” i kolumnen {column} är inget tal. Skriv 12,5 eller 12.5, och lämna tomt där värde saknas.")
    return value
