from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.effects.models import BalanceRequirement, EffectEstimate, EffectRealisation, EstimateYear
from styrkedja.organisations.models import County, Group, Membership, Seat
from styrkedja.steering.models import (
    ActionProgramme,
    Assignment,
    Forum,
    Goal,
    GoalArea,
    GoalConflict,
    GoalIndicator,
    Milestone,
    Obstacle,
    Strategy,
    TargetState,
)
from styrkedja.ui.clock import now
from tests.factories.accounts import make_user
from tests.factories.counties import body
from tests.factories.steering import make, make_action, make_goal, make_indicator, make_plan, make_region


@pytest.fixture
def county(db: None) -> County:
    return make_region()


def signed_in(client: Client, county: County, role: str = "styrelsen", function: str = "CHAIR") -> User:
    user = make_user(f"{role}-{function}".lower())
    Membership.objects.create(seat=Seat.objects.get(body=body(county, role), function=function), account=user)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def board(client: Client, county: County) -> User:
    """The board's chair, signed in."""
    return signed_in(client, county)


@pytest.fixture
def every_kind(county: County) -> Goal:
    """One object of every kind, in a plan of the board; the goal with its key "kontinuitet"."""
    year, owner = now().year, body(county, "styrelsen")
    common = {"county": county, "accountable_body": owner}
    target = make(TargetState, title="God och nära vård", state="DECIDED", **common)
    strategy = make(Strategy, target_state=target, title="Ökad kontinuitet", **common)
    plan = make_plan(county, key="regionplan", year=year, title=f"Regionplan {year}", target_state=target)
    area = make(GoalArea, document=plan, title="God vård", **common)
    goal = make_goal(plan, key="kontinuitet", title="Fast kontakt för fler", area=area, strategies=[strategy])
    other = make_goal(plan, key="ekonomi", title="Ekonomi i balans")
    make(GoalIndicator, goal=goal, indicator=make_indicator(), title="", target_value=Decimal(40), **common)
    make(Milestone, key="halvvags", goal=goal, title="Halvvägs", due_on=date(year - 1, 6, 30), **common)
    assignment = make(Assignment, key="uppdraget", document=plan, giver=owner, title="Utred fast kontakt", **common)
    programme = make(ActionProgramme, document=plan, title="Rätt storlek, rätt stöd", **common)
    action = make_action(
        plan, key="fast-kontakt", title="Inför fast läkarkontakt", goals=[goal], programme=programme, assignment=assignment
    )
    make(Obstacle, goal=goal, title="Brist på läkare", **common)
    make(GoalConflict, first=goal, second=other, title="Kontinuitet mot ekonomi", **common)
    group = Group.objects.create(key="fredagsgruppen", name="Fredagsgruppen", kind="FORUM", level="LOCAL", county=county)
    make(Forum, group=group, reports_to=owner, title="", **common)
    estimate = make(EffectEstimate, action=action, title="", **common)
    EstimateYear.objects.create(estimate=estimate, year=year, gross_ore=2_000_000_00, net_ore=1_500_000_00)
    make(EffectRealisation, action=action, month=date(year, 1, 1), planned_ore=100_000_00, realised_ore=80_000_00, title="", **common)
    make(BalanceRequirement, document=plan, year=year, amount_ore=3_000_000_00, title="", **common)
    return goal
