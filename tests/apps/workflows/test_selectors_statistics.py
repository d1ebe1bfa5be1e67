import pytest

from styrkedja.organisations.models import County
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.selectors_statistics import outline_of
from tests.factories.counties import make_county
from tests.factories.moving import revise
from tests.factories.workflows import publish, straight_routine

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def definition(county: County) -> ProcessDefinition:
    return publish(county, straight_routine(county, "a", "b"))


def test_the_newest_version_names_a_step_and_an_older_one_what_only_it_has(county: County, definition: ProcessDefinition) -> None:
    routine = straight_routine(county, "b", "c")
    routine.nodes["b"] = routine.nodes["b"].replace("Steg b", "Nytt namn")
    outline = outline_of([definition, revise(county, routine, 2)])
    assert {node: (info.number, info.name) for node, info in outline.steps.items()} == {
        "b": ("1", "Nytt namn"),
        "c": ("2", "Steg c"),
        "a": ("1", "Steg a"),
    }
    assert outline.phases == {"only": "1 Allt"}
    assert [outline.place_of(node) for node in ("b", "c", "a", "x")] == [0, 1, 2, 3]
