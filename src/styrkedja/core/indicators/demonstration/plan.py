"""What the demonstration's figures are made of: definitions/counties/<county>/figures/region.toml as values."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Centre:
    """A health centre; levels as shares (see the file). `listed`: share of the municipality's inhabitants."""

    key: str
    municipality: str
    continuity: float
    answered: float
    assessed: float
    named: float
    hired: float
    home: float
    listed: float = 1.0
    provider: str = "public"
    opened_months_ago: int = 0
    before: str = ""


@dataclass(frozen=True)
class Ward:
    """`cases` is what people are admitted for: a name in episodes."""

    key: str
    cases: str
    care_area: str
    beds: int
    share: float
    ready: float


@dataclass(frozen=True)
class Clinic:
    """`first` and `operations` a month for 10 000 inhabitants; `seen` and `operated` are the shares of them within 90 days.

    `patients`: who may go there, all, women, children or adults.
    """

    key: str
    activity: str
    visits: float
    patients: str = "all"
    acute: bool = False
    first: float = 0.0
    seen: float = 0.8
    operations: float = 0.0
    operated: float = 0.8


@dataclass(frozen=True)
class Signal:
    """From month number `after` the level of `what` at the unit is `change` higher, reached in `over` months."""

    unit: str
    what: str
    after: int
    change: float
    over: int = 0


@dataclass(frozen=True)
class Plan:
    seed: int
    region: str
    share: float
    months: int
    municipalities: Mapping[str, int]
    centres: Sequence[Centre]
    wards: Sequence[Ward]
    clinics: Sequence[Clinic]
    signals: Sequence[Signal]
    net_cost: Mapping[str, int]

    def levels(self, unit: str, what: str, level: float) -> Floats:
        """The level for each month."""
        month = np.arange(self.months)
        found = np.full(self.months, level, dtype=np.float64)
        for signal in self.signals:
            if (signal.unit, signal.what) == (unit, what):
                found += signal.change * np.clip((month - signal.after + 1) / max(1, signal.over), 0.0, 1.0)
        return found


@dataclass(frozen=True)
class Series:
    """A ready series: the nation's `level` in the last year, regions' `spread`, `trend` a year, what the county's `own` region differs by.

    `men` is how many times the whole's value that of men is; 0 where sexes are not told apart.
    """

    source: str
    id: str
    level: float
    spread: float
    trend: float
    own: float
    men: float = 0.0

    @property
    def key(self) -> str:
        return f"{self.source}:{self.id}"


_Row = TypeVar("_Row", Centre, Ward, Clinic, Signal, Series)


def read_plan(data: bytes) -> Plan:
    """The project's own reviewed file; raises KeyError, TypeError or ValueError for one that is wrong."""
    raw = tomllib.loads(data.decode("utf-8"))
    return Plan(
        seed=raw["seed"],
        region=raw["region"],
        share=raw["share"],
        months=raw["months"],
        municipalities=raw["municipalities"],
        centres=_rows(Centre, raw["centre"]),
        wards=_rows(Ward, raw["ward"]),
        clinics=_rows(Clinic, raw["clinic"]),
        signals=_rows(Signal, raw.get("signal", [])),
        net_cost=raw["net_cost"],
    )


def read_series(data: bytes) -> tuple[int, tuple[Series, ...]]:
    """The first year, and the series. Raises as read_plan."""
    raw = tomllib.loads(data.decode("utf-8"))
    return raw["first_year"], _rows(Series, raw["series"])


def _rows(kind: type[_Row], raw: Sequence[Mapping[str, Any]]) -> tuple[_Row, ...]:
    known = {field.name for field in fields(kind)}
    for row in raw:
        if unknown := row.keys() - known:
            raise ValueError(f"{kind.__name__} {row}: {', '.join(sorted(unknown))}")
    return tuple(kind(**row) for row in raw)
