"""Ready values of the demonstration: yearly series for the nation, the regions and the county's municipalities, as others would publish them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from styrkedja.core.indicators.demonstration.plan import Series
from styrkedja.core.indicators.ready.values import ReadyValue

NATION = "nation"


def ready_values(series: Series, areas: Sequence[str], *, own: str, years: Sequence[int], seed: int) -> Iterator[ReadyValue]:
    """A value for each area and year, split by sex where the series is. `areas` are keys of bodies, the first of them the nation.

    The level is that of the last year. What differs between areas lasts; chance is small. Never below 0 where no level of the series is.
    """
    rng = np.random.default_rng([seed, *series.key.encode()])
    floor = 0.0 if series.level > 0 and series.level > 2 * series.spread else -np.inf
    most = 100.0 if 40 < series.level <= 100 else np.inf
    for number, area in enumerate(areas):
        lasting = 0.0 if number == 0 else series.own if area == own else float(rng.normal(0, series.spread))
        for year in years:
            chance = float(rng.normal(0, series.spread / (12 if number == 0 else 5)))
            value = float(np.clip(series.level + lasting + series.trend * (year - years[-1]) + chance, floor, most))
            yield from _by_sex(series, area, year, value, most)


def _by_sex(series: Series, area: str, year: int, value: float, most: float) -> Iterator[ReadyValue]:
    sexes: Mapping[str, float] = {"": value}
    if series.men:
        men = min(value * series.men, most)
        sexes = {"": value, "K": max(0.0, min(2 * value - men, most)), "M": men}
    for sex, told in sexes.items():
        yield ReadyValue(series.id, area, date(year, 1, 1), date(year, 12, 31), sex, round(told, 3))
