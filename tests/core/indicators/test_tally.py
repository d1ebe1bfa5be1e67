"""Rows added to cells in loops are what adding them one by one in Python gives."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators.kernels import tally
from styrkedja.core.indicators.kernels.tally import Pieces, add, count, stand

# Two names in two months: the second name changes on days 5 and 9 of the first month, and on day 40.
SINCE = [0, 0, 5, 9, 0, 0, 40]
PIECES = Pieces(2, np.array([0, 1, 4, 5, 7]), np.array(SINCE))
GROUPS = 3
rows = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 30), st.integers(0, 1), st.integers(0, GROUPS - 1), st.booleans(), st.integers(-9, 9))
)


def piece_of(name: int, month: int, day: int) -> int:
    own = range(PIECES.starts[month * 2 + name], PIECES.starts[month * 2 + name + 1])
    return max(piece for piece in own if piece == own[0] or SINCE[piece] <= day)


@pytest.mark.parametrize("table", [1 << 24, -(1 << 24)], ids=["looked up", "sorted"])
@settings(max_examples=25, deadline=None)
@given(rows)
def test_rows_are_added_where_they_stand(table: int, rows: list[tuple[int, int, int, int, bool, int]]):
    """On day `day` of the month, or 31 days later."""
    days = [day + 31 * month for _name, day, month, *_others in rows]
    columns = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(6)]
    name, flag = columns[0].astype(np.int32), columns[4].astype(np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "_TABLE", table)
        standing = stand(name, columns[2], np.array(days, dtype=np.int64), PIECES, columns[3], GROUPS)
    counted, added = Counter(), Counter()
    for (own, _day, month, group, chosen, value), day in zip(rows, days, strict=True):
        cell = piece_of(own, month, day), group
        counted[cell] += chosen
        added[cell] += chosen * value
    cells = list(zip(standing.piece.tolist(), standing.group.tolist(), strict=True))
    assert cells == sorted(counted)
    assert dict(zip(cells, count(standing, flag).tolist(), strict=True)) == dict(counted)
    assert dict(zip(cells, add(standing, flag, columns[5]).tolist(), strict=True)) == dict(added)
