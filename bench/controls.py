"""All controls over the snapshot of a region, and near-duplicate actions against comparing all with all.

Seconds are the processor's, so that what else the machine does is not measured. The growth is measured with the snapshot set aside from the
collector of garbage, whose passes over a million values would else be counted for whichever rule they fall in.
"""

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

from bench.region import ACTIONS, DECISIONS, GOALS, INDICATORS, Region
from bench.report import Report
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.duplicates import Likeness, can_be_double, carried_over, entries_of, likeness, near_duplicates
from styrkedja.core.controls.rules import RULES
from styrkedja.core.controls.rules.r05 import Limits
from styrkedja.core.controls.run import faults, faults_of
from styrkedja.core.controls.snapshot import Snapshot

TENTH = 0.1
RUNS = 3
SECONDS = 10
MEGABYTES = 100
LINEAR = 1.25  # what ten times as much may cost for each: the machine's caches are no larger for it
LIMITS = Limits()


def measure(report: Report, *, scale: float) -> None:
    sizes = ", ".join(f"{round(count * scale):,} {name}" for count, name in _SIZES)
    report.title(f"Controls: {len(RULES)} rules over {sizes}")
    whole, tenth = Region(scale).snapshot(), Region(scale * TENTH).snapshot()
    _all_rules(report, whole, tenth, scale)
    _near_duplicates(report, whole, tenth)


_SIZES = ((GOALS, "goals"), (ACTIONS, "actions"), (INDICATORS, "indicators"), (DECISIONS, "decisions"))


def _all_rules(report: Report, whole: Snapshot, tenth: Snapshot, scale: float) -> None:
    seconds, found = _timed(whole)
    report.line("found", f"{found:,} faults")
    report.demand("all rules", seconds, SECONDS * scale, unit=" s")
    with _set_aside():
        growth = _timed(whole)[0] / _timed(tenth)[0] / 10
        report.demand("ten times as much, against ten times the time", growth, LINEAR, unit=" times")
        report.line("the three slowest", ", ".join(f"{rule} {cost:.2f} s" for cost, rule in _slowest(whole)))
    snapshot, beside = _megabytes(scale)
    report.line("memory: the snapshot", f"{snapshot:.0f} MB")
    report.demand("memory beside the snapshot, at its highest", beside, MEGABYTES * scale, unit=" MB")


@contextmanager
def _set_aside() -> Iterator[None]:
    """What there is now is not gone through by the collector of garbage."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def _timed(snapshot: Snapshot) -> tuple[float, int]:
    """The best of some runs, each with a chain of its own, and how many faults were found."""
    best, found = float("inf"), 0
    for _run in range(RUNS):
        gc.collect()
        started = process_time()
        found = len(faults(snapshot))
        best = min(best, process_time() - started)
    return best, found


def _slowest(snapshot: Snapshot) -> list[tuple[float, str]]:
    costs = []
    for rule in RULES:
        chain, started = Chain(snapshot), process_time()
        list(faults_of(rule, chain))
        costs.append((process_time() - started, rule.id))
    return sorted(costs, reverse=True)[:3]


def _megabytes(scale: float) -> tuple[float, float]:
    """Of a snapshot made anew, and of what the rules need beside it."""
    gc.collect()
    tracemalloc.start()
    snapshot = Region(scale).snapshot()
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    found = faults(snapshot)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    return size / 2**20, (peak - size) / 2**20


def _near_duplicates(report: Report, whole: Snapshot, tenth: Snapshot) -> None:
    with _set_aside():
        seconds, found = _best_way(whole)
        least, found_in_tenth = _best_way(tenth)
        naive, found_naively = _pairwise(tenth)
    assert found_naively == found_in_tenth
    times = (len(whole.actions) / len(tenth.actions)) ** 2
    report.line(f"R05: pairs among {len(whole.actions):,} actions", f"{len(found):,}")
    report.line(
        f"reference: all with all among {len(tenth.actions):,}",
        f"{naive:.1f} s; for all, {times:.0f} times that: {naive * times:.0f} s (extrapolated)",
    )
    report.line("R05: near-duplicate actions", f"{seconds:.2f} s, {naive * times / seconds:.0f} times the reference's speed")
    report.demand("R05: ten times as much, against ten times the time", seconds / least / 10, LINEAR, unit=" times")


def _best_way(snapshot: Snapshot) -> tuple[float, list[Likeness]]:
    best, found = float("inf"), []
    for _run in range(RUNS):
        chain, started = Chain(snapshot), process_time()
        found = near_duplicates(chain, percent_shared=LIMITS.percent_shared, percent_alone=LIMITS.percent_alone)
        best = min(best, process_time() - started)
    return best, found


def _pairwise(snapshot: Snapshot) -> tuple[float, list[Likeness]]:
    """Every action with every other, by the same questions."""
    chain, started = Chain(snapshot), process_time()
    entries, carried = entries_of(chain), carried_over(chain)
    found = []
    for index, one in enumerate(entries):
        for other in entries[index + 1 :]:
            pair = likeness(one, other)
            limit = LIMITS.percent_shared if pair.near_goal or pair.same_indicator else LIMITS.percent_alone
            if pair.percent >= limit and can_be_double(one, other, carried):
                found.append(pair)
    return process_time() - started, sorted(found, key=lambda pair: (pair.one.key, pair.other.key))
