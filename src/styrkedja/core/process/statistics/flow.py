"""Which ways cases take, how many come and go, and where they stand."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from styrkedja.core.process.statistics.rows import OpenStep, grouped

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


def most_common_first(found: Iterable[Variant]) -> list[Variant]:
    """Of those that are as common the shortest first."""
    return sorted(found, key=lambda variant: (-variant.cases, len(variant.pathway), variant.pathway))


def throughput(
    opened: Mapping[date, int], ended: Mapping[date, int], written_off: Mapping[date, int], *, first: date, last: date
) -> list[Month]:
    """Every month from that of `first` to that of `last`, those without a case too.

    How many cases were opened, reached an end and were written off, by day: those of all time, or `under_way` is too small.
    """
    came, went, off = _Days(opened), _Days(ended), _Days(written_off)
    months = ((start, _next_month(start)) for start in _months(first, last))
    return [
        Month(
            first=start,
            opened=came.within(start, after),
            ended=went.within(start, after),
            written_off=off.within(start, after),
            under_way=came.before(after) - went.before(after) - off.before(after),
        )
        for start, after in months
    ]


class _Days:
    """How often something happened, counted quickly."""

    def __init__(self, counts: Mapping[date, int]) -> None:
        self._days = sorted(counts)
        self._up_to = [0, *accumulate(counts[day] for day in self._days)]

    def before(self, day: date) -> int:
        return self._up_to[bisect_left(self._days, day)]

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


def standing(steps: Iterable[OpenStep]) -> list[Standing]:
    """Where the cases under way stand: every task and wait that is open in some case."""
    found = grouped(steps, lambda row: row.node_id)
    return [Standing(node, len({row.case for row in rows}), len(rows)) for node, rows in found.items()]
