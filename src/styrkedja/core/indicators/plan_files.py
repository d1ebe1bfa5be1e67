"""A planned reorganisation as a TOML file: who moves where, from which day, and which bodies are new.

on = 2027-01-01

[[new]]
key = "omrade-ost"
kind = "AREA"

[moves]
omrade-ost = "region-exempel"
halsocentral-a = "omrade-ost"
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.definition.levels import LEVELS
from styrkedja.core.indicators.tree import TreeBody
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.toml.documents import Document, read_document
from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.shapes import DATE, KEY, Column, one_of
from styrkedja.core.toml.tables import TOP, File, Names, Table, read_tables

_FILE: File = {
    "on": Column(DATE, required=True),
    "new": Table({"key": Column(KEY, required=True), "kind": Column(one_of(OrganisationKind, LEVELS), required=True)}),
    "moves": Names(KEY, KEY, required=True),
}


@dataclass(frozen=True)
class PlanFile:
    on: date
    moves: Mapping[str, str]
    new: tuple[TreeBody, ...]


def read_plan(name: str, data: bytes) -> PlanFile | tuple[FileFinding, ...]:
    """The plan, or everything that is wrong with the file. Never raises on what it holds."""
    document = read_document(name, data)
    if not isinstance(document, Document):
        return document
    tables = read_tables(document, _FILE)
    top, moves = tables.first(TOP), tables.first("moves")
    findings = list(tables.findings)
    if "on" not in document.values:
        findings.append(FileFinding(name, 1, "”on” saknas: dagen då flyttarna sker, till exempel on = 2027-01-01."))
    if findings or top is None or moves is None:
        return tuple(sorted(set(findings)))
    new = (TreeBody(entry.values["key"], OrganisationKind(entry.values["kind"])) for entry in tables.entries.get("new", ()))
    return PlanFile(top.values["on"], moves.values, tuple(new))
