"""Two people who write at the same time, each over a connection of their own."""

from datetime import UTC, datetime

import pytest

from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.decisions.models import Mandate
from styrkedja.decisions.services import give_mandate
from styrkedja.ledger.models import LedgerEntry, ObjectVersion
from styrkedja.steering import services
from styrkedja.steering.models import Goal, GoalIndicator
from tests.factories.counties import body, make_holder
from tests.factories.steering import make_goal, make_indicator, make_plan, make_region
from tests.factories.threads import at_once

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def attempt(act) -> str:
    try:
        act()
    except Refused as refused:
        return type(refused).__name__
    return "done"


def test_of_two_who_edit_one_goal_one_is_told_and_the_others_text_stands() -> None:
    county = make_region()
    goal = make_goal(make_plan(county))
    users = [make_holder(county, "styrelsen", function) for function in ("CONTROLLER", "CHAIR")]

    def edit(user, text: str):
        return lambda: attempt(lambda: services.change_goal(actor=user, goal=goal, version=1, text=text, at=AT))

    told = at_once(*(edit(user, f"Text {number}") for number, user in enumerate(users)))
    assert sorted(told) == ["Outdated", "done"]
    stored = Goal.objects.get()
    assert (stored.version, stored.text) == (2, f"Text {told.index('done')}")
    assert ObjectVersion.objects.count() == LedgerEntry.objects.count() == 1
    assert issubclass(Outdated, Refused)


def test_two_cannot_close_a_ring_together() -> None:
    county = make_region()
    plan = make_plan(county)
    one, other = make_goal(plan), make_goal(plan)

    def hang(below: Goal, above: Goal):
        return lambda: attempt(lambda: services.change_goal(actor=None, goal=below, version=None, parent=above, at=AT))

    assert sorted(at_once(hang(one, other), hang(other, one))) == ["Refused", "done"]
    assert sorted(goal.parent_id is None for goal in Goal.objects.all()) == [False, True]


def test_two_new_goals_with_one_title_have_a_key_each() -> None:
    plan = make_plan(make_region())

    def add():
        return services.create_goal(actor=None, title="God vård", document=plan, at=AT).key

    assert sorted(at_once(add, add, add)) == ["god-vard", "god-vard-2", "god-vard-3"]


def test_of_two_who_add_the_same_indicator_to_a_goal_one_is_told() -> None:
    goal, indicator = make_goal(make_plan(make_region())), make_indicator()

    def add():
        return attempt(lambda: services.create_goal_indicator(actor=None, goal=goal, indicator=indicator, at=AT))

    assert sorted(at_once(add, add, add)) == ["Refused", "Refused", "done"]
    assert (GoalIndicator.objects.count(), ObjectVersion.objects.count()) == (1, 1)


def test_of_two_who_give_a_mandate_one_key_one_is_told() -> None:
    county = make_region()
    said = {"key": "m", "title": "Ekonomi", "level": "POLITICAL", "subject": "ekonomi", "body": body(county, "namnden")}

    def give():
        return attempt(lambda: give_mandate(actor=None, given_by=body(county, "fullmaktige"), at=AT, **said))

    assert sorted(at_once(give, give)) == ["Refused", "done"]
    assert (Mandate.objects.count(), ObjectVersion.objects.count()) == (1, 1)
