"""An object's place in the chain, down the organisation, and side by side."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.organisations.models import County
from styrkedja.steering.models import Action, ActionProgramme, Assignment, Forum, GoalArea, Milestone, Obstacle, Strategy, TargetState
from styrkedja.steering.selectors import above, below, chain, horizontal, vertical
from styrkedja.steering.selectors.chain import Link
from tests.factories.counties import body, make_holder
from tests.factories.steering import make, make_action, make_goal, make_plan, make_region

ON = date(2026, 9, 16)


@pytest.fixture
def county(db: None) -> County:
    return make_region()


def keys(links: tuple[Link, ...]) -> list[tuple[str, int]]:
    return [(link.row.key, link.depth) for link in links]


@pytest.fixture
def whole(county: County) -> dict[str, object]:
    """A target state, three plans in each other, a goal in each, an action of a unit and what hangs in it."""
    target = make(TargetState, county=county, key="malbild", state="DECIDED")
    strategy = make(Strategy, county=county, key="kontinuitet", target_state=target)
    region = make_plan(county, "fullmaktige", key="regionplan", target_state=target)
    area = make(GoalArea, county=county, key="nara-vard", document=region)
    committee = make_plan(county, "namnden", key="namndplan", parent=region)
    unit = make_plan(county, "primarvarden", key="verksamhetsplan", parent=committee)
    top = make_goal(region, key="topp", area=area, strategies=[strategy])
    middle = make_goal(committee, key="mitt", parent=top)
    bottom = make_goal(unit, key="botten", parent=middle)
    programme = make(ActionProgramme, county=county, key="program", document=committee)
    assignment = make(Assignment, county=county, key="uppdrag", document=region, goal=top)
    action = make_action(
        unit, key="atgard", goals=[bottom], programme=programme, assignment=assignment, accountable_body=body(county, "alen")
    )
    milestone = make(Milestone, county=county, key="delmal", action=action)
    obstacle = make(Obstacle, county=county, key="hinder", action=action)
    return locals()


def test_above_an_action_stands_everything_it_serves_the_top_first(whole: dict) -> None:
    found = above(None, whole["action"], on=ON)
    assert keys(found) == [
        ("malbild", 3),
        ("kontinuitet", 3),
        ("regionplan", 2),
        ("namndplan", 2),
        ("verksamhetsplan", 1),
        ("nara-vard", 3),
        ("topp", 2),
        ("mitt", 2),
        ("botten", 1),
        ("uppdrag", 1),
        ("program", 1),
    ]
    assert {link.row.key: {row.key for row in link.towards} for link in found}["topp"] == {"mitt", "uppdrag"}


def test_below_a_goal_hangs_everything_that_serves_it_as_an_indented_list(whole: dict) -> None:
    assert keys(below(None, whole["top"], on=ON)) == [
        ("mitt", 1),
        ("botten", 2),
        ("atgard", 3),
        ("delmal", 4),
        ("hinder", 4),
        ("uppdrag", 1),
    ]
    assert keys(below(None, whole["target"], on=ON))[:3] == [("kontinuitet", 1), ("regionplan", 1), ("namndplan", 2)]


def test_a_forum_follows_what_hangs_below_it(whole: dict, county: County) -> None:
    from styrkedja.organisations.models import Group

    group = Group.objects.create(key="fredagsgruppen", name="Fredagsgruppen", kind="FORUM", level="LOCAL", county=county)
    forum = make(Forum, county=county, key="fredag", group=group, goals=[whole["bottom"]])
    found = chain(None, forum, on=ON)
    assert "botten" in [link.row.key for link in found.above]
    assert "fredag" in [link.row.key for link in below(None, whole["top"], on=ON)]


def test_what_is_not_seen_is_a_gap(whole: dict, county: County) -> None:
    whole["committee"].state = "DRAFT"
    whole["committee"].save()
    director = make_holder(county, "forvaltningen", "DIRECTOR")
    assert [key for key, _depth in keys(below(director, whole["top"], on=ON))] == ["uppdrag", "atgard", "delmal", "hinder"]
    assert [key for key, _depth in keys(above(director, whole["bottom"], on=ON))] == ["verksamhetsplan"]


def test_a_corrective_action_stands_below_what_it_corrects(whole: dict, county: County) -> None:
    correction = make_action(whole["unit"], key="ratt", corrects_milestone=whole["milestone"])
    assert keys(below(None, whole["milestone"], on=ON)) == [("ratt", 1)]
    assert ("delmal", 1) in keys(above(None, correction, on=ON))


def test_vertical_shows_level_by_level_who_takes_it_up_and_who_does_not(whole: dict, county: County) -> None:
    user = make_holder(county, "styrelsen", "CONTROLLER")
    found = vertical(user, whole["top"], on=ON)
    told = {
        level.kind: ([(share.body.name, [g.key for g in share.goals], [a.key for a in share.actions]) for share in level.shares])
        for level in found
    }
    assert told["COUNCIL"] == [("Regionfullmäktige", ["topp"], [])]
    assert told["COMMITTEE"] == [("Hälso- och sjukvårdsnämnden", ["mitt"], [])]
    assert told["ADMINISTRATION"] == []
    assert told["DEPARTMENT"] == [("Primärvården", ["botten"], [])]
    assert told["UNIT"] == [("Ålens hälsocentral", [], ["atgard"])]
    gaps = {level.kind: [body.name for body in level.without] for level in found}
    assert gaps["UNIT"] == ["Arnäs hälsocentral", "Ödeborgs hälsocentral"]
    assert gaps["ADMINISTRATION"] == ["Hälso- och sjukvårdsförvaltningen"]


def test_what_nobody_answers_for_is_not_lost(whole: dict, county: County) -> None:
    make_action(whole["unit"], key="herrelos", goals=[whole["bottom"]], accountable_body=None)
    user = make_holder(county, "styrelsen", "CONTROLLER")
    last = vertical(user, whole["top"], on=ON)[-1]
    assert (last.kind, last.shares[-1].body) == ("", None)
    assert "herrelos" in [row.key for share in last.shares for row in share.actions]


def test_horizontal_shows_every_unit_of_the_level_side_by_side(whole: dict, county: County) -> None:
    user = make_holder(county, "styrelsen", "CONTROLLER")
    make_action(whole["unit"], key="atgard-o", parent=whole["action"], unit=body(county, "odeborg"))
    found = horizontal(user, whole["top"], level=OrganisationKind.UNIT, on=ON)
    assert [(share.body.name, [row.key for row in share.actions], share.is_gap) for share in found] == [
        ("Arnäs hälsocentral", [], True),
        ("Ålens hälsocentral", ["atgard"], False),
        ("Ödeborgs hälsocentral", ["atgard-o"], False),
    ]
    departments = horizontal(user, whole["top"], level=OrganisationKind.DEPARTMENT, on=ON)
    assert [(share.body.name, len(share.goals), len(share.actions)) for share in departments] == [("Primärvården", 1, 2)]


def test_the_number_of_queries_does_not_grow_with_the_chain(whole: dict, county: County) -> None:
    user = make_holder(county, "styrelsen", "CONTROLLER")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            chain(user, whole["top"], on=ON)
            vertical(user, whole["top"], on=ON)
            horizontal(user, whole["top"], level=OrganisationKind.UNIT, on=ON)
        return len(captured)

    before = queries()
    for _ in range(10):
        goal = make_goal(whole["unit"], parent=whole["bottom"])
        make(Milestone, county=county, action=make_action(whole["unit"], goals=[goal, whole["top"]]))
    assert Action.objects.count() == 11
    assert queries() == before <= 60
