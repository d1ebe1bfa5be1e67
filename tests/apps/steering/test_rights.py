"""Who may see and who may write, as truth tables."""

from datetime import date, datetime

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from styrkedja.steering import services
from styrkedja.steering.models import KINDS, Goal, GoalArea, GoalConflict, GoalIndicator, Milestone, Obstacle, Strategy, TargetState
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import visible
from tests.factories.accounts import make_user
from tests.factories.counties import body, make_county, make_holder
from tests.factories.steering import make, make_action, make_goal, make_indicator, make_plan

ON = date(2026, 9, 16)
# Account → sees a decided plan, sees a draft of the committee, writes in the committee's plan, writes on what the unit answers for in it.
TABLE = {
    "committee": (True, True, True, True),
    "board": (True, False, False, False),
    "administration": (True, False, False, False),
    "unit": (True, False, False, True),
    "administrator": (True, True, True, True),
    "other county": (False, False, False, False),
    "no seat": (False, False, False, False),
    "closed": (False, False, False, False),
}


@pytest.fixture
def people(county: County) -> dict[str, User]:
    closed = make_holder(county, "namnden", "CHAIR", username="stangd")
    closed.is_active = False
    closed.save()
    return {
        "committee": make_holder(county, "namnden", "CONTROLLER"),
        "board": make_holder(county, "styrelsen", "CONTROLLER"),
        "administration": make_holder(county, "forvaltningen", "DIRECTOR"),
        "unit": make_holder(county, "alen", "UNIT_MANAGER"),
        "administrator": make_user("forvaltare", administrator=True),
        "other county": make_holder(make_county("annatlan", name="Annat län"), "region", "COORDINATOR"),
        "no seat": make_user("utan"),
        "closed": closed,
    }


@pytest.fixture
def whole(county: County, people: dict[str, User]) -> dict[str, list]:
    """In a decided plan and in a draft of the committee: one of every kind that hangs in a plan."""
    found: dict[str, list] = {}
    indicator = make_indicator()
    for state in ("DECIDED", "DRAFT"):
        plan = make_plan(county, "namnden", state=state)
        target = make(TargetState, county=county, state=state, accountable_body=body(county, "namnden"))
        goal, other = make_goal(plan, accountable_body=body(county, "alen")), make_goal(plan)
        action = make_action(plan)
        found[state] = [
            plan,
            target,
            make(Strategy, county=county, target_state=target),
            goal,
            action,
            make(GoalArea, county=county, document=plan),
            make(GoalIndicator, county=county, goal=goal, indicator=indicator),
            make(Milestone, county=county, goal=goal),
            make(Milestone, county=county, action=action),
            make(Obstacle, county=county, goal=goal),
            make(Obstacle, county=county, action=action),
            make(GoalConflict, county=county, first=goal, second=other),
        ]
    return found


@pytest.mark.parametrize("who", TABLE)
def test_a_draft_is_seen_by_its_own_body_alone(who: str, whole: dict[str, list], people: dict[str, User]) -> None:
    decided, draft, _plan, _own = TABLE[who]
    for state, sees in (("DECIDED", decided), ("DRAFT", draft)):
        seen = {str(row): visible(people[who], type(row), on=ON).filter(pk=row.pk).exists() for row in whole[state]}
        assert seen == dict.fromkeys(seen, sees), state


def test_every_kind_but_forums_and_loose_things_hangs_in_a_plan() -> None:
    assert {kind for kind, model in KINDS.items() if not model.PLANS} == {"forum"}


def test_a_draft_is_seen_by_everybody_once_it_is_adopted(
    county: County, people: dict[str, User], whole: dict[str, list], at: datetime
) -> None:
    plan, _target, _strategy, goal, *_ = whole["DRAFT"]
    services.adopt(actor=people["committee"], row=plan, body=body(county, "namnden"), decided_on=ON, at=at)
    assert visible(people["board"], Goal, on=ON).filter(pk=goal.pk).exists()


