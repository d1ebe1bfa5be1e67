"""One text of a file as a value, or what is wrong with it. Each different text of a batch is read once, so plain Python is quick enough."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import SourceColumn

# What programs write where there is no value. A code of the column's own goes before.
MISSING = frozenset({"", "nan", "null", "none", "na", "n/a", "#n/a", "nat", "<na>"})
EARLIEST = date(1900, 1, 1)
_LARGEST = 2**63 - 1
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?|(\d{4})(\d{2})(\d{2})")
# Digits, perhaps in groups of three with blanks between, and perhaps decimals after a comma or a point.
_NUMBER = re.compile(r"([+\-\u2212]?)(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:[,.](\d*))?")
_BOOLEANS = {"true": True, "t": True, "1": True, "ja": True, "j": True, "sant": True, "yes": True, "y": True}
_BOOLEANS |= {"false": False, "f": False, "0": False, "nej": False, "n": False, "falskt": False, "no": False}


@dataclass(frozen=True)
class Wrong:
    """`reason` is a Swedish sentence that says what is wrong and how it should be."""

    reason: str


Value = date | int | bool | str | None
Read = Callable[[str], "Value | Wrong"]


def reader(column: SourceColumn, *, on: date) -> Read:
    """How texts of the column are read. `on` is today: what is dated later has not happened."""
    reads: dict[ColumnType, Read] = {
        ColumnType.DATE: lambda text: _date(text, on),
        ColumnType.INTEGER: lambda text: _integer(text, column),
        ColumnType.ORE: lambda text: _integer(text, column),
        ColumnType.BOOLEAN: _boolean,
        ColumnType.CODE: _code_reader(column),
        ColumnType.KEY: lambda text: text,
        ColumnType.UNIT: lambda text: text,
    }
    read = reads[column.type]

    def whole(raw: str) -> Value | Wrong:
        text = raw.strip()
        if text.casefold() in MISSING and text not in column.codes:
            return missing(column)
        return read(text)

    return whole


def missing(column: SourceColumn) -> Wrong | None:
    return None if column.missing else Wrong("Värdet saknas. Fyll i det.")


def within(value: int, column: SourceColumn) -> Wrong | None:
    """What is wrong if a number is out of the bounds that the column declares."""
    if column.least is not None and value < column.least:
        return Wrong(f"Talet får vara minst {column.least}.")
    if column.most is not None and value > column.most:
        return Wrong(f"Talet får vara högst {column.most}.")
    return None


def dated(value: date, on: date) -> Wrong | None:
    if value > on:
        return Wrong("Datumet ligger i framtiden. Rätta det eller läs in raden när dagen har varit.")
    if value < EARLIEST:
        return Wrong(f"Datumet ligger före {EARLIEST}. Rätta det.")
    return None


def _date(text: str, on: date) -> date | Wrong:
    found = _DATE.fullmatch(text)
    try:
        value = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        value = None
    if value is None:
        return Wrong("Värdet är inget datum. Skriv år-månad-dag, till exempel 2026-03-31.")
    return dated(value, on) or value


def _integer(text: str, column: SourceColumn) -> int | Wrong:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Wrong("Värdet är inget tal.")
    sign, digits, decimals = found.groups()
    if decimals and decimals.strip("0"):
        return not_whole(column)
    value = int(re.sub(r"\D", "", digits)) * (-1 if sign and sign != "+" else 1)
    if abs(value) > _LARGEST:
        return Wrong("Talet är för stort.")
    return within(value, column) or value


def not_whole(column: SourceColumn) -> Wrong:
    if column.type == ColumnType.ORE:
        return Wrong("Beloppet har decimaler. Ange hela ören: 12,50 kronor är 1250.")
    if column.parts > 1:
        return Wrong(f"Talet har decimaler. Ange hela {column.parts}-delar: 0,5 är {column.parts // 2}.")
    return Wrong("Talet har decimaler men ska vara ett heltal.")


def _boolean(text: str) -> bool | Wrong:
    value = _BOOLEANS.get(text.casefold())
    return Wrong("Värdet är varken ja eller nej. Skriv true eller false.") if value is None else value


def _code_reader(column: SourceColumn) -> Read:
    if column.pattern:
        form = re.compile(column.pattern)
        return lambda text: text if form.fullmatch(text) else Wrong(f"Koden har inte formen {column.pattern}.")
    known = ", ".join(sorted(column.codes))
    return lambda text: text if text in column.codes else Wrong(f"Koden finns inte i källan. Kända koder: {known}.")
