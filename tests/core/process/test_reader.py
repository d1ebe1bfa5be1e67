"""Reading a routine file: what it becomes, and every way to be refused, with its line."""

from datetime import date

import pytest

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.core.process.model import Assignment, Finding, Given, Narrowing, NodeType, Role, Term, Wait
from styrkedja.core.process.reader import read
from tests.core.process.builder import KINDS, Builder, line_of, straight

OPENING = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def codes(source: bytes) -> list[tuple[str, int]]:
    reading = read(source)
    assert reading.routine is None
    return [(finding.code, finding.line) for finding in reading.findings]


def only(source: bytes) -> Finding:
    """The single finding of a file that is refused for one thing."""
    reading = read(source)
    assert reading.routine is None
    assert len(reading.findings) == 1, reading.findings
    return reading.findings[0]


def replaced(source: bytes, old: str, new: str) -> bytes:
    assert old in source.decode()
    return source.replace(old.encode(), new.encode(), 1)


class TestARoutineThatIsRead:
    def test_head_holds_what_the_extension_elements_say(self) -> None:
        source = (
            straight()
            .given("entry", "remiss", "beslut")
            .given_list("principals", "principals")
            .extension('<s:term name="LPO">Lokalt\n  programområde</s:term>')
            .build()
        )
        routine = read(source).routine
        assert routine is not None
        assert (routine.key, routine.name, routine.version, routine.decided_by, routine.county) == (
            "routine",
            "Prov",
            "1",
            "office",
            "test",
        )
        assert (routine.decided_on, routine.revised_on, routine.valid_from) == (date(2026, 1, 2), None, date(2026, 2, 1))
        line = line_of(source, 'id="officer"')
        assert routine.roles == {"officer": Role("officer", "Handläggare", "region", ("OFFICER",), "key:office", line)}
        asked = line_of(source, 'variable="entry"')
        options = (Option("remiss", "Remiss"), Option("beslut", "Beslut"))
        assert routine.givens == {
            "entry": Given("entry", "choice", "Vad gäller?", "", asked, options),
            "principals": Given("principals", "bodies", "", "county:principals", asked + 1),
        }
        assert routine.terms == (Term("LPO", "Lokalt programområde"),)
        assert routine.colours["region"].stroke == "#004080"

    def test_step_holds_outcomes_assignments_and_fields(self) -> None:
        table = '<s:field id="rows" type="table" name="Rader"><s:column id="what" type="text" name="Vad" required="true"/></s:field>'
        choice = '<s:field id="way" type="choice" name="Väg" required="true" help="Välj."><s:option value="a" name="A"/></s:field>'
        source = (
            Builder()
            .start()
            .task("ask", number="13a", outcomes=("yes", "no"), sets={"answer": "outcome", "way": "field:way"}, fields=(choice, table))
            .end()
            .path("start", "ask", "done")
            .build()
        )
        routine = read(source).routine
        assert routine is not None
        step = routine.nodes["ask"].step
        assert step is not None
        assert (step.number, step.kind, step.role, step.each, routine.nodes["ask"].number) == ("13a", "form", "officer", "", "13a")
        assert step.outcomes == (Option("yes", "Yes"), Option("no", "No"))
        line = line_of(source, "s:set")
        assert step.assignments == (Assignment("answer", "outcome", line), Assignment("way", "field:way", line + 1))
        assert step.fields == (
            FieldSpec("way", FieldType.CHOICE, "Väg", True, "Välj.", (Option("a", "A"),)),
            FieldSpec("rows", FieldType.TABLE, "Rader", columns=(FieldSpec("what", FieldType.TEXT, "Vad", True),)),
        )

    def test_step_asks_for_the_fields_of_its_kind_as_it_narrows_them_and_then_for_its_own(self) -> None:
        lead = '<s:field id="lead" type="group" name="Ledande" among="others"/>'
        fields = (lead, '<s:narrow field="body" of="list:boards"/>')
        source = Builder().start().task("choose", kind="route", fields=fields).end().path("start", "choose", "done").build()
        routine = read(source).routine
        assert routine is not None
        step = routine.nodes["choose"].step
        assert step is not None
        assert step.narrowings == (Narrowing("body", "list:boards", line_of(source, "s:narrow")),)
        assert step.all_fields(KINDS["route"].fields) == (
            FieldSpec("body", FieldType.GROUP, "Organ", True, of="list:boards"),
            FieldSpec("others", FieldType.GROUPS, "Andra"),
            FieldSpec("why", FieldType.TEXT, "Skäl"),
            FieldSpec("lead", FieldType.GROUP, "Ledande", among="others"),
        )

    def test_date_has_the_rules_that_are_said_of_it(self) -> None:
        fields = (
            '<s:field id="came" type="date" name="Kom" notFuture="true"/>',
            '<s:field id="due" type="date" name="Svar" notBefore="came"/>',
        )
        routine = read(Builder().start().task("a", fields=fields).end().path("start", "a", "done").build()).routine
        step = routine.nodes["a"].step if routine else None
        assert step is not None
        came, due = FieldSpec("came", FieldType.DATE, "Kom", not_future=True), FieldSpec("due", FieldType.DATE, "Svar", not_before="came")
        assert step.fields == (came, due)

    def test_flows_hold_conditions_and_nodes_hold_flows_lane_and_line(self) -> None:
        source = (
            Builder()
            .start()
            .exclusive("choice")
            .end("one")
            .end("two")
            .path("start", "choice")
            .flow("choice", "one", "entry == 'a' and size < 3")
            .flow("choice", "two", default=True)
            .build()
        )
        routine = read(source).routine
        assert routine is not None
        choice = routine.nodes["choice"]
        assert (choice.type, choice.default, choice.lane, choice.phase) == (NodeType.EXCLUSIVE, "choice-two", "all", "only")
        assert (choice.incoming, choice.outgoing) == (("start-choice",), ("choice-one", "choice-two"))
        assert choice.line == line_of(source, '<bpmn:exclusiveGateway id="choice"')
        assert routine.flows["choice-one"].condition == "entry == 'a' and size < 3"
        assert routine.start.id == "start"

    def test_multi_instance_and_wait_name_their_variables(self) -> None:
        source = (
            Builder().start().task("each", each="members").wait("pause", until="due").end().path("start", "each", "pause", "done").build()
        )
        routine = read(source).routine
        assert routine is not None
        assert routine.nodes["each"].step is not None
        assert routine.nodes["each"].step.each == "members"
        assert routine.nodes["pause"].wait == Wait("9", "due", "officer", "")
        assert [node.id for node in routine.steps()] == ["each", "pause"]

    def test_line_is_where_a_start_tag_begins_even_when_it_spans_several(self) -> None:
        source = replaced(straight("work").build(), '<bpmn:userTask id="work"', '<bpmn:userTask\n\n\n id="work"')
        routine = read(source).routine
        assert routine is not None
        assert routine.nodes["work"].line == line_of(source, "<bpmn:userTask")

    def test_lines_beyond_65535_are_right(self) -> None:
        source = replaced(straight("work").build(), '<bpmn:userTask id="work"', "\n" * 70_000 + '<bpmn:userTask id="work"')
        routine = read(source).routine
        assert routine is not None
        assert routine.nodes["work"].line == line_of(source, 'id="work"') > 70_000

    def test_documentation_keeps_text_around_comments(self) -> None:
        source = replaced(
            straight("work").build(),
            '"only"><bpmn:ext',
            '"only"><bpmn:documentation>Före <!-- x --> och\n  efter.\n  \n Nytt stycke.</bpmn:documentation><bpmn:ext',
        )
        routine = read(source).routine
        assert routine is not None
        assert routine.nodes["work"].documentation == "Före och efter.\n\nNytt stycke."


