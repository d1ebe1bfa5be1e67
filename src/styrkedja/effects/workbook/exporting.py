"""The chain as tables: every sheet, every row that the reader may see. What is written can be read in again and changes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.core.sheets.tables import Cell, Table
from styrkedja.core.sheets.writing import Heading
from styrkedja.core.steering.workbook.columns import MANY, Column, Holds, SheetSchema
from styrkedja.core.steering.workbook.sheets import SHEETS, WHOLE
from styrkedja.decisions.models import Decision
from styrkedja.decisions.selectors import decisions, mandates
from styrkedja.effects.models import KINDS as ECONOMY
from styrkedja.effects.models import EstimateYear
from styrkedja.effects.workbook.directory import UNNAMED_DECISION
from styrkedja.steering.models import KINDS as CHAIN
from styrkedja.steering.models import Adoption, ChainObject, SteeringDocument, TargetState, Transfer
from styrkedja.steering.selectors import sight
from styrkedja.steering.selectors.visibility import Sight

Shows = Callable[[Any], bool]
Sheets = Sequence[SheetSchema]
_MODELS: Mapping[str, type[ChainObject]] = {**CHAIN, **ECONOMY}
_YEAR = {"year": "year", "gross": "gross_ore", "net": "net_ore", "low": "low_ore", "high": "high_ore"}
_FORMATS = {
    Holds.DAY: "yyyy-mm-dd",
    Holds.LAST_DAY: "yyyy-mm-dd",
    Holds.MONTH: "yyyy-mm",
    Holds.AMOUNT: "#,##0.00",
    Holds.NUMBER: "General",
}


def chain_tables(user: User | None, *, on: date, sheets: Sheets = SHEETS, models: Mapping[str, type[ChainObject]] = _MODELS) -> list[Table]:
    """Every sheet in its order, with what `user` may see; None is the program itself, which sees all."""
    seen = sight(user, on=on)
    shows = _shows(seen)
    return [_table(sheet, _rows(sheet, models, seen, user, on), shows) for sheet in sheets]


def empty_tables(sheets: Sheets = SHEETS) -> list[Table]:
    """The template: every sheet with its columns and no rows."""
    return [_table(sheet, [], bool) for sheet in sheets]


def headings(sheets: Sheets = SHEETS) -> dict[str, dict[str, Heading]]:
    """How the columns are shown in a workbook."""
    return {sheet.name: {column.name: _heading(column) for column in sheet.columns} for sheet in sheets}


def guide(sheets: Sheets = SHEETS) -> list[tuple[str, str, str, str]]:
    """The sheet for people: what every sheet is for and how every column is filled in."""
    lines = [("Blad", "Kolumn", "Måste fyllas i", "Vad som ska stå")]
    for sheet in sheets:
        lines.append((sheet.name, "", "", sheet.purpose))
        lines += [("", column.name, "ja" if column.is_required else "", _explained(column)) for column in sheet.columns]
    return lines


def _heading(column: Column) -> Heading:
    choices = tuple(column.choices) if column.holds in {Holds.CHOICE, Holds.YES_NO} else ()
    return Heading(column.width, column.is_required, choices, _FORMATS.get(column.holds, ""), _explained(column))


def _explained(column: Column) -> str:
    kinds = {Holds.DAY: "En dag, till exempel 2026-03-31.", Holds.LAST_DAY: "En dag, till exempel 2026-12-31."}
    said = [column.note, kinds.get(column.holds, "")]
    if column.holds == Holds.CHOICE:
        said.append("Välj bland: " + ", ".join(column.choices) + ".")
    if column.holds == Holds.YES_NO:
        said.append("ja eller nej.")
    if column.to:
        said.append(f"Nyckeln på en rad i bladet {next(sheet.name for sheet in WHOLE if sheet.kind == column.to)}.")
    return " ".join(part for part in said if part)


def _table(sheet: SheetSchema, rows: Iterable[Any], shows: Shows) -> Table:
    """In the order of what the rows say, which is the same in every database."""
    lines = [tuple(_cell(sheet, column, row, shows) for column in sheet.columns) for row in rows]
    lines.sort(key=lambda cells: [str(cell) for cell in cells])
    return Table(sheet.name, tuple(column.name for column in sheet.columns), tuple(enumerate(lines, start=2)))


def _rows(sheet: SheetSchema, models: Mapping[str, type[ChainObject]], seen: Sight, user: User | None, on: date) -> Iterable[Any]:
    if sheet.kind in _SPECIAL:
        return _SPECIAL[sheet.kind](seen, user, on)
    model = models[sheet.kind]
    many = [field.name for field in model._meta.many_to_many]
    fields = [field.name for field in model._meta.concrete_fields if field.is_relation]
    return seen.of(model).select_related(*fields, "accountable_seat__body").prefetch_related(*many)


def _estimate_years(seen: Sight, _user: User | None, _on: date) -> Iterable[EstimateYear]:
    said = ("action", "calculated_by__body", "decision", "accountable_body", "accountable_seat__body")
    found = EstimateYear.objects.filter(estimate__in=seen.of(ECONOMY["estimate"]).values("pk"))
    return found.select_related(*(f"estimate__{name}" for name in said))


def _adoptions(seen: Sight, _user: User | None, _on: date) -> Iterable[Adoption]:
    of_documents = Adoption.objects.filter(document__in=seen.of(SteeringDocument).values("pk"))
    found = of_documents | Adoption.objects.filter(target_state__in=seen.of(TargetState).values("pk"))
    return found.select_related("document", "target_state", "body", "decision")


def _transfers(seen: Sight, _user: User | None, _on: date) -> Iterable[Transfer]:
    documents = seen.of(SteeringDocument).values("pk")
    found = Transfer.objects.filter(from_document__in=documents, to_document__in=documents)
    return found.select_related("from_document", "to_document", "goal", "new_goal", "action", "new_action")


def _mandates(_seen: Sight, user: User | None, on: date) -> Iterable[Any]:
    return mandates(user, on=on).prefetch_related("corrects")


def _decisions(_seen: Sight, user: User | None, on: date) -> Iterable[Decision]:
    """Those taken outside every case: the others belong to their cases."""
    return decisions(user, on=on).filter(case=None)


_SPECIAL: Mapping[str, Callable[[Sight, User | None, date], Iterable[Any]]] = {
    "estimate": _estimate_years,
    "adoption": _adoptions,
    "transfer": _transfers,
    "mandate": _mandates,
    "decision": _decisions,
}


def _cell(sheet: SheetSchema, column: Column, row: Any, shows: Shows) -> Cell:
    name = column.field
    if sheet.kind == "estimate":
        row, name = (row, _YEAR[name]) if name in _YEAR else (row.estimate, name)
    if sheet.kind == "decision" and name == "key":
        return decision_key(row)
    value = getattr(row, name)
    if column.holds == Holds.REFERENCE:
        return _key(value) if value is not None and shows(value) else ""
    if column.holds == Holds.SEATS:
        return "; ".join(sorted(_seat_text(other) for other in value.all()))
    if column.holds in MANY:
        return "; ".join(sorted(other.key for other in value.all() if shows(other)))
    return _WRITERS.get(column.holds, _plain)(column, value)


def _shows(seen: Sight) -> Shows:
    """Whether an object may be named: what stands in a draft that is not seen is not referred to either."""
    ids: dict[type[ChainObject], set[int]] = {}

    def shows(row: Any) -> bool:
        if seen.sees_all or not isinstance(row, ChainObject):
            return True
        model = type(row)
        if model not in ids:
            ids[model] = set(seen.of(model).values_list("pk", flat=True))
        return row.pk in ids[model]

    return shows


def decision_key(decision: Decision) -> str:
    """What a decision is called in files: its key, or its number here when it has none."""
    return decision.key or f"{UNNAMED_DECISION}{decision.pk}"


def _plain(_column: Column, value: Any) -> Cell:
    return "" if value is None else float(value) if isinstance(value, Decimal) else value


def _key(row: Any) -> str:
    return decision_key(row) if isinstance(row, Decision) else str(row.key)


def _named(_column: Column, value: Any) -> Cell:
    return "" if value is None else str(value.key)


def _seat(_column: Column, value: Any) -> Cell:
    return "" if value is None else _seat_text(value)


def _seat_text(seat: Any) -> str:
    return f"{seat.title}, {seat.body.key}"


def _last_day(_column: Column, value: date | None) -> Cell:
    return "" if value is None else value - timedelta(days=1)


def _amount(_column: Column, value: int | None) -> Cell:
    if value is None:
        return ""
    return value // 100 if value % 100 == 0 else float(Decimal(value) / 100)


def _choice(column: Column, value: str) -> Cell:
    return next((label for label, known in column.choices.items() if known == value), "")


def _yes_no(_column: Column, value: bool) -> Cell:
    return "ja" if value else "nej"


_WRITERS: Mapping[str, Callable[[Column, Any], Cell]] = {
    Holds.BODY: _named,
    Holds.SEAT: _seat,
    Holds.INDICATOR: _named,
    Holds.LAST_DAY: _last_day,
    Holds.AMOUNT: _amount,
    Holds.CHOICE: _choice,
    Holds.YES_NO: _yes_no,
}
