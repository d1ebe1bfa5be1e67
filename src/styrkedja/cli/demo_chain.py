"""The demonstration's steering chain: a county's folder of CSV, with days told from today, and the values that it is followed by."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from styrkedja.core.controls.calendar import add_months, period_start
from styrkedja.core.indicators.definition.kinds import Frequency
from styrkedja.core.indicators.months import LENGTHS
from styrkedja.core.sheets.reading import read_folder
from styrkedja.core.sheets.relative import told_from
from styrkedja.core.sheets.tables import Limits, Table
from styrkedja.ui.clock import day

if TYPE_CHECKING:
    from styrkedja.indicators.models import Indicator
    from styrkedja.indicators.services.demonstration import MadeUp

VALUES = "values.csv"


def load_chain_of(folder: Path, *, at: datetime) -> str:
    """Brings in `folder`/steering by the real import, and `folder`/demo/values.csv. Raises ClickException with every fault."""
    from styrkedja.effects.services import load_chain

    _indicators()
    _values(folder / "demo" / VALUES, at=at)
    found = load_chain(actor=None, tables=chain_of(folder, day(at)), at=at)
    if found.faults:
        raise click.ClickException("\n".join(map(str, found.faults)))
    return f"Styrkedjan: {len(found.created)} nya, {len(found.changed)} ändrade, {found.unchanged} oförändrade rader."


def chain_of(folder: Path, on: date) -> tuple[Table, ...]:
    """The tables of `folder`/steering as they read on the day."""
    files = {path.stem: path.read_bytes() for path in sorted((folder / "steering").glob("*.csv"))}
    return told_from(read_folder(files, limits=Limits()), on)


def _indicators() -> None:
    """The chain names indicators: they are read in before it."""
    from styrkedja.cli.indicator_site import open_site

    open_site()


def _values(file: Path, *, at: datetime) -> None:
    from styrkedja.indicators.services.demonstration import record_made_up

    if file.exists():
        content = file.read_bytes()
        rows = list(csv.reader(content.decode().splitlines(), delimiter=";"))
        record_made_up(actor=None, values=_made_up(rows, day(at)), sha256=hashlib.sha256(content).hexdigest(), at=at)


def _made_up(rows: list[list[str]], on: date) -> "Iterator[MadeUp]":
    """A row is an indicator, a body and its values; the head of a column says how many periods back it lies, 1 for the last that has ended."""
    from styrkedja.indicators.models import Indicator
    from styrkedja.indicators.services.demonstration import MadeUp
    from styrkedja.organisations.selectors import bodies_by_key

    indicators = {row.key: row for row in Indicator.objects.filter(key__in={key for key, *_rest in rows[1:]})}
    bodies = bodies_by_key({body for _key, body, *_rest in rows[1:]})
    backs = [int(head) for head in rows[0][2:]]
    for key, body, *cells in rows[1:]:
        indicator = indicators[key]
        for back, cell in zip(backs, cells, strict=True):
            if cell:
                start, end = _period(indicator, on, back)
                yield MadeUp(indicator, bodies[body], start, end, float(cell.replace(",", ".")))


def _period(indicator: "Indicator", on: date, back: int) -> tuple[date, date]:
    frequency = Frequency(indicator.frequency)
    after = add_months(period_start(frequency, on), -LENGTHS[frequency] * (back - 1))
    return add_months(after, -indicator.months), after - timedelta(days=1)