class TestAnUnsafeFile:
    def test_entity_bomb_is_refused_at_its_doctype(self) -> None:
        bomb = b'<!DOCTYPE d [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">\n]>\n<d>&b;</d>'
        finding = only(OPENING + bomb)
        assert (finding.code, finding.line) == ("doctype", 2)
        assert "DOCTYPE" in finding.message

    def test_external_entity_is_refused_at_its_doctype(self) -> None:
        source = OPENING + b'<!-- x -->\n<!DOCTYPE d SYSTEM "file:///etc/passwd">\n<d/>'
        assert codes(source) == [("doctype", 3)]

    def test_file_that_is_too_large_is_not_parsed(self) -> None:
        source = straight().build()
        finding = read(source, max_bytes=len(source) - 1).findings[0]
        assert (finding.code, finding.line) == ("too-large", 1)
        assert read(source, max_bytes=len(source)).findings == ()

    def test_ten_thousand_tasks_are_refused_at_the_first_one_too_many(self) -> None:
        source = straight(*(f"t{number}" for number in range(10_000))).build()
        finding = read(source, max_bytes=10_000_000).findings[0]
        # The start event is node 1, so task t1999 is node 2001.
        assert (finding.code, finding.element, finding.line) == ("too-many-nodes", "t1999", line_of(source, '<bpmn:userTask id="t1999"'))

    def test_nesting_without_end_is_refused(self) -> None:
        assert codes(b"\n".join([b"<a>"] * 60)) == [("too-deep", 51)]

    @pytest.mark.parametrize(
        ("source", "line"),
        [
            (b"", 1),
            (b"Hej", 1),
            (b"<a>\n<b>\n</a>", 3),
            (b'<?xml version="1.0" encoding="nonsense"?>\n<a/>', 1),
            (b"<a>\x00</a>", 1),
            (b"<a>\n<x:b/></a>", 2),
        ],
    )
    def test_what_is_not_xml_is_refused_with_its_line(self, source: bytes, line: int) -> None:
        assert codes(source) == [("not-xml", line)]

    def test_file_in_another_encoding_is_refused_with_its_line(self) -> None:
        assert codes('<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>\nå</a>'.encode("latin-1")) == [("encoding", 3)]
        assert codes("<a/>".encode("utf-16")) == [("encoding", 1)]

    def test_other_xml_is_not_bpmn(self) -> None:
        assert codes(b"<html/>") == [("schema-not-bpmn", 1)]


