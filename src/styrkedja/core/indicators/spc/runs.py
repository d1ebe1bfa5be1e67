"""Runs and crossings: what a series says by the sides of its centre line alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, log2


@dataclass(frozen=True)
class Runs:
    """`useful` points lie on a side of the centre line. `long` are the places of the points of runs that are longer than chance makes them."""

    useful: int
    longest: int
    longest_expected: int
    crossings: int
    crossings_expected: int
    long: frozenset[int]

    @property
    def too_long(self) -> bool:
        return self.longest > self.longest_expected

    @property
    def too_few(self) -> bool:
        return self.crossings < self.crossings_expected


def runs(sides: Sequence[int]) -> Runs:
    """Anhøj's rules on the sides (1 over, -1 under, 0 on the line) of the points; those on the line neither count nor break a run.

    A run is too long over round(log2 n) + 3 points (Schilling 2012), crossings are too few under the 5th percentile of the binomial distribution
    of n - 1 and 1/2 (Chen 2010). Anhøj and Olesen 2014, Run charts revisited, PLoS ONE 9(11); as qicharts2 0.8.1 computes it.
    """
    found: list[list[int]] = []
    for place, side in enumerate(sides):
        if side and found and sides[found[-1][-1]] == side:
            found[-1].append(place)
        elif side:
            found.append([place])
    useful = sum(map(len, found))
    expected = round(log2(useful)) + 3 if useful else 0
    long = frozenset(place for run in found if len(run) > expected for place in run)
    return Runs(useful, max(map(len, found), default=0), expected, max(len(found) - 1, 0), fewest_crossings(useful), long)


def fewest_crossings(useful: int) -> int:
    """The smallest k for which at least one in twenty series of so many useful points crosses the centre at most k times; exact in integers."""
    places = max(useful - 1, 0)
    ways = crossings = 0
    while True:
        ways += comb(places, crossings)
        if ways * 20 >= 2**places:
            return crossings
        crossings += 1
