"""How long cases, phases and steps take, and how much of it is waiting."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class LeadTime:
    """How long `count` of something took: median and p90 in working days and in calendar days. `key` is a node id or phase id, "" for cases."""

    key: str
    count: int
    median_working: float
    p90_working: int
    median_calendar: float
    p90_calendar: int


@dataclass(frozen=True)
class Shares:
    """How the calendar days of `count` done steps divide: until somebody took the step, from then until it was done, and waits for a date.

    `claimed` is the number of steps that were taken. The days of the others are `untold`: nobody has said when the work began.
    """

    key: str
    count: int
    claimed: int
    waiting: int
    working: int
    pausing: int
    untold: int

    @property
    def told(self) -> int:
        """The days of which it is known what they were."""
        return self.waiting + self.working + self.pausing


def lead_time(key: str, counted: Iterable[tuple[int, int, int]]) -> LeadTime:
    """From how many there are of each length: working days, calendar days, and how many took so long. Needs at least one."""
    working: Counter[int] = Counter()
    calendar: Counter[int] = Counter()
    for working_days, calendar_days, count in counted:
        working[working_days] += count
        calendar[calendar_days] += count
    return LeadTime(key, working.total(), _middle(working), _ninety(working), _middle(calendar), _ninety(calendar))


def _middle(counts: Counter[int]) -> float:
    total = counts.total()
    low, high = _nth(counts, (total + 1) // 2), _nth(counts, total // 2 + 1)
    return low if low == high else (low + high) / 2


def _ninety(counts: Counter[int]) -> int:
    return _nth(counts, -(-90 * counts.total() // 100))


def _nth(counts: Counter[int], place: int) -> int:
    """The value in that place, from 1, when all stand in order."""
    ordered = sorted(counts.items())
    ends = list(accumulate(count for _value, count in ordered))
    return ordered[bisect_left(ends, place)][0]