class TestWhatTheSchemaRefuses:
    def test_unexpected_element(self) -> None:
        source = straight("work").raw('<bpmn:property id="late"/>').build()
        finding = only(source)
        assert (finding.code, finding.line, finding.element) == ("schema-unexpected-element", line_of(source, "late"), "late")
        assert finding.message.startswith("Elementet egenskap (property) får inte stå här i process (process).")

    def test_missing_element(self) -> None:
        drawing = (
            '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane>\n'
            '<bpmndi:BPMNShape bpmnElement="work"/></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>'
        )
        source = replaced(straight("work").build(), "</bpmn:definitions>", drawing)
        assert codes(source) == [("schema-missing-element", line_of(source, "BPMNShape"))]

    def test_missing_attribute(self) -> None:
        source = replaced(straight("work").build(), ' targetRef="done"', "")
        finding = read(source).findings[0]
        assert (finding.code, finding.line, finding.element) == ("schema-missing-attribute", line_of(source, 'id="work-done"'), "work-done")
        assert finding.message == "Elementet flöde (sequenceFlow) saknar attributet ”targetRef”."

    def test_unexpected_attribute(self) -> None:
        source = replaced(straight("work").build(), '<bpmn:endEvent id="done"', '<bpmn:endEvent colour="red" id="done"')
        assert codes(source) == [("unsupported-attribute", line_of(source, 'colour="red"'))]

    def test_unexpected_attribute_in_the_drawing(self) -> None:
        drawing = '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" colour="red"/></bpmn:definitions>'
        source = replaced(straight("work").build(), "</bpmn:definitions>", drawing)
        assert ("schema-unexpected-attribute", line_of(source, 'colour="red"')) in codes(source)

    def test_id_used_twice(self) -> None:
        source = straight("work").raw('<bpmn:textAnnotation id="work"/>').build()
        found = [finding for finding in read(source).findings if finding.code == "schema-bad-id"]
        assert [(finding.line, finding.element) for finding in found] == [(line_of(source, "textAnnotation"), "work")]
        assert found[0].message.startswith("Id:t ”work” på anteckning (textAnnotation) är upptaget")

    def test_bad_reference(self) -> None:
        source = replaced(straight("work").build(), "<bpmn:flowNodeRef>work", "<bpmn:flowNodeRef>the work")
        assert ("schema-bad-reference", line_of(source, "the work")) in codes(source)

    def test_bad_value(self) -> None:
        source = replaced(straight("work").build(), 'isExecutable="true"', 'isExecutable="kanske"')
        finding = read(source).findings[0]
        assert (finding.code, finding.line) == ("schema-bad-value", line_of(source, "kanske"))
        assert finding.message == "Attributet ”isExecutable” på process (process) har värdet ”kanske”, som ska vara true eller false."

    def test_value_outside_an_enumeration(self) -> None:
        source = replaced(straight("work").build(), '<bpmn:process id="routine"', '<bpmn:process processType="Hemlig" id="routine"')
        finding = read(source).findings[0]
        assert (finding.code, finding.line) == ("schema-bad-value", line_of(source, "Hemlig"))
        assert "tillåtna värden är None, Public, Private" in finding.message

    def test_text_between_elements(self) -> None:
        source = replaced(straight("work").build(), '<bpmn:laneSet id="lanes">', '<bpmn:laneSet id="lanes">hej')
        assert codes(source) == [("schema-unexpected-text", line_of(source, "hej"))]

    def test_fault_of_another_sort(self) -> None:
        source = Builder().start().exclusive("x").end().path("start", "x").flow("x", "done", "a == 1").build()
        source = replaced(source, "bpmn:tFormalExpression", "bpmn:tNothing")
        line = line_of(source, "tNothing")
        assert codes(source) == [("schema-invalid", line), ("unsupported-attribute", line)]

    def test_no_english_of_the_library_reaches_the_reader_of_a_finding(self) -> None:
        source = replaced(straight("work").raw("<bpmn:laneSet/>").build(), 'isExecutable="true"', 'isExecutable="kanske" x="y"')
        messages = " ".join(finding.message for finding in read(source).findings)
        assert "expected" not in messages
        assert "not allowed" not in messages
        assert "valid" not in messages


