"""Swedish working days: not Saturdays, Sundays, public holidays, or the eves of midsummer, Christmas and New Year.

The three eves are no public holidays, but lag (1930:173) om beräkning av lagstadgad tid moves a deadline past them as it does past a Sunday.
An office's own closed days are given as `closed`.
"""

from datetime import date, timedelta
from functools import cache

import holidays

from styrkedja.core.sentences import Sentence

_SATURDAY = 5
_FRIDAY = 4


def is_working_day(day: date, *, closed: frozenset[date] = frozenset()) -> bool:
    return day.weekday() < _SATURDAY and day not in closed and day not in _holidays(day.year)


def closed_day_fault(day: date, *, today: date, closed: frozenset[date] = frozenset()) -> Sentence:
    """Why nothing can be due on `day`, with the nearest working days that have not passed; empty if it is one."""
    if is_working_day(day, closed=closed):
        return Sentence("")
    before, after = add_working_days(day, -1, closed=closed), add_working_days(day, 1, closed=closed)
    if before < today:
        return Sentence("%(day)s är ingen arbetsdag. Närmaste arbetsdag är %(after)s.", day=day, after=after)
    return Sentence(
        "%(day)s är ingen arbetsdag. Närmaste arbetsdag före är %(before)s, närmaste efter är %(after)s.",
        day=day,
        before=before,
        after=after,
    )


def add_working_days(start: date, days: int, *, closed: frozenset[date] = frozenset()) -> date:
    """The working day that lies `days` working days after `start`, or before it if `days` is negative.

    `start` itself is never counted. Zero days gives `start` if that is a working day, else the next one.
    Raises OverflowError if the calendar ends first.
    """
    if days == 0:
        return start if is_working_day(start, closed=closed) else add_working_days(start, 1, closed=closed)
    step = timedelta(days=1 if days > 0 else -1)
    day, left = start, abs(days)
    while left:
        day += step
        left -= is_working_day(day, closed=closed)
    return day


def working_days_between(start: date, end: date, *, closed: frozenset[date] = frozenset()) -> int:
    """How many working days `end` lies after `start`: those in (start, end]. Negative, counting [end, start), if `end` comes first."""
    if end < start:
        return -_count(end, start, closed)
    return _count(start + timedelta(days=1), end + timedelta(days=1), closed) if end > start else 0


def _count(first: date, past: date, closed: frozenset[date]) -> int:
    return sum(is_working_day(first + timedelta(days=offset), closed=closed) for offset in range((past - first).days))


@cache
def _holidays(year: int) -> frozenset[date]:
    public = frozenset(holidays.country_holidays("SE", years=year))
    return public | {_midsummer_eve(year), date(year, 12, 24), date(year, 12, 31)}


def _midsummer_eve(year: int) -> date:
    """The Friday from 19 to 25 June."""
    return next(day for day in (date(year, 6, number) for number in range(19, 26)) if day.weekday() == _FRIDAY)
