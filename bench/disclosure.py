"""Röjandekontroll of a table of 10 000 cells, and how the time grows from a tenth of it. The reference is adding up the same table."""

from time import perf_counter

import numpy as np

from bench.report import Report, ms
from styrkedja.core.indicators.disclosure.counted import Counted, read_counts
from styrkedja.core.indicators.disclosure.protecting import protect
from styrkedja.core.indicators.disclosure.tables import Rule, count_table

SECONDS = 30
REGIONS, AREAS, UNITS, AGES = 7, 6, 9, 7
THRESHOLD = 5
SEED = 1


def measure(report: Report, *, scale: float) -> None:
    """`scale` is the part of the regions."""
    tenth, whole = _table(1), _table(max(2, round(REGIONS * scale)))
    report.title(f"Disclosure control of {whole.cube.size:,} cells, threshold {THRESHOLD}".replace(",", " "))
    few, _ = _seconds(tenth)
    started = perf_counter()
    count_table(whole.cube, whole.leaves, Rule(THRESHOLD))
    adding = perf_counter() - started
    seconds, told = _seconds(whole)
    report.line("reference: adding up every cell", ms(adding))
    report.line("withheld", told)
    report.demand("protected and audited in", seconds, SECONDS, unit=" s")
    report.line("against the reference", f"{seconds / adding:.0f} times")
    growth = (seconds / few) / (whole.cube.size / tenth.cube.size)
    report.line(f"growth from {tenth.cube.size} cells, against linear", f"{growth:.2f} times")


def _table(regions: int) -> Counted:
    random = np.random.default_rng(SEED)
    lines = ["region,area,unit,sex,age,count"]
    lines += [
        f"{region},{area},{unit},{sex},{age},{min(int(random.lognormal(2.8, 1.0)), 5000)}"
        for region in range(regions)
        for area in range(AREAS)
        for unit in range(UNITS)
        for sex in "KM"
        for age in range(AGES)
    ]
    return read_counts("\n".join(lines).encode(), rows=["region", "area", "unit"], by=["sex", "age"], count="count", max_cells=10**6)


def _seconds(table: Counted) -> tuple[float, str]:
    started = perf_counter()
    protection = protect(count_table(table.cube, table.leaves, Rule(THRESHOLD)))
    taken = perf_counter() - started
    small, withheld = int(protection.table.primary.sum()), int(protection.withheld.sum())
    return taken, f"{withheld} cells, {small} of them small; {len(protection.audit.recoverable)} recoverable"
