"""The maps: every law of a readable map, on the real routine, on small ones and on whatever hypothesis thinks of."""

import os
import subprocess
import sys
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from lxml import etree

from styrkedja.core.process.layout import NotDrawable, diagrams, layout
from styrkedja.core.process.layout.columns import Packing, columns, in_columns, walk
from styrkedja.core.process.layout.geometry import Box, Diagram, Point, segment_boxes
from styrkedja.core.process.layout.pages import MAX_WIDTH, pages
from styrkedja.core.process.layout.routing import Wire, route
from styrkedja.core.process.layout.text import label_size, text_width, wrap
from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from tests.architecture.sources import ROOT
from tests.core.process.blocks import Block, blocks, written
from tests.core.process.builder import Builder, straight

REAL = ROOT / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"
SMALL = ROOT / "tests" / "routines" / "fixtures" / "litet-lan.bpmn"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BIOC = "{http://bpmn.io/schema/bpmn/biocolor/1.0}"


def routine_of(source: bytes) -> Routine:
    reading = read(source)
    assert reading.findings == ()
    assert reading.routine is not None
    return reading.routine


def in_lanes(builder: Builder, count: int) -> bytes:
    """The nodes dealt out to so many lanes, one after the other."""
    nodes = builder.lanes.pop("all")
    for index in range(count):
        builder.lanes[f"lane{index}"] = nodes[index::count]
    return builder.build()


def on_border(point: Point, box: Box) -> bool:
    (x, y), inside = point, Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2)
    return box.contains(Box(x, y, 0, 0)) and not inside.contains(Box(x, y, 0, 0))


def faults(routine: Routine, diagram: Diagram) -> list[str]:
    """What is wrong with a map, in words."""
    boxes = {shape.node: shape.box for shape in diagram.shapes}
    lanes = dict(diagram.lanes)
    found = [f"{a.node} overlaps {b.node}" for a, b in combinations(diagram.shapes, 2) if a.box.overlaps(b.box, 9)]
    for shape in diagram.shapes:
        lane = routine.nodes[shape.node].lane
        if shape.ghost and diagram.pool.overlaps(shape.box):
            found.append(f"{shape.node} belongs to another map but stands in the pool")
        if not shape.ghost and not lanes[lane].contains(shape.box):
            found.append(f"{shape.node} is not in its lane")
    for edge in diagram.edges:
        flow = routine.flows[edge.flow]
        if not on_border(edge.points[0], boxes[flow.source]) or not on_border(edge.points[-1], boxes[flow.target]):
            found.append(f"{edge.flow} does not begin and end on the borders of its shapes")
        if any(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(edge.points)):
            found.append(f"{edge.flow} runs aslant")
        pieces = segment_boxes(edge.points)
        found += [f"{edge.flow} runs through {node}" for node, box in boxes.items() if any(piece.overlaps(box) for piece in pieces)]
    drawn = [diagram.pool, *boxes.values(), *(edge_piece for edge in diagram.edges for edge_piece in segment_boxes(edge.points))]
    if max(box.right for box in drawn) > MAX_WIDTH or min(min(box.x, box.y) for box in drawn) < 0:
        found.append(f"the map reaches outside 0–{MAX_WIDTH}")
    return found


def hidden_labels(diagram: Diagram) -> list[str]:
    """Names that hide a shape or each other."""
    labels = [(part.node, part.label) for part in diagram.shapes if part.label] + [
        (part.flow, part.label) for part in diagram.edges if part.label
    ]
    over_shapes = [f"{name} on {shape.node}" for name, box in labels for shape in diagram.shapes if box.overlaps(shape.box)]
    return over_shapes + [f"{a} on {b}" for (a, box), (b, other) in combinations(labels, 2) if box.overlaps(other)]


@pytest.fixture(scope="module")
def real() -> Routine:
    return routine_of(REAL.read_bytes())


@pytest.fixture(scope="module")
def maps(real: Routine) -> tuple[Diagram, ...]:
    return diagrams(real)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return layout(REAL.read_bytes())


