"""By which organisation figures are told."""

from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.tree import Structure


@dataclass(frozen=True)
class AsWas:
    """Every row where its unit stood on the row's own day. States (populations, waiting lists, indices of persons) by the last day of their month,
    distinct counts by the last day of their period, since a tree may not change under them.
    """

    structure: Structure


@dataclass(frozen=True)
class AsOn:
    """Every row where its unit stands on `day`: today (as-is), another date, or a day in a planned structure."""

    structure: Structure
    day: date


Reading = AsWas | AsOn


def placing_day(reading: Reading, own: date) -> date:
    """The day whose tree places what belongs to the day `own`."""
    return own if isinstance(reading, AsWas) else reading.day
