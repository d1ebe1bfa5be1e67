"""A table as a cube: every combination of one member from each dimension is a cell, and the cells of leaves only carry the counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from styrkedja.core.indicators.disclosure.dimensions import Dimension, Sparse

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cube:
    """Cells are numbered as numpy numbers an array of shape `shape`, the last dimension running fastest."""

    dimensions: tuple[Dimension, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(dimension) for dimension in self.dimensions)

    @cached_property
    def size(self) -> int:
        return prod(self.shape)

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """How many cells further on the next member of each dimension lies."""
        return tuple(prod(self.shape[place + 1 :]) for place in range(len(self.shape)))

    @cached_property
    def leaf_shape(self) -> tuple[int, ...]:
        return tuple(len(dimension.leaves) for dimension in self.dimensions)

    def members(self, cell: int) -> tuple[int, ...]:
        return tuple(cell // stride % length for stride, length in zip(self.strides, self.shape, strict=True))

    def cell(self, members: Sequence[int]) -> int:
        return sum(member * stride for member, stride in zip(members, self.strides, strict=True))

    def key(self, cell: int) -> tuple[Any, ...]:
        return tuple(dimension.keys[member] for dimension, member in zip(self.dimensions, self.members(cell), strict=True))

    def filled(self, leaves: Counts) -> Counts:
        """Every cell's count, flat, from an array of shape `leaf_shape`."""
        counts = leaves
        for place, dimension in enumerate(self.dimensions):
            given = np.moveaxis(counts, place, 0)
            full = np.zeros((len(dimension), *given.shape[1:]), dtype=np.int64)
            full[list(dimension.leaves)] = given
            for member in dimension.upwards:
                if parts := dimension.parts[member]:
                    full[member] = full[list(parts)].sum(axis=0)
            counts = np.moveaxis(full, 0, place)
        return np.ascontiguousarray(counts).reshape(-1)

    @cached_property
    def heights(self) -> Counts:
        """Steps down to the leaves, over all dimensions, of every cell."""
        total = np.zeros(self.shape, dtype=np.int64)
        for place, dimension in enumerate(self.dimensions):
            along = [1] * len(self.shape)
            along[place] = len(dimension)
            total += np.array(dimension.heights, dtype=np.int64).reshape(along)
        return total.reshape(-1)

    def is_leaf(self, cell: int) -> bool:
        return all(not dimension.parts[member] for dimension, member in zip(self.dimensions, self.members(cell), strict=True))

    def holding(self, cell: int) -> Iterator[int]:
        """Every cell that counts what the cell of leaves counts."""
        above = (dimension.above[member] for dimension, member in zip(self.dimensions, self.members(cell), strict=True))
        return (self.cell(members) for members in product(*above))

    def vectors(self, counts: Counts) -> "Vectors":
        """How the cells depend on each other, for elimination."""
        spread = counts.reshape(self.shape)
        written = []
        for place, dimension in enumerate(self.dimensions):
            others = tuple(axis for axis in range(len(self.shape)) if axis != place)
            rows = np.moveaxis(spread, place, 0)
            weights = rows.sum(axis=tuple(range(1, rows.ndim))) if others else rows
            written.append(dimension.vectors([int(weight) for weight in weights]))
        return Vectors(self, tuple(written))


@dataclass(frozen=True)
class Vectors:
    """Each cell as a combination of coordinates: the product of what its members are in their dimensions."""

    cube: Cube
    written: tuple[list[Sparse], ...]

    def __getitem__(self, cell: int) -> Sparse:
        vector = {0: 1}
        for stride, member, written in zip(self.cube.strides, self.cube.members(cell), self.written, strict=True):
            factor = written[member]
            vector = {place + at * stride: value * other for place, value in vector.items() for at, other in factor.items()}
        return vector

    def length(self, cell: int) -> int:
        """How many coordinates the cell has."""
        return prod(len(written[member]) for written, member in zip(self.written, self.cube.members(cell), strict=True))

    @cached_property
    def _holders(self) -> tuple[Counter[int], ...]:
        return tuple(Counter(place for vector in written for place in vector) for written in self.written)

    def holders(self, place: int) -> int:
        """How many cells of the whole table have the coordinate."""
        return prod(holders[member] for holders, member in zip(self._holders, self.cube.members(place), strict=True))