class TestElementsOutsideTheFormat:
    @pytest.mark.parametrize(
        ("xml", "words"),
        [
            ('<bpmn:scriptTask id="bad" name="Räkna"><bpmn:script>1</bpmn:script></bpmn:scriptTask>', "skriptuppgift (scriptTask) ”Räkna”"),
            ('<bpmn:serviceTask id="bad"/>', "tjänsteuppgift (serviceTask)"),
            ('<bpmn:sendTask id="bad"/>', "sändande uppgift (sendTask)"),
            ('<bpmn:receiveTask id="bad"/>', "mottagande uppgift (receiveTask)"),
            ('<bpmn:manualTask id="bad"/>', "manuell uppgift (manualTask)"),
            ('<bpmn:businessRuleTask id="bad"/>', "regeluppgift (businessRuleTask)"),
            ('<bpmn:task id="bad"/>', "uppgift utan typ (task)"),
            ('<bpmn:callActivity id="bad"/>', "anrop av annan process (callActivity)"),
            ('<bpmn:subProcess id="bad"/>', "delprocess (subProcess)"),
            ('<bpmn:transaction id="bad"/>', "transaktion (transaction)"),
            ('<bpmn:adHocSubProcess id="bad"/>', "ad hoc-delprocess (adHocSubProcess)"),
            ('<bpmn:inclusiveGateway id="bad"/>', "inkluderande grind (inclusiveGateway)"),
            ('<bpmn:complexGateway id="bad"/>', "komplex grind (complexGateway)"),
            ('<bpmn:eventBasedGateway id="bad"/>', "händelsestyrd grind (eventBasedGateway)"),
            ('<bpmn:boundaryEvent id="bad" attachedToRef="work"/>', "kanthändelse (boundaryEvent)"),
            ('<bpmn:intermediateThrowEvent id="bad"/>', "utgående mellanhändelse (intermediateThrowEvent)"),
            ('<bpmn:dataObject id="bad"/>', "dataobjekt (dataObject)"),
            (
                '<bpmn:endEvent id="e"><bpmn:terminateEventDefinition id="bad"/></bpmn:endEvent>',
                "omedelbart avslut (terminateEventDefinition)",
            ),
            ('<bpmn:endEvent id="e"><bpmn:errorEventDefinition id="bad"/></bpmn:endEvent>', "felhändelse (errorEventDefinition)"),
            (
                '<bpmn:startEvent id="e"><bpmn:messageEventDefinition id="bad"/></bpmn:startEvent>',
                "meddelandehändelse (messageEventDefinition)",
            ),
            ('<bpmn:endEvent id="e"><bpmn:signalEventDefinition id="bad"/></bpmn:endEvent>', "signalhändelse (signalEventDefinition)"),
            (
                '<bpmn:userTask id="u"><bpmn:standardLoopCharacteristics id="bad"/></bpmn:userTask>',
                "upprepning (standardLoopCharacteristics)",
            ),
        ],
    )
    def test_element_is_named_in_swedish_with_its_line(self, xml: str, words: str) -> None:
        source = straight("work").raw(xml).build()
        found = [finding for finding in read(source).findings if finding.code == "unsupported-element"]
        assert [(finding.element, finding.line) for finding in found] == [("bad", line_of(source, 'id="bad"'))]
        assert found[0].message.startswith(f"Elementet {words} stöds inte.")

    def test_script_task_says_that_a_routine_holds_no_code(self) -> None:
        source = straight("work").raw('<bpmn:scriptTask id="bad"/>').build()
        assert only(source).message.endswith("En rutin får inte innehålla kod. Skriv det som ett steg (userTask).")

    def test_root_elements_besides_process_and_collaboration(self) -> None:
        source = replaced(straight("work").build(), "<bpmn:collaboration ", '<bpmn:message id="bad"/>\n<bpmn:collaboration ')
        assert codes(source) == [("unsupported-element", line_of(source, "bpmn:message"))]

    def test_time_that_is_no_date(self) -> None:
        source = Builder().start().wait("pause", "due").end().path("start", "pause", "done").build()
        source = source.replace(b"bpmn:timeDate", b"bpmn:timeDuration")
        pause = line_of(source, '<bpmn:intermediateCatchEvent id="pause"')
        assert codes(source) == [("timer", pause), ("unsupported-element", line_of(source, "timeDuration"))]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('isSequential="false"', 'isSequential="true"'),
            ('isSequential="false"', 'behavior="None"'),
            ('<bpmn:userTask id="each"', '<bpmn:userTask isForCompensation="true" id="each"'),
            ('<bpmn:userTask id="each"', '<bpmn:userTask xmlns:c="urn:camunda" c:assignee="ordförande" id="each"'),
            ('<bpmn:laneSet id="lanes"', '<bpmn:laneSet s:phase="only" id="lanes"'),
        ],
    )
    def test_attribute_that_would_have_no_effect_is_refused(self, old: str, new: str) -> None:
        source = replaced(Builder().start().task("each", each="members").end().path("start", "each", "done").build(), old, new)
        assert codes(source) == [("unsupported-attribute", line_of(source, new))]

    def test_condition_in_another_language_is_refused(self) -> None:
        source = Builder().start().exclusive("x").end().path("start", "x").flow("x", "done", "a == 1").build()
        source = replaced(source, "<bpmn:conditionExpression", '<bpmn:conditionExpression language="python"')
        assert codes(source) == [("unsupported-attribute", line_of(source, "language"))]

    def test_comment_inside_a_condition_is_refused_because_tools_read_it_differently(self) -> None:
        source = Builder().start().exclusive("x").end().path("start", "x").flow("x", "done", "a == 1").build()
        source = replaced(source, "a == 1", "a == 1<!-- x --> or b == 2")
        assert codes(source) == [("text-only", line_of(source, "a == 1"))]

    def test_extension_of_another_tool_is_refused(self) -> None:
        listener = '<c:executionListener xmlns:c="urn:camunda" event="start"/>'
        source = replaced(straight("work").build(), '<s:step number="1"', f'{listener}\n<s:step number="1"')
        finding = only(source)
        assert (finding.code, finding.line, finding.element) == ("unsupported-extension", line_of(source, "executionListener"), "work")
        assert finding.message == "Tillägget c:executionListener kan inte användas här. Ta bort det."

    def test_tool_may_sign_the_file_and_draw_it(self) -> None:
        drawing = (
            '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">'
            '<bpmndi:BPMNPlane bpmnElement="pool"><bpmndi:BPMNShape bpmnElement="work"><dc:Bounds x="1" y="1" width="2" height="2"/>'
            "</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
        )
        source = replaced(straight("work").build(), "</bpmn:definitions>", drawing)
        source = replaced(source, 'id="definitions"', 'id="definitions" exporter="bpmn-js" xmlns:m="urn:m" m:platform="x"')
        assert read(source).findings == ()


