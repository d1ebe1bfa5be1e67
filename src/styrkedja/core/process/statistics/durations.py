"""How long cases, phases and steps take, and how much of it is waiting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics.rows import CaseRow, StepRow, WorkingDays, grouped, nearest_rank

Span = tuple[date, date]


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

    A step that was done without having been taken counts as waiting all the time: nobody had said that the work was under way. `claimed` is
    the number of steps that were taken.
    """

    key: str
    count: int
    claimed: int
    waiting: int
    working: int
    pausing: int

    @property
    def total(self) -> int:
        return self.waiting + self.working + self.pausing


def case_lead_time(cases: Iterable[CaseRow], *, period: Period, days: WorkingDays) -> LeadTime | None:
    """From the day a case was opened to the day it reached an end, for cases that ended in the period; None if there were none.

    Cases that were written off are left out: they did not go the whole way.
    """
    spans = [
        [(case.opened_on, case.ended_on)] for case in cases if case.ended_on and not case.written_off and period.contains(case.ended_on)
    ]
    return _lead_time("", spans, days) if spans else None


def phase_lead_times(steps: Iterable[StepRow], cases: Iterable[CaseRow], *, period: Period, days: WorkingDays) -> list[LeadTime]:
    """For each phase, on how many days at least one of its steps was open in a case; waits are steps too.

    Counted for cases that have left the phase (no step of it is open) in the period; cases that were written off are left out. Days away from
    the phase, when a case goes back to it, are not counted.
    """
    off = {case.case for case in cases if case.written_off}
    spans: dict[str, list[list[Span]]] = {}
    for (case, phase), rows in grouped(steps, lambda row: (row.case, row.phase)).items():
        closed = [row.closed_on for row in rows if row.closed_on]
        if case not in off and phase and len(closed) == len(rows) and period.contains(max(closed)):
            spans.setdefault(phase, []).append(_merged((row.opened_on, row.closed_on) for row in rows if row.closed_on))
    return [_lead_time(phase, found, days) for phase, found in spans.items()]


def step_lead_times(steps: Iterable[StepRow], *, period: Period, days: WorkingDays) -> list[LeadTime]:
    """For each task of the routine, from the day it was opened to the day it was done, for those done in the period; waits are left out.

    Where many bodies do a task, each body's own step is one.
    """
    done = (row for row in steps if row.closed_on and not row.is_wait and period.contains(row.closed_on))
    return [
        _lead_time(node, [[(row.opened_on, row.closed_on)] for row in rows if row.closed_on], days)
        for node, rows in grouped(done, lambda row: row.node_id).items()
    ]


def waiting_and_working(steps: Iterable[StepRow], *, period: Period) -> list[Shares]:
    """For each task and wait of the routine, how the days of those done in the period divide."""
    done = (row for row in steps if row.closed_on and period.contains(row.closed_on))
    return [_shares(node, rows) for node, rows in grouped(done, lambda row: row.node_id).items()]


def _shares(key: str, rows: Sequence[StepRow]) -> Shares:
    waiting = working = pausing = 0
    for row in rows:
        assert row.closed_on is not None
        if row.is_wait:
            pausing += (row.closed_on - row.opened_on).days
            continue
        taken = row.claimed_on or row.closed_on
        waiting += (taken - row.opened_on).days
        working += (row.closed_on - taken).days
    return Shares(key, len(rows), sum(row.claimed_on is not None for row in rows), waiting, working, pausing)


def _lead_time(key: str, spans: Sequence[Sequence[Span]], days: WorkingDays) -> LeadTime:
    """`spans` are the stretches of each thing counted, which do not overlap."""
    working = [sum(days.between(start, end) for start, end in parts) for parts in spans]
    calendar = [sum((end - start).days for start, end in parts) for parts in spans]
    return LeadTime(key, len(spans), median(working), nearest_rank(working, 90), median(calendar), nearest_rank(calendar, 90))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as stretches that neither overlap nor touch."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
