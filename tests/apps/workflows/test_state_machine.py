"""Whatever people and the job worker do to a case, in whatever order: the services and a model of a few lines agree on what may be done and on
where the case then stands, and history, work items and ledger say the same.

Hypothesis draws the acts. Each of its examples is a case in a savepoint that is rolled back, in the one transaction of the test.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.cases.services.closing import close_case
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.working_days import is_working_day
from styrkedja.organisations.services.members import add_substitute, end_substitution
from styrkedja.procedures.services import perform_step
from styrkedja.ui.clock import day
from styrkedja.workflows.models import ItemState, ProcessDefinition, WorkItem
from styrkedja.workflows.services import (
    AlreadySubmitted,
    StaleItem,
    change_due,
    claim,
    deadlines,
    end_wait,
    hand_over,
    release,
    save_draft,
    set_follow_up,
)
from tests.apps.workflows.case_invariants import agree_on_history, agree_on_items, agree_on_record, nobody_holds_what_is_not_theirs
from tests.apps.workflows.case_model import CHAIR, COORDINATOR, HOLDS, PERFORMS, Item, Stand, routine
from tests.factories.accounts import make_user
from tests.factories.counties import hold, make_county, seat
from tests.factories.workflows import AT

REFUSALS = {
    claim: "item.claim_refused",
    release: "item.release_refused",
    hand_over: "item.hand_over_refused",
    change_due: "item.due_change_refused",
    set_follow_up: "item.follow_up_refused",
    end_wait: "wait.end_refused",
}
people = st.sampled_from(list(HOLDS))
# A place among all people, those who may do the item first.
whos = st.sampled_from([0, 0, 0, 1, 2, 3, 4])
picks = st.sampled_from([0, 0, 1, 1, 2, 3])
days = st.integers(0, 9)


class Collaboration(RuleBasedStateMachine):
    """One case and its people. What an act answers is foreseen by the model: it is done, or it is refused and nothing has happened."""

    definition: ProcessDefinition
    people: dict[str, User]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.at, self.stand = AT, Stand()
        opened = {"county": self.definition.county, "definition": self.definition, "subject": "Prov av arbetsgången", "givens": {}}
        self.case: Case = open_case(actor=self.people["registrator"], at=self.at, **opened)
        self.opens("receive")

    @initialize(steps=st.integers(0, 5))
    def has_come_some_way(self, steps: int) -> None:
        for _step in range(steps):
            if self.stand.open_nodes() == {"pause"}:
                self.time_passes(wait=3)
            self.goes_its_way(pick=0, again=True)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @property
    def today(self) -> date:
        return day(self.at)

    def opens(self, node: str, wakes_on: date | None = None) -> None:
        found = WorkItem.objects.get(instance=self.case.instance_id, node_id=node, state=ItemState.OPEN)
        self.stand.items.append(Item(found.pk, node, wakes_on=wakes_on))

    def who(self, number: int, item: Item) -> str:
        return sorted(HOLDS, key=lambda person: not self.able(person, item))[number]

    def able(self, person: str, item: Item, *, free: bool = True) -> bool:
        return self.stand.able(person, item, self.today, free=free)

    def act(self, service: Callable[..., object], person: str, item: Item, *, allowed: bool, **arguments: object) -> bool:
        """Calls the service, which must do as the model says; answers whether it was done."""
        try:
            service(actor=self.people[person], item_id=item.pk, at=self.at, **arguments)
        except Refused:
            assert not allowed, f"{service.__name__} by {person} on {item} was refused"
            self.stand.refused += Counter([REFUSALS[service]] if service in REFUSALS else [])
            return False
        assert allowed, f"{service.__name__} by {person} on {item} was let through"
        return True

    @rule(who=whos, pick=picks)
    def claims(self, who: int, pick: int) -> None:
        item = self.stand.pick(pick)
        self.takes(self.who(who, item), item)

    def takes(self, person: str, item: Item) -> None:
        if self.act(claim, person, item, allowed=self.able(person, item)) and item.taker != person:
            self.stand.take(item, person)
            self.stand.events["CLAIMED"] += 1

    @rule(who=whos, pick=picks)
    def releases(self, who: int, pick: int) -> None:
        item = self.stand.pick(pick)
        person = self.who(who, item)
        allowed = item.is_open and bool(item.taker) and (item.taker == person or self.able(person, item, free=False))
        if self.act(release, person, item, allowed=allowed):
            self.stand.take(item, "")
            self.stand.events["RELEASED"] += 1

    @rule(who=whos, other=whos, pick=picks)
    def hands_over(self, who: int, other: int, pick: int) -> None:
        item = self.stand.pick(pick)
        person, to = self.who(who, item), self.who(other, item)
        allowed = self.able(person, item, free=False) and self.able(to, item, free=False)
        if self.act(hand_over, person, item, allowed=allowed, to=self.people[to], reason="Jag är ledig."):
            self.stand.take(item, to)
            self.stand.events["HANDED_OVER"] += 1

    @rule(who=whos, pick=picks, wait=days, moves=st.booleans())
    def moves_the_date_or_watches(self, who: int, pick: int, wait: int, moves: bool) -> None:
        item = self.stand.pick(pick)
        person, on = self.who(who, item), self.today + timedelta(days=wait)
        allowed = item.is_open and (self.able(person, item) or self.stand.may(person, COORDINATOR, self.today))
        if not moves and self.act(set_follow_up, person, item, allowed=allowed, follow_up_on=on) and item.watched_on != on:
            item.watched_on = on
            self.stand.events["FOLLOW_UP_SET"] += 1
        can_be = item.due_on == on or is_working_day(on)
        if moves and self.act(change_due, person, item, allowed=allowed and can_be, due_on=on, reason="Flyttat.") and item.due_on != on:
            item.due_on, item.version = on, item.version + 1
            self.stand.events["DUE_CHANGED"] += 1

    @rule(who=whos, pick=picks)
    def saves_a_draft(self, who: int, pick: int) -> None:
        item = self.stand.pick(pick)
        person = self.who(who, item)
        if self.act(save_draft, person, item, allowed=self.able(person, item), data={"until": str(self.today)}):
            self.stand.drafts.add((person, item.pk))

    @rule(who=whos, pick=picks, wait=days, again=st.booleans(), stale=st.sampled_from([0, 0, 0, 1]))
    def does_the_step(self, who: int, pick: int, wait: int, again: bool, stale: int) -> None:
        item = self.stand.pick(pick)
        if item.node == "pause":
            return
        person, until = self.who(who, item), self.today + timedelta(days=wait)
        outcome = ("again" if again else "done") if item.node == "decide" else ""
        data = {"until": until.isoformat()} if item.node == "receive" else {}
        key, current, able = uuid4(), item.is_open and not stale, self.able(person, item)
        try:
            self.send(person, item, key, version=item.version - stale, outcome=outcome, data=data)
        except StaleItem:
            assert not current
        except Refused:
            assert (current, able) == (True, False)
            self.stand.refused["step.refused"] += 1
        else:
            assert (current, able) == (True, True)
            self.stand.sent.append(key)
            self.stand.events["COMPLETED"] += 1
            self.goes_on(item, outcome, until)

    @precondition(lambda self: self.stand.open_nodes() - {"pause"})
    @rule(pick=picks, again=st.sampled_from([True, True, False]))
    def goes_its_way(self, pick: int, again: bool) -> None:
        """Somebody who may does a step, so that examples come further than the first."""
        steps = [number for number in range(len(self.stand.items)) if self.is_to_do(self.stand.pick(number))]
        self.does_the_step(who=0, pick=steps[pick % len(steps)], wait=3, again=again, stale=0)

    def is_to_do(self, item: Item) -> bool:
        return item.is_open and item.node != "pause"

    def send(self, person: str, item: Item, key: UUID, **filled_in: object) -> None:
        stored = WorkItem.objects.get(pk=item.pk)
        perform_step(actor=self.people[person], item=stored, at=self.at, idempotency_key=key, **filled_in)

    @precondition(lambda self: self.stand.sent)
    @rule(person=people, pick=picks)
    def sends_an_old_form_again(self, person: str, pick: int) -> None:
        """The key of a form that was carried out: whoever sends it, on whatever task, nothing happens."""
        with pytest.raises(AlreadySubmitted):
            self.send(person, self.stand.pick(pick), self.stand.sent[-1], version=1, outcome="", data={})

    def goes_on(self, item: Item, outcome: str = "", until: date | None = None) -> None:
        for node in self.stand.after(item, outcome):
            self.opens(node, until if node == "pause" else None)

    @rule(who=whos, pick=picks)
    def ends_a_wait(self, who: int, pick: int) -> None:
        item = self.stand.pick(pick)
        person = self.who(who, item)
        if item.node != "pause":
            return
        was_open, allowed = item.is_open, not item.is_open or self.able(person, item)
        if self.act(end_wait, person, item, allowed=allowed, reason="Underlaget har kommit.") and was_open:
            self.stand.events["WAIT_ENDED"] += 1
            self.goes_on(item)

    @rule(absent=people, person=people, wait=st.integers(1, 9))
    def lets_another_stand_in(self, absent: str, person: str, wait: int) -> None:
        until = self.today + timedelta(days=wait)
        allowed = absent != person and self.stand.substitutes.get((absent, person), self.today) <= self.today
        period = {"valid_from": self.today, "valid_until": until, "reason": ""}
        try:
            add_substitute(actor=self.people[absent], substitute=self.people[person], at=self.at, **period)
        except Refused:
            assert not allowed
            return
        assert allowed
        self.stand.substitutes[absent, person] = until

    @rule(pick=picks, wait=st.integers(1, 9))
    def leaves_a_task_to_a_substitute(self, pick: int, wait: int) -> None:
        """So that examples come to where a substitute holds a task when the time is over."""
        item = self.stand.pick(pick)
        absent = next(person for person, function in HOLDS.items() if function == PERFORMS[item.node])
        self.lets_another_stand_in(absent, "utomstaende", wait)
        self.takes("utomstaende", item)

    @precondition(lambda self: any(until > self.today for until in self.stand.substitutes.values()))
    @rule(pick=picks)
    def is_back(self, pick: int) -> None:
        """A substitution ends before its time; the worker comes by."""
        running = sorted(pair for pair, until in self.stand.substitutes.items() if until > self.today)
        absent, person = running[pick % len(running)]
        row = self.people[absent].substitutions.get(substitute=self.people[person], valid_until=self.stand.substitutes[absent, person])
        end_substitution(actor=self.people[absent], substitution=row, valid_until=self.today, at=self.at)
        self.stand.substitutes[absent, person] = self.today
        self.worker_comes_by()

    @rule(wait=st.integers(1, 9))
    def time_passes(self, wait: int) -> None:
        self.at += timedelta(days=wait)
        self.worker_comes_by()

    def worker_comes_by(self) -> None:
        due = [item for item in self.stand.items if item.is_open and item.wakes_on is not None and item.wakes_on <= self.today]
        assert deadlines.end_due_waits(at=self.at) == len(due)
        for item in due:
            self.stand.events["WAIT_ENDED"] += 1
            self.goes_on(item)
        taken = [item for item in self.stand.items if item.is_open and item.taker]
        left = [item for item in taken if not self.stand.may(item.taker, PERFORMS[item.node], self.today)]
        assert deadlines.free_lapsed_claims(at=self.at) == len(left)
        for item in left:
            self.stand.take(item, "")
            self.stand.events["RELEASED"] += 1
        deadlines.remind_performers(at=self.at)
        deadlines.escalate_late_items(at=self.at)
        deadlines.bring_up_follow_ups(at=self.at)

    @precondition(lambda self: len(self.stand.items) > 5)
    @rule(person=people)
    def writes_off(self, person: str) -> None:
        allowed = self.stand.status == "RUNNING" and self.stand.may(person, COORDINATOR, self.today)
        try:
            close_case(actor=self.people[person], case=self.case, reason="Överspelat.", at=self.at)
        except Refused:
            assert not allowed
            return
        assert allowed
        self.stand.status = "CLOSED"
        self.stand.events["CLOSED"] += 1
        for item in self.stand.items:
            if item.is_open:
                self.stand.close(item)

    @invariant()
    def everybody_agrees(self) -> None:
        agree_on_items(self.case, self.stand)
        agree_on_history(self.case, self.stand)
        agree_on_record(self.case, self.stand)
        nobody_holds_what_is_not_theirs(self.today)


@pytest.mark.django_db
@pytest.mark.parametrize("series", range(4))
def test_services_and_model_agree_whatever_is_done(series: int) -> None:
    """Several short series: hypothesis spends the later examples of a long one on variations of the first. Nothing is shrunk: that takes
    minutes, and the acts of an example can be read as they are."""
    county = make_county()
    accounts = {name: make_user(name) for name in HOLDS}
    for name, function in HOLDS.items():
        if function:
            hold(accounts[name], seat(county, "lpo" if function == CHAIR else "region", function))
    world = {"definition": routine(county), "people": accounts}
    run_state_machine_as_test(
        type("Case", (Collaboration,), world),
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