class TestPartsAndReferences:
    def test_second_start_event(self) -> None:
        source = straight("work").start("again").path("again", "work").build()
        assert codes(source) == [("part-count", line_of(source, 'id="again"'))]

    def test_second_process(self) -> None:
        source = replaced(straight("work").build(), "</bpmn:definitions>", '<bpmn:process id="other"/>\n</bpmn:definitions>')
        line = line_of(source, 'id="other"')
        assert codes(source) == [("part-count", line), ("routine-count", line)]

    def test_no_collaboration(self) -> None:
        text = straight("work").build().decode()
        start, end = text.index("<bpmn:collaboration"), text.index("<bpmn:process")
        found = read((text[:start] + text[end:]).encode()).findings
        assert [(finding.code, finding.line) for finding in found] == [("part-count", 2), ("part-count", 2)]
        assert found[0].message == "En rutin ska ha exakt ett samarbete (collaboration), men filen har 0."

    def test_process_that_is_not_executable(self) -> None:
        source = replaced(straight("work").build(), ' isExecutable="true"', "")
        assert codes(source) == [("not-executable", line_of(source, "<bpmn:process"))]

    def test_process_without_a_name(self) -> None:
        source = replaced(straight("work").build(), '<bpmn:process id="routine" name="Prov"', '<bpmn:process id="routine" name=" "')
        assert codes(source) == [("missing-attribute", line_of(source, "<bpmn:process"))]

    def test_participant_of_another_process(self) -> None:
        source = replaced(straight("work").build(), 'processRef="routine"', 'processRef="elsewhere"')
        assert codes(source) == [("dangling-reference", line_of(source, "elsewhere"))]

    def test_flow_that_leads_nowhere(self) -> None:
        source = straight("work").flow("work", "nowhere").build()
        finding = only(source)
        assert (finding.code, finding.line, finding.element) == ("dangling-reference", line_of(source, "nowhere"), "work-nowhere")
        assert finding.message == "Elementet flöde (sequenceFlow) hänvisar i targetRef till ”nowhere”, men en nod med det id:t finns inte."

    def test_default_of_another_gateway(self) -> None:
        source = Builder().start().exclusive("x").end().path("start", "x", "done").build()
        source = replaced(source, 'id="x"', 'id="x" default="start-x"')
        assert codes(source) == [("dangling-reference", line_of(source, 'id="x"'))]

    def test_lane_with_a_node_that_does_not_exist(self) -> None:
        routine = straight("work")
        routine.lanes["all"].append("ghost")
        source = routine.build()
        assert codes(source) == [("dangling-reference", line_of(source, "ghost"))]

    def test_drawing_of_something_that_does_not_exist(self) -> None:
        drawing = (
            '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI">'
            '<bpmndi:BPMNPlane bpmnElement="ghost"/></bpmndi:BPMNDiagram></bpmn:definitions>'
        )
        source = replaced(straight("work").build(), "</bpmn:definitions>", drawing)
        assert codes(source) == [("dangling-reference", line_of(source, "ghost"))]

    def test_list_without_a_property(self) -> None:
        routine = Builder().start().task("each", each="members").end().path("start", "each", "done")
        routine.properties.clear()
        source = routine.build()
        assert codes(source) == [("dangling-reference", line_of(source, "loopDataInputRef"))]

    def test_multi_instance_without_a_list(self) -> None:
        source = Builder().start().task("each", each="members").end().path("start", "each", "done").build()
        source = replaced(source, "<bpmn:loopDataInputRef>members</bpmn:loopDataInputRef>", "")
        assert codes(source) == [("list-missing", line_of(source, "multiInstance"))]

    def test_lists_in_a_node_must_say_what_the_flows_say(self) -> None:
        source = replaced(straight("a", "b").build(), 'id="b" name="Steg b" s:phase="only">', 'id="b" name="Steg b" s:phase="only">\n')
        wrong = replaced(
            source,
            "</bpmn:extensionElements></bpmn:userTask>",
            "</bpmn:extensionElements><bpmn:outgoing>b-done</bpmn:outgoing></bpmn:userTask>",
        )
        assert codes(wrong) == [("flow-mismatch", line_of(wrong, 'id="a"'))]
        right = replaced(
            source,
            "</bpmn:extensionElements></bpmn:userTask>",
            "</bpmn:extensionElements><bpmn:outgoing>a-b</bpmn:outgoing></bpmn:userTask>",
        )
        assert read(right).findings == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("<bpmn:timeDate>due<", "<bpmn:timeDate>later<"),
            ("<bpmn:timeDate>due</bpmn:timeDate>", ""),
            ('<bpmn:timerEventDefinition id="pause_timer"><bpmn:timeDate>due</bpmn:timeDate></bpmn:timerEventDefinition>', ""),
        ],
    )
    def test_wait_whose_timer_says_something_else(self, old: str, new: str) -> None:
        source = replaced(Builder().start().wait("pause", "due").end().path("start", "pause", "done").build(), old, new)
        assert codes(source) == [("timer", line_of(source, '<bpmn:intermediateCatchEvent id="pause"'))]

    def test_flow_without_id(self) -> None:
        source = replaced(straight("work").build(), ' id="work-done"', "")
        assert codes(source) == [("id-missing", line_of(source, 'targetRef="done"'))]


