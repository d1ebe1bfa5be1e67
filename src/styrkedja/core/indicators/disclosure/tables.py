"""A table that is to be shown: its counts, what a reader knows of them anyway, and what must not be learnt."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from styrkedja.core.indicators.disclosure.cubes import Counts, Cube, Flags

# Above every count that is accepted, so that "no limit" is a number as well.
UNBOUNDED = 1 << 60


class CellStatus(StrEnum):
    """What becomes of a cell."""

    PUBLISHED = "published"
    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True)
class Rule:
    """When a count is too small to be shown.

    `threshold`: counts from 1 to `threshold - 1` are. `protect_zeros`: 0 is as well. `insiders`: nobody who is alone in a cell, and therefore
    knows it, may learn another small count. `told`: readers are told which of the withheld cells are small themselves.
    """

    threshold: int
    protect_zeros: bool = False
    insiders: bool = False
    told: bool = False

    def __post_init__(self) -> None:
        if self.threshold < 1:
            raise ValueError("the threshold is at least 1")

    @property
    def least(self) -> int:
        """The smallest count that is withheld."""
        return 0 if self.protect_zeros else 1

    def is_small(self, counts: Counts) -> Flags:
        return (counts >= self.least) & (counts < self.threshold)


@dataclass(frozen=True)
class Quantity:
    """One number in each cell, flat like the cells of the cube.

    `lowest` is what a reader knows that a withheld cell holds at least. `told`, if given, are the narrower limits that hold when the reader is
    told which cells are small. `guarded` are the cells whose number must not be learnt, once they are withheld.
    """

    values: Counts
    lowest: Counts
    guarded: Flags
    told: tuple[Counts, Counts] | None = None


@dataclass(frozen=True)
class Table:
    """What `protect` works on.

    `primary` must not be learnt; `known` is known to readers whatever is done; `offered` may be shown. A cell that is none of these is never shown
    but needs no protection. `weights` say which of the offered cells it costs most to lose. All are flat like the cells of the cube.
    """

    cube: Cube
    quantities: tuple[Quantity, ...]
    primary: Flags
    known: Flags
    offered: Flags
    weights: Counts
    insiders: bool = False

    @property
    def has_told(self) -> bool:
        return any(quantity.told for quantity in self.quantities)


def count_table(cube: Cube, leaves: Counts, rule: Rule) -> Table:
    """A table of counts, given for the leaves in an array of the cube's `leaf_shape`. Zeros that are not protected are shown first of all."""
    values = _filled(cube, leaves)
    small = rule.is_small(values)
    known = np.zeros_like(small) if rule.protect_zeros else values == 0
    lowest = np.full_like(values, rule.least)
    told = None
    # With a single value under the threshold, to be told that a cell is small is to be told what it holds.
    if rule.told and rule.threshold - rule.least >= 2:
        told = (np.where(small, rule.least, rule.threshold), np.where(small, rule.threshold - 1, UNBOUNDED))
    quantity = Quantity(values, lowest, ~known, told)
    return Table(cube, (quantity,), small, known, ~small & ~known, values, rule.insiders)


def ratio_table(cube: Cube, numerators: Counts, denominators: Counts, rule: Rule, *, share: bool) -> Table:
    """A table of numerators over denominators that are shown or withheld together.

    With `share` the numerator counts some of what the denominator counts, as in a percentage: then what is left of the denominator is tested too,
    since 97 of 100 tells of three. Otherwise, as in a rate, numerator and denominator are tested. ValueError when a share is above one.
    """
    above, below = _filled(cube, numerators), _filled(cube, denominators)
    rest = below - above
    if share and rest.min() < 0:
        raise ValueError("a numerator is greater than its denominator")
    small = rule.is_small(above) | rule.is_small(below) | (rule.is_small(rest) if share else False)
    known = np.zeros_like(small) if rule.protect_zeros else (below == 0) & (above == 0)
    other = rest if share else below
    quantities = (_part(above, other, rule, share=share), _part(other, above, rule, share=share))
    return Table(cube, quantities, small, known, ~small & ~known, below, rule.insiders)


def _part(values: Counts, other: Counts, rule: Rule, *, share: bool) -> Quantity:
    """A withheld share has something in its denominator, or it would have been shown to be empty."""
    lowest = np.where(other > 0, 0, 1) if share and not rule.protect_zeros else np.zeros_like(values)
    return Quantity(values, np.minimum(lowest, values), (values > 0) | rule.protect_zeros)


def _filled(cube: Cube, leaves: Counts) -> Counts:
    if leaves.shape != cube.leaf_shape:
        raise ValueError(f"counts of shape {leaves.shape} for leaves of shape {cube.leaf_shape}")
    if leaves.size and leaves.min() < 0:
        raise ValueError("a count is negative")
    return cube.filled(leaves)
