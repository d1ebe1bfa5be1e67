"""Another county with a routine of its own runs on the same code: other bodies, other functions, other steps, fields that it wrote itself."""

from collections.abc import Callable

import pytest

from styrkedja.cli.driving import Walk
from styrkedja.core.fields import FieldType
from styrkedja.core.process.reader import read
from tests.architecture.sources import ROOT
from tests.routines.conftest import drive, publish

FIXTURES = ROOT / "tests" / "routines" / "fixtures"
ROUTINE = FIXTURES / "litet-lan.bpmn"
PREPARED = ["describe_guideline", "assess_guideline"]


@pytest.fixture
def walk_small(db: None) -> Callable[[str], Walk]:
    definition = publish(FIXTURES / "litet-lan", ROUTINE)
    return lambda name: drive(definition, FIXTURES / "answers" / f"{name}.toml")


def pathway(walk: Walk) -> list[tuple[str, str]]:
    """The step and the body that did it; "" where the step is not done by several."""
    return [(step.id, step.item) for step in walk.pathway]


def end_of(walk: Walk) -> str:
    assert walk.state == "done"
    assert walk.end is not None
    return walk.end["id"]


def test_a_form_of_its_own_has_every_type_of_field() -> None:
    routine = read(ROUTINE.read_bytes()).routine
    assert routine is not None
    step = routine.nodes["describe_guideline"].step
    assert step is not None

    assert {field.type for field in step.fields} == set(FieldType)


def test_cheap_guideline_is_introduced_without_the_board_and_followed_up_on_its_day(walk_small: Callable[[str], Walk]) -> None:
    walk = walk_small("followed-up-twice")

    assert pathway(walk) == [
        *((step, "") for step in PREPARED),
        ("give_opinion", "region-litet-lan"),
        ("give_opinion", "norra-kommunen"),
        ("decide_in_council", ""),
        ("introduce_guideline", "region-litet-lan"),
        ("introduce_guideline", "norra-kommunen"),
        ("follow_up_guideline", ""),
        ("until_next_follow_up", ""),
        ("follow_up_guideline", ""),
    ]
    assert end_of(walk) == "end_closed"


def test_guideline_sent_back_is_prepared_again_by_those_that_the_second_answer_names(walk_small: Callable[[str], Walk]) -> None:
    walk = walk_small("reworked-and-confirmed")

    assert pathway(walk) == [
        *((step, "") for step in PREPARED),
        ("give_opinion", "norra-kommunen"),
        ("decide_in_council", ""),
        *((step, "") for step in PREPARED),
        ("give_opinion", "norra-kommunen"),
        ("give_opinion", "sodra-kommunen"),
        ("decide_in_council", ""),
        ("confirm_in_board", ""),
        ("introduce_guideline", "norra-kommunen"),
        ("introduce_guideline", "sodra-kommunen"),
        ("follow_up_guideline", ""),
    ]
    assert end_of(walk) == "end_closed"


def test_urgent_guideline_goes_to_the_board_though_it_costs_nothing(walk_small: Callable[[str], Walk]) -> None:
    walk = walk_small("urgent-and-rejected")

    assert [step for step, _item in pathway(walk)] == [*PREPARED, "give_opinion", "decide_in_council", "confirm_in_board"]
    assert end_of(walk) == "end_rejected"


def test_guideline_that_the_council_rejects_never_reaches_the_board(walk_small: Callable[[str], Walk]) -> None:
    walk = walk_small("rejected")

    assert [step for step, _item in pathway(walk)] == [*PREPARED, "give_opinion", "decide_in_council"]
    assert end_of(walk) == "end_rejected"
