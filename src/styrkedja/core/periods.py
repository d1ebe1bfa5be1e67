"""A stretch of time in which something holds: half-open, from and including `valid_from`, up to but not including `valid_until`.

Half-open because then what ends and what takes over share one date and never one day: [January, July) is followed by [July, …).
"""

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True)
class Period:
    """[valid_from, valid_until). None is open: "always so far" and "until further notice". Raises ValueError if no day is inside."""

    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if not _holds_a_day(self.valid_from, self.valid_until):
            raise ValueError(f"Slutdatum {self.valid_until} måste ligga efter startdatum {self.valid_from}.")

    def contains(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day < self.valid_until)

    def overlaps(self, other: Self) -> bool:
        """True if some day lies in both."""
        return self.intersection(other) is not None

    def intersection(self, other: Self) -> "Period | None":
        """The days that lie in both, or None if there is no such day."""
        starts = [day for day in (self.valid_from, other.valid_from) if day is not None]
        ends = [day for day in (self.valid_until, other.valid_until) if day is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        return Period(start, end) if _holds_a_day(start, end) else None


def _holds_a_day(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end
