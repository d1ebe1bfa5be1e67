"""The figures of the demonstration, generated and loaded through the same doors as real ones, and said to be generated wherever they are told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.definition.definition import Definition, ReadySource
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.demonstration import SOURCES, tables
from styrkedja.core.indicators.demonstration.plan import Plan, Series, read_plan, read_series
from styrkedja.core.indicators.demonstration.ready import ready_values
from styrkedja.core.indicators.intake.report import LoadReport
from styrkedja.core.indicators.intake.rows import RawRows
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.ready.values import ReadyValue, deviations
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.computing import Site
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.intake.opening import Given
from styrkedja.indicators.loading import FactLoading, load_facts
from styrkedja.indicators.selectors.areas import Area, areas_by
from styrkedja.indicators.selectors.loads import has_loads, has_real_loads
from styrkedja.indicators.selectors.organisation import structure
from styrkedja.indicators.selectors.periods import any_computed
from styrkedja.indicators.services.ready import ReadyBatch, ReadyRow, Replaced, replace_ready_values
from styrkedja.ui.clock import day

GENERATED = "genererade data"
_BATCH = 1 << 16


@dataclass(frozen=True)
class Figures:
    """What is to be generated for a county: its folder `figures`."""

    plan: Plan
    first_year: int
    series: Sequence[Series]


def read_figures(folder: Path) -> Figures | None:
    """None for a county that has none."""
    region, series = folder / "figures" / "region.toml", folder / "figures" / "series.toml"
    if not region.is_file():
        return None
    first_year, rows = read_series(series.read_bytes())
    return Figures(read_plan(region.read_bytes()), first_year, rows)


def is_wanted() -> bool:
    """Whether something is left to generate or compute: nobody has loaded real data, and not all of the demonstration is there."""
    return not has_real_loads() and not (has_loads(SOURCES) and any_computed())


def load_figures(
    *, site: Site, figures: Figures, at: datetime, told: Callable[[LoadReport], None] = lambda _report: None
) -> list[Replaced]:
    """Generate and load facts up to the last whole month, and ready values up to the last whole year. Values are not computed.

    Raises Refused where there are real data: then they stay, and nothing is generated.
    """
    if has_real_loads():
        raise Refused("Det finns riktiga data inlästa. Genererade data läggs aldrig över dem.")
    last = Month.of(day(at)) - 1
    organisation = structure()
    for source, table in tables(figures.plan, last):
        loading = FactLoading(site.sources[source], FactFiles(site.store), organisation, at, allow_fewer=True, is_generated=True)
        told(load_facts(actor=None, loading=loading, given=Given(GENERATED, "", _rows_of(table))))
    batches = list(_ready_batches(site, figures, last))
    report = {"attribution": "Genererade värden för demonstration", "file": GENERATED}
    return replace_ready_values(actor=None, batches=batches, told=report, is_generated=True, at=at)


def _rows_of(table: pa.Table) -> Callable[[FactSource], Iterator[RawRows]]:
    def rows(source: FactSource) -> Iterator[RawRows]:
        for start in range(0, table.num_rows, _BATCH):
            some = table.slice(start, _BATCH)
            columns = {column.name: some[column.name].combine_chunks() for column in source.stored}
            yield RawRows(columns, np.arange(start + 1, start + 1 + some.num_rows))

    return rows


def _ready_batches(site: Site, figures: Figures, last: Month) -> Iterator[ReadyBatch]:
    """The nation, all regions and the municipalities that there are, at the levels of each indicator."""
    by_key = {one.key: one for one in figures.series}
    areas = areas_by(lambda kind, code: code or (str(kind) if kind == OrganisationKind.NATION else None))
    years = range(figures.first_year, last.first_day.year + (last.first_day.month == 12))
    for definition in site.definitions.values():
        for ready in definition.ready:
            if ready.key in by_key:
                yield _batch(definition, ready, by_key, areas, figures.plan, years)


def _batch(
    definition: Definition, ready: ReadySource, by_key: dict[str, Series], areas: dict[str, Area], plan: Plan, years: Sequence[int]
) -> ReadyBatch:
    asked = {area: one for area, one in areas.items() if one.kind in definition.levels}
    # The nation first, whose level it is.
    order = sorted(asked, key=lambda area: (asked[area].kind != OrganisationKind.NATION, area))
    own = next((area for area, one in asked.items() if one.key == plan.region), "")

    def made(source_key: str) -> list[ReadyValue]:
        nation = [] if order and asked[order[0]].kind == OrganisationKind.NATION else [""]
        return list(ready_values(by_key[source_key], [*nation, *order], own=own, years=years, seed=plan.seed))

    values = made(ready.key)
    if ready.reference:
        values = deviations(values, made(f"{ready.source}:{ready.reference}"), definition.value)
    sexes = {"", "K", "M"} if "sex" in definition.dimensions else {""}
    rows = [
        ReadyRow(asked[one.area].body_id, one.start, one.end, one.sex, one.value, one.status, one.numerator, one.denominator)
        for one in values
        if one.area in asked and one.sex in sexes
    ]
    return ReadyBatch(definition.id, ready.key, rows, None)
