"""Values computed and kept: what the commands and the job of the night do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import AsOn, AsWas, Reading
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.cellstore import CellStore, digest
from styrkedja.indicators.engine import DuckRunner
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.models import Indicator
from styrkedja.indicators.needs import Wanted
from styrkedja.indicators.passes import Passes
from styrkedja.indicators.passes.embedded import EmbeddedPasses
from styrkedja.indicators.passes.warehouse import WarehousePasses
from styrkedja.indicators.preparing import Progress, silent
from styrkedja.indicators.protecting import protected, rules
from styrkedja.indicators.selectors.organisation import structure
from styrkedja.indicators.selectors.periods import computed_periods
from styrkedja.indicators.services.values import NewValues, record_values
from styrkedja.indicators.warehouses import connect
from styrkedja.indicators.workshop import Workshop
from styrkedja.ui.clock import day


@dataclass(frozen=True)
class Site:
    """Where things are: the definitions that hold, the store, and the address of a warehouse ("" for the fact files of the store)."""

    sources: Mapping[str, FactSource]
    definitions: Mapping[str, Definition]
    store: Path
    warehouse: str = ""
    threads: int = 1

    def passes(self, organisation: Structure) -> Passes:
        """Raises EngineFault if the warehouse does not answer."""
        if self.warehouse:
            return WarehousePasses(self.sources, organisation, connect(self.warehouse))
        return EmbeddedPasses(FactFiles(self.store), organisation, DuckRunner(threads=self.threads), threads=self.threads)

    def workshop(self, reading: Reading, *, progress: Progress = silent) -> Workshop:
        return Workshop(self.sources, reading, self.passes(reading.structure), CellStore(self.store), progress=progress)


@dataclass(frozen=True)
class Bounds:
    """The months in which periods end. None: the first that is loaded, and the last that is loaded and over."""

    first: Month | None = None
    last: Month | None = None


@dataclass(frozen=True)
class Computed:
    """What a computation did: months of cells computed and found, values written by indicator, and periods found as they should be."""

    months: Span | None
    cells_computed: int
    cells_kept: int
    values: Mapping[str, int]
    periods_computed: int
    periods_kept: int


def compute(
    *, actor: User | None, site: Site, bounds: Bounds, only: Sequence[str] = (), at: datetime, progress: Progress = silent
) -> Computed:
    """Compute the periods that end within the months, and record what is new of them.

    Raises Refused, CellFault, FactFault or EngineFault; then no value has changed.
    """
    reading = AsWas(structure())
    shop = site.workshop(reading, progress=progress)
    try:
        months = months_between(shop, bounds, on=day(at))
        if months is None:
            return Computed(None, 0, 0, {}, 0, 0)
        indicators = _indicators(site, only)
        wanted = [shop.wanted(site.definitions[indicator.key], months) for indicator in indicators]
        done = shop.prepare([one for one in wanted if one.ends])
        tree = _Trees(reading.structure)
        stale = [_stale(shop, one, indicator, months, tree) for one, indicator in zip(wanted, indicators, strict=True)]
        values = record_values(actor=actor, computed=_computed(shop, stale, progress, reading.structure), at=at)
        periods = sum(len(new.prints) for _one, new in stale)
        _count_as_is(site, reading.structure, wanted, progress, on=day(at))
        return Computed(months, done.computed, done.kept, values, periods, sum(len(one.ends) for one in wanted) - periods)
    finally:
        shop.close()


def _count_as_is(site: Site, organisation: Structure, wanted: Sequence[Wanted], progress: Progress, *, on: date) -> None:
    """Counts persons by today's organisation too: their cells are the only ones that cannot be added in another tree when a page asks for it."""
    counted = [one for one in wanted if one.ends and any(each.aggregate == Aggregate.DISTINCT for each in one.definition.cell_measures)]
    if not counted:
        return
    shop = site.workshop(AsOn(organisation, on), progress=progress)
    try:
        shop.prepare(counted)
    finally:
        shop.close()


def months_between(shop: Workshop, bounds: Bounds, *, on: date) -> Span | None:
    """The months of `bounds`, or None if nothing is loaded. Raises Refused for months that have not been."""
    this = Month.of(on)
    if (latest := max((month for month in (bounds.first, bounds.last) if month), default=this)) > this:
        raise Refused(_("%(month)s har inte varit än. Ange en månad till och med %(now)s.") % {"month": str(latest), "now": str(this)})
    loaded = [month for months in shop.loaded.values() for month in months if month < this]
    first, last = bounds.first or min(loaded, default=None), bounds.last or max(loaded, default=None)
    if first is None or last is None:
        return None
    if first > last:
        raise Refused(_("Det finns inga data från %(first)s: den sista månaden är %(last)s.") % {"first": str(first), "last": str(last)})
    return Span(first, last)


def _indicators(site: Site, only: Sequence[str]) -> list[Indicator]:
    """Those that are computed at all. Raises Refused for one that is not there."""
    for key in only:
        if key not in site.definitions:
            raise Refused(_("Det finns ingen indikator ”%(key)s”. Kontrollera med styrkedja indicators check.") % {"key": key})
    keys = [key for key, one in site.definitions.items() if one.is_computed and (not only or key in only)]
    found = {indicator.key: indicator for indicator in Indicator.objects.filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


class _Trees:
    """Fingerprints of the organisation as it was up to a day: what happens later changes no value as-was."""

    def __init__(self, organisation: Structure) -> None:
        self._organisation = organisation
        self._known: dict[date, str] = {}

    def until(self, last: date) -> str:
        if last not in self._known:
            versions = self._organisation.versions
            earlier = versions.since <= last.toordinal()
            told = (versions.body[earlier], versions.since[earlier], versions.paths[earlier])
            keys = [body.key for body in self._organisation.bodies]
            self._known[last] = digest(keys, [body.kind for body in self._organisation.bodies], *(part.tobytes().hex() for part in told))
        return self._known[last]


def _stale(shop: Workshop, wanted: Wanted, indicator: Indicator, months: Span, trees: _Trees) -> tuple[Wanted, NewValues]:
    """The periods whose values rest on something else than when they were computed, and those that are no more."""
    held = computed_periods(indicator, since=months.first_day, until=months.last_day)
    prints = {span: digest(indicator.definition_hash, rules(), trees.until(span.last_day), *told) for span, told in shop.rests_on(wanted)}
    new = {span: told for span, told in prints.items() if held.get(span) != told}
    gone = [span for span in held if span not in prints]
    some = Wanted(wanted.definition, tuple(span.last for span in new))
    return some, NewValues(indicator, new, gone, ())


def _computed(
    shop: Workshop, stale: Sequence[tuple[Wanted, NewValues]], progress: Progress, organisation: Structure
) -> Iterator[NewValues]:
    """With the values of each and what may be shown of them, made when they are written."""
    changed = [(wanted, new) for wanted, new in stale if new.prints or new.gone]
    made = shop.outcomes_of(wanted for wanted, _new in changed if wanted.ends)
    for number, (wanted, new) in enumerate(changed, start=1):
        if wanted.ends:
            outcomes = next(made)
            shown = protected(new.indicator, wanted.definition, organisation, outcomes)
            new = replace(new, outcomes=outcomes.items(), disclosure=shown.in_order())
        yield new
        progress(new.indicator.key, number, len(changed))
