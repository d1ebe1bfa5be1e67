"""The figures of the statistics, counted where the rows are: a year of a large county is a million steps, and no row of them leaves the database.

What is counted, and by which words, is written in core.process.statistics; a test holds these to a plain reckoning, row by row. What comes out
is how many there are of each length, from which core takes median and p90.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection

from styrkedja.core.process import statistics as core
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.selectors_statistics import Outline

_DAY = timedelta(days=1)
Row = tuple[Any, ...]

# Dates that are used several times are made once: `offset 0` keeps a query from being merged into the one around it.
# `up_to` has for each day from `since` how many working days there have been since then.
_ON = "({} at time zone %(zone)s)::date"
_WORKING = "(%(up_to)s::int[])[{1} - %(since)s::date + 1] - (%(up_to)s::int[])[{0} - %(since)s::date + 1]"
_IN_PERIOD = "{} >= %(first)s::date::timestamp at time zone %(zone)s and {} < %(after)s::date::timestamp at time zone %(zone)s"

_OF_ROUTINE = """
from workflows_workitem item
join workflows_processinstance instance on instance.id = item.instance_id and instance.definition_id = any(%(definitions)s)
"""

_CASES = f"""
select {_ON.format("started_at")} as opened, {_ON.format("ended_at")} as ended, status = 'CLOSED' as written_off
from workflows_processinstance where definition_id = any(%(definitions)s) offset 0
"""

_OPENED = f"select opened, count(*) from ({_CASES}) as cases group by opened"
_ENDED = f"select ended, written_off, count(*) from ({_CASES}) as cases where ended is not null group by ended, written_off"
_CASE_DAYS = f"""
select {_WORKING.format("opened", "ended")}, ended - opened, count(*) from (
    select {_ON.format("started_at")} as opened, {_ON.format("ended_at")} as ended from workflows_processinstance
    where definition_id = any(%(definitions)s) and status <> 'CLOSED' and {_IN_PERIOD.format("ended_at", "ended_at")}
    offset 0
) as cases group by 1, 2
"""

_DONE = f"""
select node_id, is_wait, {_WORKING.format("opened", "closed")}, closed - opened, count(*), count(claimed), coalesce(sum(claimed - opened), 0),
    coalesce(sum(closed - claimed), 0), count(due_on), count(*) filter (where closed <= due_on)
