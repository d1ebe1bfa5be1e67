"""The demands of the issue, one after the other, on one set of files. Both sides of a ratio read the same files with as many threads, and what they
tell is compared cell by cell (equality); the engine also fingerprints the files, keeps the cells, adds the sexes and makes values of it all.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from bench.indicators import data, equality
from bench.indicators.by_hand import MEASURES, ByHand
from bench.report import Report
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.evaluation import Outcomes
from styrkedja.core.indicators.readings import AsOn, AsWas, Reading
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.indicators.tree_building import plan
from styrkedja.indicators.cellstore import CellStore
from styrkedja.indicators.engine import DuckRunner
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.needs import Wanted
from styrkedja.indicators.passes.embedded import EmbeddedPasses
from styrkedja.indicators.workshop import Workshop

ROWS = 20_000_000
MEMORY = 8.0  # GiB
SOURCES = {data.VISITS.id: data.VISITS}
ENDS = tuple(data.MONTHS)


def measure(report: Report, *, scale: float) -> None:
    rows = int(ROWS * scale)
    report.title(
        f"Indicators: {rows:,} visits, {data.UNITS:,} units with {data.MOVES} moves, 6 levels, 36 months, by sex".replace(",", " ")
    )
    with TemporaryDirectory(prefix="styrkedja-bench-") as folder:
        root = Path(folder)
        started = perf_counter()
        data.write_visits(FactFiles(root), rows)
        report.line("visits generated in", f"{perf_counter() - started:.0f} s")
        scene = Scene(root, times=1 if report.is_smoke else 3)
        _additive(report, scene)
        _distinct(report, scene)
        _continuity(report, scene)
        scene.hand.close()
    if not report.is_smoke:
        _growth(report, rows // 5 if scale < 1 else rows)


class Scene:
    """The files, the organisation, and the engine with a cold store each time that it is asked for. What is measured is measured so many `times`."""

    def __init__(self, root: Path, *, times: int = 3) -> None:
        self.root, self.files, self.times = root, FactFiles(root), times
        self.organisation = data.organisation()
        self.structure = self.organisation.structure
        self.threads = os.cpu_count() or 1
        self.hand = ByHand(self.files, self.structure, threads=self.threads)

    def engine(self, reading: Reading | None = None, *, memory: int = 0) -> tuple[Workshop, EmbeddedPasses]:
        read = reading or AsWas(self.structure)
        passes = EmbeddedPasses(self.files, read.structure, DuckRunner(threads=self.threads, memory_megabytes=memory), threads=self.threads)
        return Workshop(SOURCES, read, passes, CellStore(self.root)), passes

    def forget(self) -> None:
        shutil.rmtree(self.root / "cells", ignore_errors=True)

    def race(self, hand: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float]:
        """The shortest of both, run in turn, the engine with a cold store: what the machine does beside hits both alike."""
        hand()
        self.forget()
        ours()
        taken = [(best(hand, times=1, warm=False), best(ours, before=self.forget, times=1, warm=False)) for _time in range(self.times)]
        return min(one for one, _other in taken), min(other for _one, other in taken)

    def best(self, run: Callable[[], object], *, before: Callable[[], object] = lambda: None) -> float:
        return best(run, before=before, times=self.times)


def _wanted(definitions: list[Definition]) -> list[Wanted]:
    return [Wanted(definition, ENDS) for definition in definitions]


def _compute(shop: Workshop, wanted: list[Wanted]) -> list[Outcomes]:
    """All that a command does but write values to the database; at the end it is kept which files have been seen."""
    shop.prepare(wanted)
    outcomes = list(shop.outcomes_of(wanted, threads=os.cpu_count() or 1))
    shop.close()
    return outcomes


def best(run: Callable[[], object], *, before: Callable[[], object] = lambda: None, times: int = 3, warm: bool = True) -> float:
    """The shortest of some runs, after one that is not counted (`warm`): the machine may be shared."""
    taken = []
    for _time in range(times + warm):
        before()
        started = perf_counter()
        run()
        taken.append(perf_counter() - started)
    return min(taken[warm:])


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def _additive(report: Report, scene: Scene) -> None:
    wanted = _wanted(data.additive())

    def whole() -> int:
        shop, _passes = scene.engine()
        return sum(len(outcomes) for outcomes in _compute(shop, wanted))

    hand, ours = scene.race(scene.hand.fused, whole)
    report.line("hand-written fused SQL, cells and six levels", seconds(hand))
    report.line("engine: fingerprints, cells, store, six levels, values", seconds(ours))
    naive = best(lambda: scene.hand.one_level_and_indicator(MEASURES[0], 5), times=1) * 120
    report.line("one query a level and indicator (one measured, times 120)", seconds(naive))
    report.demand("twenty additive measures against fused SQL", ours / hand, 1.3, unit=" times")
    report.demand("twenty additive measures: faster than one query each", naive / ours, 20, unit=" times", at_least=True)
    shop, _passes = scene.engine()
    compared = equality.of_fused(scene.hand, scene.structure, _compute(shop, wanted))
    report.line("twenty additive measures: the same as fused SQL", f"in {compared:,} cells".replace(",", " "))
    _changed_month(report, scene, wanted, ours)
    _reorganised(report, scene, wanted)


def _changed_month(report: Report, scene: Scene, wanted: list[Wanted], ours: float) -> None:
    _compute(scene.engine()[0], wanted)
    path = scene.files.path("visits", ENDS[-1])

    def touch() -> None:
        os.utime(path)
        (scene.root / "cells" / "rows" / "visits" / "unit.sex" / f"{ENDS[-1]}.parquet").unlink()

    def again() -> None:
        shop, _passes = scene.engine()
        shop.prepare(wanted)
        shop.close()

    report.line("engine: one month changed, the others found as they were", seconds(one := scene.best(again, before=touch)))
    report.demand("one changed month against the whole", one / ours * 100, 5, unit=" per cent")


def _reorganised(report: Report, scene: Scene, wanted: list[Wanted]) -> None:
    """Five hundred departments under other areas, as on a day to come: twenty indicators at every level from the cells alone."""
    rng = np.random.default_rng(data.SEED)
    moves = {f"department-{number:04d}": f"area-{rng.integers(0, 420):04d}" for number in rng.choice(1680, 500, replace=False).tolist()}
    day = data.MONTHS.last_day.replace(year=2026)
    planned = plan(scene.organisation.bodies, scene.organisation.placements, moves=moves, on=day)
    assert isinstance(planned, Structure)
    assert len(planned.versions.body)
    shop, passes = scene.engine(AsOn(planned, day))
    shop.prepare(wanted)
    scene.files.path("visits", ENDS[0]).parent.rename(scene.root / "away")
    passes.loaded = lambda _source: frozenset(ENDS)  # type: ignore[method-assign]
    try:
        taken = scene.best(lambda: _fresh(scene, AsOn(planned, day), shop, wanted))
    finally:
        (scene.root / "away").rename(scene.files.path("visits", ENDS[0]).parent)
    report.demand("a reorganisation, all twenty, without the visits at hand", taken, 0.5, unit=" s")


def _fresh(scene: Scene, reading: Reading, prepared: Workshop, wanted: list[Wanted]) -> int:
    """With nothing rolled up before."""
    prepared.forget()
    return sum(len(one) for one in prepared.outcomes_of(wanted, threads=scene.threads))


def _distinct(report: Report, scene: Scene) -> None:
    wanted = _wanted([data.distinct()])

    def whole() -> int:
        shop, _passes = scene.engine()
        return sum(len(outcomes) for outcomes in _compute(shop, wanted))

    hand, ours = scene.race(lambda: scene.hand.neighbours(scene.structure), whole)
    report.line("NumPy and a path table, as in the trial", seconds(hand))
    report.line("engine: census, fingerprints, cells, store, six levels", seconds(ours))
    report.line("count(distinct) a level", seconds(counted := best(scene.hand.distinct_by_level, times=1)))
    report.demand("distinct patients against NumPy and a path table", ours / hand, 2, unit=" times")
    report.demand("distinct patients: faster than count(distinct)", counted / ours, 8, unit=" times", at_least=True)
    shop, _passes = scene.engine()
    compared = equality.of_distinct(scene.hand, scene.structure, _compute(shop, wanted)[0])
    report.line("distinct patients: the same as both", f"in {compared:,} cells".replace(",", " "))


def keep_continuity(scene: Scene, *, memory: int = 0) -> None:
    """The cells of both indices, kept. Of the first months' windows there is but a part, which a command would not tell."""
    shop, passes = scene.engine(memory=memory)
    asks = [one for definition in data.continuity() for one in shop.asks(definition)]
    for month, tables in passes.indices(asks, ENDS):
        for one in asks:
            CellStore(scene.root).write_lone(one, str(month), "bench", tables[one.key])