FIELD = '<s:field id="f" type="text" name="F"/>'
HEAD = [
    ('version="1" ', "", "missing-attribute"),
    ('decidedOn="2026-01-02"', 'decidedOn="2 januari"', "bad-date"),
    ('decidedOn="2026-01-02"', 'decidedOn="2026-02-30"', "bad-date"),
    ('decidedOn="2026-01-02"', 'decidedOn="20260102"', "bad-date"),
    ('county="test"', 'county="test" land="x"', "unknown-attribute"),
    ('fill="#ddeeff"', 'fill="blå"', "bad-value"),
    ('function="OFFICER"', 'function="officer"', "bad-value"),
    ('body="key:office"', 'body="office"', "bad-value"),
    ('body="key:office"', 'body="variable:Fel"', "bad-value"),
    ('<s:phase id="only"', '<s:phase id="Only"', "bad-value"),
    ('variable="entry"', 'variable="and"', "bad-value"),
    ('variable="entry"', 'variable="__class__"', "bad-value"),
    ('type="choice"', 'type="table"', "bad-value"),
    ('name="Vad gäller?"', "", "missing-attribute"),
    ('type="bodies" from="county:principals"', 'type="bodies" name="X"', "given-type"),
    ('type="bodies" from="county:principals"', 'type="date" from="county:principals"', "given-type"),
    ('from="county:principals"', 'from="principals"', "bad-value"),
]
STEP = [
    (' kind="form"', "", "missing-attribute"),
    (' number="1" kind', ' number="" kind', "missing-attribute"),
    (' number="1" kind', ' number=" " kind', "missing-attribute"),
    ('<s:outcome value="yes"', '<s:outcome value="it\'s"', "bad-value"),
    (' kind="form"', ' kind="form" due="variable:day" dueBefore="fem"', "bad-value"),
    ('from="outcome"', 'from="yes"', "bad-value"),
    ('<s:set variable="answer"', '<s:set variable="Answer"', "bad-value"),
    (FIELD, '<s:field id="f" type="text" name="F" required="ja"/>', "bad-value"),
    (FIELD, '<s:field id="f" type="text" name="F" requred="true"/>', "unknown-attribute"),
    (FIELD, '<s:field id="f" type="colour" name="F"/>', "bad-value"),
    (FIELD, '<s:field id="f" type="choice" name="F"/>', "options-missing"),
    (FIELD, '<s:field id="f" type="text" name="F"><s:option value="a" name="A"/></s:field>', "options-unused"),
    (FIELD, '<s:field id="f" type="table" name="F"/>', "columns"),
    (FIELD, '<s:field id="f" type="text" name="F"><s:column id="c" type="text" name="C"/></s:field>', "columns"),
    (FIELD, '<s:field id="f" type="table" name="F"><s:column id="c" type="table" name="C"/></s:field>', "bad-value"),
    (FIELD, '<s:field id="f" type="text" name="F" of="list:lpo"/>', "of-unused"),
    (FIELD, '<s:field id="f" type="group" name="F" of="lpo"/>', "bad-value"),
    (FIELD, '<s:field id="f" type="text" name="F" among="g"/>', "among-unused"),
    (FIELD, '<s:field id="f" type="table" name="F"><s:column id="c" type="group" name="C" among="g"/></s:field>', "unknown-attribute"),
    (FIELD, '<s:field id="f" type="text" name="F" notFuture="true"/>', "date-rule-unused"),
    (FIELD, '<s:field id="f" type="number" name="F" notBefore="g"/>', "date-rule-unused"),
    (FIELD, '<s:field id="f" type="date" name="F" notFuture="ja"/>', "bad-value"),
    (
        FIELD,
        '<s:field id="f" type="table" name="F"><s:column id="c" type="date" name="C" notFuture="true"/></s:field>',
        "unknown-attribute",
    ),
    (FIELD, '<s:narrow field="body"/>', "missing-attribute"),
    (FIELD, '<s:narrow of="list:lpo"/>', "missing-attribute"),
    (FIELD, '<s:narrow field="body" of="lpo"/>', "bad-value"),
    (FIELD, '<s:narrow field="body" of="list:lpo"/>' * 2, "duplicate"),
    (FIELD, FIELD + FIELD, "duplicate"),
    (FIELD, FIELD.replace("/>", ">hej</s:field>"), "unexpected-text"),
    (FIELD, '<s:skript id="f"/>', "unsupported-extension"),
    (FIELD, '<s:wait number="1" until="variable:x" role="officer"/>', "unsupported-extension"),
]


