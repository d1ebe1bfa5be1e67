from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import TreeFault, build, plan
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from tests.core.indicators.organisations import built, days, organisations

NATION, REGION, AREA, UNIT = OrganisationKind.NATION, OrganisationKind.REGION, OrganisationKind.AREA, OrganisationKind.UNIT
HEALTHCARE_REGION, COMMITTEE = OrganisationKind.HEALTHCARE_REGION, OrganisationKind.COMMITTEE
BODIES = [
    TreeBody("nation", NATION),
    TreeBody("region", REGION),
    TreeBody("norr", AREA),
    TreeBody("syd", AREA),
    TreeBody("vc", UNIT, aliases=("SE2321000214-VC1",)),
]
STANDING = [TreePlacement("region", "nation"), TreePlacement("norr", "region"), TreePlacement("syd", "region")]
MOVE = date(2026, 3, 15)
MOVED = [*STANDING, TreePlacement("vc", "norr", Period(None, MOVE)), TreePlacement("vc", "syd", Period(MOVE, None))]


def structure(bodies: list[TreeBody], placements: list[TreePlacement]) -> Structure:
    return built((bodies, placements))


def path(structure: Structure, key: str, day: date) -> list[str]:
    return [structure.bodies[body].key for body in structure.on(day).path(structure.index[key])]


def faults(bodies: list[TreeBody], placements: list[TreePlacement]) -> list[str]:
    found = build(bodies, placements)
    assert isinstance(found, tuple)
    assert all(isinstance(fault, TreeFault) for fault in found)
    return [fault.message for fault in found]


def test_a_unit_stands_under_each_parent_in_its_own_days():
    found = structure(BODIES, MOVED)
    assert path(found, "vc", date(2026, 3, 14)) == ["nation", "region", "norr", "vc"]
    assert path(found, "vc", MOVE) == ["nation", "region", "syd", "vc"]


def test_a_unit_is_found_by_its_hsa_id():
    found = structure(BODIES, MOVED)
    assert found.index["SE2321000214-VC1"] == found.index["vc"]


def test_a_move_inside_a_month_cuts_the_month_for_the_unit_alone():
    found = structure(BODIES, MOVED)
    (cut,) = found.versions.cuts(Month.parse("2026-03"))
    assert (found.bodies[cut.body].key, date.fromordinal(cut.since), date.fromordinal(cut.until)) == ("vc", MOVE, date(2026, 4, 1))
    assert found.versions.cuts(Month.parse("2026-02")) == found.versions.cuts(Month.parse("2026-04")) == []


def test_a_move_on_the_first_of_a_month_cuts_no_month():
    on = date(2026, 3, 1)
    found = structure(BODIES, [*STANDING, TreePlacement("vc", "norr", Period(None, on)), TreePlacement("vc", "syd", Period(on, None))])
    assert found.versions.cuts(Month.parse("2026-03")) == found.versions.cuts(Month.parse("2026-02")) == []


def test_what_is_closed_keeps_its_last_place_and_what_is_to_come_its_first():
    period = Period(date(2026, 2, 1), date(2026, 5, 1))
    found = structure(BODIES, [*STANDING, TreePlacement("vc", "norr", period)])
    assert path(found, "vc", date(2025, 1, 1)) == path(found, "vc", date(2027, 1, 1)) == ["nation", "region", "norr", "vc"]
    vc = found.index["vc"]
    assert [found.exists_on(vc, day) for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 30), date(2026, 5, 1))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_unit_that_is_founded_inside_a_month_cuts_it():
    found = structure(BODIES, [*STANDING, TreePlacement("vc", "norr", Period(date(2026, 2, 10), None))])
    (cut,) = found.versions.cuts(Month.parse("2026-02"))
    before, after = found.versions.of(np.array([cut.body] * 2), np.array([cut.since - 1, cut.since]))
    assert not found.versions.exists[before]
    assert found.versions.exists[after]


def test_a_committee_is_stepped_over():
    bodies = [*BODIES, TreeBody("namnd", COMMITTEE), TreeBody("fullmaktige", OrganisationKind.COUNCIL)]
    placements = [
        *STANDING[:1],
        TreePlacement("fullmaktige", "region"),
        TreePlacement("namnd", "fullmaktige"),
        TreePlacement("norr", "namnd"),
        TreePlacement("vc", "norr"),
        TreePlacement("syd", "region"),
    ]
    assert path(structure(bodies, placements), "vc", MOVE) == ["nation", "region", "norr", "vc"]


def test_a_region_in_two_healthcare_regions_stands_under_the_nation_and_is_counted_once():
    bodies = [*BODIES[:2], TreeBody("sodra", HEALTHCARE_REGION), TreeBody("vastra", HEALTHCARE_REGION)]
    both = [TreePlacement(key, "nation") for key in ("sodra", "vastra")]
    two = structure(bodies, [*both, TreePlacement("region", "sodra"), TreePlacement("region", "vastra")])
    one = structure(bodies, [*both, TreePlacement("region", "sodra")])
    assert path(two, "region", MOVE) == ["nation", "region"]
    assert path(one, "region", MOVE) == ["nation", "sodra", "region"]


