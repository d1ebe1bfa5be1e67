"""Sorting of packed keys by their digits, from the lowest up: with as few bits as keys have, many times faster than comparing them."""

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.jit import compiled

Integers = NDArray[np.int64]

# Places of so many bits are counted in a table that stays in the processor's nearest memory.
_DIGIT_BITS = 12


def sort_keys(keys: Integers, bits: int) -> Integers:
    """The keys, all from 0 to 2^`bits` - 1, in order. What is in `keys` afterwards is not told: the passes go to and fro between it and another."""
    passes = max(1, -(-bits // _DIGIT_BITS))
    return _sort(keys, np.empty_like(keys), passes, -(-bits // passes))


@compiled
def _sort(keys: Integers, other: Integers, passes: int, width: int) -> Integers:
    mask = (1 << width) - 1
    place = np.empty(mask + 1, dtype=np.int64)
    for number in range(passes):
        shift = number * width
        place[:] = 0
        for key in keys:
            place[(key >> shift) & mask] += 1
        before = 0
        for digit in range(mask + 1):
            before, place[digit] = before + place[digit], before
        for key in keys:
            digit = (key >> shift) & mask
            other[place[digit]] = key
            place[digit] += 1
        keys, other = other, keys
    return keys
