"""Reads the tables of a file, brings in their rows, and says what was done: all of it, or what is wrong and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.sheets.tables import SheetFault, Table
from styrkedja.core.steering.workbook.columns import SheetSchema
from styrkedja.core.steering.workbook.ordering import in_order
from styrkedja.core.steering.workbook.reading import Row, read_rows, references_of, sheet_order
from styrkedja.core.steering.workbook.sheets import SHEETS
from styrkedja.effects.services.importing import bring_in
from styrkedja.effects.workbook.directory import MODELS, Directory, Unknown
from styrkedja.ui.wording import sentence_text


@dataclass(frozen=True)
class LoadedRow:
    """A row that was new or changed. `columns`: the headings of what was changed, empty for a new one."""

    sheet: str
    row: int
    key: str
    title: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """What a file did, or (as a preview, or with `faults`) would do. With faults nothing is stored."""

    created: tuple[LoadedRow, ...]
    changed: tuple[LoadedRow, ...]
    unchanged: int
    faults: tuple[SheetFault, ...]

    @property
    def is_stored(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Book:
    """Which sheets a file may have, what their rows are, and how one of them is brought in (as `importing.bring_in`)."""

    sheets: tuple[SheetSchema, ...]
    models: Mapping[str, type[Model]]
    bring_in: Callable[..., tuple[Any, tuple[str, ...] | None]]


CHAIN = Book(SHEETS, MODELS, bring_in)


@transaction.atomic
def load_chain(*, actor: User | None, tables: Iterable[Table], at: datetime, is_preview: bool = False, book: Book = CHAIN) -> Loaded:
    """Brings in the rows of `tables` through the services, each with the rights of `actor` (None: the program itself).

    Everything that is wrong is told at once, with sheet, row and column; then nothing is stored. A row that says what is there already changes
    nothing, and what the file does not name is left as it is. A preview stores nothing either.
    """
    reading = read_rows(tables, book.sheets)
    ordered, rings = in_order(reading.rows)
    broken = {*reading.broken, *((row.kind, row.key) for row in set(reading.rows) - set(ordered))}
    found = _Loading(actor, at, Directory(reading.rows, book.models), broken, book)
    for row in ordered:
        found.bring_in(row)
    faults = tuple(sorted({*reading.faults, *rings, *found.faults}))
    if faults or is_preview:
        transaction.set_rollback(True)
    return Loaded(_in_order(found.created), _in_order(found.changed), found.unchanged, faults)


class _Loading:
    def __init__(self, actor: User | None, at: datetime, directory: Directory, broken: set[tuple[str, str]], book: Book) -> None:
        self.actor, self.at, self.directory, self.broken, self.book = actor, at, directory, broken, book
        self.created: list[tuple[Row, LoadedRow]] = []
        self.changed: list[tuple[Row, LoadedRow]] = []
        self.unchanged = 0
        self.faults: list[SheetFault] = []

    def bring_in(self, row: Row) -> None:
        """Writes the row, or notes what is wrong with it. That a row it leans on is broken is no fault of its own: that one is to be mended."""
        broken = {key for _field, kind, key in references_of(row) if (kind, key) in self.broken}
        values, faults = self._values(row, broken)
        if not faults and not broken:
            try:
                with transaction.atomic():
                    self._write(row, values)
                return
            except Refused as refused:
                faults = [row.fault(sentence_text(refused.reason))]
        self.faults += faults
        self.broken.add((row.kind, row.key))

    def _values(self, row: Row, broken: set[str]) -> tuple[dict[str, Any], list[SheetFault]]:
        values = {name: value for name, value in row.values.items() if row.sheet.column_of(name) == ""}
        faults = []
        for column in row.sheet.columns:
            said = row.values.get(column.field)
            if column.field in row.values and not (column.to and broken.intersection(said if isinstance(said, list) else [said])):
                try:
                    values[column.field] = self.directory.value(column, said, row)
                except Unknown as unknown:
                    faults.append(row.fault(str(unknown), column.field))
        return values, faults

    def _write(self, row: Row, values: dict[str, Any]) -> None:
        existing = self.directory.find(row.kind, row.key)
        made, fields = self.book.bring_in(actor=self.actor, row=row, values=values, existing=existing, at=self.at)
        self.directory.add(row.kind, row.key, made)
        if fields is None:
            self.unchanged += 1
            return
        columns = tuple(name for field in fields for name in _headings(row, field))
        line = LoadedRow(row.sheet.name, row.number, row.key, str(made) if row.kind not in {"adoption", "transfer"} else "", columns)
        (self.changed if fields else self.created).append((row, line))


def _headings(row: Row, field: str) -> list[str]:
    return [row.sheet.column_of(name) for name in (row.sheet.joined if field == "years" else (field,))]


def _in_order(lines: Iterable[tuple[Row, LoadedRow]]) -> tuple[LoadedRow, ...]:
    return tuple(line for _row, line in sorted(lines, key=lambda pair: sheet_order(pair[0])))