def test_overlapping_placements_are_refused_with_both_parents_and_the_days():
    overlapping = [
        *STANDING,
        TreePlacement("vc", "norr", Period(None, date(2026, 4, 1))),
        TreePlacement("vc", "syd", Period(MOVE, None)),
    ]
    assert faults(BODIES, overlapping) == [
        (
            "vc är placerad under både norr och syd från 2026-03-15 till 2026-04-01. "
            "Siffrorna skulle räknas två gånger. Avsluta den ena placeringen i länets filer."
        )
    ]


def test_a_ring_is_refused_with_its_members_and_its_first_day():
    ring = [
        TreePlacement("region", "nation"),
        TreePlacement("norr", "region", Period(None, MOVE)),
        TreePlacement("norr", "syd", Period(MOVE, None)),
        TreePlacement("syd", "norr"),
        TreePlacement("vc", "syd"),
    ]
    assert faults(BODIES, ring) == [
        (
            "Från 2026-03-15 går organisationen i ring: norr ligger under syd, som ligger under norr. "
            "Rätta en av placeringarna i länets filer."
        )
    ]


def test_a_ring_that_no_day_has_is_no_ring():
    swapped = [
        *STANDING[:1],
        TreePlacement("norr", "region", Period(None, MOVE)),
        TreePlacement("norr", "syd", Period(MOVE, None)),
        TreePlacement("syd", "norr", Period(None, MOVE)),
        TreePlacement("syd", "region", Period(MOVE, None)),
        TreePlacement("vc", "syd"),
    ]
    found = structure(BODIES, swapped)
    assert path(found, "vc", date(2026, 3, 14)) == ["nation", "region", "norr", "syd", "vc"]
    assert path(found, "vc", MOVE) == ["nation", "region", "syd", "vc"]


def test_a_parent_that_does_not_exist_is_refused():
    assert faults(BODIES, [*STANDING, TreePlacement("vc", "vast")]) == [
        "vc är placerad under vast, som inte finns bland organisationerna. Rätta placeringen i länets filer."
    ]


def test_two_bodies_with_one_hsa_id_are_refused():
    twice = [*BODIES, TreeBody("bvc", UNIT, aliases=("SE2321000214-VC1",))]
    assert faults(twice, STANDING) == ["bvc och vc har samma HSA-id eller nyckel, SE2321000214-VC1. Ändra den ena."]


def test_a_plan_moves_from_its_day_and_leaves_what_was():
    new = TreeBody("ost", AREA)
    planned = plan(BODIES, MOVED, moves={"vc": "ost", "ost": "region"}, on=date(2027, 1, 1), new=[new])
    assert isinstance(planned, Structure)
    assert path(planned, "vc", date(2026, 12, 31)) == ["nation", "region", "syd", "vc"]
    assert path(planned, "vc", date(2027, 1, 1)) == ["nation", "region", "ost", "vc"]


@pytest.mark.parametrize("moves", [{"norr": "vc", "vc": "norr"}, {"vc": "finns-inte"}])
def test_a_plan_that_cannot_be_is_refused(moves: dict[str, str]):
    assert not isinstance(plan(BODIES, MOVED, moves=moves, on=date(2027, 1, 1)), Structure)


@given(organisations(), st.lists(days, min_size=1, max_size=5))
def test_versions_say_what_the_tree_of_each_day_says(organisation, asked):
    found = built(organisation)
    bodies = np.arange(len(found.bodies))
    for day in [*asked, *found.versions.change_days()]:
        tree = found.on(day)
        versions = found.versions.of(bodies, np.full(len(bodies), day.toordinal()))
        for body, version in enumerate(versions):
            assert tuple(step for step in found.versions.paths[version] if step >= 0) == tree.path(body)
            assert found.versions.exists[version] == found.exists_on(body, day)


@given(organisations(), days)
def test_preorder_numbers_what_is_under_a_body_in_one_run(organisation, day):
    tree = built(organisation).on(day)
    for rank, body in enumerate(tree.order):
        under = {tree.rank[other] for other in range(len(tree.rank)) if body in tree.path(other)}
        assert under == set(range(rank, tree.end[rank]))
        assert tree.parent[rank] < rank


@given(organisations(), days)
def test_the_forest_in_arrays_is_the_tree_of_the_day(organisation, day):
    found = built(organisation)
    tree, forest = found.on(day), found.versions.forest(day)
    assert (tuple(forest.order), tuple(forest.rank), tuple(forest.parent)) == (tree.order, tree.rank, tree.parent)