class TestTheRealRoutine:
    def test_no_map_has_a_fault(self, real: Routine, maps: tuple[Diagram, ...]) -> None:
        assert {diagram.id: faults(real, diagram) for diagram in maps if faults(real, diagram)} == {}

    def test_no_name_hides_a_shape_or_another_name(self, maps: tuple[Diagram, ...]) -> None:
        assert {diagram.id: hidden_labels(diagram) for diagram in maps if hidden_labels(diagram)} == {}

    def test_long_phases_are_shared_out_by_steps(self, maps: tuple[Diagram, ...]) -> None:
        assert {diagram.id: diagram.name for diagram in maps} == {
            "phase_consultation_1": "Remiss, steg 1–4",
            "phase_consultation_2": "Remiss, steg 5–7",
            "phase_national_decision": "Nationellt beslut",
            "phase_local_1": "Lokal hantering, steg 10–13",
            "phase_local_2": "Lokal hantering, steg 13–14",
            "phase_local_3": "Lokal hantering, steg 15–16",
            "phase_local_4": "Lokal hantering, steg 17–19",
            "phase_local_5": "Lokal hantering, steg 20–22",
            "phase_decision": "Beslut",
            "phase_implementation_1": "Implementering, steg 26",
            "phase_implementation_2": "Implementering, steg 27–29",
            "phase_implementation_3": "Implementering, steg 30–33",
        }

    def test_every_node_belongs_to_one_map_and_every_flow_is_drawn(self, real: Routine, maps: tuple[Diagram, ...]) -> None:
        own = Counter(shape.node for diagram in maps for shape in diagram.shapes if not shape.ghost)

        assert own == Counter(real.nodes.keys())
        assert {edge.flow for diagram in maps for edge in diagram.edges} == set(real.flows)

    def test_a_map_shows_the_lanes_that_act_in_it_from_top_to_bottom_without_gaps(self, real: Routine, maps: tuple[Diagram, ...]) -> None:
        for diagram in maps:
            acting = {real.nodes[shape.node].lane for shape in diagram.shapes if not shape.ghost}
            assert [lane for lane, _box in diagram.lanes] == [lane for lane in real.lanes if lane in acting]
            assert diagram.lanes[0][1].y == diagram.pool.y
            assert diagram.lanes[-1][1].bottom == diagram.pool.bottom
            assert all(above.bottom == below.y for (_a, above), (_b, below) in pairwise(diagram.lanes))

    def test_a_phase_ends_in_the_first_step_of_the_next(self, maps: tuple[Diagram, ...]) -> None:
        national = next(diagram for diagram in maps if diagram.id == "phase_national_decision")

        assert [shape.node for shape in national.shapes if shape.ghost] == ["inform_of_national_decision"]

    def test_a_nameless_merge_is_followed_to_the_step_behind_it(self, maps: tuple[Diagram, ...]) -> None:
        decision = next(diagram for diagram in maps if diagram.id == "phase_decision")

        assert [shape.node for shape in decision.shapes if shape.ghost] == ["competence_merge", "inventory_competence"]

    def test_the_file_in_the_repository_is_drawn(self, drawn: bytes) -> None:
        assert drawn == REAL.read_bytes()


