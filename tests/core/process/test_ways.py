"""Where steps lead, as values: on small routines shape by shape, and on the real one where its text can be compared."""

from pathlib import Path

import pytest

from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from styrkedja.core.process.ways import Choice, Roads, To, Together, targets
from tests.core.process.builder import Builder

REAL = Path(__file__).parents[3] / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"


def roads(routine: Builder) -> Roads:
    reading = read(routine.build())
    assert reading.routine is not None, reading.findings
    return Roads(reading.routine)


def onward(found: Roads, node: str) -> object:
    return found.after(found.routine.nodes[node])


def outcomes(found: Roads, node: str) -> dict[str, object]:
    return {option.value: way for option, way in found.by_outcome(found.routine.nodes[node])}


@pytest.fixture(scope="module")
def real() -> Roads:
    routine: Routine | None = read(REAL.read_bytes()).routine
    assert routine is not None
    return Roads(routine)


def asking(condition: str = "answer == 'yes'", **task: object) -> Builder:
    """A step `ask` with the outcomes yes and no, and a choice: to `one` by the condition, else to `other`."""
    routine = Builder().given_list("members", "members").start().task("ask", outcomes=("yes", "no"), sets={"answer": "outcome"}, **task)
    routine.exclusive("split").task("one").task("other").exclusive("merge").end().path("start", "ask", "split")
    routine.flow("split", "one", condition).flow("split", "other", default=True).path("one", "merge", "done").path("other", "merge")
    return routine


def parallel() -> Builder:
    """Two branches from `before`: `a`, then `b`; and `c`. They meet before `after`."""
    routine = Builder().start().task("before").parallel("fork").task("a").task("b").task("c").parallel("join").task("after").end()
    return routine.path("start", "before", "fork", "a", "b", "join", "after", "done").path("fork", "c", "join")


class TestOneWay:
    def test_leads_to_the_next_step(self) -> None:
        found = roads(Builder().start().task("a").task("b").end().path("start", "a", "b", "done"))
        assert (onward(found, "start"), onward(found, "a"), onward(found, "b")) == (To("a"), To("b"), To("done"))

    def test_leads_through_a_merge(self) -> None:
        assert onward(roads(asking()), "one") == To("done")

    def test_leads_back_where_a_loop_closes(self) -> None:
        routine = (
            Builder().start().exclusive("merge").task("work", outcomes=("again", "ready"), sets={"answer": "outcome"}).exclusive("split")
        )
        routine.end().path("start", "merge", "work", "split").flow("split", "merge", "answer == 'again'").flow(
            "split", "done", default=True
        )
        found = roads(routine)
        assert outcomes(found, "work") == {"again": To("work", back=True), "ready": To("done")}
        assert onward(found, "start") == To("work")


class TestOutcomes:
    def test_each_leads_its_own_way_when_it_decides(self) -> None:
        assert outcomes(roads(asking()), "ask") == {"yes": To("one"), "no": To("other")}

    def test_whatever_the_outcome_the_gateway_is_a_choice(self) -> None:
        assert onward(roads(asking()), "ask") == Choice("Val split", (("", To("one")), ("", To("other"))))

    def test_of_a_step_for_many_are_weighed_together(self) -> None:
        found = roads(asking("'yes' in answer", each="members"))
        assert set(map(repr, outcomes(found, "ask").values())) == {repr(onward(found, "ask"))}

    def test_are_all_the_ways_there_are_from_their_step(self) -> None:
        found = roads(asking())
        nodes = found.routine.nodes
        assert found.all_after(nodes["ask"]) == (To("one"), To("other"))
        assert found.all_after(nodes["one"]) == (To("done"),)

    def test_decide_only_what_they_are_asked_of(self) -> None:
        found = roads(asking("way == 'long'").given("way", "long", "short"))
        assert outcomes(found, "ask")["yes"] == Choice("Val split", (("", To("one")), ("", To("other"))))

    def test_a_step_without_outcomes_has_none(self) -> None:
        found = roads(parallel())
        assert outcomes(found, "a") == outcomes(found, "start") == {}


class TestParallelWork:
    def test_begins_with_the_first_step_of_each_branch(self) -> None:
        assert onward(roads(parallel()), "before") == Together((To("a"), To("c")))

    def test_ends_when_the_last_step_of_the_other_branch_is_done(self) -> None:
        found = roads(parallel())
        assert (onward(found, "a"), onward(found, "b"), onward(found, "c")) == (
            To("b"),
            To("after", awaits=("c",)),
            To("after", awaits=("b",)),
        )

    def test_branch_that_only_meets_the_others_is_no_work(self) -> None:
        routine = Builder().start().task("before").parallel("fork").task("a").parallel("join").end()
        found = roads(routine.path("start", "before", "fork", "a", "join", "done").path("fork", "join"))
        assert onward(found, "before") == To("a")
        assert onward(found, "a") == To("done")


class TestTheRealRoutine:
    def test_entry_is_asked_of_who_opens_the_case(self, real: Roads) -> None:
        ways = (("På remiss", To("receive_consultation")), ("Som nationellt beslut", To("await_national_decision")))
        assert onward(real, "case_opened") == Choice("Hur kommer kunskapsstödet in?", ways)

    def test_no_to_the_municipalities_leads_to_the_regions_own_routine(self, real: Roads) -> None:
        ways = (("Ja", To("send_to_association")), ("Nej", To("hand_over_to_regional_routine")))
        assert onward(real, "assess_municipal_relevance") == Choice("Berörs kommunerna?", ways)

    def test_compilations_of_step_6_wait_for_each_other(self, real: Roads) -> None:
        assert onward(real, "send_programme_group_summary") == To("compile_response", awaits=("send_municipal_summary",))

    def test_competence_may_be_asked_for_on_one_side_on_both_or_on_none(self, real: Roads) -> None:
        region, municipalities = To("request_regional_competence"), To("request_municipal_competence")
        assert outcomes(real, "inventory_competence") == {
            "complete": To("start_implementation"),
            "region": region,
            "municipalities": municipalities,
            "both": Together((region, municipalities)),
        }

    def test_loops_are_those_of_the_source(self, real: Roads) -> None:
        nodes = real.routine.steps()
        back = {
            (node.number, real.routine.nodes[to.node].number)
            for node in nodes
            for way in real.all_after(node)
            for to in targets(way)
            if to.back
        }
        # Reconsideration, rework of the analysis, supplement, more competence, rework or adjustment of the plan, next follow-up.
        assert back == {("11a", "11"), ("17", "17"), ("22", "20"), ("26", "26"), ("29", "28"), ("33", "28"), ("33", "33")}

    def test_every_end_is_reached(self, real: Roads) -> None:
        reached = {to.node for node in [real.routine.start, *real.routine.steps()] for to in targets(real.after(node))}
        assert {node for node in reached if node.startswith("end_")} == {
            node.id for node in real.routine.nodes.values() if node.type == "endEvent"
        }
        assert {node.id for node in real.routine.steps()} <= reached
