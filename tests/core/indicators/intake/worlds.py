"""A small organisation, and sources as they are declared, for tests of what comes in."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.definition.source_files import read_source
from styrkedja.core.indicators.intake.rows import RawRows, ReadRows, read_rows
from styrkedja.core.indicators.intake.units import UnitCheck
from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from tests.architecture.sources import ROOT

TODAY = date(2026, 9, 16)


@cache
def source(name: str) -> FactSource:
    """One of the project's own."""
    found = read_source(f"sources/{name}.toml", (ROOT / "definitions" / "sources" / f"{name}.toml").read_bytes()).source
    assert found is not None
    return found


@cache
def structure() -> Structure:
    """Region r with department d and the units a and b; b has an HSA-id, and c began in June 2026."""
    bodies = [
        TreeBody("n", OrganisationKind.NATION),
        TreeBody("r", OrganisationKind.REGION),
        TreeBody("m", OrganisationKind.MUNICIPALITY),
        TreeBody("d", OrganisationKind.DEPARTMENT),
        TreeBody("a", OrganisationKind.UNIT),
        TreeBody("b", OrganisationKind.UNIT, aliases=("SE2321000214-B",)),
        TreeBody("c", OrganisationKind.UNIT, Period(date(2026, 6, 1), None)),
    ]
    placements = [
        TreePlacement(child, parent) for child, parent in [("r", "n"), ("m", "n"), ("d", "r"), ("a", "d"), ("b", "d"), ("c", "d")]
    ]
    found = build(bodies, placements)
    assert isinstance(found, Structure)
    return found


VISIT: dict[str, Any] = {
    "visited_on": "2026-08-31",
    "unit": "a",
    "listed_unit": "b",
    "patient": "p1",
    "caregiver": "g1",
    "profession": "doctor",
    "contact": "visit",
    "care_level": "primary",
    "planned": "true",
    "sex": "K",
    "age": "71",
    "provider": "public",
    "drg_points": "",
    "cost": "125000",
}
BEDS: dict[str, Any] = {"counted_on": "2026-08-31", "unit": "a", "care_area": "somatic", "available": "20", "occupied_by_ready": "2"}
WAIT: dict[str, Any] = {
    "completed_on": "2026-08-31",
    "decided_on": "2026-08-28",
    "unit": "a",
    "patient": "p1",
    "completed": "assessment",
    "contact": "visit",
    "licensed": "ja",
    "patient_chose": "nej",
    "sex": "M",
    "age": "4",
    "provider": "private",
}


def raw(rows: list[dict[str, Any]]) -> RawRows:
    """Rows as a file of texts would give them; the first stands on line 2."""
    columns = {name: pa.array([row[name] for row in rows]) for name in rows[0]}
    return RawRows(columns, np.arange(2, len(rows) + 2))


def read(name: str, rows: list[dict[str, Any]]) -> ReadRows:
    return read_rows(source(name), raw(rows), UnitCheck(source(name), structure()), on=TODAY)


def messages(found: ReadRows) -> list[str]:
    return [fault.message for fault in found.faults]
