"""When a planned date calls for a reminder, and when its lateness is told to somebody else."""

from datetime import date, timedelta

from styrkedja.core.working_days import add_working_days

_DAY = timedelta(days=1)


def reminder_day(due_on: date, *, opened_on: date, working_days_before: int, closed: frozenset[date] = frozenset()) -> date:
    """The first day on which the performer is reminded.

    Never the day on which the step opened, since that day brings word of the step itself, and never after `due_on`.
    """
    planned = add_working_days(due_on, -working_days_before, closed=closed) if working_days_before else due_on
    return min(max(planned, opened_on + _DAY), due_on)


def escalation_day(due_on: date, *, working_days_after: int, closed: frozenset[date] = frozenset()) -> date:
    """The first day on which the step is late by so many working days; with zero, the day after `due_on`."""
    return add_working_days(due_on, working_days_after, closed=closed) if working_days_after else due_on + _DAY
