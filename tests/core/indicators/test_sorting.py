import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators.kernels.sorting import sort_keys


@given(st.integers(1, 63).flatmap(lambda bits: st.tuples(st.just(bits), st.lists(st.integers(0, 2**bits - 1), max_size=60))))
@settings(max_examples=150)
def test_keys_of_any_width_are_sorted(case: tuple[int, list[int]]) -> None:
    bits, keys = case
    assert sort_keys(np.array(keys, dtype=np.int64), bits).tolist() == sorted(keys)
