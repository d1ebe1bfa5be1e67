"""Ready values in a sheet: the template that people fill in, and what filled-in rows say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from styrkedja.core.indicators.definition.definition import Definition, ReadySource
from styrkedja.core.indicators.definition.kinds import Form, ReadyKind
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.ready.values import WHOLE, ReadyValue
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.sheets.tables import Cell, SheetFault, Table
from styrkedja.core.sheets.writing import Heading
from styrkedja.core.toml.findings import suggestion

SHEET = "Värden"
COLUMNS = ("serie", "organ", "från", "till", "kön", "värde", "täljare", "nämnare")
_REQUIRED = ("serie", "organ", "från", "värde")
_SEXES = {"": WHOLE, "t": WHOLE, "totalt": WHOLE, "alla": WHOLE, "k": "K", "kvinnor": "K", "m": "M", "män": "M"}
_NUMBER = re.compile(r"[+\-\u2212]?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_QUARTER = re.compile(r"(\d{4})\s*-?\s*(?:kv|q|kvartal)\s*([1-4])", re.I)

HEADINGS: Mapping[str, Heading] = {
    "serie": Heading(34, is_required=True, note="Seriens id enligt bladet Serier."),
    "organ": Heading(30, is_required=True, note="Organets nyckel, HSA-id, länskod eller kommunkod enligt bladet Organ."),
    "från": Heading(14, is_required=True, note="Periodens första dag, eller hela perioden: 2026, 2026-03 eller 2026 kv 1."),
    "till": Heading(14, note="Periodens sista dag. Lämnas tom när hela perioden står under från."),
    "kön": Heading(10, choices=("kvinnor", "män"), note="Tomt betyder alla."),
    "värde": Heading(14, is_required=True, note="Tomt betyder att värdet inte är publicerat. Det är aldrig 0."),
    "täljare": Heading(14, note="Om den är känd."),
    "nämnare": Heading(14, note="Om den är känd."),
}
GUIDE = (
    ("Kolumn", "Vad den är", "Krävs", "Hur den fylls i"),
    (
        "serie",
        "Vilken serie värdet hör till",
        "ja",
        "Id ur bladet Serier. Serierna står i indikatorernas filer under [[ready]] med source = ”file”.",
    ),
    ("organ", "Vems värdet är", "ja", "Nyckel, HSA-id, länskod (två siffror) eller kommunkod (fyra siffror) ur bladet Organ."),
    ("från", "Periodens början", "ja", "En dag (2026-01-01), eller hela perioden: 2026, 2026-03 eller 2026 kv 1. Till lämnas då tomt."),
    ("till", "Periodens slut", "nej", "Sista dagen i perioden."),
    ("kön", "Vilka det gäller", "nej", "kvinnor eller män. Tomt är alla."),
    ("värde", "Värdet", "nej", "Ett tal i indikatorns enhet. Tomt betyder att värdet finns men inte är publicerat."),
    ("täljare, nämnare", "Vad värdet är delat av", "nej", "Tal, om de är kända."),
)


@dataclass(frozen=True)
class Series:
    definition: Definition
    ready: ReadySource


@dataclass(frozen=True)
class KnownBody:
    key: str
    kind: OrganisationKind


@dataclass(frozen=True)
class FileReading:
    """Values whose `series` is an id of the file's series and whose `area` is a body key, with their rows; none if there are faults."""

    values: tuple[tuple[int, ReadyValue], ...]
    faults: tuple[SheetFault, ...]


def file_series(definitions: Mapping[str, Definition]) -> dict[str, Series]:
    """Every series that values may be given for, by id."""
    return {
        ready.id: Series(definition, ready)
        for definition in definitions.values()
        for ready in definition.ready
        if ready.source == ReadyKind.FILE
    }


def read_values(tables: Sequence[Table], series: Mapping[str, Series], bodies: Mapping[str, KnownBody], *, on: date) -> FileReading:
    """`bodies` by every name that they may be given. Every fault is told; with any, no value is given out."""
    table = next((one for one in tables if one.name.casefold() == SHEET.casefold()), tables[0] if len(tables) == 1 else None)
    if table is None:
        return FileReading((), (SheetFault("", 0, "", f"Bladet ”{SHEET}” saknas. Utgå från mallen: styrkedja indicators template."),))
    faults = list(_heading(table))
    if faults:
        return FileReading((), tuple(faults))
    reader = _Reader(table, series, bodies, on)
    values = [(number, value) for number, cells in table.rows if (value := reader.row(number, cells)) is not None]
    return FileReading(() if reader.faults else tuple(values), tuple(sorted(reader.faults)))


