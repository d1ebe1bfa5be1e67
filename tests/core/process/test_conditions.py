"""The language of conditions: what it says, what it refuses, and that nothing is ever executed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.process.conditions import (
    MAX_DEPTH,
    MAX_LENGTH,
    Comparison,
    UnknownVariable,
    UnsafeCondition,
    WrongType,
    compile_condition,
)

CASES = [
    ("a == 'x'", {"a": "x"}, True),
    ("a == 'x'", {"a": "y"}, False),
    ('a == "x"', {"a": "x"}, True),
    ("a != 'x'", {"a": "y"}, True),
    ("a < 3", {"a": 2}, True),
    ("a < 3", {"a": 3}, False),
    ("a <= 3", {"a": 3}, True),
    ("a > -1.5", {"a": -1}, True),
    ("a >= 3", {"a": 2.9}, False),
    ("a < '2026-06-05'", {"a": "2026-06-04"}, True),
    ("a in ['x', 'y']", {"a": "y"}, True),
    ("a not in ['x', 'y']", {"a": "y"}, False),
    ("a in []", {"a": "y"}, False),
    ("'x' in a", {"a": ["x", "z"]}, True),
    ("'x' not in a", {"a": ["x", "z"]}, False),
    ("'x' in a", {"a": []}, False),
    ("a == True", {"a": True}, True),
    ("a", {"a": True}, True),
    ("a", {"a": False}, False),
    ("not a", {"a": False}, True),
    ("a == 1", {"a": True}, False),
    ("a == True", {"a": 1}, False),
    ("1 in a", {"a": [True]}, False),
    ("a == 'x' and b == 'y'", {"a": "x", "b": "z"}, False),
    ("a == 'x' or b == 'y'", {"a": "x", "b": "z"}, True),
    ("a == 'x' and (b == 'y' or not c)", {"a": "x", "b": "z", "c": False}, True),
    ("a == 'x'\n   and b == 'y'", {"a": "x", "b": "y"}, True),
    ("  a == 'x'  ", {"a": "x"}, True),
]

REFUSED = [
    ("", "Villkoret är tomt."),
    ("eval('1')", "Anrop får inte användas i ett villkor: ”eval('1')”."),
    ("__import__('os').system('rm') == 0", "Anrop får inte användas"),
    ("a.b == 1", "En punkt efter ett namn får inte användas i ett villkor: ”a.b”."),
    ("a[0] == 1", "Hakparentes efter ett namn"),
    ("a + 1 == 2", "Räkning får inte användas"),
    ("a == 1 + 1", "Räkning får inte användas"),
    ("a == b", "”b” är en variabel."),
    ("a in (1, 2)", "Efter in ska en lista"),
    ("a in 'xy'", "Efter in ska en lista"),
    ("a in [b]", "”b” är en variabel."),
    ("a in [[1]]", "En lista på den här platsen"),
    ("a == ['x']", "En lista på den här platsen"),
    ("a is True", "Jämför med"),
    ("1 < a < 3", "Jämförelser får inte kedjas."),
    ("'x' == a", "En jämförelse ska börja med variabeln"),
    ("True", "Ett ensamt värde får inte användas"),
    ("a == None", "Ett ensamt värde"),
    ("a == b'x'", "Ett ensamt värde"),
    ("a == 1j", "Ett ensamt värde"),
    ("a == ...", "Ett ensamt värde"),
    ("a == f'{b}'", "En sammansatt text"),
    ("[x for x in a]", "En slinga"),
    ("lambda: 1", "lambda får inte"),
    ("(a := 1)", "Tilldelning"),
    ("a if b else c", "if får inte"),
    ("a == -'x'", "Det som står här får inte"),
    ("a == -True", "Det som står här får inte"),
    ("A == 1", "”A” är inget variabelnamn."),
    ("__class__ == 1", "”__class__” är inget variabelnamn."),
    ("å == 1", "”å” är inget variabelnamn."),
    ("a = 1", "Villkoret ”a = 1” går inte att tolka."),
    ("a ==", "går inte att tolka"),
    ("a == 1; b == 2", "går inte att tolka"),
    ("import os", "går inte att tolka"),
    ("a == '\\x41'", "Tecknet ”\\” får inte stå"),
    ("a == 1 # ja", "Tecknet ”#” får inte stå"),
    ("a == '" + "x" * MAX_LENGTH + "'", f"Det får vara högst {MAX_LENGTH}."),
    ("not " * MAX_DEPTH + "a", f"nästlat i fler än {MAX_DEPTH} nivåer"),
    ("(" * 240 + "a" + ")" * 240, "går inte att tolka"),
]


@pytest.mark.parametrize(("text", "variables", "truth"), CASES)
def test_condition_says_what_it_says_in_python(text: str, variables: dict[str, object], truth: bool) -> None:
    assert compile_condition(text).evaluate(variables) is truth


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_everything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UnsafeCondition) as caught:
        compile_condition(text)
    assert reason in str(caught.value)


def test_names_and_comparisons_are_told() -> None:
    condition = compile_condition("a in ['x', 'y'] and 'z' not in b or not (c > 3) or d")
    assert condition.names == {"a", "b", "c", "d"}
    assert condition.comparisons == (
        Comparison("a", "in", ("x", "y")),
        Comparison("b", "lacks", ("z",)),
        Comparison("c", ">", (3,)),
        Comparison("d", "==", (True,)),
    )


def test_unknown_variable_is_an_error_even_where_it_would_not_matter() -> None:
    condition = compile_condition("a == 'x' or b == 'y' or c == 'z'")
    with pytest.raises(UnknownVariable) as caught:
        condition.evaluate({"a": "x"})
    assert "läser ”b” och ”c”, som inte har något värde ännu" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"), [("a < 3", "2"), ("a < '3'", 2), ("a < 3", True), ("a < 3", None), ("'x' in a", "xyz"), ("'x' in a", None)]
)
def test_value_of_another_type_is_an_error_and_never_false(text: str, value: object) -> None:
    with pytest.raises(WrongType):
        compile_condition(text).evaluate({"a": value})


def test_longest_and_deepest_conditions_are_accepted() -> None:
    text = "not " * (MAX_DEPTH - 1) + "a"
    assert compile_condition(text).evaluate({"a": True}) is False
    text = "a == '" + "x" * (MAX_LENGTH - 7) + "'"
    assert len(text) == MAX_LENGTH
    assert compile_condition(text).evaluate({"a": "x"}) is False


NAMES = st.sampled_from(["a", "b", "c"])
ATOMS = st.one_of(
    st.builds("{} {} {}".format, NAMES, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.integers(-3, 3)),
    st.builds("{} {} {}".format, NAMES, st.sampled_from(["in", "not in"]), st.lists(st.integers(-3, 3), max_size=3)),
)
TREES = st.recursive(
    ATOMS,
    lambda part: st.one_of(
        st.builds("({} and {})".format, part, part), st.builds("({} or {})".format, part, part), st.builds("(not {})".format, part)
    ),
    max_leaves=6,
)


@given(TREES, st.fixed_dictionaries({"a": st.integers(-3, 3), "b": st.integers(-3, 3), "c": st.integers(-3, 3)}))
def test_agrees_with_python_on_the_language_that_they_share(text: str, variables: dict[str, int]) -> None:
    expected = eval(text, {"__builtins__": {}}, dict(variables))
    assert compile_condition(text).evaluate(variables) is expected


@given(st.text(alphabet="ab='\"<>!() ,.[]:{}@+-*/andortifx0123_\n\t", max_size=60))
def test_any_text_is_either_compiled_or_refused(text: str) -> None:
    try:
        condition = compile_condition(text)
    except UnsafeCondition:
        return
    assert condition.names