def _continuity(report: Report, scene: Scene) -> None:
    ours = best(lambda: keep_continuity(scene), before=scene.forget, times=min(2, scene.times))
    report.line("engine: COC and UPC, 12 months at 36 month-ends, kept", seconds(ours))
    started = perf_counter()
    exact = scene.hand.windows(12, 3, ENDS)
    hand = perf_counter() - started
    report.line("one query a window, 36 of them", seconds(hand))
    report.demand("COC and UPC: faster than 36 queries", hand / ours, 4, unit=" times", at_least=True)
    shop, passes = scene.engine()
    compared = equality.of_windows(exact, passes.indices([one for each in data.continuity() for one in shop.asks(each)], ENDS))
    report.line("COC and UPC: the same as the queries", f"in {compared} windows")


def _growth(report: Report, rows: int) -> None:
    """Five times as many visits in a process of its own, so that its memory can be told."""
    small, large = (_alone(count) for count in (rows, rows * 5))
    for name, few, many in zip(("twenty measures", "distinct patients", "COC and UPC"), small[:3], large[:3], strict=True):
        report.line(f"{name}: {rows // 10**6 or rows / 10**6} M, then five times as many", f"{seconds(few)}, {seconds(many)}")
        report.demand(f"{name}: growth against the growth of visits", many / few / 5, 1.15, unit=" times")
    report.demand("memory with five times as many visits", large[3], MEMORY, unit=" GiB")


def _alone(rows: int) -> list[float]:
    told = subprocess.run([sys.executable, "-m", "bench.indicators.alone", str(rows)], check=True, capture_output=True, text=True)
    return [float(word) for word in told.stdout.splitlines()[-1].split()]


def peak_memory() -> float:
    """GiB, of this process. Where Linux tells it, since what `getrusage` tells holds what whoever started the process had in memory then."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 2**20
