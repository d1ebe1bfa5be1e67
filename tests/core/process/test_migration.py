"""Moving a case to a revised routine. Each test writes two versions, walks a case in the old one and plays it under the new one."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.core.process.answers import fits
from styrkedja.core.process.engine import Program, replay
from styrkedja.core.process.migration import Dropped, Plan, plan
from tests.core.process.builder import Builder, straight
from tests.core.process.revising import insert_after
from tests.core.process.walking import Walk, program

REAL = Path(__file__).parents[3] / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"
GIVENS = {"entry": "consultation", "principals": ["one", "two", "three"]}


def move(walk: Walk, new: Builder) -> Plan:
    return plan(program(new.build()), walk.givens, walk.done)


def keys(found: Plan) -> list[str]:
    return [token.key for token in found.open]


def dropped(drops: tuple[Dropped, ...]) -> dict[str, str]:
    return {drop.done.key: drop.reason for drop in drops}


def review_loop(*, outcomes: tuple[str, str] = ("good", "again"), before: str = "") -> Builder:
    """write → review → back to write when it is `again`; `before` is a step put in before the review."""
    good, again = outcomes
    routine = (
        Builder()
        .start()
        .exclusive("back")
        .task("write", number="17")
        .task("review", number="18", outcomes=outcomes, sets={"verdict": "outcome"})
    )
    routine.exclusive("split").task("send", number="19").end().path("start", "back", "write")
    if before:
        routine.task(before, number="17a").path("write", before, "review")
    else:
        routine.path("write", "review")
    routine.path("review", "split").flow("split", "back", f"verdict == '{again}'").flow("split", "send", default=True)
    return routine.path("send", "done")


def fork(*branches: tuple[str, ...]) -> Builder:
    """Start, the branches side by side, a join, a last step."""
    routine = Builder().start().parallel("fork").parallel("join").task("last", number="9").end()
    for number, branch in enumerate(branches, 1):
        for step in branch:
            routine.task(step, number=str(number))
        routine.path("fork", *branch, "join")
    return routine.path("start", "fork").path("join", "last", "done")


def many(*, each: bool = True, picked: str = "field:chosen", spec: str = "") -> Builder:
    """A step that chooses who shall answer, the answers, a last step."""
    field = spec or '<s:field id="chosen" type="groups" name="Vilka ska svara?" required="true"/>'
    routine = Builder().start().task("choose", sets={"asked": picked}, fields=[field], number="1")
    routine.task("answer", each="asked" if each else "", outcomes=("yes", "no"), sets={"answers": "outcome"}, number="2")
    return routine.task("close", number="3").end().path("start", "choose", "answer", "close", "done")


# The same version


@cache
def real() -> Program:
    return program(REAL.read_bytes())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_moving_to_the_same_version_keeps_everything_and_leaves_the_case_where_it_stands(data: st.DataObject) -> None:
    walk = Walk(real(), {**GIVENS, "entry": data.draw(st.sampled_from(["consultation", "national_decision"]))})
    for _ in range(data.draw(st.integers(0, 70))):
        if not walk.step(lambda options: data.draw(st.sampled_from(list(options)))):
            break
    found = plan(real(), walk.givens, walk.done)
    assert [kept.done for kept in found.kept] == walk.done
    assert [(kept.completion.key, kept.completion.values) for kept in found.kept] == [(done.key, done.values) for done in walk.done]
    assert (keys(found), found.ended, found.removed, found.redo, found.obstacle) == (walk.open, walk.execution.ended, (), (), "")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_kept_can_always_be_replayed_and_nothing_done_is_lost_from_sight(data: st.DataObject) -> None:
    """Whatever order the parallel steps were done in, and whichever step the revised version lacks."""
    walk = Walk(program(fork(("a", "b"), ("c", "d"), ("e",)).build()))
    while data.draw(st.booleans()) and walk.step(lambda options: data.draw(st.sampled_from(list(options)))):
        pass
    lacking = data.draw(st.sampled_from("abcde"))
    branches = [tuple(step for step in branch if step != lacking) for branch in (("b", "a"), ("d", "c"), ("e", "f"))]
    new = program(fork(*branches).build())
    found = plan(new, {}, walk.done)
    execution = replay(new, {}, found.completions)
    assert [token.key for token in execution.tokens()] == keys(found)
    told = [kept.done for kept in found.kept] + [drop.done for drop in (*found.removed, *found.redo)]
    assert sorted(done.sequence for done in told) == [done.sequence for done in walk.done]


# Steps that come and go


def test_a_step_that_no_longer_exists_is_removed_and_the_case_goes_on() -> None:
    walk = Walk(program(straight("a", "b", "c").build())).do("a#1").do("b#1")
    found = move(walk, straight("a", "c"))
    assert keys(found) == ["c#1"]
    assert [kept.done.key for kept in found.kept] == ["a#1"]
    assert dropped(found.removed) == {"b#1": "Steget finns inte i version 1."}
    assert found.redo == ()


def test_when_the_open_step_is_removed_the_case_stands_at_the_next() -> None:
    walk = Walk(program(straight("a", "b", "c").build())).do("a#1")
    assert keys(move(walk, straight("a", "c"))) == ["c#1"]


def test_a_case_whose_last_steps_are_removed_comes_to_the_end() -> None:
    walk = Walk(program(straight("a", "b", "c").build())).do("a#1").do("b#1")
    found = move(walk, straight("a"))
    assert (found.open, found.ended) == ((), "done")


def test_a_new_step_before_what_was_done_is_open_and_the_rest_is_to_be_redone() -> None:
    walk = Walk(program(straight("a", "b", "c").build())).do("a#1").do("b#1")
    found = move(walk, straight("a", "new", "b", "c"))
    assert keys(found) == ["new#1"]
    assert found.removed == ()
    assert dropped(found.redo) == {"b#1": "I version 1 ska först steget ”1 Steg new” göras."}


def test_a_new_step_in_another_branch_is_opened_and_nothing_is_redone() -> None:
    walk = Walk(program(fork(("a",), ("b",)).build())).do("a#1").do("b#1")
    found = move(walk, fork(("a",), ("b",), ("new",)))
    assert keys(found) == ["new#1"]
    assert (found.removed, found.redo) == ((), ())


def test_a_new_step_in_a_parallel_branch_blocks_what_came_after_the_join() -> None:
    walk = Walk(program(fork(("a",), ("b",)).build())).do("a#1").do("b#1").do("last#1")
    found = move(walk, fork(("a", "new_one"), ("b", "new_two")))
    assert keys(found) == ["new_one#1", "new_two#1"]
    assert dropped(found.redo) == {"last#1": "I version 1 ska först stegen ”1 Steg new_one” och ”2 Steg new_two” göras."}


def test_steps_that_change_places_are_both_kept_in_their_new_order() -> None:
    walk = Walk(program(straight("a", "b", "c").build())).do("a#1").do("b#1")
    found = move(walk, straight("b", "a", "c"))
    assert [kept.completion.key for kept in found.kept] == ["b#1", "a#1"]
    assert keys(found) == ["c#1"]


def test_steps_done_one_after_another_are_kept_when_they_become_parallel() -> None:
    walk = Walk(program(straight("a", "b", "last").build())).do("a#1")
    assert keys(move(walk, fork(("a",), ("b",)))) == ["b#1"]


def test_a_task_does_not_become_a_wait_because_it_has_the_same_id() -> None:
    walk = Walk(program(straight("a", "b").build())).do("a#1").do("b#1")
    date_field = '<s:field id="on" type="date" name="Dag" required="true"/>'
    new = Builder().start().task("a", sets={"on": "field:on"}, fields=[date_field]).wait("b", "on").end().path("start", "a", "b", "done")
    walk.done[0].data["on"] = "2027-01-01"  # type: ignore[index]
    found = move(walk, new)
    assert keys(found) == ["b#1"]
    assert dropped(found.removed) == {"b#1": "Steget finns inte i version 1."}


def test_an_ended_wait_stays_ended() -> None:
    date_field = '<s:field id="on" type="date" name="Dag" required="true"/>'

    def waiting(*after: str) -> Builder:
        routine = Builder().start().task("a", sets={"on": "field:on"}, fields=[date_field]).wait("pause", "on").end()
        for step in after:
            routine.task(step)
        return routine.path("start", "a", "pause", *after, "done")

    walk = Walk(program(waiting("b").build())).do("a#1").do("pause#1")
    assert keys(move(walk, waiting("new", "b"))) == ["new#1"]


# Loops


def test_rounds_of_a_loop_are_kept() -> None:
    walk = Walk(program(review_loop().build())).do("write#1").do("review#1", "again").do("write#2")
    found = move(walk, review_loop())
    assert [kept.completion.key for kept in found.kept] == ["write#1", "review#1", "write#2"]
    assert keys(found) == ["review#2"]


def test_a_new_step_inside_a_loop_is_asked_for_in_the_first_round() -> None:
    walk = Walk(program(review_loop().build())).do("write#1").do("review#1", "again").do("write#2").do("review#2", "good")
    found = move(walk, review_loop(before="check"))
    assert keys(found) == ["check#1"]
    assert [kept.done.key for kept in found.kept] == ["write#1"]
    assert set(dropped(found.redo)) == {"review#1", "write#2", "review#2"}


def test_rounds_that_a_removed_loop_made_are_removed_not_to_be_redone() -> None:
    walk = Walk(program(review_loop().build())).do("write#1").do("review#1", "again").do("write#2").do("review#2", "good")
    found = move(walk, straight("write", "send"))
    assert keys(found) == ["send#1"]
    assert dropped(found.removed) == {
        "review#1": "Steget finns inte i version 1.",
        "write#2": "Ärendet går förbi steget i version 1.",
        "review#2": "Steget finns inte i version 1.",
    }


def test_steps_that_change_places_inside_a_loop_keep_every_round() -> None:
    def looping(first: str, second: str) -> Builder:
        routine = Builder().start().exclusive("back").task("draft").task("judge", outcomes=("good", "again"), sets={"verdict": "outcome"})
        routine.exclusive("split").task("send").end().path("start", "back", first, second, "split")
        return routine.flow("split", "back", "verdict == 'again'").flow("split", "send", default=True).path("send", "done")

    walk = Walk(program(looping("draft", "judge").build()))
    walk.do("draft#1").do("judge#1", "again").do("draft#2").do("judge#2", "good")
    found = move(walk, looping("judge", "draft"))
    assert [kept.completion.key for kept in found.kept] == ["judge#1", "draft#1", "judge#2", "draft#2"]
    assert keys(found) == ["send#1"]


# Outcomes and values


def test_an_outcome_that_is_gone_leaves_the_step_open() -> None:
    walk = Walk(program(review_loop().build())).do("write#1").do("review#1", "good").do("send#1")
    found = move(walk, review_loop(outcomes=("approved", "again")))
    assert keys(found) == ["review#1"]
    assert dropped(found.redo) == {
        "review#1": "Utfallet som valdes finns inte i version 1.",
        "send#1": "I version 1 ska först steget ”18 Steg review” göras.",
    }


def test_a_later_round_stands_in_for_one_whose_outcome_is_gone() -> None:
    walk = Walk(program(review_loop().build())).do("write#1").do("review#1", "again").do("write#2").do("review#2", "good")
    found = move(walk, review_loop(outcomes=("good", "rework")))
    assert keys(found) == ["send#1"]
    assert [kept.done.key for kept in found.kept] == ["write#1", "review#2"]
    assert dropped(found.removed) == {
        "review#1": "En senare omgång av steget gäller i version 1.",
        "write#2": "Ärendet går förbi steget i version 1.",
    }


def test_a_step_that_now_ends_with_a_choice_is_to_be_redone() -> None:
    walk = Walk(program(straight("a", "b").build())).do("a#1")
    new = Builder().start().task("a", outcomes=("yes", "no")).task("b").end().path("start", "a", "b", "done")
    found = move(walk, new)
    assert keys(found) == ["a#1"]
    assert dropped(found.redo) == {"a#1": "Steget avslutas med ett val i version 1."}


def test_a_step_that_no_longer_ends_with_a_choice_is_kept() -> None:
    old = Builder().start().task("a", outcomes=("yes", "no")).task("b").end().path("start", "a", "b", "done")
    assert keys(move(Walk(program(old.build())).do("a#1", "no"), straight("a", "b"))) == ["b#1"]


def test_a_variable_that_a_step_sets_from_now_on_is_taken_from_what_was_answered_then() -> None:
    field = '<s:field id="size" type="number" name="Storlek" required="true"/>'
    old = Builder().start().task("a", fields=[field]).task("b").end().path("start", "a", "b", "done")
    new = Builder().start().task("a", sets={"size": "field:size"}, fields=[field]).task("b").end().path("start", "a", "b", "done")
    walk = Walk(program(old.build())).do("a#1", size=7)
    found = move(walk, new)
    assert found.kept[0].completion.values == {"size": 7}
    assert found.open[0].variables["size"] == 7


def test_an_answer_that_was_never_given_leaves_the_step_open() -> None:
    field = '<s:field id="size" type="number" name="Storlek" required="true"/>'
    new = Builder().start().task("a", sets={"size": "field:size"}, fields=[field]).task("b").end().path("start", "a", "b", "done")
    found = move(Walk(program(straight("a", "b").build())).do("a#1"), new)
    assert keys(found) == ["a#1"]
    assert dropped(found.redo) == {"a#1": "Version 1 behöver uppgiften ”Storlek”, som inte lämnades."}


def test_a_renamed_field_is_found_through_the_variable_that_it_left() -> None:
    def asking(field: str) -> Builder:
        spec = f'<s:field id="{field}" type="date" name="Dag" required="true"/>'
        return Builder().start().task("a", sets={"on": f"field:{field}"}, fields=[spec]).task("b").end().path("start", "a", "b", "done")

    found = move(Walk(program(asking("day").build())).do("a#1", day="2026-10-01"), asking("date"))
    assert found.kept[0].completion.values == {"on": "2026-10-01"}


def test_an_answer_of_another_sort_is_not_taken_over() -> None:
    def asking(sort: str) -> Builder:
        spec = f'<s:field id="when" type="{sort}" name="När?" required="true"/>'
        return Builder().start().task("a", sets={"on": "field:when"}, fields=[spec]).task("b").end().path("start", "a", "b", "done")

    found = move(Walk(program(asking("text").build())).do("a#1", when="till hösten"), asking("date"))
    assert keys(found) == ["a#1"]
    assert dropped(found.redo) == {"a#1": "Uppgiften ”När?” besvaras på ett annat sätt i version 1."}


@pytest.mark.parametrize(
    ("type", "good", "bad"),
    [
        (FieldType.TEXT, "a", 1),
        (FieldType.LONG_TEXT, "a", ["a"]),
        (FieldType.NUMBER, 1.5, True),
        (FieldType.DATE, "2026-10-01", "2026-13-01"),
        (FieldType.DATE, "2026-10-01", date(2026, 10, 1)),
        (FieldType.CHOICE, "yes", "maybe"),
        (FieldType.CHOICES, ["yes", "no"], ["yes", "maybe"]),
        (FieldType.YES_NO, False, 0),
        (FieldType.FILE, {"file": "f", "name": "n"}, "f"),
        (FieldType.ORGANISATION, "one", ["one"]),
        (FieldType.ORGANISATIONS, ["one"], "one"),
        (FieldType.GROUP, "one", None),
        (FieldType.GROUPS, ["one"], [1]),
        (FieldType.FUNCTION, "CHAIR", 1),
        (FieldType.TABLE, [{"a": 1}], "a"),
    ],
)
def test_an_answer_fits_a_field_of_its_own_sort_only(type: FieldType, good: object, bad: object) -> None:
    spec = FieldSpec("f", type, "F", options=(Option("yes", "Ja"), Option("no", "Nej")))
    assert fits(spec, good)
    assert not fits(spec, bad)


# Steps that many do


def test_answers_of_those_who_still_answer_are_kept_and_the_others_removed() -> None:
    walk = Walk(program(many().build())).do("choose#1", chosen=["one", "two", "three"])
    walk.do("answer#1/0", "yes").do("answer#1/2", "no")
    new = many(picked="field:fewer", spec='<s:field id="fewer" type="groups" name="Vilka?" required="true"/>')
    walk.done[0].data["fewer"] = ["two", "three", "four"]  # type: ignore[index]
    found = move(walk, new)
    assert [(kept.done.key, kept.completion.key) for kept in found.kept] == [("choose#1", "choose#1"), ("answer#1/2", "answer#1/1")]
    assert keys(found) == ["answer#1/0", "answer#1/2"]
    assert dropped(found.removed) == {"answer#1/0": "Parten ingår inte bland dem som gör steget i version 1."}


def test_the_step_goes_on_when_only_those_who_have_answered_are_asked() -> None:
    walk = Walk(program(many().build())).do("choose#1", chosen=["one", "two"]).do("answer#1/1", "no")
    new = many(picked="field:fewer", spec='<s:field id="fewer" type="groups" name="Vilka?" required="true"/>')
    walk.done[0].data["fewer"] = ["two"]  # type: ignore[index]
    found = move(walk, new)
    assert keys(found) == ["close#1"]
    assert found.open[0].variables["answers"] == ["no"]


def test_answers_of_many_do_not_make_one_common_answer() -> None:
    walk = Walk(program(many().build())).do("choose#1", chosen=["one", "two"]).do("answer#1/0", "yes")
    found = move(walk, many(each=False))
    assert keys(found) == ["answer#1"]
    assert dropped(found.redo) == {"answer#1/0": "Steget görs gemensamt i version 1."}


def test_a_common_answer_is_not_the_answer_of_each() -> None:
    walk = Walk(program(many(each=False).build())).do("choose#1", chosen=["one", "two"]).do("answer#1", "yes")
    found = move(walk, many())
    assert keys(found) == ["answer#1/0", "answer#1/1"]
    assert dropped(found.redo) == {"answer#1": "Steget görs av flera parter, var för sig, i version 1."}


# What a case was opened with


def test_a_given_that_the_case_was_not_opened_with_is_an_obstacle() -> None:
    walk = Walk(program(straight("a").build())).do("a#1")
    found = move(walk, straight("a").given("entry", "letter", "mail"))
    assert found == Plan("Version 1 behöver uppgifter som inte lämnades när ärendet öppnades: ”Vad gäller?”.")


def test_a_given_whose_answer_is_no_longer_a_choice_is_an_obstacle() -> None:
    walk = Walk(program(straight("a").given("entry", "letter", "fax").build()), {"entry": "fax"})
    found = move(walk, straight("a").given("entry", "letter", "mail"))
    assert found == Plan("Svaret på ”Vad gäller?” när ärendet öppnades är inget val i version 1.")


def test_an_empty_list_at_the_start_is_an_obstacle() -> None:
    new = Builder().given_list("asked", "groups").start().task("a", each="asked").end().path("start", "a", "done")
    found = plan(program(new.build()), {"asked": []}, [])
    assert found == Plan("Listan asked som steg 1 ska göras för är tom.")


def test_a_step_after_which_the_new_version_cannot_go_on_is_to_be_redone() -> None:
    """The choice reads what nobody has set; the check refuses such a routine, and a move must not lose the case to one."""
    old = straight("a", "b").build()
    new = Builder().start().task("a").task("b").exclusive("split").end().end("other").path("start", "a", "b", "split")
    new.flow("split", "done", "unset == 'x'").flow("split", "other", default=True)
    found = move(Walk(program(old)).do("a#1").do("b#1"), new)
    assert keys(found) == ["b#1"]
    reason = "En grind i rutinen kunde inte avgöras. Villkoret ”unset == 'x'” läser ”unset”, som inte har något värde ännu."
    assert dropped(found.redo) == {"b#1": reason}


# The real routine


def test_a_step_inserted_in_the_real_routine_opens_and_only_what_follows_it_is_redone() -> None:
    source = REAL.read_bytes().decode()
    walk = Walk(real(), GIVENS)
    walk.do("receive_consultation#1").do("register_consultation#1").do(
        "forward_consultation#1", affected_lpos=["one", "two"], lead_lpo="one"
    )
    walk.do("assess_municipal_relevance#1/0", "no").do("assess_municipal_relevance#1/1", "yes")
    found = plan(program(insert_after(source, "register_consultation", "forward_consultation")), GIVENS, walk.done)
    assert keys(found) == ["inserted#1"]
    assert [kept.done.node_id for kept in found.kept] == ["receive_consultation", "register_consultation"]
    assert list(dropped(found.redo)) == ["forward_consultation#1", "assess_municipal_relevance#1/0", "assess_municipal_relevance#1/1"]
