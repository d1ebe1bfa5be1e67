"""Tables as rows of the chain: every cell read, every fault with its sheet, row and column, all at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from styrkedja.core.sheets.tables import Cell, SheetFault, Table
from styrkedja.core.steering.rules import Faults, faults, mandate_faults, year_faults
from styrkedja.core.steering.workbook.cells import CellFault, nothing, value_of
from styrkedja.core.steering.workbook.columns import Column, Holds, SheetSchema
from styrkedja.core.steering.workbook.sheets import GUIDE, SHEETS, WHOLE
from styrkedja.core.toml.findings import suggestion

YEAR_FIELDS = ("year", "gross", "net", "low", "high")
# Kinds whose rows have no key: what they are is what they say.
KEYLESS = {"adoption": ("document", "target_state", "body", "decided_on"), "transfer": ("goal", "action", "to_document")}
_OWN_KEYS = {
    "goal-indicator": ("goal", "indicator"),
    "realisation": ("action", "month"),
    "balance-requirement": ("document", "year"),
    "goal-conflict": ("first", "second"),
    "forum": ("group",),
    "recommendation-answer": ("response", "recommendation"),
}
_PLACES = {sheet.name: place for place, sheet in enumerate(WHOLE)}


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a sheet, or the rows that together are one object. `values` by field, of the columns that the sheet has; references are keys."""

    sheet: SheetSchema
    number: int
    key: str
    values: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return self.sheet.kind

    def fault(self, message: str, field: str = "") -> SheetFault:
        return SheetFault(self.sheet.name, self.number, self.sheet.column_of(field), message)


@dataclass(frozen=True)
class Reading:
    """Every row that can be read, and everything that is wrong in the tables themselves. `broken` are the rows (kind, key) that have faults."""

    rows: tuple[Row, ...]
    faults: tuple[SheetFault, ...]
    broken: frozenset[tuple[str, str]]


def read_rows(tables: Iterable[Table], sheets: Sequence[SheetSchema] = SHEETS) -> Reading:
    """Reads every table as one of `sheets`, whatever is wrong in others."""
    by_name = {sheet.name: sheet for sheet in sheets}
    rows: list[Row] = []
    found: list[SheetFault] = []
    broken: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for table in tables:
        sheet = by_name.get(table.name)
        if table.name == GUIDE:
            continue
        if sheet is None:
            known = suggestion(table.name, by_name) or " Bladen heter som i mallen."
            found.append(SheetFault(table.name, 0, "", f"Bladet finns inte i mallen.{known}"))
        elif sheet.name in seen:
            found.append(SheetFault(sheet.name, 0, "", "Bladet finns flera gånger."))
        else:
            seen.add(sheet.name)
            more, faulty = _read_table(sheet, table, broken)
            rows += more
            found += faulty
    found += _drafts_that_are_adopted(rows)
    return Reading(tuple(rows), tuple(sorted(found)), frozenset(broken))


def _read_table(sheet: SheetSchema, table: Table, broken: set[tuple[str, str]]) -> tuple[list[Row], list[SheetFault]]:
    columns, found = _columns(sheet, table)
    rows: list[Row] = []
    is_whole = set(sheet.columns) <= set(columns)
    for number, cells in table.rows:
        row, faulty = _read_row(sheet, columns, number, cells)
        if not faulty and is_whole:
            faulty = [row.fault(message, field) for field, message in _row_faults(row).items()]
        found += faulty
        if faulty:
            broken.add((row.kind, row.key))
        else:
            rows.append(row)
    rows, faulty = _joined(sheet, rows) if sheet.joined else _once(sheet, rows)
    return rows, found + faulty


def _columns(sheet: SheetSchema, table: Table) -> tuple[list[Column | None], list[SheetFault]]:
    columns = [sheet.column(name) for name in table.header]
    found = []
    for name, column in zip(table.header, columns, strict=True):
        if column is None:
            known = suggestion(name, [column.name for column in sheet.columns])
            found.append(SheetFault(sheet.name, 1, name, f"Kolumnen finns inte i mallen.{known}"))
    given = [column for column in columns if column is not None]
    found += [SheetFault(sheet.name, 1, one.name, "Kolumnen finns flera gånger.") for one in set(given) if given.count(one) > 1]
    missing = [one.name for one in sheet.columns if one.is_required and one not in given]
    found += [SheetFault(sheet.name, 1, name, "Kolumnen saknas.") for name in missing]
    return columns, found


