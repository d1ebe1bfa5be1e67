"""What is refused of an object of the chain, and what is let stand although it lacks much."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.steering.rules import cycle, faults, mandate_faults, year_faults

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
NAMED = {"key": "nyckel", "title": "Rubrik"}


@pytest.mark.parametrize(
    ("kind", "values", "field", "said"),
    [
        ("goal", {"title": " "}, "title", "Ange en rubrik."),
        ("goal", {"title": "x" * 251}, "title", "Rubriken är 251 tecken. Korta den till högst 250."),
        ("goal", {"key": "Åtgärd 1"}, "key", "Nyckeln får ha högst 100 små bokstäver a–z, siffror och bindestreck."),
        ("document", {"valid_from": APRIL, "valid_until": MARCH}, "valid_until", "Perioden slutar innan den börjar. Rätta den ena dagen."),
        ("document", {"valid_from": APRIL, "valid_until": APRIL}, "valid_until", "Perioden slutar innan den börjar. Rätta den ena dagen."),
        (
            "programme",
            {"starts_on": APRIL, "ends_on": MARCH},
            "ends_on",
            "Åtgärdsprogrammet slutar innan det startar. Rätta den ena dagen.",
        ),
        ("action", {"starts_on": APRIL, "ends_on": MARCH}, "ends_on", "Åtgärden slutar innan den startar. Rätta den ena dagen."),
        ("action", {"starts_on": APRIL, "done_on": MARCH}, "done_on", "Åtgärden blev klar innan den startade. Rätta den ena dagen."),
        ("milestone", {"goal": None, "action": None}, "goal", "Ett delmål hör till ett mål eller till en åtgärd. Ange det ena."),
        ("milestone", {"goal": 1, "action": 2}, "goal", "Ett delmål hör till ett mål eller till en åtgärd. Ange det ena."),
        ("obstacle", {"goal": 1, "action": 2}, "goal", "Ett hinder står i vägen för ett mål eller för en åtgärd. Ange det ena."),
        (
            "obstacle",
            {"goal": 1, "reported_on": APRIL, "resolved_on": MARCH},
            "resolved_on",
            "Hindret undanröjdes innan det anmäldes. Rätta den ena dagen.",
        ),
        ("assignment", {"given_on": APRIL, "due_on": MARCH}, "due_on", "Uppdraget ska vara klart innan det gavs. Rätta den ena dagen."),
        (
            "assignment",
            {"given_on": APRIL, "reported_on": MARCH},
            "reported_on",
            "Uppdraget återrapporterades innan det gavs. Rätta den ena dagen.",
        ),
        (
            "goal-indicator",
            {"baseline_on": APRIL, "target_on": MARCH},
            "target_on",
            "Målvärdet ska vara nått före utgångsvärdets dag. Rätta den ena dagen.",
        ),
        ("goal-conflict", {"first": 1, "second": 1}, "second", "En målkonflikt står mellan två olika mål. Välj ett annat mål."),
        ("estimate", {"one_off_ore": -1}, "one_off_ore", "Engångskostnaden kan inte vara negativ."),
        ("estimate", {"first_effect_on": date(2026, 3, 2)}, "first_effect_on", "Ange den första effektmånaden som månadens första dag."),
        ("realisation", {"month": date(2026, 3, 2)}, "month", "Ange månaden som dess första dag."),
        ("balance-requirement", {"year": 2026, "amount_ore": -1}, "amount_ore", "Balanskravet kan inte vara negativt."),
        ("balance-requirement", {"year": 26, "amount_ore": 1}, "year", "Ange ett år mellan 2000 och 2099."),
    ],
)
def test_what_nobody_can_have_meant_is_refused(kind: str, values: dict[str, Any], field: str, said: str) -> None:
    found = faults(kind, NAMED | values)
    assert {name: str(fault) for name, fault in found.items()} == {field: said}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("goal", {}),
        ("action", {"starts_on": APRIL}),
        ("action", {"starts_on": APRIL, "ends_on": APRIL, "done_on": APRIL}),
        ("document", {"valid_from": MARCH, "valid_until": APRIL}),
        ("document", {"valid_until": APRIL}),
        ("milestone", {"goal": 1, "action": None}),
        ("obstacle", {"goal": None, "action": 1, "reported_on": MARCH, "resolved_on": MARCH}),
        ("assignment", {}),
        ("goal-indicator", {"title": ""}),
        ("goal-conflict", {"title": "", "first": 1, "second": 2}),
        ("estimate", {"title": "", "first_effect_on": MARCH, "one_off_ore": 0}),
        ("realisation", {"title": "", "month": MARCH}),
        ("balance-requirement", {"title": "", "year": 2026, "amount_ore": 0}),
    ],
)
def test_what_is_merely_missing_is_let_stand(kind: str, values: dict[str, Any]) -> None:
    assert faults(kind, NAMED | values) == {}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount_limit": -1}, "amount_limit"),
        ({"subject": " "}, "subject"),
        ({"title": ""}, "title"),
        ({"valid_from": APRIL, "valid_until": MARCH}, "valid_until"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(values: dict[str, Any], field: str) -> None:
    whole = NAMED | {"subject": "ekonomi.inköp", "amount_limit": 0}
    assert mandate_faults(whole) == {}
    assert list(mandate_faults(whole | values)) == [field]


def test_a_year_of_a_calculation_lies_in_its_interval() -> None:
    assert year_faults(2026, low=None, net=5, high=None) == year_faults(2026, low=5, net=5, high=5) == {}
    assert list(year_faults(2026, low=6, net=5, high=None)) == ["net_ore"]
    assert list(year_faults(2026, low=None, net=5, high=4)) == ["net_ore"]
    assert list(year_faults(2026, low=6, net=5, high=4)) == ["high_ore"]
    assert list(year_faults(1926, low=None, net=5, high=None)) == ["year"]


def test_a_ring_is_found_from_whoever_stands_in_it_and_from_nobody_else() -> None:
    parents = {"a": "b", "b": "c", "c": "a", "d": "a", "e": None, "f": "e", "g": "g"}
    assert cycle("a", parents.get) == ("a", "b", "c")
    assert cycle("c", parents.get) == ("c", "a", "b")
    assert cycle("g", parents.get) == ("g",)
    assert cycle("d", parents.get) == cycle("e", parents.get) == cycle("f", parents.get) == ()


@given(st.dictionaries(st.integers(0, 8), st.one_of(st.none(), st.integers(0, 8))))
def test_a_ring_leads_back_to_where_it_starts(parents: dict[int, int | None]) -> None:
    for start in parents:
        ring = cycle(start, parents.get)
        steps = list(zip(ring, (*ring[1:], *ring[:1]), strict=True))
        assert all(parents[one] == other for one, other in steps)
        if not ring:
            reached, above = set(), parents.get(start)
            while above is not None and above not in reached:
                reached.add(above)
                above = parents.get(above)
            assert start not in reached
