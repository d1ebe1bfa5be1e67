"""The pages of the chain: what they say, and to whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.chain.presenters.levels import Known, level_rows
from styrkedja.effects.models import EffectEstimate, EffectRealisation, EstimateYear
from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal, GoalIndicator, Milestone, Obstacle
from styrkedja.steering.selectors import Level, Share
from styrkedja.ui.clock import now
from tests.apps.chain.conftest import signed_in
from tests.factories.counties import body
from tests.factories.observations import observe
from tests.factories.steering import make, make_action, make_goal, make_indicator, make_plan


@pytest.fixture
def goal(county: County) -> Goal:
    """A goal with an indicator, a late milestone, a goal under it in a unit, and an action with its economy."""
    year = now().year
    plan = make_plan(county, year=year, title="Regionplan")
    goal = make_goal(plan, key="kontinuitet", title="Ökad kontinuitet")
    make(
        GoalIndicator,
        county=county,
        goal=goal,
        indicator=make_indicator(),
        title="",
        target_value=Decimal(40),
        target_on=date(year, 12, 31),
    )
    make(Milestone, county=county, goal=goal, title="Halvvägs", due_on=date(year - 1, 6, 30))
    below = make_goal(make_plan(county, "namnden", year=year, title="Nämndplan"), title="Kontinuitet i Ålen", parent=goal)
    below.accountable_body = body(county, "alen")
    below.save()
    action = make_action(plan, key="fast-kontakt", title="Inför fast läkarkontakt", goals=[goal])
    estimate = make(EffectEstimate, county=county, action=action)
    EstimateYear.objects.create(estimate=estimate, year=year, gross_ore=2_000_000_00, net_ore=1_500_000_00)
    make(EffectRealisation, county=county, action=action, month=date(year, 1, 1), planned_ore=100_000_00, realised_ore=80_000_00)
    return goal


def text_of(client: Client, view: str, *args: str, **query: str) -> str:
    response = client.get(reverse(view, args=args), query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_the_overview_tells_how_the_chain_stands(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    text = text_of(client, "steering:overview")
    assert "Ökad kontinuitet" in text
    assert "Värde saknas" in text
    assert "Halvvägs" in text


def test_the_lists_hold_their_objects(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    assert "Kontinuitet i Ålen" in text_of(client, "steering:goals")
    actions = text_of(client, "steering:actions")
    assert "Inför fast läkarkontakt" in actions
    assert "1 500 000 kr" in actions
    assert "80 000 kr" in actions
    assert "Regionplan" in text_of(client, "steering:documents")
    assert "Inga mandat är inlagda." in text_of(client, "steering:mandates")


def test_the_list_is_searched(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    text = text_of(client, "steering:goals", q="ålen")
    assert "Kontinuitet i Ålen" in text
    assert "Ökad kontinuitet" not in text


def test_a_goal_stands_in_its_chain(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    text = text_of(client, "steering:object", "goal", "kontinuitet")
    for shown in ("Regionplan", "Kontinuitet i Ålen", "Inför fast läkarkontakt", "Indikator medicinsk-tillganglighet", "Ingen är utsedd"):
        assert shown in text


def test_what_takes_a_goal_up_bears_its_plan_and_no_plan_that_is_over_still_holds(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    last = make_plan(county, "namnden", year=now().year - 1, title="Förra nämndplanen")
    make_goal(last, key="i-fjol", title="Kontinuitet i Ålen", parent=goal)
    below = client.get(reverse("steering:object", args=["goal", "kontinuitet"])).context["below"]
    assert {(row.plan, row.state.word) for row in below if row.name == "Kontinuitet i Ålen"} == {
        ("Nämndplan", "Gäller"),
        ("Förra nämndplanen", "Perioden är slut"),
    }
    assert not any(row.plan for row in below if row.kind == "åtgärd")
    assert "Perioden är slut" in text_of(client, "steering:object", "goal", "i-fjol")


def test_an_action_shows_its_economy(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    text = text_of(client, "steering:object", "action", "fast-kontakt")
    assert "2 000 000 kr" in text
    assert f"januari {now().year}" in text


def test_every_kind_below_has_a_page(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    for row in (*EffectEstimate.objects.all(), *EffectRealisation.objects.all(), *Milestone.objects.all(), *GoalIndicator.objects.all()):
        text_of(client, "steering:object", row.KIND, row.key)


def test_down_the_levels_and_side_by_side(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    levels = client.get(reverse("steering:vertical", args=["goal", "kontinuitet"])).context["levels"]
    unit = next(level for level in levels if level.title == "Enhet")
    assert [share.body for share in unit.shares] == ["Ålens hälsocentral"]
    assert unit.without == ("Arnäs hälsocentral", "Ödeborgs hälsocentral")
    page = client.get(reverse("steering:horizontal", args=["goal", "kontinuitet"]))
    assert [share.body for share in page.context["shares"]] == ["Ålens hälsocentral"]
    assert page.context["without"] == ["Arnäs hälsocentral", "Ödeborgs hälsocentral"]
    assert page.context["form"]["niva"].value() == "UNIT"


def test_side_by_side_opens_on_the_lowest_level_that_has_something(client: Client, county: County, goal: Goal):
    signed_in(client, county)
    Goal.objects.filter(title="Kontinuitet i Ålen").update(accountable_body=body(county, "primarvarden"))
    page = client.get(reverse("steering:horizontal", args=["goal", "kontinuitet"]))
    assert page.context["form"]["niva"].value() == "DEPARTMENT"
    assert len(page.context["shares"]) == 1
    chosen = client.get(reverse("steering:horizontal", args=["goal", "kontinuitet"]), {"niva": "UNIT"})
    assert chosen.context["shares"] == []


def test_a_level_with_nothing_to_show_is_left_out():
    known = Known({}, {}, date(2026, 11, 22))
    nobodys = Share(None, rest=(Obstacle(title="Ingen tid"),))
    assert level_rows([Level("", (nobodys,), ())], known) == []
    assert [row.title for row in level_rows([Level("", (Share(None, rest=(Milestone(title="Halvvägs"),)),), ())], known)] == [
        "Utanför linjen"
    ]


def test_the_levels_tell_how_each_bodys_goals_and_actions_stand(client: Client, county: County, goal: Goal):
    own, year = body(county, "alen"), now().year
    signed_in(client, county, "alen", "UNIT_MANAGER")
    below = Goal.objects.get(title="Kontinuitet i Ålen")
    indicator = make_indicator(key="hembesok", title="Hembesök")
    link = {"goal": below, "indicator": indicator, "title": "", "target_value": Decimal(40)}
    make(GoalIndicator, county=county, **link)
    observe(indicator, own, [35], disclosure="published")
    for due, reached in ((date(year - 1, 3, 1), date(year - 1, 2, 1)), (date(year - 1, 6, 1), None)):
        make(Milestone, county=county, goal=below, due_on=due, reached_on=reached)
    old = make_plan(county, "alen", year=year - 2, title="Förra planen")
    make_goal(old, title="Förra målet", parent=goal)
    for view in ("vertical", "horizontal"):
        text = text_of(client, f"steering:{view}", "goal", "kontinuitet")
        assert "Hembesök</a>: 35 procent (mål 40)" in text, view
        assert "Nås inte" in text
        assert "1 av 2 delmål nådda, 1 försenat" in text
        assert "Förra målet" not in text
    make_action(below.document, title="Teamet", goals=[below], accountable_body=own, unit=own)
    text = text_of(client, "steering:vertical", "action", "fast-kontakt")
    assert "Hemtaget i år: 80 000 kr" in text


def test_a_draft_is_seen_by_its_own_body_alone(client: Client, county: County):
    make_goal(make_plan(county, "namnden", state="DRAFT", year=now().year), key="utkast")
    signed_in(client, county)
    assert client.get(reverse("steering:object", args=["goal", "utkast"])).status_code == 404
    signed_in(client, county, "namnden")
    assert client.get(reverse("steering:object", args=["goal", "utkast"])).status_code == 200


@pytest.mark.parametrize(("kind", "key"), [("goal", "finns-inte"), ("nonsens", "kontinuitet")])
def test_what_is_not_there_is_not_found(client: Client, county: County, goal: Goal, kind: str, key: str):
    signed_in(client, county)
    assert client.get(reverse("steering:object", args=[kind, key])).status_code == 404