class TestTheFormOfExtensionElements:
    @pytest.mark.parametrize(("old", "new", "code"), HEAD)
    def test_fault_in_the_head_is_found_with_its_line(self, old: str, new: str, code: str) -> None:
        source = straight("work").given("entry", "a").given_list("principals", "principals").build()
        finding = only(replaced(source, old, new))
        assert (finding.code, finding.line, finding.element) == (code, line_of(source, old), "routine")

    @pytest.mark.parametrize(("old", "new", "code"), STEP)
    def test_fault_in_a_step_is_found_with_its_line(self, old: str, new: str, code: str) -> None:
        routine = Builder().start().task("work", outcomes=("yes", "no"), sets={"answer": "outcome"}, fields=(FIELD,)).end()
        source = routine.path("start", "work", "done").build()
        finding = only(replaced(source, old, new))
        assert (finding.code, finding.line, finding.element) == (code, line_of(source, old), "work")

    def test_step_is_missing(self) -> None:
        source = straight("work").build()
        text = source.decode()
        start, end = text.index("<s:step"), text.index("</s:step>") + len("</s:step>")
        finding = only((text[:start] + text[end:]).encode())
        assert (finding.code, finding.line, finding.element) == ("step-count", line_of(source, 'id="work"'), "work")

    def test_wait_is_missing(self) -> None:
        source = Builder().start().wait("pause", "due").end().path("start", "pause", "done").build()
        source = replaced(source, '<s:wait number="9" until="variable:due" role="officer"/>', "")
        assert codes(source) == [("wait-count", line_of(source, '<bpmn:intermediateCatchEvent id="pause"'))]

    def test_routine_is_missing(self) -> None:
        routine = straight("work")
        del routine.head[0]
        source = routine.build()
        assert codes(source) == [("routine-count", line_of(source, "<bpmn:process"))]

    def test_wait_without_until_is_found(self) -> None:
        source = Builder().start().wait("pause", "due").end().path("start", "pause", "done").build()
        finding = only(replaced(source, 'until="variable:due"', 'until="variable:due-day"').replace(b">due<", b">due-day<"))
        assert (finding.code, finding.line, finding.element) == ("bad-value", line_of(source, "s:wait"), "pause")

    def test_same_role_twice(self) -> None:
        role = '<s:role id="officer" name="En till" colour="region" function="OFFICER" body="key:office"/>'
        source = straight("work").extension(role).build()
        finding = only(source)
        assert (finding.code, finding.line) == ("duplicate", line_of(source, "En till"))
        assert finding.message == "s:role ”officer” finns redan. Varje ”id” ska vara unikt bland syskonen."

    def test_long_values_are_shortened_in_messages(self) -> None:
        finding = only(replaced(straight("work").build(), 'fill="#ddeeff"', f'fill="{"x" * 5000}"'))
        assert len(finding.message) < 200
