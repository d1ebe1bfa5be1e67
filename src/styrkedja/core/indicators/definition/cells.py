"""What is counted: rows of one source, chosen by conditions, turned into additive cells."""

from dataclasses import dataclass

from styrkedja.core.indicators.definition.kinds import Aggregate, ContinuityIndex, OverTime

Value = str | int | bool  # dates as ISO text


@dataclass(frozen=True)
class OneOf:
    """The column has one of `values`."""

    column: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Within:
    """`lower` <= column < `upper`; None is open. Dates as ISO texts."""

    column: str
    lower: int | str | None
    upper: int | str | None


@dataclass(frozen=True)
class StartsWith:
    """The code begins with one of `prefixes`: "W0" takes W00–W09 with all their subcodes."""

    column: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """The column has no value (`missing`), or has one (not `missing`)."""

    column: str
    missing: bool


# Two-valued: a column without a value fulfils none of them but Missing(…, True); an engine over SQL must not let NULL through.
Condition = OneOf | Within | StartsWith | Missing
Conditions = tuple[Condition, ...]


@dataclass(frozen=True)
class FollowingEvent:
    """Another row of the same entity whose date `followed_by` lies 0 to `within_days` days after the row's date `of`, both ends included.

    All of `where` hold for it and no group of `exclude` does. A row never follows itself.
    """

    where: Conditions
    exclude: tuple[Conditions, ...]
    of: str
    followed_by: str
    within_days: int


@dataclass(frozen=True)
class EntityIndex:
    """An index for each entity over the `window_months` months that end with the cell's month.

    `by` is the key column of whom the entity met (caregiver). Entities with fewer than `minimum_visits` rows in the window have no index.
    With `own_unit_only` only rows count whose unit is the one that the entity is attributed to.
    The entity belongs to the unit in `CellMeasure.attributed_to` on its last row in the window.
    """

    index: ContinuityIndex
    by: str
    window_months: int
    minimum_visits: int
    own_unit_only: bool


@dataclass(frozen=True)
class CellMeasure:
    """The numerator or the denominator. Hashable: equal ones are computed once. Every kind gives cells (count, total):

    COUNT        count = rows that fulfil all of `where` and no group of `exclude`
    SUM          count = rows that have a value in `column`; total = their sum (int; öre for money)
    DISTINCT     count = distinct values of `column` within the period and node (a missing value counts as none)
    EVENT_FLAG   count = rows that are followed by `event`
    ENTITY_INDEX count = entities that have an index, total = sum of their indices (float)

    `attributed_to` is the unit column that places the row in the organisation (the source's `unit` unless the file says otherwise).
    `over_time` joins months to longer periods. `undivided` names dimensions of the indicator by which this one is not split (population by
    provider): its whole is then used for each part. A group of `exclude` leaves a row out when all its conditions hold.
    """

    source: str
    aggregate: Aggregate
    column: str
    where: Conditions
    exclude: tuple[Conditions, ...]
    attributed_to: str
    over_time: OverTime
    undivided: tuple[str, ...]
    event: FollowingEvent | None
    index: EntityIndex | None

    @property
    def conditions(self) -> Conditions:
        """Every condition of the measure, those of exclusions and of the following event included."""
        groups = [self.where, *self.exclude]
        if self.event is not None:
            groups += [self.event.where, *self.event.exclude]
        return tuple(condition for group in groups for condition in group)
