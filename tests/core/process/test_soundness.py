"""Soundness: every fault is found, with its line and a shortest road, and nothing else is."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrkedja.core.process.model import Finding, Flow, Node, NodeType, Routine
from styrkedja.core.process.reader import read
from styrkedja.core.process.soundness import explore
from styrkedja.core.process.tokens import Marking, TwoTokens, by_conditions, enabled, ended, fire, initial
from tests.core.process.blocks import Block, blocks, written
from tests.core.process.builder import Builder, line_of, straight


def routine_of(routine: Builder) -> Routine:
    reading = read(routine.build())
    assert reading.findings == ()
    assert reading.routine is not None
    return reading.routine


def found(routine: Builder) -> list[Finding]:
    return list(explore(routine_of(routine)).findings)


def codes(routine: Builder) -> list[tuple[str, str]]:
    return [(finding.code, finding.element) for finding in found(routine)]


def forked() -> Builder:
    """Two branches, `a` and `b`, between the gateways `fork` and `join`."""
    routine = Builder().start().parallel("fork").task("a").task("b").parallel("join").end()
    return routine.path("start", "fork", "a").path("fork", "b", "join", "done")


def wide(branches: int, length: int) -> Builder:
    routine = Builder().start().parallel("fork").parallel("join").end().path("start", "fork").path("join", "done")
    for branch in range(branches):
        steps = [f"s{branch}_{number}" for number in range(length)]
        for step in steps:
            routine.task(step)
        routine.path("fork", *steps, "join")
    return routine


class TestASoundRoutine:
    def test_straight_road_has_one_state_for_each_step_and_the_end(self) -> None:
        soundness = explore(routine_of(straight("a", "b", "c")))
        assert (soundness.states, soundness.findings) == (4, ())
        assert soundness.together == {"a": frozenset(), "b": frozenset(), "c": frozenset()}

    def test_parallel_branches_know_what_can_be_open_together(self) -> None:
        soundness = explore(routine_of(forked().path("a", "join")))
        assert (soundness.states, soundness.findings) == (4, ())
        assert soundness.together == {"a": {"b"}, "b": {"a"}}

    def test_loop_with_an_exit(self) -> None:
        routine = Builder().start().exclusive("merge").task("a").exclusive("split").end().path("start", "merge", "a", "split", "merge")
        assert found(routine.flow("split", "done")) == []

    def test_two_ways_to_the_same_end(self) -> None:
        routine = (
            Builder().start().exclusive("split").task("a").task("b").end().path("start", "split", "a", "done").path("split", "b", "done")
        )
        assert found(routine) == []

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(blocks())
    def test_routine_of_nested_blocks(self, block: Block) -> None:
        assert found(written(block)) == []


class TestAnUnsoundRoutine:
    def test_exit_inside_a_parallel_block_is_an_end_too_early_and_a_deadlock(self) -> None:
        routine = forked().exclusive("leave").end("left", "Lämnat").path("a", "leave", "join").flow("leave", "left")
        source = routine.build()
        deadlock, early = sorted(found(routine), key=lambda finding: finding.code)
        assert (deadlock.code, deadlock.element, deadlock.line) == ("deadlock", "join", line_of(source, 'id="join"'))
        assert deadlock.message == (
            "”Gren join” väntar på grenen från ”Val leave”, som aldrig kommer. Ärendet fastnar. Så går det till: ”1 Steg a” → ”1 Steg b”."
        )
        assert (early.code, early.element, early.line) == ("improper-end", "left", line_of(source, 'id="left"'))
        assert early.message == (
            "”Lämnat” är ett slut men nås medan ”1 Steg b” är kvar. Samla alla grenar före slutet. Så går det till: ”1 Steg a”."
        )

    def test_branches_that_never_meet_end_too_early(self) -> None:
        routine = Builder().start().parallel("fork").task("a").task("b").end().end("other")
        routine.path("start", "fork", "a", "done").path("fork", "b", "other")
        assert codes(routine) == [("improper-end", "done"), ("improper-end", "other")]

    def test_choice_that_is_joined_as_if_parallel_is_a_deadlock(self) -> None:
        routine = Builder().start().exclusive("split").task("a").task("b").parallel("join").end()
        routine.path("start", "split", "a", "join", "done").path("split", "b", "join")
        assert codes(routine) == [("deadlock", "join")]
        assert found(routine)[0].message.endswith("Så går det till: ”1 Steg a”.")

    def test_deadlock_before_any_step_says_so(self) -> None:
        routine = Builder().start().exclusive("split").parallel("join").task("a").end()
        routine.path("start", "split", "join", "a", "done")
        routine.flows.append(("second", "split", "join", ""))
        assert codes(routine) == [("deadlock", "join")]
        assert found(routine)[0].message.endswith("Ärendet fastnar. Det händer redan när ärendet öppnas.")

    def test_parallel_branches_that_are_merged_as_if_chosen_bring_two_tokens(self) -> None:
        routine = Builder().start().parallel("fork").task("a").task("b").exclusive("merge").task("c").end()
        routine.path("start", "fork", "a", "merge", "c", "done").path("fork", "b", "merge")
        source = routine.build()
        finding = next(finding for finding in found(routine) if finding.code == "two-tokens")
        assert (finding.element, finding.line) == ("c", line_of(source, 'id="c"'))
        assert finding.message.startswith("”1 Steg c” kan nås en gång till innan det första är klart.")
        assert finding.message.endswith("Så går det till: ”1 Steg a” → ”1 Steg b”.")

    def test_fork_whose_flows_meet_at_once_brings_two_tokens(self) -> None:
        routine = Builder().start().parallel("fork").exclusive("merge").task("a").end().path("start", "fork", "merge", "a", "done")
        routine.flows.append(("second", "fork", "merge", ""))
        assert codes(routine) == [("two-tokens", "a")]

    def test_loop_back_into_a_parallel_block_brings_two_tokens(self) -> None:
        routine = Builder().start().exclusive("merge").parallel("fork").task("a").exclusive("split").task("b").parallel("join").end()
        routine.path("start", "merge", "fork", "a", "split", "join", "done").path("split", "merge").path("fork", "b", "join")
        assert ("two-tokens", "b") in codes(routine)

    def test_cycle_without_exit_has_no_way_out(self) -> None:
        routine = Builder().start().exclusive("split").end().exclusive("merge").task("a").task("b")
        routine.path("start", "split", "done").path("split", "merge", "a", "b", "merge")
        source = routine.build()
        finding = found(routine)[0]
        assert [(finding.code, finding.element)] == codes(routine) == [("no-way-out", "a")]
        assert finding.line == line_of(source, 'id="a"')
        assert finding.message.startswith("”1 Steg a” leder aldrig till något slut")

    def test_cycle_of_gateways_alone_is_found_before_anything_runs(self) -> None:
        routine = (
            Builder().start().exclusive("merge").exclusive("split").end().path("start", "merge", "split", "merge").path("split", "done")
        )
        source = routine.build()
        finding = found(routine)[0]
        assert (finding.code, finding.element, finding.line) == ("circle-without-step", "merge", line_of(source, 'id="merge"'))
        assert finding.message.startswith("Mellan ”Val merge” och ”Val split” finns en krets utan steg.")

    def test_node_without_a_road_from_the_start_is_unreachable(self) -> None:
        routine = straight("a").exclusive("merge").task("lost").path("lost", "merge")
        routine.flows.remove(("a-done", "a", "done", ""))
        routine.path("a", "merge", "done")
        source = routine.build()
        finding = found(routine)[0]
        assert codes(routine) == [("unreachable", "lost")]
        assert finding.line == line_of(source, 'id="lost"')

    def test_too_many_states_are_told_and_the_visit_stops(self) -> None:
        routine = routine_of(wide(10, 3))
        soundness = explore(routine, max_states=1000)
        assert [(finding.code, finding.element) for finding in soundness.findings] == [("too-many-states", "start")]
        assert soundness.states == 1000

    def test_exactly_as_many_states_as_allowed_are_no_fault(self) -> None:
        routine = routine_of(wide(3, 2))
        assert explore(routine, max_states=27).findings == ()
        assert [finding.code for finding in explore(routine, max_states=26).findings] == ["too-many-states"]

    def test_ways_through_the_gateways_alone_cannot_fill_the_memory(self) -> None:
        routine = Builder().start().parallel("fork").parallel("join").end().path("start", "fork").path("join", "done")
        for branch in range(40):
            routine.exclusive(f"s{branch}").exclusive(f"m{branch}").task(f"a{branch}").task(f"b{branch}")
            routine.path("fork", f"s{branch}", f"a{branch}", f"m{branch}", "join").path(f"s{branch}", f"b{branch}", f"m{branch}")
        assert [finding.code for finding in explore(routine_of(routine)).findings] == ["too-many-states"]

    def test_long_row_of_gateways_is_no_trouble(self) -> None:
        routine = Builder().start().end()
        names = [f"g{number}" for number in range(900)]
        for number, name in enumerate(names):
            routine.exclusive(name).end(f"e{number}").flow(name, f"e{number}")
        assert found(routine.path("start", *names, "done")) == []

    def test_27_000_states_are_all_visited(self) -> None:
        soundness = explore(routine_of(wide(3, 29)))
        assert (soundness.states, soundness.findings) == (27_000, ())


def choices(routine: Routine, step: Marking | None, node: str) -> Iterator[Marking]:
    """Every marking that can follow, by trying every answer that the gateways can get."""
    scripts: list[list[int]] = [[]]
    while scripts:
        script = scripts.pop()
        asked: list[int] = []

        def choose(_gateway: Node, flows: tuple[Flow, ...], script: list[int] = script, asked: list[int] = asked) -> Flow:
            answer = script[len(asked)] if len(asked) < len(script) else 0
            asked.append(len(flows))
            return flows[answer]

        following = initial(routine, choose) if step is None else fire(routine, step, node, choose)
        for place in range(len(script), len(asked)):
            scripts += [[*script, *[0] * (place - len(script)), answer] for answer in range(1, asked[place])]
        yield following


def played(routine: Routine) -> tuple[int, set[str]]:
    """How many states the token game reaches, and the codes of what goes wrong in it, found the slow and obvious way."""
    after: dict[Marking, set[Marking]] = {}
    wrong: set[str] = set()
    settled: set[Marking] = set()
    sources: list[tuple[Marking | None, str]] = [(None, "")]
    while sources:
        marking, node = sources.pop()
        try:
            following = list(choices(routine, marking, node))
        except TwoTokens:
            return len(after), {"two-tokens"}
        for reached in following:
            rest = Marking(frozenset(flow for flow in reached.flows if routine.nodes[routine.flows[flow].target].type is not NodeType.END))
            if ended(routine, reached) and len(reached.flows) > 1:
                wrong.add("improper-end")
            if not enabled(routine, rest):
                settled.add(rest)
                wrong |= {"deadlock"} if rest.flows else set()
            if marking is not None:
                after[marking].add(rest)
            if rest not in after:
                after[rest] = set()
                sources += [(rest, step) for step in sorted(enabled(routine, rest))]
    if any(settled.isdisjoint(_reachable(after, marking)) for marking in after):
        wrong.add("no-way-out")
    return len(after), wrong


def _reachable(after: dict[Marking, set[Marking]], marking: Marking) -> set[Marking]:
    seen, ahead = {marking}, [marking]
    while ahead:
        for reached in after[ahead.pop()] - seen:
            seen.add(reached)
            ahead.append(reached)
    return seen


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(blocks(6), st.data())
def test_token_game_and_visit_of_all_states_agree(block: Block, data: st.DataObject) -> None:
    """On sound routines, and on routines spoilt by leading one flow to another node."""
    routine = written(block)
    if data.draw(st.booleans()):
        number = data.draw(st.integers(0, len(routine.flows) - 1))
        key, source, _, condition = routine.flows[number]
        target = data.draw(st.sampled_from(sorted(node for node in routine.nodes if node not in ("start", source))))
        routine.flows[number] = (key, source, target, condition)
        # A step or a fork with two flows into it would be a fault of shape, which `check` looks at first; so a merge goes before it.
        routine = _merged_before(routine, target, number)
    model = routine_of(routine)
    soundness = explore(model)
    found_codes = {finding.code for finding in soundness.findings}
    if "circle-without-step" in found_codes:
        return
    states, wrong = played(model)
    if "two-tokens" in wrong:
        assert "two-tokens" in found_codes
    else:
        assert (soundness.states, found_codes - {"unreachable"}) == (states, wrong)


def _merged_before(routine: Builder, target: str, number: int) -> Builder:
    into = [place for place, flow in enumerate(routine.flows) if flow[2] == target]
    forks = "parallel" in routine.nodes[target] and sum(flow[1] == target for flow in routine.flows) > 1
    if "userTask" in routine.nodes[target] or "Catch" in routine.nodes[target] or forks:
        routine.exclusive("extra")
        for place in into:
            key, source, _, condition = routine.flows[place]
            routine.flows[place] = (key, source, "extra", condition)
        routine.flow("extra", target)
    return routine


class TestTheTokenGame:
    def test_walk_through_choice_and_fork(self) -> None:
        routine = Builder().start().task("ask").exclusive("split").parallel("fork").task("a").task("b").parallel("join").end().end("no")
        routine.path("start", "ask", "split").flow("split", "fork", "go == 'yes'").flow("split", "no", default=True)
        model = routine_of(routine.path("fork", "a", "join", "done").path("fork", "b", "join"))
        yes, no = by_conditions({"go": "yes"}), by_conditions({"go": "no"})
        opened = initial(model, yes)
        assert enabled(model, opened) == {"ask"}
        assert ended(model, fire(model, opened, "ask", no)) == {"no"}
        marking = fire(model, opened, "ask", yes)
        assert enabled(model, marking) == {"a", "b"}
        marking = fire(model, marking, "b", yes)
        assert enabled(model, marking) == {"a"}
        assert marking.flows == {"fork-a", "b-join"}
        marking = fire(model, marking, "a", yes)
        assert (enabled(model, marking), ended(model, marking), marking.flows) == (frozenset(), {"done"}, {"join-done"})

    def test_step_that_is_not_open_cannot_be_done(self) -> None:
        model = routine_of(straight("a", "b"))
        with pytest.raises(ValueError, match="b is not open"):
            fire(model, initial(model, by_conditions({})), "b", by_conditions({}))

    def test_second_token_is_an_error(self) -> None:
        routine = Builder().start().parallel("fork").exclusive("merge").task("a").end().path("start", "fork", "merge", "a", "done")
        routine.flows.append(("second", "fork", "merge", ""))
        with pytest.raises(TwoTokens):
            initial(routine_of(routine), by_conditions({}))