class TestTheFile:
    def test_drawing_twice_changes_nothing(self) -> None:
        once = layout(straight("a", "b").build())

        assert layout(once) == once

    def test_all_but_the_diagrams_stays_byte_for_byte(self) -> None:
        source = straight("a").build().replace(b'name="Klart"', b"name = 'Klart'  ")
        drawn = layout(source)

        head, closing = source.split(b"</bpmn:definitions>")
        assert drawn.startswith(head.rstrip())
        assert drawn.endswith(b"</bpmn:definitions>" + closing)

    def test_diagrams_of_another_tool_are_replaced(self) -> None:
        other = b'<x:BPMNDiagram xmlns:x="http://www.omg.org/spec/BPMN/20100524/DI" id="old"><x:BPMNPlane bpmnElement="collaboration"/></x:BPMNDiagram>'
        source = straight("a").build()

        assert layout(source.replace(b"</bpmn:definitions>", other + b"\n</bpmn:definitions>")) == layout(source)

    def test_what_is_written_is_valid_bpmn(self, drawn: bytes) -> None:
        assert read(drawn).findings == ()

    def test_the_result_does_not_depend_on_how_python_hashes(self) -> None:
        code = f"import sys, pathlib; from styrkedja.core.process.layout import layout; sys.stdout.buffer.write(layout(pathlib.Path({str(REAL)!r}).read_bytes()))"

        def drawn_with(seed: str) -> bytes:
            environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
            return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout

        assert drawn_with("1") == drawn_with("2") == REAL.read_bytes()

    def test_a_step_has_the_colours_of_its_role_and_is_white_on_another_map(self, drawn: bytes) -> None:
        root = etree.fromstring(drawn)
        shapes = {
            (diagram.get("id"), shape.get("bpmnElement")): (shape.get(f"{BIOC}fill"), shape.get(f"{BIOC}stroke"))
            for diagram in root.iter(f"{DI}BPMNDiagram")
            for shape in diagram.iter(f"{DI}BPMNShape")
        }

        assert shapes["phase_local_1", "inform_networks"] == ("#d8efdb", "#2a6b3c")
        assert shapes["phase_local_1", "inform_of_national_decision"] == ("#d6e6f7", "#1f5c99")
        assert shapes["phase_national_decision", "inform_of_national_decision"] == ("#ffffff", "#1f5c99")
        assert shapes["phase_local_1", "information_fork"] == ("#ffffff", "#4b535c")

    def test_parts_of_all_maps_have_ids_of_their_own(self, drawn: bytes) -> None:
        root = etree.fromstring(drawn)
        ids = Counter(element.get("id") for element in root.iter("{*}*") if element.get("id") and "DI}" in str(element.tag))

        assert [key for key, count in ids.items() if count > 1] == []


class TestWhatCannotBeDrawn:
    def test_a_file_in_another_encoding(self) -> None:
        source = straight("a").build().decode().replace('encoding="UTF-8"', 'encoding="iso-8859-1"').encode("iso-8859-1")

        with pytest.raises(NotDrawable):
            layout(source)

    def test_a_routine_with_faults(self) -> None:
        source = straight("a").build().replace(b'targetRef="a"', b'targetRef="nowhere"')

        with pytest.raises(NotDrawable, match="^Rutinen kan inte ritas förrän felen i den är rättade"):
            layout(source)

    def test_a_node_outside_all_lanes(self) -> None:
        builder = straight("a")
        builder.lanes["all"].remove("a")

        with pytest.raises(NotDrawable, match=r"^”Steg a” på rad \d+ ligger inte i någon bana\.$"):
            layout(builder.build())

    def test_a_node_in_no_phase(self) -> None:
        source = straight("a").build().replace(b'<s:phase id="only"', b'<s:phase id="other"')

        with pytest.raises(NotDrawable, match=r"^”Start” på rad \d+ hör inte till någon fas\.$"):
            layout(source)

    def test_a_participant_without_id(self) -> None:
        source = straight("a").build().replace(b'participant id="pool"', b"participant")

        with pytest.raises(NotDrawable, match="ska ha ett id"):
            layout(source)


