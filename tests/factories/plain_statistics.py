"""The figures of the statistics reckoned plainly, row by row, as they are defined: what the database counts is held to this."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics import LeadTime, OnTime, OpenStep, Rework, Shares, Variant, WorkingDays
from styrkedja.core.process.statistics.rows import grouped

Pathway = tuple[str, ...]
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one case that has not been withdrawn. `part` is the body of a step that many do, else "".

    `closed_on` is None while the step is open. Whoever took it did so on `claimed_on`, None if nobody said so.
    """

    case: int
    node_id: str
    number: str
    phase: str
    part: str
    performer: str
    opened_on: date
    claimed_on: date | None = None
    closed_on: date | None = None
    due_on: date | None = None
    is_wait: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. `ended_on` is None while it is under way; `written_off` if it was closed where it stood, without reaching an end."""

    case: int
    opened_on: date
    ended_on: date | None = None
    written_off: bool = False


def open_steps(rows: Iterable[StepRow]) -> list[OpenStep]:
    """Those of the steps that stand open."""
    return [OpenStep(row.case, row.node_id, row.performer, row.opened_on, row.due_on, row.is_wait) for row in rows if row.closed_on is None]


def by_day(cases: Iterable[CaseRow]) -> tuple[Counter[date], Counter[date], Counter[date]]:
    """How many were opened, reached an end and were written off, by day."""
    known = list(cases)
    ended = [(case.ended_on, case.written_off) for case in known if case.ended_on]
    opened = Counter(case.opened_on for case in known)
    return opened, Counter(day for day, off in ended if not off), Counter(day for day, off in ended if off)


def nearest_rank(values: Sequence[int], per_cent: int) -> int:
    """The smallest of `values` such that at least `per_cent` per cent of them are no larger. Needs at least one value."""
    rank = -(-per_cent * len(values) // 100)
    return sorted(values)[max(rank, 1) - 1]


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
    waiting = working = pausing = untold = 0
    for row in rows:
        assert row.closed_on is not None
        if row.is_wait:
            pausing += (row.closed_on - row.opened_on).days
            continue
        if row.claimed_on is None:
            untold += (row.closed_on - row.opened_on).days
            continue
        waiting += (row.claimed_on - row.opened_on).days
        working += (row.closed_on - row.claimed_on).days
    return Shares(key, len(rows), sum(row.claimed_on is not None for row in rows), waiting, working, pausing, untold)


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


def variants(steps: Iterable[StepRow], cases: Iterable[CaseRow], *, period: Period) -> list[Variant]:
    """The ways that the cases which reached an end in the period took, the most common first.

    `steps` must come in the order in which they were done. A number stands once for each round in which it was done, at the place where its
    first task, by its first body, was done: tasks that share a number, and bodies that do the same task, make no ways of their own.
    """
    ended = {case.case for case in cases if case.ended_on and not case.written_off and period.contains(case.ended_on)}
    done = (row for row in steps if row.closed_on and row.case in ended)
    ways = Counter(_pathway(rows) for rows in grouped(done, lambda row: row.case).values())
    return [Variant(way, count) for way, count in sorted(ways.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))]


def _pathway(rows: Iterable[StepRow]) -> Pathway:
    rounds: Counter[tuple[str, str]] = Counter()
    seen: dict[tuple[str, int], None] = {}
    for row in rows:
        rounds[row.node_id, row.part] += 1
        seen.setdefault((row.number, rounds[row.node_id, row.part]))
    return tuple(number for number, _round in seen if number)


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
