"""The figures of the statistics page, for those who may read the county's cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from styrkedja.accounts.models import User
from styrkedja.cases.selectors import counties_of
from styrkedja.core.periods import Period
from styrkedja.core.process import statistics as core
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import closed_days
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.selectors import published
from styrkedja.workflows.selectors_statistics import Outline, case_rows, outline_of, step_rows

Row = TypeVar("Row", core.LeadTime, core.Shares, core.OnTime, core.Standing)


@dataclass(frozen=True)
class Scope:
    """What the figures are about: one routine of a county, all its versions or one, and the days from `first` to `last`, both included."""

    county: County
    definitions: tuple[ProcessDefinition, ...]
    first: date
    last: date

    @property
    def period(self) -> Period:
        return Period(self.first, self.last + timedelta(days=1))

    @property
    def name(self) -> str:
        return self.definitions[0].name


@dataclass(frozen=True)
class Figures:
    """Every figure of the page. Lists over steps and phases are in the order of the routine."""

    scope: Scope
    outline: Outline
    under_way: int
    ended: int
    written_off: int
    case_lead_time: core.LeadTime | None
    phases: Sequence[core.LeadTime]
    steps: Sequence[core.LeadTime]
    shares: Sequence[core.Shares]
    on_time: Sequence[core.OnTime]
    rework: Sequence[core.Rework]
    variants: Sequence[core.Variant]
    months: Sequence[core.Month]
    standing: Sequence[core.Standing]
    stalled: Sequence[core.Stalled]


def readable_routines(user: User, *, on: date) -> list[tuple[County, list[ProcessDefinition]]]:
    """The routines of the counties that `user` may read, each with its versions, newest first."""
    found: dict[tuple[int, str], tuple[County, list[ProcessDefinition]]] = {}
    for county in counties_of(user, on=on):
        for definition in published(county).defer("source"):
            found.setdefault((county.pk, definition.key), (county, []))[1].append(definition)
    return list(found.values())


def figures(scope: Scope, *, on: date) -> Figures:
    """Counts everything for a scope that the reader may see; `on` is today."""
    outline = outline_of(scope.definitions)
    cases = case_rows(scope.definitions)
    steps = list(step_rows(scope.definitions, outline, period=scope.period))
    days = _working_days(scope, cases, steps)
    period = scope.period
    numbers = {info.number: info.place for info in reversed(outline.steps.values())}
    phases = {phase: place for place, phase in enumerate(outline.phases)}
    return Figures(
        scope=scope,
        outline=outline,
        under_way=sum(case.ended_on is None for case in cases),
        ended=_ended(cases, period, written_off=False),
        written_off=_ended(cases, period, written_off=True),
        case_lead_time=core.case_lead_time(cases, period=period, days=days),
        phases=sorted(core.phase_lead_times(steps, cases, period=period, days=days), key=lambda row: phases.get(row.key, len(phases))),
        steps=_in_order(core.step_lead_times(steps, period=period, days=days), outline),
        shares=_in_order(core.waiting_and_working(steps, period=period), outline),
        on_time=_in_order(core.on_time(steps, period=period), outline),
        rework=sorted(core.rework(steps, period=period), key=lambda row: numbers.get(row.number, len(numbers))),
        variants=core.variants(steps, cases, period=period),
        months=core.throughput(cases, first=scope.first, last=scope.last),
        standing=_in_order(core.standing(steps), outline),
        stalled=core.stalled(steps, on=on),
    )


def _in_order(rows: Iterable[Row], outline: Outline) -> list[Row]:
    return sorted(rows, key=lambda row: outline.place_of(row.key))


def _ended(cases: Sequence[core.CaseRow], period: Period, *, written_off: bool) -> int:
    return sum(case.ended_on is not None and case.written_off is written_off and period.contains(case.ended_on) for case in cases)


def _working_days(scope: Scope, cases: Sequence[core.CaseRow], steps: Sequence[core.StepRow]) -> core.WorkingDays:
    moments = [day for case in cases for day in (case.opened_on, case.ended_on)]
    moments += [day for step in steps for day in (step.opened_on, step.closed_on)]
    return core.WorkingDays.around(moments, closed=closed_days(scope.county))
