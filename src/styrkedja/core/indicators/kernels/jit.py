"""How the loops are compiled: kept in numba's cache (setting NUMBA_CACHE_DIR), and run without Python's lock so that threads help."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    return cast(Loop, numba.njit(cache=True, nogil=True)(loop))
