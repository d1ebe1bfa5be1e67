"""The check of a whole routine: each family of faults, with its line, and that a good routine has none."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from styrkedja.core.organisations.signature import CountySignature
from styrkedja.core.process.check import Limits, check, check_fully
from styrkedja.core.process.model import Finding
from tests.core.process.blocks import Block, blocks, written
from tests.core.process.builder import COLOUR, KINDS, PHASE, ROLE, ROUTINE, Builder, line_of, straight

COUNTY = CountySignature(
    bodies={"office": "Kontoret", "north": "Norr", "south": "Söder"},
    lists={"members": ("north", "south"), "empty": ()},
    functions={"OFFICER": "Handläggare", "MEMBER": "Ledamot"},
    seats=frozenset({("office", "OFFICER"), ("north", "MEMBER"), ("south", "MEMBER")}),
)
YES_NO = ("yes", "no")
DATE = '<s:field id="day" type="date" name="Dag" required="true"/>'
NUMBER = '<s:field id="size" type="number" name="Antal" required="true"/>'
BODY = '<s:field id="body" type="group" name="Grupp" required="true"/>'
BODIES = '<s:field id="bodies" type="groups" name="Grupper" required="true"/>'
TRUTH = '<s:field id="flag" type="yesno" name="Ja?" required="true"/>'


def found(routine: Builder, *, county: CountySignature | None = None) -> tuple[Finding, ...]:
    return check(routine.build(), kinds=KINDS, county=county)


def only(routine: Builder, *, county: CountySignature | None = None) -> Finding:
    findings = found(routine, county=county)
    assert len(findings) == 1, findings
    return findings[0]


def assert_only(routine: Builder, code: str, element: str, line_with: str, *, county: CountySignature | None = None) -> Finding:
    finding = only(routine, county=county)
    assert (finding.code, finding.element, finding.line) == (code, element, line_of(routine.build(), line_with))
    return finding


def asked(
    condition: str,
    *,
    outcomes: Sequence[str] = YES_NO,
    sets: dict[str, str] | None = None,
    fields: Sequence[str] = (),
    default: bool = True,
    each: str = "",
) -> Builder:
    """A step that sets variables (`answer` from its outcome unless told), and a choice between `one`, by `condition`, and `other`."""
    routine = Builder().given_list("members", "members").start()
    routine.task("ask", outcomes=outcomes, sets=sets or {"answer": "outcome"}, fields=fields, each=each)
    routine.exclusive("split").end("one").end("other").path("start", "ask", "split").flow("split", "one", condition)
    return routine.flow("split", "other", default=True) if default else routine


class TestAGoodRoutine:
    def test_has_no_findings_and_tells_how_many_states_were_visited(self) -> None:
        report = check_fully(asked("answer == 'yes'").build(), kinds=KINDS, county=COUNTY)
        assert (report.findings, report.states) == ((), 2)

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(blocks())
    def test_of_nested_blocks_has_no_findings(self, block: Block) -> None:
        assert found(written(block), county=COUNTY) == ()


class TestLimitsAndForm:
    def test_limits_are_handed_to_the_reader_and_to_the_visit(self) -> None:
        source = straight("a", "b").build()
        assert [finding.code for finding in check(source, kinds=KINDS, county=None, limits=Limits(max_bytes=10))] == ["too-large"]
        assert [finding.code for finding in check(source, kinds=KINDS, county=None, limits=Limits(max_nodes=3))] == ["too-many-nodes"]
        assert [finding.code for finding in check(source, kinds=KINDS, county=None, limits=Limits(max_states=2))] == ["too-many-states"]

    def test_faults_of_form_and_of_meaning_are_told_together_by_line(self) -> None:
        routine = straight("work").raw('<bpmn:scriptTask id="bad"/>').task("other", kind="magic", role="nobody")
        routine.path("bad", "other", "bad")
        source = routine.build()
        other = line_of(source, '<bpmn:userTask id="other"')
        assert [(finding.code, finding.line) for finding in found(routine)] == [
            ("role-unknown", other),
            ("kind-unknown", other),
            ("unsupported-element", line_of(source, '<bpmn:scriptTask id="bad"')),
        ]

    def test_graph_is_left_alone_when_a_node_of_it_is_not_supported(self) -> None:
        routine = Builder().start().end().raw('<bpmn:scriptTask id="bad"/>').path("start", "bad", "done")
        assert_only(routine, "unsupported-element", "bad", 'id="bad"')

    def test_unsafe_file_is_not_looked_at_any_further(self) -> None:
        report = check_fully(b"<!DOCTYPE x><x/>", kinds=KINDS, county=None)
        assert ([finding.code for finding in report.findings], report.states) == (["doctype"], 0)


class TestShape:
    def test_start_with_two_flows_out(self) -> None:
        routine = Builder().start().task("a").task("b").end().path("start", "a", "done").path("start", "b", "done")
        finding = assert_only(routine, "flow-shape", "start", 'id="start"')
        assert finding.message == "”Start” är en start och ska ha inget flöde in och ett ut, men har 0 in och 2 ut."

    def test_start_with_a_flow_in(self) -> None:
        routine = Builder().start().task("a").exclusive("split").end().path("start", "a", "split")
        routine.flow("split", "done", default=True).given("again", "yes", "no").flow("split", "start", "again == 'yes'")
        assert_only(routine, "flow-shape", "start", '<bpmn:startEvent id="start"')

    def test_end_with_a_flow_out(self) -> None:
        assert_only(
            straight("a").task("b").path("done", "b").end("last").path("b", "last"), "flow-shape", "done", '<bpmn:endEvent id="done"'
        )

    def test_step_with_two_flows_out(self) -> None:
        routine = straight("a").end("other").path("a", "other")
        finding = assert_only(routine, "flow-shape", "a", '<bpmn:userTask id="a"')
        assert finding.message.endswith("ska ha ett flöde in och ett ut, men har 1 in och 2 ut. Sätt en grind före eller efter.")

    def test_step_that_leads_nowhere(self) -> None:
        routine = Builder().start().task("a").end().path("start", "a")
        assert_only(routine, "flow-shape", "a", '<bpmn:userTask id="a"')

    def test_gateway_that_neither_splits_nor_merges(self) -> None:
        routine = Builder().start().exclusive("x").task("a").end().path("start", "x", "a", "done")
        finding = assert_only(routine, "flow-shape", "x", '<bpmn:exclusiveGateway id="x"')
        assert finding.message == "”Val x” ska antingen dela eller samla flöden, men har 1 in och 1 ut."

    def test_gateway_that_both_splits_and_merges(self) -> None:
        routine = Builder().start().parallel("fork").parallel("both").parallel("join").end().path("start", "fork", "both", "join", "done")
        routine.task("a").task("b").path("fork", "a", "both", "b", "join")
        assert_only(routine, "flow-shape", "both", '<bpmn:parallelGateway id="both"')

    def test_gateway_that_leads_nowhere(self) -> None:
        routine = Builder().given("go", "a", "b").start().exclusive("split").task("a").task("b").exclusive("merge").end()
        routine.path("start", "split").flow("split", "a", default=True).flow("split", "b", "go == 'b'").path("a", "merge").path(
            "b", "merge"
        )
        assert_only(routine, "flow-shape", "merge", '<bpmn:exclusiveGateway id="merge"')

    def test_unsound_routine_is_told_of(self) -> None:
        routine = Builder().start().parallel("fork").task("a").task("b").end().end("other").path("start", "fork", "a", "done")
        routine.path("fork", "b", "other")
        assert [finding.code for finding in found(routine)] == ["improper-end", "improper-end"]


class TestPlaces:
    def test_node_in_no_lane(self) -> None:
        routine = straight("a")
        routine.lanes["all"].remove("a")
        finding = assert_only(routine, "lane", "a", '<bpmn:userTask id="a"')
        assert finding.message == "”1 Steg a” står inte i någon bana, men ska stå i exakt en."

    def test_node_in_two_lanes(self) -> None:
        routine = straight("a")
        routine.lanes["other"] = ["a"]
        assert assert_only(routine, "lane", "a", '<bpmn:userTask id="a"').message == "”1 Steg a” står i 2 banor, men ska stå i exakt en."

    def test_node_without_phase(self) -> None:
        routine = straight("a")
        routine.phase = ""
        routine.start("early")
        routine.nodes["done"], routine.nodes["start"] = routine.nodes["done"], routine.nodes["start"]
        del routine.nodes["early"]
        routine.lanes["all"].remove("early")
        routine.nodes["a"] = routine.nodes["a"].replace(' s:phase="only"', "")
        assert_only(routine, "phase-missing", "a", '<bpmn:userTask id="a"')

    def test_node_in_a_phase_that_does_not_exist(self) -> None:
        routine = straight("a")
        routine.nodes["a"] = routine.nodes["a"].replace('s:phase="only"', 's:phase="later"')
        assert "”later”" in assert_only(routine, "phase-unknown", "a", '<bpmn:userTask id="a"').message

    def test_step_without_a_name(self) -> None:
        routine = straight("a")
        routine.nodes["a"] = routine.nodes["a"].replace('name="Steg a"', 'name=" "', 1)
        assert_only(routine, "name-missing", "a", '<bpmn:userTask id="a"')


class TestConditions:
    def test_flow_of_a_choice_without_condition(self) -> None:
        finding = assert_only(asked(""), "condition-missing", "split-one", 'id="split-one"')
        assert finding.message == "Ett flöde ut från ”Val split” saknar villkor och är inte det förvalda (default)."

    def test_condition_on_the_default(self) -> None:
        routine = asked("answer == 'yes'", default=False)
        routine.flow("split", "other", "answer == 'no'", default=True)
        assert_only(routine, "condition-unused", "split-other", 'id="split-other"')

    def test_condition_where_there_is_no_choice(self) -> None:
        routine = Builder().start().task("ask", outcomes=YES_NO, sets={"answer": "outcome"}).end().path("start", "ask")
        assert_only(routine.flow("ask", "done", "answer == 'yes'"), "condition-unused", "ask-done", 'id="ask-done"')

    def test_default_of_a_merge(self) -> None:
        routine = Builder().given("go", "a", "b").start().exclusive("split").task("a").task("b").exclusive("merge").end()
        routine.path("start", "split").flow("split", "a", default=True).flow("split", "b", "go == 'b'").path("a", "merge").path(
            "b", "merge"
        )
        assert_only(routine.flow("merge", "done", default=True), "default-unused", "merge", '<bpmn:exclusiveGateway id="merge"')

    def test_condition_that_calls_eval(self) -> None:
        routine = asked("eval('answer')")
        finding = assert_only(routine, "unsafe-condition", "split-one", 'id="split-one"')
        assert finding.message == "Anrop får inte användas i ett villkor: ”eval('answer')”."

    def test_comparison_with_an_outcome_where_the_step_has_none(self) -> None:
        messages = [finding.message for finding in check(asked("answer == 'yes'", outcomes=()).build(), kinds=KINDS, county=COUNTY)]
        assert "Villkoret ”answer == 'yes'”: ”answer” kan aldrig vara ”yes”; den har inga värden att välja bland." in messages

    def test_comparison_with_an_impossible_value(self) -> None:
        finding = assert_only(asked("answer in ['yes', 'maybe']"), "comparison", "split-one", 'id="split-one"')
        assert finding.message == (
            "Villkoret ”answer in ['yes', 'maybe']”: ”answer” kan aldrig vara ”maybe”; den kan bara vara ”no” eller ”yes”."
        )

    @pytest.mark.parametrize(
        ("condition", "sets", "fields", "words"),
        [
            ("answer > 'no'", {"answer": "outcome"}, (), "är ett val och har ingen ordning."),
            ("'yes' in answer", {"answer": "outcome"}, (), "är ett val och ingen lista."),
            ("size == 'three'", {"size": "field:size"}, (NUMBER,), "kan aldrig vara ”three”; den är ett tal."),
            ("size == True", {"size": "field:size"}, (NUMBER,), "kan aldrig vara ”True”; den är ett tal."),
            ("size", {"size": "field:size"}, (NUMBER,), "kan aldrig vara ”True”; den är ett tal."),
            ("flag == 'yes'", {"flag": "field:flag"}, (TRUTH,), "kan aldrig vara ”yes”; den är ja eller nej."),
            ("day < '2026-13-01'", {"day": "field:day"}, (DATE,), "kan aldrig vara ”2026-13-01”; den är ett datum."),
            ("body == 'west'", {"body": "field:body"}, (BODY,), "kan aldrig vara ”west”; den är en organisation eller grupp."),
            ("'west' in bodies", {"bodies": "field:bodies"}, (BODIES,), "kan aldrig vara ”west”; den är en lista av organisationer"),
            ("bodies == 'north'", {"bodies": "field:bodies"}, (BODIES,), "Skriv 'north' in bodies."),
        ],
    )
    def test_comparison_that_does_not_fit_the_type(self, condition: str, sets: dict[str, str], fields: Sequence[str], words: str) -> None:
        finding = assert_only(asked(condition, sets=sets, fields=fields), "comparison", "split-one", 'id="split-one"', county=COUNTY)
        assert words in finding.message

    def test_body_is_only_compared_with_the_county_when_there_is_one(self) -> None:
        assert found(asked("body == 'west'", sets={"body": "field:body"}, fields=(BODY,))) == ()

    @pytest.mark.parametrize(
        ("condition", "sets", "fields"),
        [
            ("size > 3 and size <= 10", {"size": "field:size"}, (NUMBER,)),
            ("flag", {"flag": "field:flag"}, (TRUTH,)),
            ("day >= '2026-06-05'", {"day": "field:day"}, (DATE,)),
            ("body == 'north'", {"body": "field:body"}, (BODY,)),
            ("'north' in bodies", {"bodies": "field:bodies"}, (BODIES,)),
            ("answer != 'no'", {"answer": "outcome"}, ()),
        ],
    )
    def test_comparison_that_fits_is_no_fault(self, condition: str, sets: dict[str, str], fields: Sequence[str]) -> None:
        assert found(asked(condition, sets=sets, fields=fields), county=COUNTY) == ()


class TestChoices:
    def test_value_without_a_way(self) -> None:
        routine = asked("answer == 'yes'", outcomes=("yes", "no", "maybe"), default=False).flow("split", "other", "answer == 'no'")
        finding = assert_only(routine, "choice-open", "split", '<bpmn:exclusiveGateway id="split"')
        assert finding.message == "”Val split” har inget flöde att ta när answer är ”maybe”. Ange ett förvalt flöde (default)."

    def test_number_without_a_way(self) -> None:
        routine = asked("size < 3", sets={"size": "field:size"}, fields=(NUMBER,), default=False).flow("split", "other", "size > 3")
        assert only(routine).message == "”Val split” har inget flöde att ta när size är 3. Ange ett förvalt flöde (default)."

    def test_date_without_a_way(self) -> None:
        routine = asked("day < '2026-06-05'", sets={"day": "field:day"}, fields=(DATE,), default=False)
        routine.flow("split", "other", "day > '2026-06-05'")
        assert "när day är ”2026-06-05”" in only(routine).message

    def test_body_without_a_way(self) -> None:
        routine = asked("body == 'north'", sets={"body": "field:body"}, fields=(BODY,), default=False)
        routine.flow("split", "other", "body == 'south'")
        assert "när body är något annat" in only(routine).message

    def test_answers_of_many_without_a_way(self) -> None:
        routine = asked("'yes' in answers", sets={"answers": "outcome"}, each="members", default=False)
        routine.flow("split", "other", "'no' in answers and 'yes' not in answers")
        assert "när answers är en lista utan något av det som nämns" in only(routine).message

    @pytest.mark.parametrize(
        ("condition", "other", "sets", "fields"),
        [
            ("answer == 'yes'", "answer == 'no'", {"answer": "outcome"}, ()),
            ("size < 3", "size >= 3", {"size": "field:size"}, (NUMBER,)),
            ("flag", "not flag", {"flag": "field:flag"}, (TRUTH,)),
            ("day < '2026-06-05'", "not day < '2026-06-05'", {"day": "field:day"}, (DATE,)),
            ("body == 'north'", "body != 'north'", {"body": "field:body"}, (BODY,)),
        ],
    )
    def test_ways_that_cover_everything_need_no_default(
        self, condition: str, other: str, sets: dict[str, str], fields: Sequence[str]
    ) -> None:
        assert found(asked(condition, sets=sets, fields=fields, default=False).flow("split", "other", other)) == ()

    def test_ways_that_overlap(self) -> None:
        routine = asked("answer == 'yes'", outcomes=("yes", "no", "maybe")).end("third").flow("split", "third", "answer in ['yes', 'no']")
        finding = assert_only(routine, "conditions-overlap", "split-third", 'id="split-third"')
        assert finding.message == "”Val split”: ”answer == 'yes'” och ”answer in ['yes', 'no']” gäller båda när answer är ”yes”."

    def test_way_that_is_never_taken(self) -> None:
        finding = assert_only(asked("answer == 'yes' and answer == 'no'"), "condition-never", "split-one", 'id="split-one"')
        assert "kan aldrig vara sant" in finding.message

    def test_default_that_is_never_taken(self) -> None:
        routine = asked("answer == 'yes'").end("third").flow("split", "third", "answer == 'no'")
        assert_only(routine, "default-never", "split-other", 'id="split-other"')

    def test_choice_that_cannot_be_tried_needs_a_default(self) -> None:
        conditions = [f"n{number} == 'b'" for number in range(20)]
        routine = Builder().start().exclusive("split").end("one").end("other").path("start", "split")
        for number in range(20):
            routine.given(f"n{number}", "a", "b")
        routine.flow("split", "one", " and ".join(conditions)).flow("split", "other", f"not ({' and '.join(conditions)})")
        finding = assert_only(routine, "choice-open", "split", '<bpmn:exclusiveGateway id="split"')
        assert finding.message.startswith("”Val split” har inget förvalt flöde (default), och det går inte att pröva")


class TestSteps:
    def test_unknown_kind(self) -> None:
        routine = Builder().start().task("a", kind="magic").end().path("start", "a", "done")
        finding = assert_only(routine, "kind-unknown", "a", '<bpmn:userTask id="a"')
        assert finding.message == "”1 Steg a” är av slaget ”magic”, som inte finns. Slagen är decide, form, route."

    def test_single_outcome(self) -> None:
        routine = Builder().start().task("a", outcomes=("ok",)).end().path("start", "a", "done")
        assert_only(routine, "outcome-single", "a", '<bpmn:userTask id="a"')

    @pytest.mark.parametrize("field", ["decided_on", "group", "outcome", "yes"])
    def test_field_that_clashes_with_the_kind_or_an_outcome(self, field: str) -> None:
        spec = f'<s:field id="{field}" type="text" name="X"/>'
        routine = Builder().start().task("a", kind="decide", outcomes=YES_NO, fields=("<!-- -->", spec)).end().path("start", "a", "done")
        assert_only(routine, "field-clash", "a", spec)

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ("outcome", "från sitt utfall men har inga utfall."),
            ("field:nothing", "från fältet ”nothing”, som varken steget eller slaget har."),
            ("field:note", "från fältet ”note”, som får lämnas tomt. Gör det obligatoriskt (required)."),
            ("field:rows", "från fältet ”rows”, men filer och tabeller kan inte bli variabler."),
        ],
    )
    def test_value_that_the_step_does_not_leave(self, source: str, words: str) -> None:
        rows = '<s:field id="rows" type="table" name="R" required="true"><s:column id="c" type="text" name="C"/></s:field>'
        routine = Builder().start().task("a", kind="decide", sets={"x": source}, fields=(rows,)).end().path("start", "a", "done")
        finding = assert_only(routine, "set-source", "a", "s:set")
        assert finding.message == f"”1 Steg a” sätter variabeln ”x” {words}"

    def test_list_in_a_multi_instance_step(self) -> None:
        routine = Builder().given_list("members", "members").start()
        routine.task("a", sets={"x": "field:bodies"}, fields=(BODIES,), each="members").end().path("start", "a", "done")
        assert "ska varje svar vara ett enda värde" in assert_only(routine, "set-source", "a", "s:set").message

    def test_required_field_of_the_kind_and_derived_field_may_be_kept(self) -> None:
        sets = {"day": "field:decided_on", "made": "field:group"}
        assert found(Builder().start().task("a", kind="decide", sets=sets).end().path("start", "a", "done")) == ()

    def test_field_that_chooses_among_what_is_chosen_in_another(self) -> None:
        lead = '<s:field id="lead" type="group" name="L" among="bodies"/>'
        some = '<s:field id="some" type="groups" name="S" among="others"/>'
        routine = Builder().start().task("a", kind="route", fields=(BODIES, lead, some)).end().path("start", "a", "done")
        assert found(routine) == ()

    @pytest.mark.parametrize(
        ("type", "among"), [("group", "nothing"), ("group", "body"), ("group", "why"), ("groups", "lead"), ("organisation", "others")]
    )
    def test_field_that_chooses_among_what_is_no_list_of_such_bodies_in_the_step(self, type: str, among: str) -> None:
        field = f'<s:field id="lead" type="{type}" name="L" among="{among}"/>'
        routine = Builder().start().task("a", kind="route", fields=(field,)).end().path("start", "a", "done")
        finding = assert_only(routine, "among-unknown", "a", 'id="lead"')
        assert finding.message == (
            f"Fältet ”lead” väljer bland det som valts i ”{among}”, men något fält med det id:t som väljer flera av samma slag finns inte i steget."
        )

    @pytest.mark.parametrize("earlier", ["nothing", "due", "note"])
    def test_date_that_may_not_precede_what_is_no_other_date_of_the_step(self, earlier: str) -> None:
        field = f'<s:field id="due" type="date" name="D" notBefore="{earlier}"/>'
        routine = Builder().start().task("a", kind="decide", fields=(field,)).end().path("start", "a", "done")
        finding = assert_only(routine, "not-before-unknown", "a", 'id="due"')
        said = f"Fältet ”due” får inte ligga före ”{earlier}”, men något annat datum med det id:t finns inte i steget."
        assert finding.message == said

    def test_date_that_may_not_precede_one_of_the_kind(self) -> None:
        field = '<s:field id="due" type="date" name="D" notBefore="decided_on" notFuture="true"/>'
        assert found(Builder().start().task("a", kind="decide", fields=(field,)).end().path("start", "a", "done")) == ()

    def test_narrowed_field_of_the_kind(self) -> None:
        fields = ('<s:narrow field="body" of="list:members"/>', '<s:narrow field="others" of="list:members"/>')
        routine = Builder().start().task("a", kind="route", fields=fields).end().path("start", "a", "done")
        assert found(routine, county=COUNTY) == ()

    @pytest.mark.parametrize("field", ["nothing", "why", "own"])
    def test_narrowed_field_that_the_kind_does_not_have_or_that_chooses_no_body(self, field: str) -> None:
        fields = ('<s:field id="own" type="group" name="O"/>', f'<s:narrow field="{field}" of="list:members"/>')
        routine = Builder().start().task("a", kind="route", fields=fields).end().path("start", "a", "done")
        finding = assert_only(routine, "narrow-unknown", "a", "s:narrow", county=COUNTY)
        assert finding.message == (
            f"”1 Steg a” begränsar fältet ”{field}”, men slaget route har inget fält med det id:t som väljer organisation eller grupp."
        )

    def test_of_an_unknown_kind_nothing_more_is_told(self) -> None:
        fields = ('<s:field id="lead" type="group" name="L" among="bodies"/>', '<s:narrow field="body" of="list:members"/>')
        routine = Builder().start().task("a", kind="magic", fields=fields).end().path("start", "a", "done")
        assert_only(routine, "kind-unknown", "a", '<bpmn:userTask id="a"')

    def test_variable_of_two_types(self) -> None:
        routine = Builder().start().task("a", sets={"x": "field:day"}, fields=(DATE,))
        routine.task("b", sets={"x": "field:size"}, fields=(NUMBER,)).end().path("start", "a", "b", "done")
        finding = assert_only(routine, "type-differs", "b", 'from="field:size"')
        assert finding.message == "Variabeln ”x” är ett tal här men ett datum där den först sätts. Ge den ena ett annat namn."


def with_role(body: str, *, function: str = "OFFICER", colour: str = "region") -> Builder:
    role = f'<s:role id="officer" name="Handläggare" colour="{colour}" function="{function}" body="{body}"/>'
    routine = Builder(head=(ROUTINE, PHASE, COLOUR, role)).start().task("a", role="officer").end()
    return routine.path("start", "a", "done")


class TestPeople:
    def test_unknown_role(self) -> None:
        routine = Builder().start().task("a", role="nobody").end().path("start", "a", "done")
        assert_only(routine, "role-unknown", "a", '<bpmn:userTask id="a"')

    def test_unknown_role_of_a_wait(self) -> None:
        routine = Builder().start().task("a", sets={"day": "field:day"}, fields=(DATE,)).wait("pause", "day", role="nobody").end()
        assert_only(routine.path("start", "a", "pause", "done"), "role-unknown", "pause", '<bpmn:intermediateCatchEvent id="pause"')

    def test_item_outside_a_multi_instance_step(self) -> None:
        assert_only(with_role("item"), "role-item", "a", '<bpmn:userTask id="a"')

    def test_colour_that_does_not_exist(self) -> None:
        assert_only(with_role("key:office", colour="pink"), "colour-unknown", "officer", "s:role")

    def test_body_that_the_county_does_not_have(self) -> None:
        assert_only(with_role("key:west"), "body-unknown", "officer", "s:role", county=COUNTY)

    @pytest.mark.parametrize("name", ["west", "empty"])
    def test_list_that_the_county_does_not_have(self, name: str) -> None:
        assert_only(with_role(f"list:{name}"), "list-unknown", "officer", "s:role", county=COUNTY)

    def test_function_that_the_county_does_not_have(self) -> None:
        finding = assert_only(with_role("key:office", function="OFFICER WIZARD"), "function-unknown", "officer", "s:role", county=COUNTY)
        assert finding.message == "Rollen ”Handläggare” har funktionen ”WIZARD”, som inte finns i länet."

    def test_body_without_a_seat(self) -> None:
        finding = assert_only(with_role("key:north"), "seat-missing", "officer", "s:role", county=COUNTY)
        assert finding.message == "Rollen ”Handläggare” kan inte utföras hos ”Norr”, som saknar funktionen ”OFFICER”."

    def test_list_with_a_body_without_a_seat(self) -> None:
        finding = assert_only(with_role("list:members"), "seat-missing", "officer", "s:role", county=COUNTY)
        assert "hos ”Norr” och ”Söder”" in finding.message

    def test_one_seat_of_several_functions_is_enough(self) -> None:
        assert found(with_role("list:members", function="OFFICER MEMBER"), county=COUNTY) == ()

    def test_given_list_that_the_county_does_not_have(self) -> None:
        assert_only(straight("a").given_list("x", "west"), "list-unknown", "routine", "county:west", county=COUNTY)

    def test_field_of_a_list_that_the_county_does_not_have(self) -> None:
        field = '<s:field id="body" type="group" name="G" of="list:west"/>'
        routine = Builder().start().task("a", fields=(field,)).end().path("start", "a", "done")
        assert_only(routine, "list-unknown", "a", "list:west", county=COUNTY)

    def test_field_of_a_kind_narrowed_to_a_list_that_the_county_does_not_have(self) -> None:
        narrow = '<s:narrow field="body" of="list:empty"/>'
        routine = Builder().start().task("a", kind="route", fields=(narrow,)).end().path("start", "a", "done")
        finding = assert_only(routine, "list-unknown", "a", "s:narrow", county=COUNTY)
        assert finding.message == "Fältet ”body” väljer ur listan ”empty”, som inte finns eller är tom i länet."

    def test_column_of_a_list_that_the_county_does_not_have(self) -> None:
        table = '<s:field id="t" type="table" name="T"><s:column id="c" type="group" name="C" of="list:west"/></s:field>'
        routine = Builder().start().task("a", fields=(table,)).end().path("start", "a", "done")
        assert_only(routine, "list-unknown", "a", "list:west", county=COUNTY)

    def test_nothing_of_the_county_is_checked_without_one(self) -> None:
        assert found(with_role("key:west", function="WIZARD")) == ()


def chosen(*, sets_in_a: dict[str, str]) -> Builder:
    """Two ways, by `a`, which sets variables, or past it; they meet before `after`."""
    routine = Builder().given("way", "long", "short").start().exclusive("split").task("a", sets=sets_in_a, fields=(DATE,))
    routine.exclusive("merge").path("start", "split").flow("split", "a", "way == 'long'").flow("split", "merge", default=True)
    return routine.path("a", "merge")


class TestVariables:
    def test_variable_that_nothing_sets(self) -> None:
        finding = assert_only(asked("answr == 'yes'"), "variable-unknown", "split-one", 'id="split-one"')
        assert finding.message == "Villkoret ”answr == 'yes'” läser ”answr”, som inget steg sätter (s:set) och som inte är given (s:given)."

    def test_variable_that_one_road_leaves_unset(self) -> None:
        routine = chosen(sets_in_a={"day": "field:day"}).task("b").wait("pause", "day").end().path("merge", "b", "pause", "done")
        finding = assert_only(routine, "variable-not-set", "pause", '<bpmn:intermediateCatchEvent id="pause"')
        assert finding.message == (
            "Väntan ”9 Väntan pause” läser ”day”, men variabeln är inte satt på vägen ”1 Steg b” → ”9 Väntan pause”. Sätt den på varje väg dit."
        )

    def test_variable_that_is_set_later_in_a_loop_only(self) -> None:
        routine = Builder().start().exclusive("merge").wait("pause", "day").task("a", sets={"day": "field:day"}, fields=(DATE,))
        routine.given("on", "yes", "no").exclusive("split").end().path("start", "merge", "pause", "a", "split")
        routine.flow("split", "merge", "on == 'no'").flow("split", "done", default=True)
        assert_only(routine, "variable-not-set", "pause", '<bpmn:intermediateCatchEvent id="pause"')

    def test_variable_of_the_other_parallel_branch(self) -> None:
        routine = Builder().start().parallel("fork").task("a", sets={"day": "field:day"}, fields=(DATE,)).wait("pause", "day")
        routine.parallel("join").end().path("start", "fork", "a", "join", "done").path("fork", "pause", "join")
        assert_only(routine, "variable-not-set", "pause", '<bpmn:intermediateCatchEvent id="pause"')

    def test_variable_of_a_parallel_branch_is_set_after_the_join(self) -> None:
        routine = Builder().start().parallel("fork").task("a", sets={"day": "field:day"}, fields=(DATE,)).task("b").parallel("join")
        routine.wait("pause", "day").end().path("start", "fork", "a", "join", "pause", "done").path("fork", "b", "join")
        assert found(routine) == ()

    def test_variable_that_every_way_sets(self) -> None:
        routine = chosen(sets_in_a={"day": "field:day"}).task("b", sets={"day": "field:day"}, fields=(DATE,))
        routine.flows.remove(("split-merge", "split", "merge", ""))
        routine.flow("split", "b", default=True).path("b", "merge").wait("pause", "day").end().path("merge", "pause", "done")
        assert found(routine) == ()

    def test_role_whose_body_is_not_set_yet(self) -> None:
        lead = '<s:role id="lead" name="Ledare" colour="region" function="OFFICER" body="variable:leader"/>'
        routine = Builder(head=(ROUTINE, PHASE, COLOUR, ROLE, lead)).start().task("a", role="lead")
        routine.task("b", sets={"leader": "field:body"}, fields=(BODY,)).end().path("start", "a", "b", "done")
        finding = assert_only(routine, "variable-not-set", "a", '<bpmn:userTask id="a"')
        assert finding.message.startswith("Rollen för ”1 Steg a” läser ”leader”")

    def test_two_steps_that_can_be_open_together_set_the_same_variable(self) -> None:
        routine = Builder().start().parallel("fork").task("a", sets={"day": "field:day"}, fields=(DATE,))
        routine.task("b", sets={"day": "field:day"}, fields=(DATE,)).parallel("join").end()
        routine.path("start", "fork", "a", "join", "done").path("fork", "b", "join")
        finding = assert_only(routine, "set-together", "b", '<bpmn:userTask id="b"')
        assert finding.message == "”1 Steg a” och ”1 Steg b” kan vara öppna samtidigt och sätter båda ”day”. Ge den två namn."

    @pytest.mark.parametrize(
        ("role", "each", "words"),
        [
            ("variable:day", "", "Rollen för ”1 Steg b” läser ”day”, som är ett datum men ska vara en organisation eller grupp."),
            ("variable:members", "", "läser ”members”, som är en lista av organisationer eller grupper men ska vara en organisation"),
            ("key:office", "day", "Flerinstanssteget ”1 Steg b” läser ”day”, som är ett datum men ska vara en lista av värden."),
            ("item", "choices", "läser ”choices”, som är en lista av val men ska vara en lista av organisationer eller grupper."),
        ],
    )
    def test_variable_of_another_type_than_its_reader_needs(self, role: str, each: str, words: str) -> None:
        choices = '<s:field id="choices" type="choices" name="Val" required="true"><s:option value="x" name="X"/></s:field>'
        other = f'<s:role id="other" name="Annan" colour="region" function="OFFICER" body="{role}"/>'
        routine = Builder(head=(ROUTINE, PHASE, COLOUR, ROLE, other)).given_list("members", "members").start()
        routine.task("a", sets={"day": "field:day", "choices": "field:choices"}, fields=(DATE, choices))
        routine.task("b", role="other", each=each).end().path("start", "a", "b", "done")
        finding = assert_only(routine, "type-mismatch", "b", '<bpmn:userTask id="b"')
        assert words in finding.message

    def test_wait_until_something_that_is_no_date(self) -> None:
        routine = Builder().start().task("a", sets={"size": "field:size"}, fields=(NUMBER,)).wait("pause", "size").end()
        finding = assert_only(
            routine.path("start", "a", "pause", "done"), "type-mismatch", "pause", '<bpmn:intermediateCatchEvent id="pause"'
        )
        assert finding.message == "Väntan ”9 Väntan pause” läser ”size”, som är ett tal men ska vara ett datum."

    def test_list_of_any_values_may_be_walked_when_the_role_does_not_depend_on_it(self) -> None:
        choices = '<s:field id="choices" type="choices" name="Val" required="true"><s:option value="x" name="X"/></s:field>'
        routine = Builder().start().task("a", sets={"choices": "field:choices"}, fields=(choices,)).task("b", each="choices").end()
        assert found(routine.path("start", "a", "b", "done")) == ()
