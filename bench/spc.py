"""XmR charts with all rules for as many series as a county has: all at once, against one at a time in plain Python in the same run."""

from datetime import date
from time import perf_counter

import numpy as np

from bench.report import Report
from styrkedja.core.indicators.spc import Manner, Observation, matrix_charts, process_chart
from styrkedja.core.indicators.spc.matrix import AIMS, Codes, Floats

SERIES, MONTHS = 144_000, 36
SAMPLE = 600
RUNS = 5
SECONDS = 2
TIMES_ONE_BY_ONE = 50
SEED = 20_260_101
DIRECTIONS = {aim: direction for direction, aim in AIMS.items()}


def measure(report: Report, *, scale: float) -> None:
    """The best of some runs: what is measured is the program and not what else the machine does."""
    series = int(SERIES * scale)
    report.title(f"XmR: limits, four rules, types and assurance of {series:,} series over {MONTHS} months")
    values, aims, targets = invented(series)
    together = min(all_at_once(values, aims, targets) for _run in range(RUNS))
    alone = one_by_one(values[:SAMPLE], aims, targets) * series
    report.line(f"reference: one by one in plain Python, from {SAMPLE} series", f"{alone:.1f} s")
    report.demand("all at once", together, SECONDS * scale, unit=" s")
    report.demand("one by one against all at once", alone / together, TIMES_ONE_BY_ONE, unit=" times", at_least=True)


def invented(series: int) -> tuple[Floats, Codes, Floats]:
    """Series about levels of their own, a third of which step up or down on the way, with directions and targets."""
    chance = np.random.default_rng(SEED)
    level = chance.gamma(4, 25, (series, 1))
    steps = np.where(chance.random((series, 1)) < 1 / 3, chance.normal(0, 0.3, (series, 1)), 0)
    after = np.arange(MONTHS) >= chance.integers(6, 30, (series, 1))
    values = level * (1 + steps * after) + chance.normal(0, 1, (series, MONTHS)) * np.sqrt(level)
    return values, chance.integers(-1, 2, series).astype(np.int8), level[:, 0] * chance.normal(1, 0.3, series)


def all_at_once(values: Floats, aims: Codes, targets: Floats) -> float:
    started = perf_counter()
    matrix_charts(values, aims, targets=targets)
    return perf_counter() - started


def one_by_one(values: Floats, aims: Codes, targets: Floats) -> float:
    """Seconds a series."""
    months = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(MONTHS)]
    drawn = [[Observation(on, value) for on, value in zip(months, row, strict=True)] for row in values.tolist()]
    manners = [Manner(direction=DIRECTIONS[int(aim)], target=float(target)) for aim, target in zip(aims, targets, strict=False)]
    started = perf_counter()
    for observations, manner in zip(drawn, manners, strict=False):
        process_chart(observations, manner)
    return (perf_counter() - started) / len(drawn)
