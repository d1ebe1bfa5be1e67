"""Running cases moved to another version of their routine, and back, by the real services."""

from datetime import date, timedelta
from typing import Any

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.engine import Execution
from styrkedja.organisations.models import County
from styrkedja.workflows.models import (
    EventKind,
    HistoryEvent,
    InstanceStatus,
    ItemState,
    Notice,
    NoticeKind,
    Offer,
    ProcessDefinition,
    ProcessInstance,
    WorkItem,
)
from styrkedja.workflows.programs import program_of
from styrkedja.workflows.replaying import NotStarted, completions_of, execution_of
from styrkedja.workflows.services import claim, migrating, raise_incident, save_draft
from styrkedja.workflows.services.deadlines import end_due_waits
from styrkedja.workflows.services.self_check import difference
from tests.core.process.builder import Builder
from tests.factories.accounts import MADE_AT, make_user
from tests.factories.counties import body, make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, builder, open_item, publish, role, start, straight_routine

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=7)
STILL_LATER = AT + timedelta(days=14)


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "region", "COORDINATOR", username="samordnare")


def move(actor: User | None, instance: ProcessInstance, to: ProcessDefinition, *, at: Any = LATER) -> migrating.Move:
    return migrating.migrate(actor=actor, instance=instance, definition_to=to, at=at)


def stands_at(instance: ProcessInstance) -> list[str]:
    """The open work items, which must be what the stored state has, which must be what the history gives."""
    instance.refresh_from_db()
    stored = [token.key for token in Execution.load(program_of(instance.definition), instance.state).tokens()]
    assert sorted(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).values_list("token", flat=True)) == sorted(stored)
    assert [token.key for token in execution_of(instance).tokens()] == stored
    assert difference(instance) == ""
    return stored


def counts(instance: ProcessInstance) -> tuple[int, int]:
    return HistoryEvent.objects.filter(instance=instance).count(), WorkItem.objects.filter(instance=instance).count()


def two_rounds(county: County, first: str, second: str) -> Builder:
    """A loop of two steps, the second of which says whether there is another round."""
    routine = builder(county).start().exclusive("back").task(first, number="1")
    routine.task(second, number="2", outcomes=("good", "again"), sets={"verdict": "outcome"}).exclusive("split").task(
        "send", number="3"
    ).end()
    routine.path("start", "back", first, second, "split")
    return routine.flow("split", "back", "verdict == 'again'").flow("split", "send", default=True).path("send", "done")


# Moving


