"""Two ways of adding cells to the bodies above them: one by one where they lie far apart, by lines where they lie close. Both give the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators import cells
from styrkedja.core.indicators.cells import FIRST_PART, Keys, Rolled, Spread
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import AsWas
from styrkedja.core.indicators.tree import Structure
from tests.core.indicators.organisations import built, organisations

SPAN = Span(Month.parse("2025-01"), Month.parse("2025-04"))


@st.composite
def standing(draw: st.DrawFn) -> tuple[Structure, Keys, np.ndarray]:
    structure = built(draw(organisations(most=8)))
    row = st.tuples(st.integers(0, len(structure.bodies) - 1), st.integers(0, 3), st.integers(1, 28), st.integers(0, 1), st.integers(-5, 5))
    body, month, day, part, amount = (np.array(column, dtype=np.int64) for column in zip(*draw(st.lists(row, min_size=1)), strict=True))
    days = np.array([(SPAN.first + int(number)).first_day.toordinal() for number in month]) + day - 1
    return structure, Keys(body, days, month + SPAN.first.number, (part + FIRST_PART)[:, None]), amount


def rolled(structure: Structure, keys: Keys, amount: np.ndarray, sparse: int) -> Rolled:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_SPARSE", sparse)
        spread = Spread(keys, AsWas(structure), SPAN, np.ones(len(structure.bodies), dtype=np.bool_))
    return spread.roll_up(amount, amount * 0.5)


@settings(max_examples=25, deadline=None)
@given(standing())
def test_cells_by_lines_and_one_by_one_are_the_same(given: tuple[Structure, Keys, np.ndarray]):
    structure, keys, amount = given
    one_by_one, by_lines = (rolled(structure, keys, amount, sparse) for sparse in (0, 1 << 40))
    assert (one_by_one.count == by_lines.count).all()
    assert (one_by_one.total == by_lines.total).all()
    nation, whole = structure.index["b00"], 0
    assert by_lines.count[by_lines.bodies.tolist().index(nation), whole].sum() == amount.sum()
