"""What is done again, what is done in time, and what has stalled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics.rows import StepRow, grouped

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


def rework(steps: Iterable[StepRow], *, period: Period) -> list[Rework]:
    """For each step number, how often it was done more than once in a case, among cases that did it in the period.

    A number that several tasks share has as many rounds as the task with the most; a task that many bodies do has as many as the body with
    the most. All rounds of those cases count, also earlier than the period. Waits do not.
    """
    done = [row for row in steps if row.closed_on and not row.is_wait]
    recent = {(row.case, row.number) for row in done if row.closed_on and period.contains(row.closed_on)}
    rounds: dict[tuple[int, str], int] = {}
    for (case, number, _node, _part), count in Counter((row.case, row.number, row.node_id, row.part) for row in done).items():
        rounds[case, number] = max(rounds.get((case, number), 0), count)
    found: dict[str, list[int]] = {}
    for (case, number), count in rounds.items():
        if (case, number) in recent:
            found.setdefault(number, []).append(count)
    return [Rework(number, len(counts), sum(count > 1 for count in counts), sum(counts) - len(counts)) for number, counts in found.items()]


def on_time(steps: Iterable[StepRow], *, period: Period) -> list[OnTime]:
    """For each task, how many of the steps done in the period that had a due date were done in time. The due date is the last that was set."""
    due = (row for row in steps if row.closed_on and row.due_on and not row.is_wait and period.contains(row.closed_on))
    return [
        OnTime(node, len(rows), sum(row.closed_on <= row.due_on for row in rows if row.closed_on and row.due_on))
        for node, rows in grouped(due, lambda row: row.node_id).items()
    ]


def stalled(steps: Iterable[StepRow], *, on: date) -> list[Stalled]:
    """Open steps whose due date has passed, or that have none and have been open for more than 30 calendar days; the worst first.

    A step has been so since its due date, or since the thirtieth day. Waits for a date do not stall.
    """
    since = [(row, row.due_on or row.opened_on + STALLED_AFTER) for row in steps if row.closed_on is None and not row.is_wait]
    late = [(row, day) for row, day in since if day < on]
    found = [
        Stalled(node, performer, len({row.case for row, _day in rows}), len(rows), max((on - day).days for _row, day in rows))
        for (node, performer), rows in grouped(late, lambda pair: (pair[0].node_id, pair[0].performer)).items()
    ]
    return sorted(found, key=lambda row: (-row.longest, row.key, row.performer))
