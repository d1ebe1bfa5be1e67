import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.collation import swedish_key


@pytest.mark.parametrize(
    "names",
    [
        ["Ånge", "Ärende", "Örnsköldsvik"],
        ["Härnösand", "Kramfors", "Sollefteå", "Sundsvall", "Timrå", "Ånge", "Örnsköldsvik"],
        ["Berg", "Bräcke", "Härjedalen", "Krokom", "Ragunda", "Strömsund", "Åre", "Östersund"],
        ["Vara", "Vänersborg", "Wallenberg", "Xerxes"],
        ["LPO 2", "LPO 10", "LPO ortopedi"],
        ["1177", "Akutvård"],
        ["Mag", "Mag- och tarm", "Magnus"],
        ["Idé", "Idéburen", "Iden"],
        ["Muller", "Myller", "Müllern", "Mö"],
        ["Zorn", "Åsa", "Æbelø", "Ärla", "Øresund", "Östra"],
        ["Öst", "Ωmega"],
    ],
)
def test_names_sort_as_in_a_swedish_list(names):
    backwards = names[::-1]

    assert sorted(backwards, key=swedish_key) == names


@pytest.mark.parametrize(
    ("one", "other"), [("ÅNGE", "ånge"), ("Lindén", "Linden"), ("A\u030ange", "Ånge"), ("LPO 02", "LPO 2"), ("Straße", "Strasse")]
)
def test_case_accent_composition_and_leading_zeros_do_not_separate_names(one, other):
    assert swedish_key(one)[0] == swedish_key(other)[0]


def test_order_is_total_so_that_a_list_is_the_same_every_time():
    assert sorted(["é", "e", "É", "E"], key=swedish_key) == sorted(["E", "É", "e", "é"], key=swedish_key)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared_and_only_equal_texts_are_equal(one, other):
    assert (swedish_key(one) < swedish_key(other)) + (swedish_key(one) > swedish_key(other)) == (one != other)
