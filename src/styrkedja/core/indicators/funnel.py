"""Units against each other: which of them differ more from the whole than chance makes units of their size differ.

Limits around the common value by the size of a unit, exact and interpolated as D. J. Spiegelhalter, Funnel plots for comparing institutional
performance, Statistics in Medicine 24, 2005, appendix A.1.1: binomial for shares, Poisson for rates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, inf, lgamma, log, log1p, sqrt

# Of units that do not differ, 95 and 99.8 per cent lie between the limits.
INNER = (0.025, 0.975)
OUTER = (0.001, 0.999)
_REACH = 12  # standard deviations from the mean; beyond lies nothing that a float can tell from zero


class FunnelKind(StrEnum):
    """BINOMIAL: the numerator counts some of what the denominator counts. POISSON: it counts events over an exposure."""

    BINOMIAL = "binomial"
    POISSON = "poisson"


class FunnelZone(StrEnum):
    """Where a unit lies: within the inner limits, between the inner and the outer, or outside them."""

    WITHIN = "within"
    BETWEEN = "between"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Limits:
    """Of a quotient, for one size: outer and inner lower, inner and outer upper."""

    outer_lower: float
    inner_lower: float
    inner_upper: float
    outer_upper: float


@dataclass(frozen=True)
class Unit:
    """A unit by its whole numerator and a denominator above zero."""

    numerator: float
    denominator: float

    @property
    def quotient(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Funnel:
    """`centre` is the quotient of all units together; a zone for each of the units."""

    kind: FunnelKind
    centre: float
    zones: tuple[FunnelZone, ...]


def funnel(units: Sequence[Unit], kind: FunnelKind) -> Funnel:
    """At least one unit."""
    centre = sum(unit.numerator for unit in units) / sum(unit.denominator for unit in units)
    return Funnel(kind, centre, tuple(_zone(unit, limits(centre, unit.denominator, kind)) for unit in units))


def _zone(unit: Unit, around: Limits) -> FunnelZone:
    if around.inner_lower <= unit.quotient <= around.inner_upper:
        return FunnelZone.WITHIN
    return FunnelZone.BETWEEN if around.outer_lower <= unit.quotient <= around.outer_upper else FunnelZone.OUTSIDE


def limits(centre: float, size: float, kind: FunnelKind) -> Limits:
    """Around the quotient `centre` for a unit of the denominator `size` (> 0). A share has a whole size and a centre from 0 to 1."""
    places = _quantiles(centre, size, kind, (OUTER[0], *INNER, OUTER[1]))
    top = 1.0 if kind is FunnelKind.BINOMIAL else inf
    return Limits(*(min(max(place / size, 0.0), top) for place in places))


def _quantiles(centre: float, size: float, kind: FunnelKind, wanted: Sequence[float]) -> list[float]:
    """For each share, the smallest count that so large a share of units reaches at most, moved back by what it overshoots (r - α of the source)."""
    mean = centre * size
    share = centre if kind is FunnelKind.BINOMIAL else 0.0
    spread = sqrt(mean * (1 - share))
    if spread == 0:
        return [mean] * len(wanted)
    count = max(0, int(mean - _REACH * spread))
    chance = exp(_log_chance(count, centre, size, kind))
    under = 0.0
    found: list[float] = []
    for level in wanted:
        while under + chance < level and count < mean + _REACH * spread:
            under += chance
            chance *= _step(count, centre, size, kind)
            count += 1
        found.append(count - (under + chance - level) / chance if chance else float(count))
    return found


def _log_chance(count: int, centre: float, size: float, kind: FunnelKind) -> float:
    if kind is FunnelKind.POISSON:
        mean = centre * size
        return count * log(mean) - mean - lgamma(count + 1)
    ways = lgamma(size + 1) - lgamma(count + 1) - lgamma(size - count + 1)
    return ways + count * log(centre) + (size - count) * log1p(-centre)


def _step(count: int, centre: float, size: float, kind: FunnelKind) -> float:
    """How much likelier the next count is."""
    if kind is FunnelKind.POISSON:
        return centre * size / (count + 1)
    return (size - count) / (count + 1) * centre / (1 - centre)
