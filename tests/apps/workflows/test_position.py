"""Where a case stands on the maps: on the real routine, walked by the real services."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from styrkedja.cases.models import Case
from styrkedja.cli.answers import Answer
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.presenters.position import CaseMaps, State, case_maps, map_state
from styrkedja.workflows.replaying import events_of
from styrkedja.workflows.selectors import open_items
from styrkedja.workflows.services import close_instance, migrating, publish_definition
from tests.core.process.revising import insert_after
from tests.factories.walks import AT, AT_ASSESSMENT, MIND, OLD, PARKED, REGISTERED, SENT, World, world_once


@pytest.fixture(scope="module")
def whole_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with world_once(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(whole_world: World, db: None) -> World:
    return World(whole_world.county, whole_world.definition, dict(whole_world.people))


def state_of(case: Case) -> State:
    instance = case.instance
    return map_state(instance, events=events_of(instance), items=list(open_items(instance)))


def maps_of(case: Case, asked: str = "") -> CaseMaps:
    instance = case.instance
    return case_maps(instance, events=events_of(instance), items=list(open_items(instance)), asked=asked, path=f"/arenden/{case.number}/?")


def told(state: State) -> dict[str, tuple[str, str]]:
    """Only what is done or open: state and badge by element."""
    return {node: (parts["state"], parts["badge"]) for node, parts in state.items() if "state" in parts}


def walk(world: World, *steps: Answer | Sequence[Answer]) -> Case:
    flat = [one for part in steps for one in ([part] if isinstance(part, Answer) else part)]
    return world.walk(flat)


def test_every_step_has_its_number_and_only_done_and_open_ones_a_state(world: World) -> None:
    state = state_of(walk(world, REGISTERED))
    assert len(state) == 70
    assert state["hand_over_to_regional_routine"] == {"number": "4-regionintern"}
    assert state["register_consultation"] == {"number": "2", "state": "done", "badge": "klar"}
    assert told(state) == {
        "receive_consultation": ("done", "klar"),
        "register_consultation": ("done", "klar"),
        "forward_consultation": ("current", "här nu"),
    }


def test_a_step_for_many_tells_how_many_are_done(world: World) -> None:
    nobody = told(state_of(walk(world, AT_ASSESSMENT)))
    assert nobody["assess_municipal_relevance"] == ("current", "här nu, 0 av 2 klara")
    one = told(state_of(walk(world, AT_ASSESSMENT, Answer("assess_municipal_relevance", item=MIND, outcome="yes"))))
    assert one["assess_municipal_relevance"] == ("current", "här nu, 1 av 2 klara")
    both = told(state_of(walk(world, SENT)))
    assert both["assess_municipal_relevance"] == ("done", "klar")


def test_parallel_branches_are_open_together(world: World) -> None:
    state = told(state_of(walk(world, SENT, Answer("collect_expert_comments", item=OLD))))
    assert {node for node, (position, _badge) in state.items() if position == "current"} == {
        "spread_to_municipalities",
        "collect_expert_comments",
    }


def test_a_wait_tells_until_when(world: World) -> None:
    state = told(state_of(walk(world, PARKED)))
    assert state["until_reconsideration"] == ("current", "väntar till 1 mar 2027")
    assert (state["prioritise"], state["park_case"]) == (("done", "klar"), ("done", "klar"))


def test_a_step_that_is_done_again_is_here_and_then_done_twice(world: World) -> None:
    again = (*PARKED, Answer("until_reconsideration"))
    assert told(state_of(walk(world, again)))["prioritise"] == ("current", "här nu")
    twice = told(state_of(walk(world, again, Answer("prioritise", outcome="proceed"))))
    assert twice["prioritise"] == ("done", "klar, 2 gånger")
    assert twice["until_reconsideration"] == ("done", "klar")


def test_a_case_that_has_ended_shows_where(world: World) -> None:
    one_lpo = Answer("forward_consultation", fields={"affected_lpos": [OLD], "lead_lpo": OLD})
    steps = (*REGISTERED, one_lpo, Answer("assess_municipal_relevance", outcome="no"), Answer("hand_over_to_regional_routine"))
    case = walk(world, steps)
    state = state_of(case)
    assert state["end_regional_only"] == {"state": "done", "badge": "här slutade ärendet"}
    assert "current" not in {position for position, _badge in told(state).values()}
    assert maps_of(case).phase.id == "consultation"


def test_a_case_that_has_been_written_off_stands_nowhere(world: World) -> None:
    case = walk(world, REGISTERED)
    close_instance(actor=world.person("samordnare"), instance_id=case.instance_id, function="Samordnare", reason="Dubblett.", at=AT)
    case.instance.refresh_from_db()
    assert {position for position, _badge in told(state_of(case)).values()} == {"done"}
    assert maps_of(case).phase.id == "consultation"


def test_what_no_longer_counts_since_a_move_is_not_done(world: World) -> None:
    """And the step of the new version, which no map shows yet, is nowhere in the way."""
    source = insert_after(world.definition.source, "register_consultation", "forward_consultation", version="4")
    revised, _new = publish_definition(actor=None, county=world.county, source=source, kinds=dict(CATALOGUE), at=AT)
    case = walk(world, AT_ASSESSMENT)
    assert told(state_of(case))["forward_consultation"] == ("done", "klar")
    migrating.migrate(actor=None, instance=case.instance, definition_to=revised, at=AT + timedelta(days=1))
    case.instance.refresh_from_db()
    assert told(state_of(case)) == {
        "receive_consultation": ("done", "klar"),
        "register_consultation": ("done", "klar"),
        "inserted": ("current", "här nu"),
    }
    assert [drawn.diagram for drawn in maps_of(case).maps] == ["phase_consultation_1", "phase_consultation_2"]


def test_the_maps_are_those_of_the_phase_in_which_the_case_stands(world: World) -> None:
    found = maps_of(walk(world, SENT))
    assert [(tab.name, tab.current) for tab in found.tabs] == [
        ("1 Remiss", True),
        ("2 Nationellt beslut", False),
        ("3 Lokal hantering", False),
        ("4 Beslut", False),
        ("5 Implementering", False),
    ]
    assert found.tabs[2].url.endswith("/?fas=local#karta")
    assert [(drawn.diagram, drawn.open) for drawn in found.maps] == [("phase_consultation_1", True), ("phase_consultation_2", True)]
    assert [colour.name for colour in found.colours] == ["Region", "Kommun", "Gemensamt"]


def test_of_several_maps_those_lie_in_folds_where_the_case_is_not(world: World) -> None:
    found = maps_of(walk(world, PARKED))
    assert found.phase.id == "local"
    assert [drawn.open for drawn in found.maps] == [True, False, False, False, False]
    assert found.maps[0].name == "Lokal hantering, steg 10–13"


def test_any_phase_can_be_asked_for_and_then_all_its_maps_are_shown(world: World) -> None:
    found = maps_of(walk(world, PARKED), asked="implementation")
    assert found.phase.id == "implementation"
    assert [drawn.open for drawn in found.maps] == [True, True, True]
    assert maps_of(walk(world, PARKED), asked="nothing").phase.id == "local"


def test_a_map_holds_the_state_of_what_it_shows_inside_and_outside_its_pool(world: World) -> None:
    first, second = maps_of(walk(world, SENT)).maps
    assert first.state["collect_expert_comments"] == second.state["collect_expert_comments"]
    assert "submit_response" not in first.state
    assert "receive_consultation" not in second.state
