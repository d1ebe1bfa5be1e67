"""Looks, in the figures that are shown and nothing else, for what can be worked out of those that are not.

It shares no step with the choice of what to withhold. Two ways of reasoning are repeated for as long as they find anything: a sum with a single
unknown figure gives it away, and where the parts that are known make up the whole sum, the others are nothing. In a tree the first is all that
can be done with sums (each figure stands in two at most, so that sums with two unknowns never close in a ring).
"""

import numpy as np
import numpy.typing as npt

from styrkedja.core.indicators.disclosure.figures.forests import Forest

Flags = npt.NDArray[np.bool_]
Amounts = npt.NDArray[np.float64]
_ROUNDS = 100
_NOTHING = 1e-9


def worked_out(forest: Forest, amounts: Amounts, known: Flags, *, adds_up: bool) -> Flags:
    """What is known in the end. `amounts` and `known` are by part, node and period; the first part is the undivided figure.

    Without `adds_up` the sums are no sums (a patient is counted once in each unit): then nobody learns that what is left of them is nothing.
    """
    known = known.copy()
    for _round in range(_ROUNDS):
        before = int(np.count_nonzero(known))
        for node in forest.upwards:
            line = [node, *forest.children[node]]
            known[:, line] = _filled(amounts[:, line], known[:, line], 1, adds_up=adds_up)
        if len(amounts) > 1:
            known = _filled(amounts, known, 0, adds_up=adds_up)
        if int(np.count_nonzero(known)) == before:
            break
    return known


def _filled(amounts: Amounts, known: Flags, axis: int, *, adds_up: bool) -> Flags:
    """What is known along an axis of which the first is the sum of the others. What is divided by one measure alone is no sum of its parts."""
    top, below = np.split(amounts, [1], axis=axis)
    is_sum = np.abs(below.sum(axis=axis, keepdims=True) - top) < _NOTHING * (1 + np.abs(top))
    if axis == 1 and not adds_up:
        is_sum = np.ones_like(is_sum)
    is_given = is_sum & ((~known).sum(axis=axis, keepdims=True) == 1)
    if adds_up:
        top_known, below_known = np.split(known, [1], axis=axis)
        so_far = np.where(below_known, below, 0).sum(axis=axis, keepdims=True)
        is_given |= is_sum & top_known & (np.abs(so_far - top) < _NOTHING * (1 + np.abs(top)))
    return np.asarray(known | is_given, dtype=np.bool_)