def _read_row(sheet: SheetSchema, columns: Sequence[Column | None], number: int, cells: Sequence[Cell]) -> tuple[Row, list[SheetFault]]:
    values: dict[str, Any] = {}
    found = []
    for column, cell in zip(columns, cells, strict=True):
        if column is None:
            continue
        if cell == "":
            if not column.has_default:
                values[column.field] = nothing(column)
            if column.is_required:
                found.append(SheetFault(sheet.name, number, column.name, "Fyll i ett värde."))
            continue
        try:
            values[column.field] = value_of(column, cell)
        except CellFault as fault:
            found.append(SheetFault(sheet.name, number, column.name, str(fault.reason)))
    return Row(sheet, number, _key(sheet, values), values), found


def _key(sheet: SheetSchema, values: dict[str, Any]) -> str:
    """The key that is written, else the one that the row makes of what it says."""
    if sheet.kind in KEYLESS:
        return "|".join(str(values.get(name) or "") for name in KEYLESS[sheet.kind])
    key = str(values.get("key") or "")
    if not key and sheet.kind in _OWN_KEYS and all(values.get(name) for name in _OWN_KEYS[sheet.kind]):
        key = own_key(sheet.kind, values)
        values["key"] = key
    return key


def own_key(kind: str, values: Mapping[str, Any]) -> str:
    """What an object without a written key is called, after what it belongs to: "inkop-2026-04"."""
    parts = [values[name] for name in _OWN_KEYS[kind]]
    if kind == "goal-conflict":
        parts = sorted(parts)
    if kind == "realisation":
        parts[1] = f"{parts[1]:%Y-%m}"
    return "-".join(str(part).lower().replace(".", "-").replace(" ", "-") for part in parts)


def _row_faults(row: Row) -> Faults:
    if row.kind == "mandate":
        return mandate_faults(row.values)
    if row.kind == "estimate":
        year = {name: row.values[name] for name in ("low", "net", "high")}
        found = {name.removesuffix("_ore"): fault for name, fault in year_faults(row.values["year"], **year).items()}
        return found | faults(row.kind, row.values)
    return {} if row.kind in {*KEYLESS, "decision"} else faults(row.kind, row.values)


def _once(sheet: SheetSchema, rows: Sequence[Row]) -> tuple[list[Row], list[SheetFault]]:
    first: dict[str, Row] = {}
    found = []
    for row in rows:
        if row.key in first:
            said = (
                f"Samma sak står redan på rad {first[row.key].number}."
                if sheet.kind in KEYLESS
                else f"Nyckeln står redan på rad {first[row.key].number}."
            )
            found.append(row.fault(said, "key"))
        else:
            first[row.key] = row
    return list(first.values()), found


def _joined(sheet: SheetSchema, rows: Sequence[Row]) -> tuple[list[Row], list[SheetFault]]:
    """Rows with the same key as one. What is not of the year alone stands in the first of them; the others repeat it or leave it empty."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row.key, []).append(row)
    made, found = [], []
    for first, *others in together.values():
        for row in others:
            found += list(_differing(first, row))
            if any(row.values["year"] == one.values["year"] for one in (first, *others) if one.number < row.number):
                found.append(row.fault("Året står redan i beräkningen.", "year"))
        years = [tuple(row.values.get(name) for name in YEAR_FIELDS) for row in (first, *others)]
        shared = {name: value for name, value in first.values.items() if name not in sheet.joined}
        made.append(replace(first, values=shared | {"years": sorted(years, key=_year)}))
    return made, found


def _year(amounts: tuple[Any, ...]) -> int:
    return int(amounts[0])


def _differing(first: Row, row: Row) -> Iterator[SheetFault]:
    for name, value in row.values.items():
        if name not in row.sheet.joined and value not in (None, "", []) and value != first.values[name]:
            yield row.fault(f"Värdet skiljer sig från det på rad {first.number}. Skriv samma, eller lämna tomt.", name)


def _drafts_that_are_adopted(rows: Iterable[Row]) -> Iterator[SheetFault]:
    rows = list(rows)
    adopted = {row.values.get(name) for row in rows if row.kind == "adoption" for name in ("document", "target_state")}
    for row in rows:
        if row.values.get("state") == "DRAFT" and row.kind in {"document", "target-state"} and row.key in adopted:
            yield row.fault("Det har antagits enligt bladet Antaganden och är därför inget utkast.", "state")


def sheet_order(row: Row) -> tuple[int, int]:
    """As the rows stand in the template and the file."""
    return _PLACES[row.sheet.name], row.number


def references_of(row: Row) -> Iterator[tuple[str, str, str]]:
    """What a row refers to in the chain: field, kind, key."""
    for column in row.sheet.columns:
        value = row.values.get(column.field)
        if column.holds == Holds.REFERENCE and value:
            yield column.field, column.to, value
        elif column.holds == Holds.REFERENCES:
            for key in value or ():
                yield column.field, column.to, key
