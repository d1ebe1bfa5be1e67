"""A cell as a value. What cannot be one is said in Swedish, with what to write instead."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from styrkedja.core.sentences import Sentence
from styrkedja.core.sheets.tables import Cell
from styrkedja.core.steering.rules import YEARS
from styrkedja.core.steering.workbook.columns import MANY, Column, Holds
from styrkedja.core.toml.findings import suggestion

MOST = Decimal(10) ** 13  # kronor; more is a slip of the pen
_NUMBER = re.compile(r"[-\u2212]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,15})(?:[.,]\d{1,4})?")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-01)?")


class CellFault(ValueError):
    """The cell holds nothing that the column can take."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


def value_of(column: Column, cell: Cell) -> Any:
    """The value of a cell that is not empty. Raises CellFault. References are still keys, as they stand."""
    return _READERS[column.holds](column, cell)


def nothing(column: Column) -> Any:
    """The value of an empty cell."""
    if column.holds in MANY:
        return []
    if column.holds in {Holds.YES_NO, Holds.WHOLE_NUMBER}:
        return False if column.holds == Holds.YES_NO else 0
    return "" if column.holds in {Holds.TEXT, Holds.KEY, Holds.CHOICE} else None


def _text(_column: Column, cell: Cell) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _list(column: Column, cell: Cell) -> list[str]:
    parts = re.split(r"[;\n]", _text(column, cell))
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _day(_column: Column, cell: Cell) -> date:
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(cell.strip()) if isinstance(cell, str) and len(cell.strip()) == 10 else _no_day(cell)
    except ValueError:
        return _no_day(cell)


def _no_day(cell: Cell) -> date:
    raise CellFault(Sentence("”%(cell)s” är ingen dag. Skriv som 2026-03-31.", cell=cell))


def _last_day(column: Column, cell: Cell) -> date:
    """The day after: periods are half-open."""
    return _day(column, cell) + timedelta(days=1)


def _month(_column: Column, cell: Cell) -> date:
    if isinstance(cell, date) and cell.day == 1:
        return cell
    found = _MONTH.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) not in YEARS:
        raise CellFault(Sentence("”%(cell)s” är ingen månad. Skriv som 2026-04.", cell=cell))
    return date(int(found[1]), int(found[2]), 1)


def _decimal(cell: Cell) -> Decimal | None:
    """The number, None for what is none: text is one only when nothing else than the number stands there."""
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, str):
        if not _NUMBER.fullmatch(cell.strip()):
            return None
        cell = re.sub(r"[ \u00a0\u202f]", "", cell.strip()).replace(",", ".").replace("\u2212", "-")
    try:
        found = Decimal(str(cell))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _number(column: Column, cell: Cell) -> Decimal:
    found = _decimal(cell)
    if found is None or abs(found) >= MOST:
        raise CellFault(Sentence("”%(cell)s” är inget tal. Skriv bara talet, till exempel 12,5.", cell=cell))
    return found


def _whole(column: Column, cell: Cell) -> int:
    found = _decimal(cell)
    if found is None or found != found.to_integral_value() or abs(found) > 30_000:
        raise CellFault(Sentence("”%(cell)s” är inget heltal.", cell=cell))
    if column.least is not None and found < column.least:
        raise CellFault(Sentence("Talet kan inte vara mindre än %(least)s.", least=column.least))
    return int(found)


def _amount(column: Column, cell: Cell) -> int:
    """Kronor as öre."""
    found = _decimal(cell)
    if found is None:
        raise CellFault(Sentence("”%(cell)s” är inget belopp. Skriv ett tal i kronor, till exempel 1250000, utan text.", cell=cell))
    if found != found.quantize(Decimal("0.01")):
        raise CellFault(Sentence("Beloppet %(cell)s har fler än två decimaler.", cell=cell))
    if abs(found) >= MOST:
        raise CellFault(Sentence("Beloppet %(cell)s är orimligt stort. Skriv det i kronor.", cell=cell))
    if column.least is not None and found < column.least:
        raise CellFault(Sentence("Beloppet kan inte vara negativt."))
    return int(found * 100)


def _year(_column: Column, cell: Cell) -> int:
    found = _decimal(cell)
    if found is None or found not in YEARS:
        raise CellFault(Sentence("”%(cell)s” är inget år mellan %(first)s och %(last)s.", cell=cell, first=YEARS[0], last=YEARS[-1]))
    return int(found)


def _choice(column: Column, cell: Cell) -> str:
    wanted = _text(column, cell).casefold()
    found = next((value for label, value in column.choices.items() if label.casefold() == wanted), None)
    if found is None:
        known = ", ".join(f"”{label}”" for label in column.choices)
        raise CellFault(Sentence("”%(cell)s” kan inte väljas. Välj bland %(known)s.", cell=cell, known=known))
    return found


def _yes_no(_column: Column, cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    wanted = str(cell).strip().casefold()
    if wanted not in {"ja", "nej"}:
        raise CellFault(Sentence("Skriv ja eller nej, inte ”%(cell)s”.", cell=cell))
    return wanted == "ja"


def unknown_key(what: str, key: str, known: Mapping[str, object] | set[str]) -> Sentence:
    """That `what` ("Målet") of that key is not to be found, with what it may have been meant to be."""
    values = {"what": what, "key": key, "suggestion": suggestion(key, known)}
    return Sentence("%(what)s ”%(key)s” finns varken i filen eller i systemet.%(suggestion)s", **values)


_READERS: Mapping[str, Callable[[Column, Cell], Any]] = {
    Holds.TEXT: _text,
    Holds.KEY: _text,
    Holds.REFERENCE: _text,
    Holds.REFERENCES: _list,
    Holds.BODY: _text,
    Holds.BODIES: _list,
    Holds.SEAT: _text,
    Holds.SEATS: _list,
    Holds.INDICATOR: _text,
    Holds.INDICATORS: _list,
    Holds.DAY: _day,
    Holds.LAST_DAY: _last_day,
    Holds.MONTH: _month,
    Holds.YEAR: _year,
    Holds.AMOUNT: _amount,
    Holds.NUMBER: _number,
    Holds.WHOLE_NUMBER: _whole,
    Holds.CHOICE: _choice,
    Holds.YES_NO: _yes_no,
}
