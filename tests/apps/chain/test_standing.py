"""What a goal's page tells of a unit's figures, and to whom."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal, GoalIndicator
from styrkedja.ui.clock import now
from tests.apps.chain.conftest import signed_in
from tests.factories.counties import body
from tests.factories.observations import observe
from tests.factories.steering import make, make_goal, make_indicator, make_plan


@pytest.fixture
def goal(county: County) -> Goal:
    """Of a unit, with an indicator that nothing has been decided of."""
    goal = make_goal(make_plan(county, "namnden", year=now().year, title="Nämndplan"), key="kontinuitet", title="Kontinuitet i Ålen")
    goal.accountable_body = body(county, "alen")
    goal.save()
    indicator = make_indicator(key="hembesok", title="Hembesök")
    make(GoalIndicator, county=county, goal=goal, indicator=indicator, title="", target_value=Decimal(40))
    observe(indicator, goal.accountable_body, [35])
    return goal


@pytest.mark.parametrize(
    ("role", "function", "is_seen"), [("alen", "UNIT_MANAGER", True), ("arnas", "UNIT_MANAGER", False), ("styrelsen", "CHAIR", False)]
)
def test_a_units_value_is_for_who_works_in_or_over_it(
    client: Client, county: County, goal: Goal, role: str, function: str, is_seen: bool
) -> None:
    signed_in(client, county, role, function)
    for address in (reverse("steering:object", args=["goal", goal.key]), reverse("steering:goals")):
        text = client.get(address).content.decode()
        assert ("35 procent" in text.replace("\u00a0", " ")) is is_seen
        assert ("Visas inte (röjandeskydd)" in text) is not is_seen
        assert ("Nås inte" in text) is is_seen