def test_a_case_moved_to_a_version_with_a_new_step_stands_at_it(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    do(registrar, instance, "b")
    second = revise(county, straight_routine(county, "a", "new", "b", "c"), 2)
    found = move(coordinator, instance, second)
    assert stands_at(instance) == ["new#1"]
    assert instance.definition == second
    assert [drop.reason for drop in found.plan.redo] == ["I version 2 ska först steget ”2 Steg new” göras."]


def test_the_move_is_in_the_history_with_what_counts_and_what_does_not(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    do(registrar, instance, "b")
    second = revise(county, straight_routine(county, "a", "c"), 2)
    move(coordinator, instance, second)
    event = HistoryEvent.objects.get(instance=instance, kind=EventKind.MIGRATED)
    assert event.data == {"from": 1, "to": 2, "skipped": [3], "played": [2], "completions": [["a#1", {}]]}
    assert (event.definition, event.at, event.account) == (second, LATER, coordinator)
    assert event.function == "Samordnare för kunskapsstyrning, Region Exempellän"


def test_the_move_is_in_the_log(county: County, registrar: User, coordinator: User, flush_ledger: Any) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    move(coordinator, instance, revise(county, straight_routine(county, "new", "a", "b"), 2))
    entry = flush_ledger()[-1]
    assert (entry.act, entry.object_type, entry.object_id) == ("case.migrated", "instance", str(instance.pk))
    assert entry.text.payload == '{"from":1,"open":["new#1"],"skipped":[],"to":2}'


def test_a_case_in_a_loop_keeps_its_round(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, two_rounds(county, "write", "review")))
    do(registrar, instance, "write")
    do(registrar, instance, "review", "again")
    routine = two_rounds(county, "write", "review")
    routine.nodes["send"] = routine.nodes["send"].replace("Steg send", "Skicka")
    move(coordinator, instance, revise(county, routine, 2))
    assert stands_at(instance) == ["write#2"]


def test_an_open_item_keeps_its_taker_its_date_and_what_was_typed(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    do(registrar, instance, "a")
    item = claim(actor=registrar, item_id=open_item(instance, "2").pk, at=AT)
    WorkItem.objects.filter(pk=item.pk).update(due_on=date(2026, 10, 1), follow_up_on=date(2026, 9, 25))
    save_draft(actor=registrar, item_id=item.pk, data={"note": "halvskrivet"}, at=AT)
    routine = straight_routine(county, "b", "c")
    routine.nodes["b"] = routine.nodes["b"].replace("Steg b", "Nytt namn")
    move(coordinator, instance, revise(county, routine, 2))
    assert stands_at(instance) == ["b#1"]
    item.refresh_from_db()
    assert (item.claimed_by, item.claimed_at, item.due_on, item.follow_up_on) == (registrar, AT, date(2026, 10, 1), date(2026, 9, 25))
    assert (item.name, item.number, item.version) == ("Nytt namn", "1", 3)
    assert [draft.data for draft in item.drafts.all()] == [{"note": "halvskrivet"}]
    assert WorkItem.objects.filter(instance=instance).count() == 2


def test_open_items_of_many_bodies_follow_their_body_to_its_new_place(county: County, registrar: User, coordinator: User) -> None:
    kommun, region, lpo = (body(county, name).key for name in ("kommun", "region", "lpo"))
    officers = {
        key: make_holder(county, name, function)
        for key, name, function in (
            (kommun, "kommun", "HEAD_OF_OPERATIONS"),
            (region, "region", "HEAD_OF_OPERATIONS"),
            (lpo, "lpo", "CHAIR"),
        )
    }

    def asking(field: str) -> Builder:
        spec = f'<s:field id="{field}" type="groups" name="Vilka?" required="true"/>'
        each = '<s:role id="each" name="Var och en" colour="region" function="HEAD_OF_OPERATIONS CHAIR" body="item"/>'
        routine = builder(county).extension(each).start().task("choose", fields=[spec], sets={"asked": f"field:{field}"}, number="1")
        routine.task("answer", each="asked", role="each", outcomes=("yes", "no"), sets={"answers": "outcome"}, number="2")
        return routine.end().path("start", "choose", "answer", "done")

    instance = start(registrar, publish(county, asking("asked")))
    do(registrar, instance, "choose", asked=[kommun, region, lpo], fewer=[lpo, region])
    do(officers[lpo], instance, "answer", "no", item=lpo)
    claimed = claim(actor=officers[region], item_id=WorkItem.objects.get(instance=instance, item=region).pk, at=AT)
    assert (claimed.token, WorkItem.objects.get(instance=instance, item=kommun).token) == ("answer#1/1", "answer#1/0")
    move(coordinator, instance, revise(county, asking("fewer"), 2))
    assert stands_at(instance) == ["answer#1/1"]
    claimed.refresh_from_db()
    assert (claimed.token, claimed.item, claimed.claimed_by) == ("answer#1/1", region, officers[region])
    assert WorkItem.objects.get(instance=instance, item=kommun).state == ItemState.WITHDRAWN
    do(officers[region], instance, "answer", "yes", item=region, at=LATER)
    assert (instance_status := ProcessInstance.objects.get(pk=instance.pk)).status == InstanceStatus.ENDED
    assert completions_of(instance_status)[1][-1].values == {"answers": "yes"}


def test_two_open_items_may_change_tokens_with_each_other(county: County, registrar: User, coordinator: User) -> None:
    kommun, region = body(county, "kommun").key, body(county, "region").key
    make_holder(county, "kommun", "HEAD_OF_OPERATIONS")

    def asking(field: str) -> Builder:
        spec = f'<s:field id="{field}" type="organisations" name="Vilka?" required="true"/>'
        each = '<s:role id="each" name="Var och en" colour="region" function="HEAD_OF_OPERATIONS" body="item"/>'
        routine = builder(county).extension(each).start().task("choose", fields=[spec], sets={"asked": f"field:{field}"}, number="1")
        return routine.task("answer", each="asked", role="each", number="2").end().path("start", "choose", "answer", "done")

    instance = start(registrar, publish(county, asking("asked")))
    do(registrar, instance, "choose", asked=[kommun, region], other=[region, kommun])
    items = {item.item: item.pk for item in WorkItem.objects.filter(instance=instance, state=ItemState.OPEN)}
    move(coordinator, instance, revise(county, asking("other"), 2))
    assert stands_at(instance) == ["answer#1/0", "answer#1/1"]
    assert WorkItem.objects.get(pk=items[region]).token == "answer#1/0"
    assert WorkItem.objects.get(pk=items[kommun]).token == "answer#1/1"


def test_a_step_given_to_another_function_is_offered_anew_and_let_go(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a")))
    item = claim(actor=registrar, item_id=open_item(instance, "1").pk, at=AT)
    move(None, instance, revise(county, straight_routine(county, "a", functions="COORDINATOR"), 2))
    item.refresh_from_db()
    assert (item.claimed_by, item.claimed_at) == (None, None)
    assert item.performer == "Samordnare för kunskapsstyrning, Region Exempellän"
    assert list(Offer.objects.filter(item=item).values_list("function", flat=True)) == ["COORDINATOR"]
    assert Notice.objects.get(item=item, account=coordinator).kind == NoticeKind.NEW_TASK
    kinds = list(HistoryEvent.objects.filter(instance=instance).order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["STARTED", "CLAIMED", "MIGRATED", "RELEASED"]
    assert stands_at(instance) == ["a#1"]


def test_a_step_still_done_by_the_same_function_tells_nobody_anything_new(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    do(registrar, instance, "a")
    before = Notice.objects.filter(account=colleague).count()
    move(coordinator, instance, revise(county, straight_routine(county, "b"), 2))
    assert stands_at(instance) == ["b#1"]
    assert Notice.objects.filter(account=colleague).count() == before


def test_an_open_wait_waits_for_the_date_that_the_new_version_waits_for(county: County, registrar: User, coordinator: User) -> None:
    def waiting(variable: str) -> Builder:
        fields = [f'<s:field id="{name}" type="date" name="Dag" required="true"/>' for name in ("early", "late")]
        routine = builder(county).start().task("ask", number="1", fields=fields, sets={"early": "field:early", "late": "field:late"})
        return routine.wait("pause", variable, number="2").task("work", number="3").end().path("start", "ask", "pause", "work", "done")

    instance = start(registrar, publish(county, waiting("early")))
    do(registrar, instance, "ask", early="2026-10-01", late="2026-12-01")
    move(coordinator, instance, revise(county, waiting("late"), 2))
    assert open_item(instance, "2").wakes_on == date(2026, 12, 1)
    assert end_due_waits(at=AT + timedelta(days=30)) == 0
    assert end_due_waits(at=AT + timedelta(days=80)) == 1
    assert stands_at(instance) == ["work#1"]


def test_a_case_that_has_nothing_left_to_do_in_the_new_version_ends(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    do(registrar, instance, "a")
    found = move(coordinator, instance, revise(county, straight_routine(county, "a"), 2))
    assert found.plan.ended == "done"
    instance.refresh_from_db()
    assert (instance.status, instance.end_event, instance.ended_at) == (InstanceStatus.ENDED, "done", LATER)
    assert not WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).exists()


def test_a_stopped_case_goes_on_after_a_move(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    raise_incident(actor=None, instance_id=instance.pk, token="a#1", reason="Listan är tom.", at=AT)
    move(coordinator, instance, revise(county, straight_routine(county, "b"), 2))
    instance.refresh_from_db()
    assert instance.status == InstanceStatus.RUNNING
    assert instance.incidents.get().resolved_at == LATER


def test_a_form_drawn_before_the_move_is_stale(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    before = open_item(instance, "1").version
    move(coordinator, instance, revise(county, straight_routine(county, "a"), 2))
    assert open_item(instance, "1").version == before + 1


def test_steps_done_after_a_move_are_played_under_the_new_version(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    do(registrar, instance, "b")
    move(coordinator, instance, revise(county, straight_routine(county, "b", "a", "new", "c"), 2))
    do(registrar, instance, "new", at=LATER)
    assert stands_at(instance) == ["c#1"]
    assert [completion.key for completion in completions_of(instance)[1]] == ["b#1", "a#1", "new#1"]


# A case that cannot be moved


def refused(actor: User | None, instance: ProcessInstance, to: ProcessDefinition) -> str:
    before = counts(instance)
    with pytest.raises(Refused) as error:
        move(actor, instance, to)
    instance.refresh_from_db()
    assert counts(instance) == before
    return error.value.reason


def test_a_version_that_asks_more_of_whoever_opens_a_case_is_an_obstacle(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a")))
    second = revise(county, straight_routine(county, "a").given("entry", "letter", "mail"), 2)
    assert refused(coordinator, instance, second) == "Version 2 behöver uppgifter som inte lämnades när ärendet öppnades: ”Vad gäller?”."
    [found] = migrating.preview(user=coordinator, definition_to=second, instances=[instance], at=AT)
    assert found.plan.obstacle.startswith("Version 2 behöver")
    assert instance.definition.version == 1


def test_a_list_that_the_new_version_takes_from_the_county_is_no_obstacle(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    do(registrar, instance, "a")
    make_holder(county, "kommun", "HEAD_OF_OPERATIONS")
    each = '<s:role id="each" name="Huvudman" colour="region" function="HEAD_OF_OPERATIONS" body="item"/>'
    routine = builder(county).extension(each).given_list("principals", "principals").start().task("a", number="1")
    routine.task("answer", each="principals", role="each", number="2").end().path("start", "a", "answer", "done")
    move(coordinator, instance, revise(county, routine, 2))
    assert stands_at(instance) == ["answer#1/0", "answer#1/1"]
    assert instance.givens == {"principals": county.lists["principals"]}


def test_a_role_whose_body_does_not_exist_is_an_obstacle(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a")))
    routine = straight_routine(county, "a")
    routine.head[3] = role(county, body="ingenstans")
    reason = refused(coordinator, instance, revise(county, routine, 2))
    assert reason.startswith("Rollen Handläggare i rutinen pekar på organet ingenstans-exempellan, som inte finns.")


def test_the_same_version_another_routine_and_an_ended_case_are_refused(county: County, registrar: User, coordinator: User) -> None:
    first = publish(county, straight_routine(county, "a"))
    instance = start(registrar, first)
    second = revise(county, straight_routine(county, "a", "b"), 2)
    other = ProcessDefinition.objects.create(
        county=county, key="annan", name="Annan", version=1, source=first.source, sha256="0" * 64, published_at=MADE_AT
    )
    assert refused(coordinator, instance, first) == "Ärendet följer redan version 1."
    assert refused(coordinator, instance, other) == "Ärendet följer en annan rutin, Prov."
    do(registrar, instance, "a")
    instance.refresh_from_db()
    assert refused(coordinator, instance, second) == "Ärendet är avslutat."


# Who may


def test_neither_a_performer_nor_a_coordinator_of_another_county_may_move_cases(county: County, registrar: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a")))
    second = revise(county, straight_routine(county, "a", "b"), 2)
    elsewhere = make_holder(make_county("annat", name="Annat"), "region", "COORDINATOR")
    reason = "Bara länets samordnare eller en systemförvaltare kan flytta ärenden mellan rutinens versioner."
    assert [refused(user, instance, second) for user in (registrar, elsewhere)] == [reason, reason]
    for call in (migrating.preview, migrating.preview_revert):
        with pytest.raises(Refused):
            call(user=registrar, instances=[instance], at=AT, **({"definition_to": second} if call is migrating.preview else {}))
    with pytest.raises(Refused):
        migrating.revert(actor=registrar, instance=instance, at=AT)


def test_an_administrator_may_move_cases(county: County, registrar: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a")))
    move(make_user("forvaltare", administrator=True), instance, revise(county, straight_routine(county, "a", "b"), 2))
    assert HistoryEvent.objects.get(instance=instance, kind=EventKind.MIGRATED).function == ""


# Many at once


def test_one_case_that_cannot_be_moved_does_not_hold_the_others_back(county: County, registrar: User, coordinator: User) -> None:
    first = publish(county, straight_routine(county, "a", "b"))
    ended, running = start(registrar, first), start(registrar, first)
    for step in ("a", "b"):
        do(registrar, ended, step)
    second = revise(county, straight_routine(county, "a", "c"), 2)
    moves = migrating.migrate_many(actor=coordinator, instances=[ended, running], definition_to=second, at=LATER)
    assert [(found.instance, found.plan.obstacle) for found in moves] == [(ended, "Ärendet är avslutat."), (running, "")]
    assert (ProcessInstance.objects.get(pk=ended.pk).definition, ProcessInstance.objects.get(pk=running.pk).definition) == (first, second)


# Taking back


def moved_case(county: County, registrar: User, coordinator: User) -> ProcessInstance:
    """a and b done in version 1; in version 2 a new step comes between them."""
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    do(registrar, instance, "b")
    move(coordinator, instance, revise(county, straight_routine(county, "a", "new", "b", "c"), 2))
    instance.refresh_from_db()
    return instance


def test_taking_a_move_back_puts_the_case_where_it_stood(county: County, registrar: User, coordinator: User) -> None:
    instance = moved_case(county, registrar, coordinator)
    migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert stands_at(instance) == ["c#1"]
    assert instance.definition.version == 1
    event = HistoryEvent.objects.filter(instance=instance).latest("sequence")
    assert event.data["reverts"] == 4
    assert (event.data["from"], event.data["to"], event.data["skipped"]) == (2, 1, [])


def test_a_move_cannot_be_taken_back_when_a_new_step_has_been_done(county: County, registrar: User, coordinator: User) -> None:
    instance = moved_case(county, registrar, coordinator)
    do(registrar, instance, "new", at=LATER)
    before = counts(instance)
    with pytest.raises(Refused) as error:
        migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert error.value.reason == (
        "Sedan flytten till version 2 har steg gjorts som inte kan föras över till version 1. 2 Steg new: Steget finns inte i version 1."
    )
    assert counts(instance) == before
    assert stands_at(instance) == ["b#1"]


def test_what_both_versions_have_and_was_done_since_follows_the_case_back(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    move(coordinator, instance, revise(county, straight_routine(county, "a", "b", "new", "c"), 2))
    instance.refresh_from_db()
    do(registrar, instance, "b", at=LATER)
    migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert stands_at(instance) == ["c#1"]


def test_a_step_done_anew_since_the_move_counts_instead_of_the_old_one(county: County, registrar: User, coordinator: User) -> None:
    def judging(*outcomes: str) -> Builder:
        routine = builder(county).start().task("a", number="1", outcomes=outcomes, sets={"verdict": "outcome"}).task("b", number="2").end()
        return routine.path("start", "a", "b", "done")

    instance = start(registrar, publish(county, judging("yes", "no", "perhaps")))
    do(registrar, instance, "a", "perhaps")
    move(coordinator, instance, revise(county, judging("yes", "no"), 2))
    instance.refresh_from_db()
    assert stands_at(instance) == ["a#1"]
    do(registrar, instance, "a", "no", at=LATER)
    migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert stands_at(instance) == ["b#1"]
    assert [completion.values for completion in completions_of(instance)[1]] == [{"verdict": "no"}]


def test_a_case_that_the_move_ended_can_be_brought_back(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b")))
    do(registrar, instance, "a")
    move(coordinator, instance, revise(county, straight_routine(county, "a"), 2))
    migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert stands_at(instance) == ["b#1"]
    assert (instance.status, instance.end_event, instance.ended_at) == (InstanceStatus.RUNNING, "", None)


def test_moves_are_taken_back_one_by_one_and_no_further_than_the_first_version(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    move(coordinator, instance, revise(county, straight_routine(county, "x", "a", "b"), 2))
    move(coordinator, instance, revise(county, straight_routine(county, "b", "c"), 3))
    instance.refresh_from_db()
    assert stands_at(instance) == ["b#1"]
    migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert stands_at(instance) == ["x#1"]
    migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert stands_at(instance) == ["b#1"]
    assert instance.definition.version == 1
    with pytest.raises(Refused) as error:
        migrating.revert(actor=coordinator, instance=instance, at=STILL_LATER)
    assert error.value.reason == "Ärendet har inte flyttats mellan rutinens versioner."


def test_a_step_that_comes_back_in_a_third_version_counts_again(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a", "b", "c")))
    do(registrar, instance, "a")
    do(registrar, instance, "b")
    move(coordinator, instance, revise(county, straight_routine(county, "a", "c"), 2))
    move(coordinator, instance, revise(county, straight_routine(county, "a", "b", "x", "c"), 3))
    assert stands_at(instance) == ["x#1"]


def test_what_a_move_left_to_be_redone_is_still_to_be_redone_after_the_next(county: County, registrar: User, coordinator: User) -> None:
    instance = moved_case(county, registrar, coordinator)
    do(registrar, instance, "new", at=LATER)
    assert stands_at(instance) == ["b#1"]
    routine = straight_routine(county, "a", "new", "b", "c")
    routine.nodes["c"] = routine.nodes["c"].replace("Steg c", "Avsluta")
    move(coordinator, instance, revise(county, routine, 3))
    assert stands_at(instance) == ["b#1"]


# How the case looked on an earlier day


def test_an_earlier_day_is_played_under_the_version_of_that_day(county: County, registrar: User, coordinator: User) -> None:
    instance = moved_case(county, registrar, coordinator)
    assert [token.key for token in execution_of(instance, AT).tokens()] == ["c#1"]
    definition, completions = completions_of(instance, LATER - timedelta(seconds=1))
    assert (definition.version, [completion.key for completion in completions]) == (1, ["a#1", "b#1"])
    definition, completions = completions_of(instance, LATER)
    assert (definition.version, [completion.key for completion in completions]) == (2, ["a#1"])


def test_a_day_before_the_case_was_opened_has_no_answer(county: County, registrar: User) -> None:
    instance = start(registrar, publish(county, straight_routine(county, "a")))
    with pytest.raises(NotStarted):
        completions_of(instance, AT - timedelta(seconds=1))
