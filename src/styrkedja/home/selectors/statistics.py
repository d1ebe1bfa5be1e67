"""The figures of the statistics page, for those who may read the county's cases."""

from collections.abc import Iterable, Mapping, Sequence
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
from styrkedja.workflows.selectors_figures import Counting
from styrkedja.workflows.selectors_statistics import Outline, open_steps, outline_of

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
    overdue: int


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
    counting = Counting(scope.definitions, outline, scope.first, scope.last, closed_days(scope.county))
    opened, ended, off = counting.opened, counting.ended(written_off=False), counting.ended(written_off=True)
    open_now = open_steps(scope.definitions)
    numbers = {info.number: info.place for info in reversed(outline.steps.values())}
    phases = {phase: place for place, phase in enumerate(outline.phases)}
    return Figures(
        scope=scope,
        outline=outline,
        under_way=opened.total() - ended.total() - off.total(),
        ended=_within(ended, scope.period),
        written_off=_within(off, scope.period),
        case_lead_time=counting.case_lead_time(),
        phases=sorted(counting.phase_lead_times(), key=lambda row: phases.get(row.key, len(phases))),
        steps=_in_order(counting.step_lead_times(), outline),
        shares=_in_order(counting.waiting_and_working(), outline),
        on_time=_in_order(counting.on_time(), outline),
        rework=sorted(counting.rework(), key=lambda row: numbers.get(row.number, len(numbers))),
        variants=counting.variants(),
        months=core.throughput(opened, ended, off, first=scope.first, last=scope.last),
        standing=_in_order(core.standing(open_now), outline),
        stalled=core.stalled(open_now, on=on),
        overdue=core.overdue(open_now, on=on),
    )


def _in_order(rows: Iterable[Row], outline: Outline) -> list[Row]:
    return sorted(rows, key=lambda row: outline.place_of(row.key))


def _within(counts: Mapping[date, int], period: Period) -> int:
    return sum(count for day, count in counts.items() if period.contains(day))
