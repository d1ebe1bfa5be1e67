"""A small region with two health centres, their visits month by month, and indicators over them, as an operator has them on disk and in the database."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from styrkedja.core.indicators.months import Month
from styrkedja.indicators.facts import FactFiles
from styrkedja.organisations.models import Organisation, Placement

VISITS = """
id = "visits"
title = "Besök"
description = "En rad för varje besök."
date = "visited_on"
unit = "unit"
entity = "patient"

[columns.visited_on]
type = "date"
title = "Besöksdag"

[columns.unit]
type = "unit"
title = "Enhet"

[columns.patient]
type = "key"
title = "Patient (pseudonym)"

[columns.home]
type = "boolean"
title = "Hembesök"

[columns.sex]
type = "code"
title = "Kön"
codes = { K = "kvinnor", M = "män" }
"""
HOME_VISITS = """
id = "hembesok"
title = "Andel hembesök"
description = "Hembesök av alla besök."
coverage = "Alla."
kind = "INDICATOR"
perspective = "production"
direction = "up"
levels = ["REGION", "AREA", "UNIT"]
frequency = "month"
dimensions = ["sex"]
minimum_n = 2
author = "Analytiker"
checker = "Verksamhetsutvecklare"
reviewed_on = 2026-01-01
next_review = 2030-01-01

[origin]
name = "Prov"
publisher = "Egen definition"
version = "1"
note = "Ett prov."

[value]
form = "percentage"
unit = "%"

[numerator]
source = "visits"
aggregate = "count"
where = { home = true }

[denominator]
source = "visits"
aggregate = "count"
"""
PATIENTS = HOME_VISITS.replace('"hembesok"', '"patienter"').replace("Andel hembesök", "Patienter").replace("percentage", "count")
PATIENTS = PATIENTS.replace('unit = "%"', 'unit = "patienter"').replace("where = { home = true }", "")
PATIENTS = PATIENTS.partition("[denominator]")[0].replace('aggregate = "count"', 'aggregate = "distinct"')

SCHEMA = pa.schema(
    [("visited_on", pa.date32()), ("unit", pa.string()), ("patient", pa.string()), ("home", pa.bool_()), ("sex", pa.string())]
)


def make_region() -> dict[str, Organisation]:
    """A region with two areas; `vc-a` moves from north to south on 15 March 2026."""
    kinds = {"region-prov": "REGION", "norr": "AREA", "syd": "AREA", "vc-a": "UNIT", "vc-b": "UNIT"}
    found = {key: Organisation.objects.create(key=key, name=key.title(), kind=kind) for key, kind in kinds.items()}
    move = date(2026, 3, 15)
    for child, parent, since, until in (
        ("norr", "region-prov", None, None),
        ("syd", "region-prov", None, None),
        ("vc-b", "syd", None, None),
        ("vc-a", "norr", None, move),
        ("vc-a", "syd", move, None),
    ):
        Placement.objects.create(child=found[child], parent=found[parent], valid_from=since, valid_until=until)
    return found


def write_library(folder: Path, indicators: Mapping[str, str]) -> None:
    for part, files in (("sources", {"visits": VISITS}), ("indicators", indicators)):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / part / f"{name}.toml").write_text(text, encoding="utf-8")


def visit(day: str, unit: str, patient: str = "p", *, home: bool = False, sex: str = "K") -> dict[str, Any]:
    return {"visited_on": date.fromisoformat(day), "unit": unit, "patient": patient, "home": home, "sex": sex}


def write_visits(store: Path, month: str, rows: Iterable[Mapping[str, Any]]) -> None:
    path = FactFiles(store).path("visits", Month.parse(month))
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=SCHEMA), path)
