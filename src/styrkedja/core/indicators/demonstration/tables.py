"""Rows that have been drawn, as tables of a source."""

from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1).toordinal()


def dates(ordinals: NDArray[np.int64]) -> pa.Array:
    return pa.array((ordinals - _EPOCH).astype(np.int32)).cast(pa.date32())


def some_dates(ordinals: NDArray[np.int64], there: NDArray[np.bool_]) -> pa.Array:
    """Dates, and none where there is none."""
    return pa.array((ordinals - _EPOCH).astype(np.int32), mask=~there).cast(pa.date32())


def some(values: NDArray[np.generic], there: NDArray[np.bool_]) -> pa.Array:
    return pa.array(values, mask=~there)


def table(size: int, **columns: object) -> pa.Table:
    """Arrays as columns; a single value stands in every row, None nowhere."""
    return pa.table({name: _column(value, size) for name, value in columns.items()})


def _column(value: object, size: int) -> pa.Array:
    if isinstance(value, pa.Array):
        return value
    if isinstance(value, np.ndarray):
        return pa.array(value.astype(object), pa.string()) if value.dtype.kind == "U" else pa.array(value)
    if value is None:
        return pa.nulls(size, pa.int64())
    return pa.array(np.full(size, value).astype(object), pa.string()) if isinstance(value, str) else pa.array(np.full(size, value))
