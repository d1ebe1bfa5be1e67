"""Days told from today, in the tables of a demonstration: `idag-30d`, `idag+2m`, `månad-1`.

What is late or fresh must be so on whatever day somebody tries the demonstration. Nothing else may be written like this: a person's workbook holds
days, and the import refuses these words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from styrkedja.core.sheets.tables import Cell, Table

_DAY = re.compile(r"idag(?:(?P<amount>[+-]\d{1,4})(?P<unit>[dm]))?")
_MONTH = re.compile(r"månad(?P<amount>[+-]\d{1,3})")
_LAST_SAFE_DAY = 28  # every month has it


def told_from(tables: Sequence[Table], on: date) -> tuple[Table, ...]:
    """The tables with every such word as the day ("2026-03-31") or the month ("2026-03") that it means on the day `on`."""
    return tuple(
        replace(table, rows=tuple((number, tuple(absolute(cell, on) for cell in row)) for number, row in table.rows)) for table in tables
    )


def absolute(cell: Cell, on: date) -> Cell:
    """The cell, or the day or month that it means. `m` counts whole months, to the 28th at the latest."""
    if not isinstance(cell, str):
        return cell
    if found := _DAY.fullmatch(cell.strip()):
        return _day(found, on).isoformat()
    if found := _MONTH.fullmatch(cell.strip()):
        return f"{_in_months(on, int(found['amount'])):%Y-%m}"
    return cell


def _day(found: re.Match[str], on: date) -> date:
    amount = int(found["amount"] or 0)
    return _in_months(on, amount) if found["unit"] == "m" else on + timedelta(days=amount)


def _in_months(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, _LAST_SAFE_DAY))
