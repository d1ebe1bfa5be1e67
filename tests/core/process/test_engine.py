"""The engine adapter: the traps of the library, and random walks in which engine, token graph and replay must agree."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from styrkedja.core.process import engine, tokens
from styrkedja.core.process.engine import Completion, EngineFault, Execution, Program, Token, TokenNotOpen, Value, replay
from styrkedja.core.process.model import Node, Routine
from styrkedja.core.process.reader import read
from tests.core.process.builder import Builder

ROUTINE = Path(__file__).resolve().parents[3] / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"
PRINCIPALS: list[str] = ["region-vasternorrland", "ange", "timra"]


def routine_of(source: bytes) -> Routine:
    reading = read(source)
    assert reading.findings == ()
    assert reading.routine is not None
    return reading.routine


@pytest.fixture(scope="module")
def real() -> Program:
    return Program(routine_of(ROUTINE.read_bytes()))


def asking() -> Program:
    """ask → choice → (yes: check, then end) (no: back to ask)."""
    builder = Builder()
    builder.start().task("ask", outcomes=("yes", "no"), sets={"answer": "outcome"}).exclusive("again").exclusive("choice").task(
        "check"
    ).end("done")
    builder.path("start", "again", "ask", "choice")
    builder.flow("choice", "check", "answer == 'yes'").flow("choice", "again", default=True)
    builder.path("check", "done")
    return Program(routine_of(builder.build()))


def keys(execution: Execution) -> list[str]:
    return [token.key for token in execution.tokens()]


def test_loop_gives_the_step_a_new_visit() -> None:
    execution = Execution.start(asking(), {})
    assert keys(execution) == ["ask#1"]
    execution.complete("ask#1", {"answer": "no"})
    assert keys(execution) == ["ask#2"]
    execution.complete("ask#2", {"answer": "yes"})
    execution.complete("check#1", {})
    assert (execution.tokens(), execution.ended) == ((), "done")


def test_done_token_cannot_be_done_again() -> None:
    execution = Execution.start(asking(), {})
    execution.complete("ask#1", {"answer": "no"})
    before = execution.dump()
    with pytest.raises(TokenNotOpen):
        execution.complete("ask#1", {"answer": "yes"})
    assert execution.dump() == before


def test_gateway_that_reads_a_missing_variable_is_a_fault_and_not_the_default_branch() -> None:
    """None would silently take the default branch."""
    execution = Execution.start(asking(), {})
    with pytest.raises(EngineFault, match="answer"):
        execution.complete("ask#1", {})


def test_fault_leaves_the_stored_state_as_it_was() -> None:
    program = asking()
    state = Execution.start(program, {}).dump()
    with pytest.raises(EngineFault):
        Execution.load(program, state).complete("ask#1", {})
    assert keys(Execution.load(program, state)) == ["ask#1"]


def test_case_is_stopped_long_before_the_library_loses_sight_of_it() -> None:
    execution = Execution.start(asking(), {})
    with mock.patch.object(engine, "MAX_DEPTH", 60), pytest.raises(EngineFault, match="60 steg"):
        say_no(execution, 100)
    assert execution.ended is None


def say_no(execution: Execution, times: int) -> None:
    for visit in range(1, times + 1):
        execution.complete(f"ask#{visit}", {"answer": "no"})


def test_state_holds_no_definition() -> None:
    assert "task_specs" not in Execution.start(asking(), {}).dump()


def test_scripts_and_services_are_refused_by_the_environment() -> None:
    environment = engine._Environment()
    with pytest.raises(EngineFault):
        environment.execute("import os", {})
    with pytest.raises(EngineFault):
        environment.call_service({})


def test_step_for_many_bodies_is_open_for_each_until_all_have_answered(real: Program) -> None:
    execution = to_assessment(real, ["lpo-a", "lpo-b"])
    assert keys(execution) == ["assess_municipal_relevance#1/0", "assess_municipal_relevance#1/1"]
    execution.complete("assess_municipal_relevance#1/1", {"municipal_relevance": "no"})
    execution = Execution.load(real, execution.dump())
    assert keys(execution) == ["assess_municipal_relevance#1/0"]
    execution.complete("assess_municipal_relevance#1/0", {"municipal_relevance": "yes"})
    assert execution.tokens()[0].variables["municipal_relevance"] == ["yes", "no"]


def test_step_for_nobody_is_a_fault(real: Program) -> None:
    with pytest.raises(EngineFault, match="affected_lpos"):
        to_assessment(real, [])


def to_assessment(program: Program, lpos: list[str]) -> Execution:
    execution = Execution.start(program, {"entry": "consultation", "principals": PRINCIPALS})
    execution.complete("receive_consultation#1", {"answer_due": "2026-09-01"})
    execution.complete("register_consultation#1", {})
    execution.complete("forward_consultation#1", {"affected_lpos": lpos, "lead_lpo": "lpo-a"})
    return execution


def values(node: Node, outcome: str) -> dict[str, Value]:
    """Plausible values for every variable that the step leaves behind."""
    step = node.step
    if step is None:
        return {}
    lists: dict[str, Value] = {"affected_lpos": ["lpo-a", "lpo-b"], "review_groups": ["g1", "g2"], "performing_groups": ["g1"]}
    lists |= {"asked_municipalities": ["ange"], "endorsing_principals": ["timra"]}
    return {one.variable: outcome if one.source == "outcome" else lists.get(one.variable, "2027-01-01") for one in step.assignments}


def graph_values(
    token: Token, left: dict[str, Value], gathered: dict[tuple[str, int], dict[int, dict[str, Value]]]
) -> dict[str, Value] | None:
    """What the graph sees of a step: at once, or as lists when the last body has answered."""
    if token.index is None:
        return left
    answers = gathered.setdefault((token.node_id, token.visit), {})
    answers[token.index] = left
    return {name: [answers[index][name] for index in sorted(answers)] for name in left}  # type: ignore[misc]


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_engine_graph_and_replay_agree_on_random_walks(real: Program, data: Any) -> None:
    routine = real.routine
    entry = data.draw(st.sampled_from(["consultation", "national_decision"]))
    givens: dict[str, Value] = {"entry": entry, "principals": PRINCIPALS}
    execution = Execution.start(real, givens)
    seen: dict[str, Value] = dict(givens)
    marking = tokens.initial(routine, tokens.by_conditions(seen))
    done: list[Completion] = []
    gathered: dict[tuple[str, int], dict[int, dict[str, Value]]] = {}
    for _step in range(data.draw(st.integers(20, 110))):
        open_now = execution.tokens()
        assert {token.node_id for token in open_now} == set(tokens.enabled(routine, marking))
        if not open_now:
            break
        token = data.draw(st.sampled_from(open_now))
        node = routine.nodes[token.node_id]
        outcome = data.draw(st.sampled_from([option.value for option in node.step.outcomes])) if node.step and node.step.outcomes else ""
        left = values(node, outcome)
        last = sum(1 for other in open_now if other.node_id == token.node_id) == 1
        for_graph = graph_values(token, left, gathered)
        execution.complete(token.key, left)
        done.append(Completion(token.key, left))
        execution = Execution.load(real, execution.dump())
        if last:
            seen |= for_graph or {}
            marking = tokens.fire(routine, marking, token.node_id, tokens.by_conditions(seen))
    assert execution.ended == next(iter(tokens.ended(routine, marking)), None)
    again = replay(real, givens, done)
    assert [(token.key, dict(token.variables)) for token in again.tokens()] == [
        (token.key, dict(token.variables)) for token in execution.tokens()
    ]
    assert again.ended == execution.ended
