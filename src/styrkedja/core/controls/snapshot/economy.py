"""Money: calculations, what has been brought home, what must be. All amounts are whole öre; a saving is positive."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from styrkedja.core.controls.snapshot.kinds import ObjectKind
from styrkedja.core.controls.snapshot.things import Thing


class YearEffect(NamedTuple):
    """The effect in a year. `low` and `high`: the interval that `net` is believed to lie in."""

    year: int
    gross: int
    net: int
    low: int | None
    high: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate(Thing):
    """An economic calculation of an action; `calculated_by` is the key of a seat."""

    kind: ClassVar[ObjectKind] = ObjectKind.ESTIMATE
    action: str
    effects: tuple[YearEffect, ...]
    one_off: int | None
    first_effect_month: date | None
    assumptions: str
    calculated_by: str | None


class RealisedEffect(NamedTuple):
    """What an action brought home in a month, and what was planned; `amount` is None where nothing has been reported."""

    action: str
    month: date
    planned: int
    amount: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BalanceRequirement:
    """How much the actions of a document must bring home in a year."""

    document: str
    year: int
    amount: int
