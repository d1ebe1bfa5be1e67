"""Which cells must go with the small ones: Gaussian elimination over the sums of a table, in whole numbers.

Ø. Langsrud, Secondary Cell Suppression by Gaussian Elimination: An Algorithm Suitable for Handling Issues with Zeros and Singletons,
Privacy in Statistical Databases 2024, doi 10.1007/978-3-031-69651-0_6. The cells are offered for publishing one at a time. What is published
spans a space; of each protected cell is kept what is left of it outside that space. A cell is refused when what is left of it is a multiple of
what is left of a protected cell, since it and the published ones would give that cell away.
"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from math import gcd

from styrkedja.core.indicators.disclosure.cubes import Vectors
from styrkedja.core.indicators.disclosure.dimensions import Sparse


class Elimination:
    """What is published so far. Exact: the vectors are whole numbers of any size, so nothing is ever rounded."""

    def __init__(self, vectors: Vectors, protected: Iterable[int]) -> None:
        self._vectors = vectors
        self._pivots: list[tuple[Sparse, int]] = []
        self._turns: dict[int, int] = {}
        self._left = {cell: vectors[cell] for cell in protected}
        self._holders: dict[int, set[int]] = {}
        for cell, vector in self._left.items():
            for place in vector:
                self._holders.setdefault(place, set()).add(cell)

    def publish(self, cell: int) -> None:
        """Publishes the cell whatever it gives away."""
        if vector := self._outside(self._vectors[cell]):
            self._publish(vector)

    def offer(self, cell: int) -> bool:
        """Publishes the cell unless it gives a protected cell away. Says whether it is published."""
        vector = self._outside(self._vectors[cell])
        if vector and self._gives_away(vector):
            return False
        if vector:
            self._publish(vector)
        return True

    def _outside(self, vector: Sparse) -> Sparse:
        """What is left of the vector outside the space of what is published.

        A pivot's vector holds no earlier pivot, so that earliest first each is needed once.
        """
        waiting = [self._turns[place] for place in vector if place in self._turns]
        heapify(waiting)
        while waiting:
            pivot, place = self._pivots[heappop(waiting)]
            if place in vector:
                met = [self._turns[other] for other in pivot if other in self._turns and other not in vector]
                vector = without(vector, pivot, place)
                for turn in met:
                    heappush(waiting, turn)
        return vector

    def _gives_away(self, vector: Sparse) -> bool:
        rarest = min(vector, key=lambda place: (len(self._holders.get(place, ())), place))
        return any(are_parallel(vector, self._left[cell]) for cell in self._holders.get(rarest, ()))

    def _publish(self, vector: Sparse) -> None:
        """Clears the place that the fewest cells of the table have, so that the others' vectors stay short."""
        pivot = min(vector, key=lambda place: (self._vectors.holders(place), len(self._holders.get(place, ())), place))
        self._turns[pivot] = len(self._pivots)
        self._pivots.append((vector, pivot))
        for cell in tuple(self._holders.get(pivot, ())):
            left = self._left[cell] = without(self._left[cell], vector, pivot)
            for place in vector:
                holders = self._holders.setdefault(place, set())
                holders.add(cell) if place in left else holders.discard(cell)


def without(vector: Sparse, pivot: Sparse, place: int) -> Sparse:
    """A multiple of `vector` plus one of `pivot` that has nothing at `place`. `vector` itself is used up."""
    top, bottom = _ratio(vector[place], pivot[place])
    if bottom != 1:
        divisor = gcd(*vector.values())
        top, bottom = _ratio(vector[place] // divisor, pivot[place])
        vector = {at: value // divisor * bottom for at, value in vector.items()}
    for at, value in pivot.items():
        if changed := vector.get(at, 0) - top * value:
            vector[at] = changed
        else:
            del vector[at]
    return vector


def _ratio(top: int, bottom: int) -> tuple[int, int]:
    """In lowest terms, the bottom positive."""
    common = gcd(top, bottom) if bottom > 0 else -gcd(top, bottom)
    return top // common, bottom // common


def are_parallel(one: Sparse, other: Sparse) -> bool:
    """Whether the one, which is not empty, is a multiple of the other."""
    if len(one) != len(other):
        return False
    place = next(iter(one))
    factor, base = other.get(place, 0), one[place]
    return factor != 0 and all(value * factor == other.get(at, 0) * base for at, value in one.items())
