"""When one condition follows from another, and when two cannot both hold: against every value that a column can have."""

from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.indicators.definition.cells import Missing, OneOf, StartsWith, Within
from styrkedja.core.indicators.definition.condition_rules import contradicts, holds, implies

NUMBERS = range(-1, 7)
CODES = ["A1", "A10", "A11", "B1", "B2"]
bounds = st.none() | st.integers(0, 5)
number_conditions = (
    st.builds(OneOf, st.just("x"), st.lists(st.integers(0, 5), min_size=1, max_size=3).map(tuple))
    | st.builds(Within, st.just("x"), bounds, bounds)
    | st.builds(Missing, st.just("x"), st.booleans())
)
code_conditions = st.builds(OneOf, st.just("x"), st.lists(st.sampled_from(CODES), min_size=1, max_size=3).map(tuple)) | st.builds(
    StartsWith, st.just("x"), st.lists(st.sampled_from(["A", "A1", "B", "B1"]), min_size=1, max_size=2).map(tuple)
)


def rows(condition, values):
    """The values, None for none, that fulfil the condition."""
    missing = {None} if isinstance(condition, Missing) and condition.missing else set()
    return missing | {value for value in values if holds(condition, value)}


@given(number_conditions, number_conditions)
def test_what_is_said_of_two_conditions_on_numbers_is_true(one, other):
    if implies(one, other):
        assert rows(one, NUMBERS) <= rows(other, NUMBERS)
    if contradicts(one, other):
        assert not rows(one, NUMBERS) & rows(other, NUMBERS)


@given(code_conditions, code_conditions)
def test_what_is_said_of_two_conditions_on_codes_is_true(one, other):
    if implies(one, other):
        assert rows(one, CODES) <= rows(other, CODES)
    if contradicts(one, other):
        assert not rows(one, CODES) & rows(other, CODES)


def test_what_follows_is_found():
    assert implies(OneOf("x", (1, 2)), Within("x", 0, 3))
    assert implies(Within("x", 65, None), Within("x", 20, None))
    assert implies(Within("x", 65, 75), Missing("x", False))
    assert implies(StartsWith("x", ("I50",)), StartsWith("x", ("I",)))
    assert implies(OneOf("x", ("I50",)), StartsWith("x", ("I",)))
    assert contradicts(OneOf("x", ("visit",)), OneOf("x", ("phone",)))
    assert contradicts(Within("x", 65, None), OneOf("x", (3,)))
    assert contradicts(Missing("x", True), OneOf("x", (3,)))


def test_conditions_on_different_columns_or_of_different_types_say_nothing_of_each_other():
    assert not implies(OneOf("x", (1,)), OneOf("y", (1,)))
    assert not contradicts(OneOf("x", (1,)), OneOf("y", (2,)))
    assert not implies(OneOf("x", ("a",)), Within("x", 1, 2))
