"""What is done again, what is done in time, and what has stalled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from styrkedja.core.process.statistics.rows import OpenStep, grouped

STALLED_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Rework:
    """Of the `cases` that did a step of the routine, `again` did it more than once; together they did `rounds` further rounds."""

    number: str
    cases: int
    again: int
    rounds: int


@dataclass(frozen=True)
class OnTime:
    """Of `count` done steps that had a due date, `on_time` were done on that day or before. `key` is a node id."""

    key: str
    count: int
    on_time: int

    @property
    def rate(self) -> float:
        return self.on_time / self.count


@dataclass(frozen=True)
class Stalled:
    """Open steps of one task and performer that have stalled: in how many cases, and how long the worst has been so, in calendar days."""

    key: str
    performer: str
    cases: int
    steps: int
    longest: int


def overdue(steps: Iterable[OpenStep], *, on: date) -> int:
    """How many open steps have passed their due date. Waits for a date do not."""
    return sum(row.due_on is not None and row.due_on < on for row in steps if not row.is_wait)


def stalled(steps: Iterable[OpenStep], *, on: date) -> list[Stalled]:
    """Open steps whose due date has passed, or that have none and have been open for more than 30 calendar days; the worst first.

    A step has been so since its due date, or since the thirtieth day. Waits for a date do not stall.
    """
    since = [(row, row.due_on or row.opened_on + STALLED_AFTER) for row in steps if not row.is_wait]
    late = [(row, day) for row, day in since if day < on]
    found = [
        Stalled(node, performer, len({row.case for row, _day in rows}), len(rows), max((on - day).days for _row, day in rows))
        for (node, performer), rows in grouped(late, lambda pair: (pair[0].node_id, pair[0].performer)).items()
    ]
    return sorted(found, key=lambda row: (-row.longest, row.key, row.performer))
