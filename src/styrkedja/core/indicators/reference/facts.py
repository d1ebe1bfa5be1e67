"""Rows of a source, and what a definition asks of one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.definition.cells import Condition, Conditions, Missing, OneOf, StartsWith, Within
from styrkedja.core.indicators.definition.source import Bands, DaysBetween, FactSource
from styrkedja.core.indicators.months import LENGTHS, Month
from styrkedja.core.indicators.outcome import UNKNOWN

Value = str | int | bool | date | None
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Facts:
    """`rows` hold the stored columns of `source`. `months` are those that are loaded, also the ones in which nothing happened."""

    source: FactSource
    rows: Sequence[Row]
    months: frozenset[Month]

    def in_force(self, month: Month) -> Month | None:
        """The month whose rows hold in `month`: itself for events, the latest state for snapshots. None if there is none."""
        reach = 1 if self.source.snapshot is None else LENGTHS[self.source.snapshot]
        return next((month - back for back in range(reach) if month - back in self.months), None)

    def of(self, month: Month) -> list[Row]:
        return [row for row in self.rows if Month.of(self.day(row)) == month]

    def day(self, row: Row) -> date:
        day = row[self.source.date]
        assert isinstance(day, date)
        return day

    def value(self, row: Row, column: str) -> Value:
        """What stands in the column, also in a derived one."""
        match self.source.columns[column].derivation:
            case DaysBetween(start, end):
                first, last = row[start], row[end]
                return (last - first).days if isinstance(first, date) and isinstance(last, date) else None
            case Bands(of, starts) as bands:
                number = self.value(row, of)
                if not isinstance(number, int) or number < starts[0]:
                    return None
                return bands.labels[max(index for index, start in enumerate(starts) if start <= number)]
            case None:
                return row[column]

    def part(self, row: Row, column: str) -> str:
        """The part of a dimension that the row belongs to; UNKNOWN too for what is no code of the column."""
        value = str(self.value(row, column))
        return value if value in self.source.columns[column].codes else UNKNOWN

    def holds(self, row: Row, where: Conditions, exclude: Sequence[Conditions]) -> bool:
        """All of `where`, and no group of `exclude`."""
        chosen = all(self._fulfils(row, condition) for condition in where)
        return chosen and not any(all(self._fulfils(row, condition) for condition in group) for group in exclude)

    def _fulfils(self, row: Row, condition: Condition) -> bool:
        value = self.value(row, condition.column)
        if isinstance(value, date):
            value = value.isoformat()
        match condition:
            case Missing(_, missing):
                return (value is None) == missing
            case _ if value is None:
                return False
            case OneOf(_, values):
                return value in values
            case StartsWith(_, prefixes):
                return any(str(value).startswith(prefix) for prefix in prefixes)
            case Within(_, lower, upper):
                return _not_below(value, lower) and not (upper is not None and _not_below(value, upper))


def _not_below(value: Value, bound: int | str | None) -> bool:
    if isinstance(value, str) and isinstance(bound, str):
        return value >= bound
    if isinstance(value, int) and isinstance(bound, int):
        return value >= bound
    return bound is None
