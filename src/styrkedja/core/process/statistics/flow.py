"""Which ways cases take, how many come and go, and where they stand."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics.rows import CaseRow, StepRow, grouped

Pathway = tuple[str, ...]


@dataclass(frozen=True)
class Variant:
    """A way through the routine that `cases` cases took: the step numbers in order."""

    pathway: Pathway
    cases: int


@dataclass(frozen=True)
class Month:
    """What happened in a month: cases `opened`, `ended` (reached an end) and `written_off`, and how many were `under_way` at its close."""

    first: date
    opened: int
    ended: int
    written_off: int
    under_way: int


@dataclass(frozen=True)
class Standing:
    """How many cases stand at a task or a wait, with how many open steps. `key` is a node id."""

    key: str
    cases: int
    steps: int


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


def throughput(cases: Iterable[CaseRow], *, first: date, last: date) -> list[Month]:
    """Every month from that of `first` to that of `last`, those without a case too. `cases` must be all cases, or `under_way` is too small."""
    known = list(cases)
    opened = _Days(case.opened_on for case in known)
    ended = _Days(case.ended_on for case in known if case.ended_on and not case.written_off)
    off = _Days(case.ended_on for case in known if case.ended_on and case.written_off)
    months = ((start, _next_month(start)) for start in _months(first, last))
    return [
        Month(
            first=start,
            opened=opened.within(start, after),
            ended=ended.within(start, after),
            written_off=off.within(start, after),
            under_way=opened.before(after) - ended.before(after) - off.before(after),
        )
        for start, after in months
    ]


class _Days:
    """Days on which something happened, counted quickly."""

    def __init__(self, days: Iterable[date]) -> None:
        self._days = sorted(days)

    def before(self, day: date) -> int:
        return bisect_left(self._days, day)

    def within(self, start: date, after: date) -> int:
        """How many in [start, after)."""
        return self.before(after) - self.before(start)


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next_month(month)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def standing(steps: Iterable[StepRow]) -> list[Standing]:
    """Where the cases under way stand: every task and wait that is open in some case."""
    found = grouped((row for row in steps if row.closed_on is None), lambda row: row.node_id)
    return [Standing(node, len({row.case for row in rows}), len(rows)) for node, rows in found.items()]