def _heading(table: Table) -> Iterator[SheetFault]:
    names = [name.casefold() for name in table.header]
    for name in _REQUIRED:
        if name not in names:
            yield SheetFault(table.name, 1, name, "Kolumnen saknas. Utgå från mallen: styrkedja indicators template.")
    for name in names:
        if name not in COLUMNS:
            yield SheetFault(table.name, 1, name, f"Kolumnen finns inte i mallen.{suggestion(name, COLUMNS)} Ta bort den.")
        elif names.count(name) > 1:
            yield SheetFault(table.name, 1, name, "Kolumnen står två gånger. Ta bort den ena.")


class _CellFault(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


class _Reader:
    def __init__(self, table: Table, series: Mapping[str, Series], bodies: Mapping[str, KnownBody], on: date) -> None:
        self.table, self.series, self.bodies, self.on = table, series, bodies, on
        self.faults: list[SheetFault] = []
        self._rows: dict[tuple[object, ...], int] = {}

    def row(self, number: int, row: Sequence[Cell]) -> ReadyValue | None:
        cells = {name.casefold(): cell for name, cell in zip(self.table.header, row, strict=True)}
        try:
            value = self._value({name: cells.get(name, "") for name in COLUMNS})
            earlier = self._rows.setdefault((value.series, *value.key), number)
            if earlier != number:
                raise _CellFault("", f"Samma värde står redan på rad {earlier}. Ta bort det ena.")
        except _CellFault as fault:
            self.faults.append(SheetFault(self.table.name, number, fault.column, str(fault)))
            return None
        return value

    def _value(self, cells: Mapping[str, Cell]) -> ReadyValue:
        series, body = self._series(_text(cells["serie"])), self._body(_text(cells["organ"]))
        start, end = _period(cells["från"], cells["till"])
        if end > self.on:
            raise _CellFault("till" if cells["till"] != "" else "från", f"Perioden slutar {end} och är inte över än. Rätta den.")
        if body.kind not in series.definition.levels:
            raise _CellFault("organ", f"”{body.key}” är på en nivå som indikatorn ”{series.definition.title}” inte följs på.")
        sex = _SEXES.get(_text(cells["kön"]).casefold())
        if sex is None:
            raise _CellFault("kön", f"”{cells['kön']}” är varken kvinnor eller män. Lämna tomt för alla.")
        value = _number("värde", cells["värde"])
        if value is not None and series.definition.value.form == Form.PERCENTAGE and not 0 <= value <= 100:
            raise _CellFault("värde", f"{value:g} är ingen andel i procent, som är från 0 till 100.")
        numbers = (_number(name, cells[name]) for name in ("täljare", "nämnare"))
        return ReadyValue(series.ready.id, body.key, start, end, sex, value, *numbers)

    def _series(self, told: str) -> Series:
        if told not in self.series:
            raise _CellFault("serie", f"Det finns ingen serie ”{told}”.{suggestion(told, self.series)}")
        return self.series[told]

    def _body(self, told: str) -> KnownBody:
        if told not in self.bodies:
            raise _CellFault("organ", f"Det finns inget organ ”{told}”.{suggestion(told, self.bodies)}")
        return self.bodies[told]


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _number(column: str, cell: Cell) -> float | None:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not isfinite(cell):
            raise _CellFault(column, f"{cell} är inget tal att räkna med.")
        return float(cell)
    text = str(cell)
    if not _NUMBER.fullmatch(text):
        raise _CellFault(column, f"”{text}” är inget tal.")
    return float(re.sub(r"[ \u00a0\u202f]", "", text).replace(",", ".").replace("\u2212", "-"))


def _period(first: Cell, last: Cell) -> tuple[date, date]:
    start, end = _days("från", first)
    if last == "" or last is None:
        if start == end:
            raise _CellFault("till", "Ange periodens sista dag, eller skriv hela perioden under från: 2026, 2026-03 eller 2026 kv 1.")
        return start, end
    _, end = _days("till", last)
    if end < start:
        raise _CellFault("till", f"Perioden slutar {end}, före början {start}.")
    return start, end


def _days(column: str, cell: Cell) -> tuple[date, date]:
    """The first and last day of what is told: a day, a month, a quarter or a year."""
    if isinstance(cell, date):
        return cell, cell
    text = _text(cell)
    try:
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if found := _QUARTER.fullmatch(text):
            month = Month.of(date(int(found[1]), 3 * int(found[2]), 1))
            return Span.ending(month, 3).first_day, month.last_day
        if re.fullmatch(r"\d{4}-\d{2}", text):
            month = Month.parse(text)
            return month.first_day, month.last_day
        day = date.fromisoformat(text)
        return day, day
    except ValueError:
        raise _CellFault(column, f"”{text}” är ingen dag eller period. Skriv 2026-01-01, 2026-03, 2026 kv 1 eller 2026.") from None