from (
    select node_id, is_wait, due_on, {_ON.format("opened_at")} as opened, {_ON.format("claimed_at")} as claimed, {_ON.format("closed_at")} as closed
    {_OF_ROUTINE} where item.state = 'DONE' and {_IN_PERIOD.format("closed_at", "closed_at")}
    offset 0
) as done
group by 1, 2, 3, 4
"""

# The cases in which something was done in the period; the figures below are counted from all that was ever done in them.
_TOUCHED = f"""
select coalesce(array_agg(distinct item.instance_id), '{{}}') {_OF_ROUTINE}
where item.state = 'DONE' and {_IN_PERIOD.format("closed_at", "closed_at")}
"""

# Of each stretch the days that no earlier one has had: those after the latest day on which one that was opened before it was closed.
_PHASES = f"""
select phase, working, calendar, count(*) from (
    select phase, sum({_WORKING.format("fresh", "closed")}) as working, sum(closed - fresh) as calendar
    from (
        select instance_id, phase, closed, least(closed, greatest(opened, max(closed) over (
            partition by instance_id, phase order by opened, item_id rows between unbounded preceding and 1 preceding
        ))) as fresh
        from (
            select instance_id, phase, item.id as item_id, {_ON.format("opened_at")} as opened, {_ON.format("closed_at")} as closed
            from workflows_workitem item
            join workflows_processinstance instance on instance.id = item.instance_id and instance.status <> 'CLOSED'
            join unnest(%(nodes)s::text[], %(phases)s::int[]) as outline (node_id, phase) using (node_id)
            where item.state <> 'WITHDRAWN' and item.instance_id = any(%(touched)s::bigint[])
            offset 0
        ) as spans
    ) as stretches
    group by instance_id, phase
    having count(*) = count(closed) and max(closed) >= %(first)s and max(closed) < %(after)s
) as stays
group by phase, working, calendar
"""

_REWORK = f"""
select number, count(*), count(*) filter (where rounds > 1), sum(rounds) - count(*) from (
    select instance_id, number, max(rounds) as rounds from (
        select instance_id, number, count(*) as rounds, bool_or({_IN_PERIOD.format("closed_at", "closed_at")}) as is_recent
        from workflows_workitem
        where instance_id = any(%(touched)s::bigint[]) and state = 'DONE' and not is_wait
        group by instance_id, number, node_id, item
    ) as tasks
    group by instance_id, number having bool_or(is_recent)
) as numbers
group by number
order by number
"""

_VARIANTS = f"""
select way, count(*) from (
    select instance_id, coalesce(array_agg(number order by place) filter (where number <> ''), '{{}}') as way from (
        select instance_id, number, min(place) as place from (
            select instance_id, number, row_number() over (partition by instance_id, node_id, item order by closed_at, item.id) as round,
                row_number() over (partition by instance_id order by closed_at, item.id) as place
            from workflows_workitem item
            join workflows_processinstance instance on instance.id = item.instance_id and instance.status <> 'CLOSED'
            where item.state = 'DONE' and item.instance_id = any(%(touched)s::bigint[]) and {_IN_PERIOD.format("ended_at", "ended_at")}
        ) as steps
        group by instance_id, number, round
    ) as rounds
    group by instance_id
) as ways
group by way
"""


@dataclass(frozen=True)
class Counting:
    """What is asked of some versions of a routine: the days from `first` to `last`, both included, and the county's `closed` days."""

    definitions: Sequence[ProcessDefinition]
    outline: Outline
    first: date
    last: date
    closed: frozenset[date]

    def ended(self, *, written_off: bool) -> Counter[date]:
        """How many cases reached an end, or were written off, by day, whenever that was."""
        return Counter({day: count for day, off, count in self._ended if off is written_off})

    def case_lead_time(self) -> core.LeadTime | None:
        rows = self._rows(_CASE_DAYS)
        return core.lead_time("", rows) if rows else None

    def phase_lead_times(self) -> list[core.LeadTime]:
        return _by_key((self._phases[place], *counted) for place, *counted in _fetch(_PHASES, self._with_touched))

    def step_lead_times(self) -> list[core.LeadTime]:
        return _by_key((node, working, calendar, count) for node, is_wait, working, calendar, count, *_rest in self._done if not is_wait)

    def waiting_and_working(self) -> list[core.Shares]:
        found: dict[str, list[int]] = {}
        for node, is_wait, _working, calendar, count, claimed, waiting, working, *_rest in self._done:
            all_days = calendar * count
            days = (0, 0, all_days, 0) if is_wait else (waiting, working, 0, all_days - waiting - working)
            _add(found.setdefault(node, [0] * 6), (count, claimed, *days))
        return [core.Shares(node, *sums) for node, sums in sorted(found.items())]

    def on_time(self) -> list[core.OnTime]:
        found: dict[str, list[int]] = {}
        for node, is_wait, *_days, due, in_time in self._done:
            if due and not is_wait:
                _add(found.setdefault(node, [0, 0]), (due, in_time))
        return [core.OnTime(node, *sums) for node, sums in sorted(found.items())]

    def rework(self) -> list[core.Rework]:
        return [core.Rework(number, cases, again, int(rounds)) for number, cases, again, rounds in _fetch(_REWORK, self._with_touched)]

    def variants(self) -> list[core.Variant]:
        return core.most_common_first(core.Variant(tuple(way), cases) for way, cases in _fetch(_VARIANTS, self._with_touched))

    @cached_property
    def opened(self) -> Counter[date]:
        """How many cases were opened, by day, whenever that was."""
        return Counter(dict(_fetch(_OPENED, self._scope)))

    @cached_property
    def _ended(self) -> list[Row]:
        return _fetch(_ENDED, self._scope)

    @cached_property
    def _done(self) -> list[Row]:
        return self._rows(_DONE)

    @cached_property
    def _phases(self) -> list[str]:
        """Numbers are put in order several times as fast as names."""
        return sorted({info.phase for info in self.outline.steps.values()})

    @cached_property
    def _scope(self) -> dict[str, Any]:
        return {
            "definitions": [definition.pk for definition in self.definitions],
            "zone": settings.TIME_ZONE,
            "first": self.first,
            "after": self.last + _DAY,
            "nodes": [node for node, info in self.outline.steps.items() if info.phase],
            "phases": [self._phases.index(info.phase) for info in self.outline.steps.values() if info.phase],
        }

    @cached_property
    def _given(self) -> dict[str, Any]:
        """With the working days from the first case on: nothing was opened before it, and what was closed after `last` is not counted."""
        since = min(self.opened, default=self.first)
        return self._scope | {"since": since, "up_to": core.WorkingDays.around([since, max(since, self.last)], closed=self.closed).up_to}

    @cached_property
    def _with_touched(self) -> dict[str, Any]:
        [(touched,)] = self._rows(_TOUCHED)
        return self._given | {"touched": touched}

    def _rows(self, statement: str) -> list[Row]:
        return _fetch(statement, self._given)


def _fetch(statement: str, given: Mapping[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _by_key(rows: Iterable[Row]) -> list[core.LeadTime]:
    """Rows of key, working days, calendar days and how many."""
    found: dict[str, list[Row]] = {}
    for key, *counted in rows:
        found.setdefault(key, []).append(tuple(counted))
    return [core.lead_time(key, counted) for key, counted in sorted(found.items())]


def _add(sums: list[int], more: Iterable[int]) -> None:
    sums[:] = [before + one for before, one in zip(sums, more, strict=True)]