class TestSmallRoutines:
    def test_a_long_line_of_steps_becomes_several_maps_about_equally_wide(self) -> None:
        routine = routine_of(straight(*(f"s{index}" for index in range(40))).build())
        found = diagrams(routine)

        assert [faults(routine, diagram) for diagram in found] == [[], [], []]
        assert max(diagram.pool.width for diagram in found) - min(diagram.pool.width for diagram in found) <= 300

    def test_a_short_line_is_not_stacked(self) -> None:
        routine = routine_of(straight("a", "b", "c").build())
        (diagram,) = diagrams(routine)

        assert len({shape.box.centre[1] for shape in diagram.shapes}) == 1
        assert diagram.id == "phase_only"
        assert diagram.name == "Allt"

    def test_a_loop_runs_back_without_crossing_a_shape(self) -> None:
        builder = Builder().start().exclusive("again").task("a", outcomes=("yes", "no"), sets={"more": "outcome"}).exclusive("choice").end()
        builder.path("start", "again", "a", "choice").flow("choice", "again", "more == 'yes'").flow("choice", "done", default=True)
        routine = routine_of(in_lanes(builder, 2))
        (diagram,) = diagrams(routine)

        assert walk(routine).back == {"choice-again"}
        assert faults(routine, diagram) == []

    def test_branches_of_a_split_stand_in_the_same_column(self) -> None:
        builder = Builder().start().parallel("fork").task("a").task("b").parallel("join").end()
        builder.path("start", "fork", "a", "join", "done").path("fork", "b", "join")
        routine = routine_of(builder.build())

        assert columns(routine, routine.nodes, walk(routine), Packing.STACKED)[2] == ["b", "a"]

    def test_nothing_stands_on_the_straight_line_between_two_lanes(self) -> None:
        builder = Builder().start().parallel("fork").task("a").task("below").task("b").parallel("join").end()
        builder.path("start", "fork", "a", "below", "join", "done").path("fork", "b", "join")
        builder.lanes = {"top": ["start", "fork", "a", "join", "done"], "middle": ["b"], "bottom": ["below"]}
        routine = routine_of(builder.build())
        column = in_columns(columns(routine, routine.nodes, walk(routine), Packing.STACKED))

        assert column["b"] == column["a"]
        assert column["below"] == column["a"] + 1

    def test_every_map_of_the_small_county_is_without_fault(self) -> None:
        routine = routine_of(SMALL.read_bytes())
        found = diagrams(routine)

        assert {diagram.id: faults(routine, diagram) for diagram in found if faults(routine, diagram)} == {}
        assert layout(SMALL.read_bytes()) == SMALL.read_bytes()

    @settings(max_examples=25, deadline=None)
    @given(blocks())
    def test_whatever_the_routine_its_maps_have_no_fault(self, block: Block) -> None:
        routine = routine_of(in_lanes(written(block), 3))

        assert [fault for diagram in diagrams(routine) for fault in faults(routine, diagram)] == []

    @settings(max_examples=15, deadline=None)
    @given(blocks())
    def test_whatever_the_routine_each_node_is_on_one_page(self, block: Block) -> None:
        routine = routine_of(written(block).build())
        found = [node for page in pages(routine, "only", walk(routine)) for node in page.nodes]

        assert Counter(found) == Counter(routine.nodes.keys())


class TestRouting:
    FRAME = Box(0, 0, 400, 300)

    def test_a_straight_way_has_no_bends(self) -> None:
        boxes = {"a": Box.around((100, 150), 120, 80), "b": Box.around((300, 150), 120, 80)}

        assert route([Wire("f", "a", "b", 400)], boxes, [], self.FRAME) == {"f": ((160, 150), (240, 150))}

    def test_a_shape_in_the_way_is_passed_outside(self) -> None:
        boxes = {name: Box.around((x, 150), 60, 80) for name, x in (("a", 50), ("wall", 180), ("b", 310))}
        way = route([Wire("f", "a", "b", 400)], boxes, [], self.FRAME)["f"]

        assert not any(piece.overlaps(boxes["wall"], 9) for piece in segment_boxes(way))

    def test_a_limit_is_kept(self) -> None:
        boxes = {"a": Box.around((300, 100), 60, 80), "b": Box.around((100, 200), 60, 80)}
        way = route([Wire("f", "a", "b", 350)], boxes, [], self.FRAME)["f"]

        assert max(x for x, _y in way) <= 350

    def test_no_way_is_told(self) -> None:
        boxes = {"a": Box.around((100, 150), 60, 80), "b": Box.around((300, 150), 60, 80), "wall": Box.around((200, 150), 40, 400)}

        with pytest.raises(LookupError, match="f$"):
            route([Wire("f", "a", "b", 400)], boxes, [], self.FRAME)


class TestText:
    def test_a_line_is_broken_between_words(self) -> None:
        assert wrap("Bedöm om ärendet berör kommunerna", 106, 12) == ["Bedöm om ärendet", "berör kommunerna"]

    def test_a_hyphen_is_never_left_to_begin_a_line(self) -> None:
        assert wrap("aktivitets-, tids- och kommunikationsplan", 100, 12) == ["aktivitets-,", "tids- och", "kommunikationsplan"]

    def test_a_word_that_is_too_long_keeps_a_line_to_itself(self) -> None:
        assert wrap("en samverkanskoordinator i", 60, 12) == ["en", "samverkanskoordinator", "i"]

    def test_capitals_take_more_room_than_an_i(self) -> None:
        assert text_width("WI", 10) == 12
        assert text_width("", 10) == 0

    def test_a_label_is_no_wider_than_its_lines(self) -> None:
        width, height = label_size("Nej")

        assert width == text_width("Nej", 11) + 4
        assert height == 15
