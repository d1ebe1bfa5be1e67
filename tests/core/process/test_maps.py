"""Which maps a file holds and what they show."""

from pathlib import Path

import pytest

from styrkedja.core.process.layout import layout
from styrkedja.core.process.maps import DrawnMap, drawn_maps
from styrkedja.core.process.reader import read
from tests.core.process.builder import Builder, straight

REAL = Path(__file__).parents[3] / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"


def maps(source: bytes) -> tuple[DrawnMap, ...]:
    routine = read(source).routine
    assert routine is not None
    return drawn_maps(source, routine)


def two_phases() -> Builder:
    routine = Builder(head=[*Builder().head, '<s:phase id="second" number="2" name="Sedan"/>']).start().task("a")
    routine.phase = "second"
    return routine.task("b").end().path("start", "a", "b", "done")


def test_file_that_is_not_drawn_has_no_maps() -> None:
    assert maps(straight("a").build()) == ()


def test_drawn_phases_show_their_own_nodes_and_beside_them_where_flows_lead() -> None:
    assert maps(layout(two_phases().build())) == (
        DrawnMap("phase_only", "Allt", ("start", "a"), ("b",)),
        DrawnMap("phase_second", "Sedan", ("b", "done")),
    )


@pytest.mark.parametrize("taken_away", ["pool", "all"])
def test_pool_or_lane_alone_tells_what_belongs_to_the_map(taken_away: str) -> None:
    drawn = layout(two_phases().build()).decode()
    lines = drawn.splitlines()
    first = next(number for number, line in enumerate(lines) if f'id="phase_only_{taken_away}"' in line)
    del lines[first : first + 3]
    assert maps("\n".join(lines).encode())[0] == DrawnMap("phase_only", "Allt", ("start", "a"), ("b",))


def test_map_of_another_tool_without_pool_and_lanes_holds_all_that_it_shows() -> None:
    shapes = "".join(
        f'<di:BPMNShape id="{node}_shape" bpmnElement="{node}"><dc:Bounds x="{x}.5" y="10" width="100" height="80"/></di:BPMNShape>'
        for x, node in ((10, "start"), (200, "work"))
    )
    diagram = (
        '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="one">'
        f'<di:BPMNPlane id="plane" bpmnElement="collaboration">{shapes}</di:BPMNPlane></di:BPMNDiagram></bpmn:definitions>'
    )
    source = straight("work").build().replace(b"</bpmn:definitions>", diagram.encode())
    assert maps(source) == (DrawnMap("one", "", ("start", "work")),)


def test_every_node_of_the_real_routine_is_at_home_on_one_map_of_its_phase() -> None:
    source = REAL.read_bytes()
    routine = read(source).routine
    assert routine is not None
    found = drawn_maps(source, routine)
    assert [drawn.id for drawn in found] == [
        "phase_consultation_1", "phase_consultation_2", "phase_national_decision",
        "phase_local_1", "phase_local_2", "phase_local_3", "phase_local_4", "phase_local_5",
        "phase_decision", "phase_implementation_1", "phase_implementation_2", "phase_implementation_3",
    ]  # fmt: skip
    assert sorted(node for drawn in found for node in drawn.nodes) == sorted(routine.nodes)
    assert all(drawn.id.startswith(f"phase_{routine.nodes[node].phase}") for drawn in found for node in drawn.nodes)
