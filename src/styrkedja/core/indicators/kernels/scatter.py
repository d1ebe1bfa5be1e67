"""Adding cells to every body above them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.kernels.jit import compiled


@compiled
def scatter(
    paths: NDArray[np.int32],
    version: NDArray[np.int64],
    slot: NDArray[np.int64],
    node: NDArray[np.int64],
    amount: NDArray[np.number[Any]],
    out: NDArray[np.number[Any]],
) -> None:
    """`out[node, slot]` gets the amount of each cell in every body on its path. `node` numbers the bodies that are told, -1 for the others."""
    for number in range(len(version)):
        for depth in range(paths.shape[1]):
            body = paths[version[number], depth]
            if body < 0:
                break
            if node[body] >= 0:
                out[node[body], slot[number]] += amount[number]


@compiled
def lay(at: NDArray[np.int64], amount: NDArray[np.number[Any]], lines: NDArray[np.number[Any]]) -> None:
    """`lines[at]` gets the amount of each cell."""
    for number in range(len(at)):
        lines[at[number]] += amount[number]


@compiled
def climb(
    paths: NDArray[np.int32],
    version: NDArray[np.int64],
    node: NDArray[np.int64],
    lines: NDArray[np.number[Any]],
    place: NDArray[np.int64],
    out: NDArray[np.number[Any]],
) -> None:
    """`out[node, place]` gets each `lines[line, part]`, by month, in every body on the path of the line's version: the same as `scatter`, many
    cells at a time. `place` is by part.
    """
    for number in range(len(version)):
        for depth in range(paths.shape[1]):
            body = paths[version[number], depth]
            if body < 0:
                break
            if node[body] >= 0:
                for part in range(lines.shape[1]):
                    for month in range(lines.shape[2]):
                        out[node[body], place[part], month] += lines[number, part, month]


@compiled
def mark(
    paths: NDArray[np.int32],
    version: NDArray[np.int64],
    slot: NDArray[np.int64],
    node: NDArray[np.int64],
    out: NDArray[np.bool_],
) -> None:
    """`out[node, slot]` becomes true in every body on the path of a cell."""
    for number in range(len(version)):
        for depth in range(paths.shape[1]):
            body = paths[version[number], depth]
            if body < 0:
                break
            if node[body] >= 0:
                out[node[body], slot[number]] = True
