"""The rows that every figure is counted from, and what they have in common."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TypeVar

from styrkedja.core.working_days import is_working_day

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One step that stands open in one case."""

    case: int
    node_id: str
    performer: str
    opened_on: date
    due_on: date | None = None
    is_wait: bool = False


class WorkingDays:
    """Counts working days between two days from `first` to `last`, quickly, for many pairs."""

    def __init__(self, first: date, last: date, *, closed: frozenset[date] = frozenset()) -> None:
        span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        self._first = first.toordinal()
        self._up_to = list(accumulate(int(is_working_day(day, closed=closed)) for day in span))

    @classmethod
    def around(cls, days: Iterable[date | None], *, closed: frozenset[date] = frozenset()) -> "WorkingDays":
        """For any pair of `days`."""
        known = {day for day in days if day is not None}
        return cls(min(known), max(known), closed=closed) if known else cls(date(2000, 1, 2), date(2000, 1, 1))

    def between(self, start: date, end: date) -> int:
        """How many working days lie in (start, end]."""
        return self._up_to[end.toordinal() - self._first] - self._up_to[start.toordinal() - self._first]

    @property
    def up_to(self) -> Sequence[int]:
        """For each day from the first one, how many working days there have been, that day included."""
        return self._up_to


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """The rows by key, keys in order of first appearance."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
