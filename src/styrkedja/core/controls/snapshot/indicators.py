"""What is measured, where there are values, and where they miss their target. The values themselves stay where they are kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from styrkedja.core.controls.snapshot.kinds import ObjectKind
from styrkedja.core.controls.snapshot.things import Thing
from styrkedja.core.indicators.definition.kinds import DesiredDirection, Frequency


class Cell(NamedTuple):
    """There is a value at `level` (a value of OrganisationKind) for `body`. `period`: the first day of the month, quarter or year that it ends in."""

    period: date
    level: str
    body: str


class Standing(NamedTuple):
    """The latest value of a body against its target; `missed_since` is the first day of the unbroken run of misses, None when it is met.

    `value` is None where it may not be shown to everybody.
    """

    body: str
    goal: str | None
    period: date
    value: Decimal | None
    target: Decimal
    missed_since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator(Thing):
    """`body` owns the definition. `unit`: of what ("%", "dagar"). `levels`: those that it can be broken down to, by OrganisationKind.

    `required_level`: the lowest that it must reach (A24). `own_definition`: "" or how the local definition differs from the national one (A24).
    `coverage`: whom the values speak of, own and private providers (A17). `not_measurable_since`: A25. `elsewhere`: a tool that has the values (A27).
    `opposes`: indicators that experience has shown to pull the other way (R17).
    """

    kind: ClassVar[ObjectKind] = ObjectKind.INDICATOR
    unit: str
    direction: DesiredDirection
    frequency: Frequency
    source: str
    accountable: tuple[str, ...]
    levels: tuple[str, ...]
    cells: frozenset[Cell]
    standings: tuple[Standing, ...]
    is_national: bool = False
    required_level: str | None = None
    own_definition: str | None = None
    coverage: str | None = None
    not_measurable_since: date | None = None
    elsewhere: str | None = None
    opposes: tuple[str, ...] = ()
