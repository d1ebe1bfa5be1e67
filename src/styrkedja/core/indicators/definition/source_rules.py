"""What must hold within a source: each column makes sense, and the columns that place a row are of the right type."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.toml.findings import FileFinding, listed, suggestion
from styrkedja.core.toml.tables import TOP, Entry, Tables

Findings = Iterator[FileFinding]

TYPE_NAMES: Mapping[ColumnType, str] = {
    ColumnType.DATE: "ett datum",
    ColumnType.CODE: "en kod",
    ColumnType.INTEGER: "ett heltal",
    ColumnType.BOOLEAN: "ja eller nej",
    ColumnType.ORE: "ett belopp i öre",
    ColumnType.KEY: "en pseudonym",
    ColumnType.UNIT: "en enhet",
}
# Keys of a column and the types that may have them.
_BELONGS = {
    "codes": (ColumnType.CODE,),
    "pattern": (ColumnType.CODE,),
    "least": (ColumnType.INTEGER, ColumnType.ORE),
    "most": (ColumnType.INTEGER, ColumnType.ORE),
    "level": (ColumnType.UNIT,),
    "parts": (ColumnType.INTEGER,),
    "part_of": (ColumnType.INTEGER, ColumnType.ORE),
    "derived": (ColumnType.CODE, ColumnType.INTEGER),
}
_ROLES = {"date": ColumnType.DATE, "unit": ColumnType.UNIT, "entity": ColumnType.KEY}
_IDENTITY = re.compile(r"person_?(?:nummer|nr|id)|\bpnr\b|samordningsnummer|ssn|social_security")


def check_source(tables: Tables) -> Findings:
    top, columns = tables.first(TOP), tables.first("columns")
    if top is not None:
        yield from check_id(top)
    if top is None or columns is None:
        return
    for key, kind in _ROLES.items():
        yield from _role(top, columns, key, kind)
    for name, column in columns.values.items():
        yield from _column(columns, name, column)


def check_id(top: Entry) -> Findings:
    """The file is called what it is about, so that nobody has to look for it."""
    stem = PurePosixPath(top.document.name).stem
    if top.values.get("id", stem) != stem:
        yield top.finding(f"”id” är ”{top.values['id']}” men filen heter ”{stem}.toml”. Ge dem samma namn.", "id")


def _role(top: Entry, columns: Entry, key: str, kind: ColumnType) -> Findings:
    if (name := top.values.get(key)) is None:
        return
    if name not in columns.keys:
        yield top.finding(f"Kolumnen ”{name}” är inte angiven under [columns].{suggestion(name, columns.keys)}", key)
        return
    column = columns.values.get(name, {})
    if column.get("type", kind) != kind:
        yield top.finding(f"”{key}” är kolumnen ”{name}”, som är {TYPE_NAMES[column['type']]}. Den ska vara {TYPE_NAMES[kind]}.", key)
    if column.get("missing") and key != "entity":
        yield top.finding(f"Kolumnen ”{name}” får inte sakna värde, eftersom varje rad placeras med den. Ta bort ”missing”.", key)


def _column(columns: Entry, name: str, column: Mapping[str, Any]) -> Findings:
    if _IDENTITY.search(name):
        message = f"Kolumnen ”{name}” ser ut att vara ett personnummer. Bara pseudonymer får läsas in."
        yield columns.finding(message, name)
    for key, kinds in _BELONGS.items():
        if key in column and column["type"] not in kinds:
            types = " eller ".join(f"”{kind}”" for kind in kinds)
            yield columns.finding(f"”{key}” hör bara till kolumner av typen {types}. Ta bort raden eller ändra typen.", name, key)
    if column["type"] == ColumnType.CODE:
        yield from _codes(columns, name, column)
    if column.get("least", 0) > column.get("most", column.get("least", 0)):
        yield columns.finding(f"”most” är {column['most']} men ska vara minst {column['least']}, som är ”least”.", name, "most")
    if "part_of" in column:
        yield from _part_of(columns, name, column)
    if "derived" in column:
        yield from _derived(columns, name, column)


def _part_of(columns: Entry, name: str, column: Mapping[str, Any]) -> Findings:
    whole = column["part_of"]
    if whole not in columns.keys or whole == name:
        yield columns.finding(f"Det finns ingen annan kolumn ”{whole}”.{suggestion(whole, columns.keys - {name})}", name, "part_of")
    elif columns.values.get(whole, column)["type"] != column["type"]:
        yield columns.finding(f"”{name}” kan inte vara en del av ”{whole}”, som är av en annan typ.", name, "part_of")


def _codes(columns: Entry, name: str, column: Mapping[str, Any]) -> Findings:
    ways = [key for key in ("codes", "pattern", "derived") if key in column]
    if len(ways) != 1:
        message = "Ange koderna i ”codes”, eller formen i ”pattern” om de är för många för att räknas upp."
        yield columns.finding(f"”{name}” ska ha antingen ”codes”, ”pattern” eller ”derived”. {message}", name)
    try:
        re.compile(column.get("pattern", ""))
    except re.error:
        yield columns.finding(f"”{column['pattern']}” är inget reguljärt uttryck. Rätta det.", name, "pattern")


def _derived(columns: Entry, name: str, column: Mapping[str, Any]) -> Findings:
    derived = column["derived"]
    if derived.keys() == {"bands_of", "starts"}:
        yield from _made_of(columns, name, derived, "bands_of", ColumnType.INTEGER)
        yield from _made_type(columns, name, column, ColumnType.CODE)
        if list(derived["starts"]) != sorted(derived["starts"]):
            yield columns.finding("”starts” ska stå i stigande ordning.", name, "derived", "starts")
    elif derived.keys() == {"days_from", "days_to"}:
        yield from _made_of(columns, name, derived, "days_from", ColumnType.DATE)
        yield from _made_of(columns, name, derived, "days_to", ColumnType.DATE)
        yield from _made_type(columns, name, column, ColumnType.INTEGER)
    else:
        yield columns.finding("”derived” ska ha antingen ”bands_of” och ”starts” eller ”days_from” och ”days_to”.", name, "derived")


def _made_of(columns: Entry, name: str, derived: Mapping[str, Any], key: str, kind: ColumnType) -> Findings:
    origin = derived[key]
    if origin not in columns.keys or origin == name:
        others = columns.keys - {name}
        message = f"Det finns ingen annan kolumn ”{origin}” att härleda ur.{suggestion(origin, others)}"
        yield columns.finding(message, name, "derived", key)
        return
    column = columns.values.get(origin, {})
    if column.get("type", kind) != kind or "derived" in column:
        message = f"Kolumnen ”{origin}” ska vara {TYPE_NAMES[kind]} som står i filen, inte vara härledd."
        yield columns.finding(message, name, "derived", key)


def _made_type(columns: Entry, name: str, column: Mapping[str, Any], kind: ColumnType) -> Findings:
    if column["type"] != kind and column["type"] in _BELONGS["derived"]:
        yield columns.finding(f"Den härledda kolumnen är {TYPE_NAMES[kind]}. Skriv type = {listed([kind])}.", name, "type")
