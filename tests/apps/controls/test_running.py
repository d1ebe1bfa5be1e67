"""The controls over a chain in the database: what is found, cleared and found again as the days go by."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from styrkedja.controls.models import ControlRun, Finding
from styrkedja.controls.selectors.findings import findings_on
from styrkedja.controls.selectors.snapshot import scope_on, snapshot
from styrkedja.controls.services import run_controls
from styrkedja.core.controls.life import FindingState
from styrkedja.ledger.models import LedgerEntry, PendingEntry
from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal, Milestone
from tests.factories.counties import body, make_county
from tests.factories.steering import make, make_action, make_goal, make_plan

MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def listed(on: datetime, *, today: datetime | None = None, key: str = "") -> dict[str, FindingState]:
    """The checks that speak of the object with that key, and how they stand."""
    found = findings_on(None, on=on.date(), today=(today or on).date())
    return {one.row.check_code: one.line.state for one in found if one.row.object_key == key}


@pytest.fixture
def goal(county: County) -> Goal:
    return make_goal(make_plan(county), key="kontinuitet", title="Ökad kontinuitet")


def test_a_county_without_a_plan_in_force_is_not_looked_at(county: County, goal: Goal):
    other = make_county("utan-plan")
    ran = run_controls(actor=None, at=MONDAY)
    assert (ran.counties, ran.outside) == ((county,), (other,))
    assert list(ControlRun.objects.values_list("county", "on")) == [(county.pk, MONDAY.date())]


def test_a_draft_is_not_looked_at(county: County):
    make_goal(make_plan(county, state="DRAFT"), key="utkastets")
    assert run_controls(actor=None, at=MONDAY).counties == ()
    assert Finding.objects.count() == 0


def test_a_goal_without_milestone_is_found_cleared_and_found_again(goal: Goal):
    run_controls(actor=None, at=MONDAY)
    assert listed(MONDAY, key="kontinuitet")["R01a"] is FindingState.FOUND
    milestone = make(Milestone, county=goal.county, goal=goal, due_on=date(2026, 12, 1), criterion="Kontinuitetsindex är minst 0,40.")
    run_controls(actor=None, at=later(1))
    assert "R01a" not in listed(later(1), key="kontinuitet")
    milestone.delete()
    run_controls(actor=None, at=later(3))
    assert listed(later(3), key="kontinuitet")["R01a"] is FindingState.REAPPEARED


def test_the_list_of_a_past_day_is_as_it_was(goal: Goal):
    run_controls(actor=None, at=MONDAY)
    then = findings_on(None, on=MONDAY.date(), today=MONDAY.date())
    Goal.objects.filter(pk=goal.pk).update(title="Ett annat namn", state="DROPPED")
    run_controls(actor=None, at=later(7))
    assert listed(later(7), key="kontinuitet") == {}
    again = findings_on(None, on=MONDAY.date(), today=later(7).date())
    assert [(one.row.pk, one.line.fault, one.line.state) for one in again] == [(one.row.pk, one.line.fault, one.line.state) for one in then]
    assert {one.line.fault.name for one in again if one.row.object_key == "kontinuitet"} == {"Ökad kontinuitet"}


def test_the_same_day_again_changes_nothing(goal: Goal):
    run_controls(actor=None, at=MONDAY)
    before = [(one.row.pk, one.line) for one in findings_on(None, on=MONDAY.date(), today=MONDAY.date())]
    entries = LedgerEntry.objects.count() + PendingEntry.objects.count()
    run_controls(actor=None, at=MONDAY + timedelta(hours=5))
    assert [(one.row.pk, one.line) for one in findings_on(None, on=MONDAY.date(), today=MONDAY.date())] == before
    assert LedgerEntry.objects.count() + PendingEntry.objects.count() == entries


def test_what_comes_and_goes_on_one_day_leaves_nothing(goal: Goal):
    run_controls(actor=None, at=MONDAY)
    Goal.objects.filter(pk=goal.pk).update(state="DROPPED")
    run_controls(actor=None, at=MONDAY + timedelta(hours=5))
    assert listed(MONDAY, key="kontinuitet") == {}
    assert not Finding.objects.filter(object_key="kontinuitet").exists()


def test_the_past_is_not_rewritten(goal: Goal):
    run_controls(actor=None, at=later(2))
    before = Finding.objects.count()
    with pytest.raises(ValueError, match="already been followed"):
        run_controls(actor=None, at=MONDAY)
    assert (Finding.objects.count(), ControlRun.objects.count()) == (before, 1)


def test_the_list_of_a_body_holds_its_own_alone(county: County, goal: Goal):
    make_goal(make_plan(county, "namnden"), key="namndens")
    run_controls(actor=None, at=MONDAY)
    found = findings_on(None, on=MONDAY.date(), today=MONDAY.date(), body=body(county, "namnden").key)
    assert {one.row.object_key for one in found} >= {"namndens"}
    assert "kontinuitet" not in {one.row.object_key for one in found}


def test_the_snapshot_is_read_in_as_many_queries_however_much_there_is(county: County, goal: Goal):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            snapshot(scope_on(MONDAY.date()))
        return len(caught)

    plan = goal.document
    make_action(plan, goals=[goal], unit=body(county, "alen"))
    make(Milestone, county=county, goal=goal)
    few = queries()
    for number in range(5):
        other = make_goal(plan, parent=goal, accountable_body=body(county, "alen"))
        make_action(plan, goals=[goal, other], unit=body(county, "arnas"), key=f"fler-{number}")
        make(Milestone, county=county, goal=other)
    assert queries() == few
    assert few <= 60
