"""Centre lines and limits of one stretch of a series, in float64 and without rounding.

Every limit is the centre and three times a spread on either side, clipped where values can not go; the near limits are two times and are not
clipped. Sources: Montgomery, Introduction to Statistical Quality Control, 7th ed. 2013; Provost and Murray, The Health Care Data Guide, 2011;
NHS England, Making Data Count, as NHSRplotthedots 0.2.2 computes it; qicharts2 0.8.1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf, nan, sqrt

from styrkedja.core.indicators.spc.averages import SCREEN, mean, middle, moving_ranges, typical_range
from styrkedja.core.indicators.spc.kinds import Chart

XMR_LIMIT = 2.66
# In this order of operations, so that a value on the border falls on the same side as in NHSRplotthedots.
XMR_NEAR = 2 * (XMR_LIMIT / 3)
# The mean range of two values from a normal distribution, in standard deviations (d2, Montgomery appendix VI).
D2 = 1.128
WEIBULL = 3.6


@dataclass(frozen=True)
class Stretch:
    """Observations between two rebases. `values` are plotted, NaN for none; the limits are computed from the first `base` of them."""

    values: Sequence[float]
    numerators: Sequence[float]
    denominators: Sequence[float]
    base: int
    screen: bool


@dataclass(frozen=True)
class Limits:
    """For each point of a stretch; NaN where there is none."""

    centre: list[float]
    lower: list[float]
    upper: list[float]
    near_lower: list[float]
    near_upper: list[float]


def xmr(stretch: Stretch) -> Limits:
    """Mean ± 2.66 · mean moving range; near is 2/3 of the way (Making Data Count)."""
    base = stretch.values[: stretch.base]
    centre, size = mean(base), typical_range(base, screen=stretch.screen)
    wide, narrow = XMR_LIMIT * size, XMR_NEAR * size
    return _level(stretch, centre, centre - wide, centre + wide, (centre - narrow, centre + narrow))


def individuals(stretch: Stretch) -> Limits:
    """Mean ± 3 · mean moving range / 1.128 (Montgomery 6.33). Differs from `xmr` by the rounding of 3/1.128 to 2.66; screened alike (qicharts2)."""
    base = stretch.values[: stretch.base]
    return _around(stretch, mean(base), typical_range(base, screen=stretch.screen) / D2)


def time_between(stretch: Stretch) -> Limits:
    """An individuals chart of y^(1/3.6), turned back: time between events is exponential, its power nearly normal (Nelson 1994; Montgomery 7.3.5)."""
    root = Stretch([value ** (1 / WEIBULL) for value in stretch.values], (), (), stretch.base, stretch.screen)
    found = individuals(root)
    return Limits(*([_turned_back(one) for one in part] for part in vars(found).values()))


def run(stretch: Stretch) -> Limits:
    """The median, and no limits (Anhøj and Olesen 2014)."""
    return _level(stretch, middle(stretch.values[: stretch.base]), nan, nan)


def moving_range(stretch: Stretch) -> Limits:
    """Mean moving range; 0 and 3.267 times it (D3 and D4 of two values, Montgomery 6.32). `values` are the ranges; they are not screened."""
    centre = mean(stretch.values[: stretch.base])
    return _level(stretch, centre, 0.0 * centre, SCREEN * centre)


def c(stretch: Stretch) -> Limits:
    """Counts: mean ± 3 √mean (Montgomery 7.17)."""
    centre = mean(stretch.values[: stretch.base])
    return _around(stretch, centre, sqrt(centre), floor=0)


def g(stretch: Stretch) -> Limits:
    """Cases between events: limits mean ± 3 √(mean (mean + 1)) of the geometric distribution (Benneyan 2001; Montgomery 7.3.5).

    The centre is the median, as in qicharts2: half of the points lie on each side of it, which the mean of so skewed a distribution does not give.
    """
    base = stretch.values[: stretch.base]
    typical = mean(base)
    spread = sqrt(typical * (typical + 1))
    return _level(stretch, middle(base), _at_least(typical - 3 * spread, 0), typical + 3 * spread)


def u(stretch: Stretch) -> Limits:
    """Events per denominator: ū ± 3 √(ū/n), n of each point (Montgomery 7.19)."""
    return _quotients(stretch, variance=lambda centre: centre, top=inf)


def u_prime(stretch: Stretch) -> Limits:
    """As `u`, the spread times that between points (Laney 2002, Improved control charts for attributes, Quality Engineering 14(4))."""
    return _quotients(stretch, variance=lambda centre: centre, top=inf, laney=True)


def p(stretch: Stretch) -> Limits:
    """Shares: p̄ ± 3 √(p̄(1-p̄)/n), n of each point, within 0 and 1 (Montgomery 7.6 and 7.2.2)."""
    return _quotients(stretch, variance=lambda centre: centre * (1 - centre), top=1)


def p_prime(stretch: Stretch) -> Limits:
    """As `p`, the spread times that between points (Laney 2002)."""
    return _quotients(stretch, variance=lambda centre: centre * (1 - centre), top=1, laney=True)


LIMITS: Mapping[Chart, Callable[[Stretch], Limits]] = {
    Chart.XMR: xmr,
    Chart.RUN: run,
    Chart.C: c,
    Chart.U: u,
    Chart.U_PRIME: u_prime,
    Chart.P: p,
    Chart.P_PRIME: p_prime,
    Chart.INDIVIDUALS: individuals,
    Chart.MOVING_RANGE: moving_range,
    Chart.CASES_BETWEEN: g,
    Chart.TIME_BETWEEN: time_between,
}


def _quotients(stretch: Stretch, *, variance: Callable[[float], float], top: float, laney: bool = False) -> Limits:
    """The centre is the total of the numerators over that of the denominators; a point without a value has no limits."""
    kept = [place for place, value in enumerate(stretch.values) if value == value]
    base = [place for place in kept if place < stretch.base]
    centre = fsum(stretch.numerators[place] for place in base) / fsum(stretch.denominators[place] for place in base) if base else nan
    spreads = [nan] * len(stretch.values)
    for place in kept:
        spreads[place] = sqrt(variance(centre) / stretch.denominators[place]) if base else nan
    if laney:
        between = _between(stretch, centre, spreads)
        spreads = [spread * between for spread in spreads]
    return Limits(
        [centre] * len(spreads),
        [_at_least(centre - 3 * spread, 0) for spread in spreads],
        [_at_most(centre + 3 * spread, top) for spread in spreads],
        [centre - 2 * spread for spread in spreads],
        [centre + 2 * spread for spread in spreads],
    )


def _between(stretch: Stretch, centre: float, spreads: Sequence[float]) -> float:
    """Laney's sigma z: the mean moving range of the points in standard deviations, over d2. NaN when they have no deviation."""
    scores = [(value - centre) / spread if spread else nan for value, spread in zip(stretch.values, spreads, strict=True)]
    return mean(moving_ranges(scores[: stretch.base])) / D2


def _around(stretch: Stretch, centre: float, spread: float, *, floor: float = -inf) -> Limits:
    near = (centre - 2 * spread, centre + 2 * spread)
    return _level(stretch, centre, _at_least(centre - 3 * spread, floor), centre + 3 * spread, near)


def _level(stretch: Stretch, centre: float, lower: float, upper: float, near: tuple[float, float] = (nan, nan)) -> Limits:
    """The same for every point."""
    return Limits(*([line] * len(stretch.values) for line in (centre, lower, upper, *near)))


def _at_least(value: float, floor: float) -> float:
    """Not `max`, which would make a number of NaN."""
    return floor if value < floor else value


def _at_most(value: float, top: float) -> float:
    return top if value > top else value


def _turned_back(root: float) -> float:
    return 0.0 if root < 0 else root**WEIBULL
