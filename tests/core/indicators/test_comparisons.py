"""Groups to compare with, and their means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.indicators.comparisons import Comparison, Mean, read_comparison, unweighted_mean
from styrkedja.core.organisations.kinds import OrganisationKind
from tests.architecture.sources import ROOT

FILES = sorted((ROOT / "definitions" / "comparisons").glob("*.toml"))
TEXT = """\
id = "liknande"
title = "Liknande regioner"
publisher = "RKA, Kolada"
version = "2024"
kind = "REGION"
of = "23"
members = ["08", "09"]
"""


def test_each_member_counts_the_same_and_those_without_a_value_for_nothing() -> None:
    assert unweighted_mean({"08": 10.0, "09": 20.0, "17": None}) == Mean(15.0, 2)
    assert unweighted_mean({"08": None}) is None
    assert unweighted_mean({}) is None


@given(st.dictionaries(st.text(), st.floats(-1e6, 1e6), min_size=1))
def test_a_mean_lies_among_its_members(values: dict[str, float]) -> None:
    found = unweighted_mean(values)
    assert found is not None
    assert min(values.values()) - 1e-6 <= found.value <= max(values.values()) + 1e-6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_projects_own_are_right_and_named_after_their_id(path: object) -> None:
    found = read_comparison(path.name, path.read_bytes())  # type: ignore[attr-defined]
    assert isinstance(found, Comparison), found
    assert found.id == path.stem  # type: ignore[attr-defined]
    assert found.of not in found.members


def test_a_group_is_read_as_it_is_written() -> None:
    found = read_comparison("liknande.toml", TEXT.encode())
    assert isinstance(found, Comparison)
    assert (found.kind, found.of, found.members, found.reference) == (OrganisationKind.REGION, "23", ("08", "09"), "")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"09"', '"0009"', 7, "”0009” är ingen kod för slaget REGION: den ska ha 2 siffror."),
        ('of = "23"', 'of = "2380"', 6, "”2380” är ingen kod för slaget REGION: den ska ha 2 siffror."),
        ('["08", "09"]', "[]", 7, "”members” är en tom lista. Fyll i den eller ta bort raden."),
        ('kind = "REGION"', 'kind = "UNIT"', 5, "”kind” har det okända värdet ”UNIT”. Tillåtna är ”REGION” och ”MUNICIPALITY”."),
        ('version = "2024"\n', "", 1, "”version” saknas i början av filen. Lägg till det."),
    ],
)
def test_each_fault_is_told_on_its_line(old: str, new: str, line: int, message: str) -> None:
    found = read_comparison("liknande.toml", TEXT.replace(old, new).encode())
    assert not isinstance(found, Comparison)
    assert [(one.line, one.message) for one in found] == [(line, message)]
