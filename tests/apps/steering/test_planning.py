"""A new year's plan takes over from the last with an explicit mapping; the old year stays and can still be reported on."""

from datetime import date, datetime
from typing import Any

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from styrkedja.steering import services
from styrkedja.steering.models import Action, Goal, GoalArea, GoalIndicator, Milestone, SteeringDocument, Transfer, TransferKind
from styrkedja.steering.services import Mapped, start_next_plan
from styrkedja.steering.services.planning import open_rows
from tests.factories.counties import body, make_holder
from tests.factories.steering import make, make_action, make_goal, make_indicator, make_plan

KEPT, CHANGED, MERGED, DROPPED = TransferKind.KEPT, TransferKind.CHANGED, TransferKind.MERGED, TransferKind.DROPPED


@pytest.fixture
def controller(county: County) -> User:
    return make_holder(county, "namnden", "CONTROLLER")


@pytest.fixture
def old(county: County) -> dict[str, Any]:
    """A committee's plan of 2026 with a heading, five goals and three actions, and a goal of the region above it."""
    region = make_plan(county, "fullmaktige", key="regionplan-2026")
    above = make_goal(region, key="r-mal")
    plan = make_plan(county, "namnden", key="plan-2026", title="Plan med budget 2026", parent=region)
    area = make(GoalArea, county=county, key="nara-vard", title="God och nära vård", document=plan)
    kept = make_goal(plan, key="kvar", title="Kvar", area=area, parent=above, resources="Två tjänster")
    below = make_goal(plan, key="under", title="Under", area=area, parent=kept)
    one, two = make_goal(plan, key="ett", title="Ett"), make_goal(plan, key="tva", title="Två")
    dropped = make_goal(plan, key="bort", title="Bort")
    make_goal(plan, key="natt", title="Nått", state="REACHED")
    shared, own = make_indicator("gemensam"), make_indicator("egen")
    make(GoalIndicator, county=county, key="i1", goal=one, indicator=shared, target_value=5)
    make(GoalIndicator, county=county, key="i2", goal=two, indicator=shared, target_value=7)
    make(GoalIndicator, county=county, key="i3", goal=two, indicator=own)
    make(Milestone, county=county, key="forra", title="Förra året", goal=kept, due_on=date(2026, 12, 31))
    make(Milestone, county=county, key="nasta", title="Nästa år", goal=kept, due_on=date(2027, 1, 1))
    make(Milestone, county=county, key="klart", goal=kept, due_on=date(2027, 2, 1), reached_on=date(2026, 8, 1))
    action = make_action(plan, key="a1", title="Åtgärd", goals=[one, above], indicators=[own], state="STARTED")
    make(Milestone, county=county, key="a-delmal", title="Utan dag", action=action)
    other = make_action(plan, key="a2", title="Annan", goals=[dropped])
    make_action(plan, key="a3", title="Klar", state="DONE")
    return locals()


def mapping(old: dict[str, Any], **change: Mapped | None) -> list[Mapped]:
    whole: dict[str, Mapped | None] = {
        "under": Mapped(old["below"], CHANGED, {"title": "Under, ändrat"}),
        "kvar": Mapped(old["kept"], KEPT),
        "ett": Mapped(old["one"], MERGED, {"title": "Ett och två"}, into="ihop"),
        "tva": Mapped(old["two"], MERGED, into="ihop"),
        "bort": Mapped(old["dropped"], DROPPED, reason="Uppdraget upphör."),
        "a1": Mapped(old["action"], KEPT),
        "a2": Mapped(old["other"], CHANGED, {"key": "a2-2027", "state": "STARTED"}),
    }
    return [one for one in (whole | change).values() if one is not None]


def start(old: dict[str, Any], actor: User | None, at: datetime, rows: list[Mapped]) -> SteeringDocument:
    period = {"valid_from": date(2027, 1, 1), "valid_until": date(2028, 1, 1)}
    return start_next_plan(actor=actor, document=old["plan"], mapping=rows, key="plan-2027", title="Plan 2027", at=at, **period)


def test_the_new_plan_is_a_draft_of_the_same_body_after_the_old(old: dict[str, Any], controller: User, at: datetime) -> None:
    plan = start(old, controller, at, mapping(old))
    assert (plan.state, plan.kind, plan.accountable_body) == ("DRAFT", "COMMITTEE_PLAN", old["plan"].accountable_body)
    assert (plan.supersedes, plan.parent, plan.key) == (old["plan"], old["region"], "plan-2027")
    goals = {goal.title: goal for goal in Goal.objects.filter(document=plan).select_related("area", "parent")}
    assert set(goals) == {"Kvar", "Under, ändrat", "Ett och två"}
    assert (goals["Kvar"].parent, goals["Kvar"].resources, goals["Kvar"].area.title) == (old["above"], "Två tjänster", "God och nära vård")
    assert (goals["Under, ändrat"].parent, goals["Under, ändrat"].area) == (goals["Kvar"], goals["Kvar"].area)
    assert GoalArea.objects.filter(document=plan).count() == 1
    merged = {row.indicator.key: row.target_value for row in goals["Ett och två"].indicators.all()}
    assert merged == {"gemensam": 5, "egen": None}
    assert [row.title for row in goals["Kvar"].milestones.all()] == ["Nästa år"]


