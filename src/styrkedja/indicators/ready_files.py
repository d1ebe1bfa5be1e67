"""Ready values from a sheet that somebody has filled in: all of it, or every fault and nothing."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import ReadyKind
from styrkedja.core.indicators.ready.files import SHEET, file_series, read_values
from styrkedja.core.indicators.ready.values import ATTRIBUTIONS
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.sheets.reading import read_folder, read_workbook
from styrkedja.core.sheets.tables import Limits, SheetsRefused, Table
from styrkedja.indicators.selectors.areas import bodies_by_name
from styrkedja.indicators.services.ready import ReadyBatch, ReadyRow, Replaced, replace_ready_values
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.ui.clock import day


def load_value_file(*, actor: User | None, path: Path, definitions: Mapping[str, Definition], at: datetime) -> list[Replaced]:
    """Add or change the values of the file; others stay. Raises Refused, with each fault on a line of its own."""
    if not path.is_file():
        raise Refused(f"Filen {path.name} finns inte. Ange en ifylld mall, .xlsx eller .csv.")
    if path.stat().st_size > settings.MAX_UPLOAD_BYTES:
        raise Refused(f"{path.name} är för stor för att vara en ifylld mall. Dela upp den.")
    content = path.read_bytes()
    series = file_series(definitions)
    reading = read_values(_tables(path, content), series, bodies_by_name(), on=day(at))
    if reading.faults:
        raise Refused("\n".join([*map(str, reading.faults), "Inget har lästs in."]))
    if not reading.values:
        raise Refused(f"{path.name} har inga värden. Fyll i bladet ”{SHEET}”.")
    bodies = bodies_by_key({value.area for _row, value in reading.values})
    batches: dict[str, list[ReadyRow]] = {}
    for _row, value in reading.values:
        row = ReadyRow(
            bodies[value.area].pk, value.start, value.end, value.sex, value.value, value.status, value.numerator, value.denominator
        )
        batches.setdefault(value.series, []).append(row)
    made = [ReadyBatch(series[key].definition.id, series[key].ready.key, rows, None) for key, rows in batches.items()]
    told = {"attribution": ATTRIBUTIONS[ReadyKind.FILE], "file": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    return replace_ready_values(actor=actor, batches=made, told=told, at=at)


def _tables(path: Path, content: bytes) -> tuple[Table, ...]:
    limits = Limits(unpacked=settings.MAX_UNPACKED_BYTES)
    try:
        if path.suffix.casefold() == ".csv":
            return read_folder({SHEET: content}, limits=limits)
        return read_workbook(content, limits=limits)
    except SheetsRefused as refused:
        raise Refused(f"{path.name}: {refused.reason}") from None