@pytest.mark.parametrize("who", TABLE)
def test_who_writes(who: str, whole: dict[str, list], people: dict[str, User], at: datetime) -> None:
    _decided, _draft, in_plan, own = TABLE[who]
    plan, _target, _strategy, goal, action, *_ = whole["DECIDED"]
    user = people[who]
    assert (can_edit(user, action, on=ON), can_edit(user, goal, on=ON)) == (in_plan, own)
    acts = {
        "change what the plan's body answers for": (
            in_plan,
            lambda: services.change_action(actor=user, action=action, version=None, text="x", at=at),
        ),
        "change what the unit answers for": (own, lambda: services.change_goal(actor=user, goal=goal, version=None, text="x", at=at)),
        "add to the plan": (in_plan, lambda: services.create_goal(actor=user, title="Nytt", document=plan, at=at)),
        "add a milestone to the unit's goal": (own, lambda: services.create_milestone(actor=user, title="Nytt", goal=goal, at=at)),
    }
    for name, (may, act) in acts.items():
        before = ObjectVersion.objects.count()
        if may:
            act()
            assert ObjectVersion.objects.count() == before + 1, name
        else:
            with pytest.raises(Refused):
                act()
            assert ObjectVersion.objects.count() == before, name


@pytest.mark.parametrize("who", TABLE)
def test_nobody_writes_on_a_draft_that_is_not_seen(who: str, whole: dict[str, list], people: dict[str, User], at: datetime) -> None:
    """Not even who answers for a goal in it, and nobody learns from the refusal that it exists."""
    _decided, sees, _plan, _own = TABLE[who]
    goal = whole["DRAFT"][3]
    if sees:
        services.change_goal(actor=people[who], goal=goal, version=None, text="x", at=at)
        return
    with pytest.raises(Refused, match="Det du vill ändra finns inte"):
        services.change_goal(actor=people[who], goal=goal, version=None, text="x", at=at)
    assert Goal.objects.get(pk=goal.pk).text == ""


def test_nothing_is_hung_in_what_is_not_seen(whole: dict[str, list], people: dict[str, User], county: County, at: datetime) -> None:
    hidden = whole["DRAFT"][3]
    mine = make_plan(county, "styrelsen")
    for values in ({"parent": hidden}, {"document": whole["DRAFT"][0]}):
        with pytest.raises(Refused, match="finns inte"):
            services.create_goal(**{"actor": people["board"], "title": "Nytt", "document": mine, "at": at} | values)
    with pytest.raises(Refused, match="Det som anges som ”mål” finns inte"):
        services.create_action(actor=people["board"], title="Nytt", document=mine, goals=[hidden], at=at)


def test_a_goal_is_not_moved_into_a_plan_of_somebody_else(
    whole: dict[str, list], people: dict[str, User], county: County, at: datetime
) -> None:
    goal = make_goal(make_plan(county, "styrelsen"))
    with pytest.raises(Refused, match="det organ som äger planen"):
        services.change_goal(actor=people["board"], goal=goal, version=None, document=whole["DECIDED"][0], at=at)
    assert Goal.objects.get(pk=goal.pk).document == goal.document


def test_the_giver_of_an_assignment_writes_on_it(county: County, people: dict[str, User], at: datetime) -> None:
    made = services.create_assignment(
        actor=people["board"], title="Uppdrag", giver=body(county, "styrelsen"), accountable_body=body(county, "namnden"), at=at
    )
    services.change_assignment(actor=people["committee"], assignment=made, version=1, report="Klart", reported_on=ON, at=at)
    with pytest.raises(Refused):
        services.change_assignment(actor=people["unit"], assignment=made, version=2, report="Nej", at=at)


def test_a_body_records_its_own_adoption_of_a_joint_target_state(county: County, people: dict[str, User], at: datetime) -> None:
    target = make(TargetState, county=county, state="DECIDED", accountable_body=body(county, "styrelsen"))
    services.adopt(actor=people["committee"], row=target, body=body(county, "namnden"), decided_on=ON, at=at)
    with pytest.raises(Refused):
        services.adopt(actor=people["unit"], row=target, body=body(county, "kommun"), decided_on=ON, at=at)
    assert target.adoptions.count() == 1