def test_actions_serve_what_became_of_their_goals(old: dict[str, Any], controller: User, at: datetime) -> None:
    plan = start(old, controller, at, mapping(old))
    new = Action.objects.get(document=plan, title="Åtgärd")
    assert {goal.title for goal in new.goals.all()} == {"Ett och två", old["above"].title}
    assert ([i.key for i in new.indicators.all()], new.state, new.version) == (["egen"], "STARTED", 1)
    assert [row.title for row in new.milestones.all()] == ["Utan dag"]
    other = Action.objects.get(document=plan, key="a2-2027")
    assert (list(other.goals.all()), other.state) == ([], "STARTED")
    assert Action.objects.filter(document=plan).count() == 2


def test_what_became_of_everything_is_kept(old: dict[str, Any], controller: User, at: datetime) -> None:
    plan = start(old, controller, at, mapping(old))
    kept = {
        (row.goal or row.action).key: (row.kind, str(row.new_goal or row.new_action or ""), row.reason)
        for row in Transfer.objects.filter(from_document=old["plan"], to_document=plan)
    }
    assert kept == {
        "kvar": ("KEPT", "Kvar", ""),
        "under": ("CHANGED", "Under, ändrat", ""),
        "ett": ("MERGED", "Ett och två", ""),
        "tva": ("MERGED", "Ett och två", ""),
        "bort": ("DROPPED", "", "Uppdraget upphör."),
        "a1": ("KEPT", "Åtgärd", ""),
        "a2": ("CHANGED", "Annan", ""),
    }


def test_the_old_year_is_as_it_was_and_can_still_be_reported_on(old: dict[str, Any], controller: User, at: datetime) -> None:
    before = list(Goal.objects.filter(document=old["plan"]).order_by("pk").values())
    start(old, controller, at, mapping(old))
    assert list(Goal.objects.filter(document=old["plan"]).order_by("pk").values()) == before
    milestone = Milestone.objects.get(key="forra")
    reached = services.reach_milestone(actor=controller, milestone=milestone, version=1, reached_on=date(2026, 9, 10), at=at)
    assert reached.reached_on == date(2026, 9, 10)
    services.change_action(actor=controller, action=old["action"], version=1, state="DONE", done_on=date(2026, 9, 1), at=at)
    assert Action.objects.get(key="a1").state == "DONE"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"bort": None, "a1": None}, "Ange vad som händer med allt i den gamla planen. Det saknas: ”Bort”, ”Åtgärd”."),
        ({"bort": "no reason"}, "Ange varför ”Bort” stryks."),
        ({"ett": "merged into nothing"}, "Ange vad ”Ett” slås samman med."),
        ({"kvar": "changed without a change"}, "Ange vad som ändras i ”Kvar”"),
        ({"kvar": "kept with a change"}, "”Kvar” förs inte över med ändringar"),
        ({"extra": "twice"}, "”Kvar” står flera gånger."),
        ({"extra": "foreign"}, "hör inte till planen ”Plan med budget 2026”"),
    ],
)
def test_a_mapping_that_does_not_say_everything_once_is_refused(
    change: dict[str, str | None], said: str, old: dict[str, Any], controller: User, at: datetime
) -> None:
    faulty = {
        "no reason": Mapped(old["dropped"], DROPPED, reason=" "),
        "merged into nothing": Mapped(old["one"], MERGED),
        "changed without a change": Mapped(old["kept"], CHANGED),
        "kept with a change": Mapped(old["kept"], KEPT, {"title": "Nytt"}),
        "twice": Mapped(old["kept"], KEPT),
        "foreign": Mapped(old["above"], KEPT),
    }
    before = (SteeringDocument.objects.count(), Goal.objects.count(), ObjectVersion.objects.count())
    with pytest.raises(Refused) as refused:
        start(old, controller, at, mapping(old, **{name: faulty.get(what or "") for name, what in change.items()}))
    assert said in str(refused.value)
    assert (SteeringDocument.objects.count(), Goal.objects.count(), ObjectVersion.objects.count(), Transfer.objects.count()) == (*before, 0)


def test_only_the_plans_own_body_starts_its_next_year(old: dict[str, Any], county: County, at: datetime) -> None:
    for who in (make_holder(county, "styrelsen", "CONTROLLER"), make_holder(county, "forvaltningen", "DIRECTOR")):
        with pytest.raises(Refused):
            start(old, who, at, mapping(old))
    assert Transfer.objects.count() == 0


def test_a_goal_hangs_in_what_followed_its_parent_once_that_is_decided(
    old: dict[str, Any], county: County, controller: User, at: datetime
) -> None:
    region = start_next_plan(actor=None, document=old["region"], mapping=[Mapped(old["above"], KEPT)], title="Regionplan 2027", at=at)
    first = start(old, controller, at, mapping(old))
    assert Goal.objects.get(document=first, title="Kvar").parent == old["above"]
    services.adopt(actor=None, row=region, body=body(county, "fullmaktige"), decided_on=date(2026, 9, 15), at=at)
    everything = [Mapped(row, KEPT) for row in open_rows(first)]
    second = start_next_plan(actor=controller, document=first, mapping=everything, title="Plan 2028", at=at)
    assert Goal.objects.get(document=second, title="Kvar").parent.document == region
