"""Who may accept a finding, for how long, and what then stands in the list."""

from datetime import UTC, date, datetime, timedelta

import pytest

from styrkedja.accounts.models import User
from styrkedja.controls.models import ControlSetting, Finding, FindingAcceptance
from styrkedja.controls.policies import can_accept
from styrkedja.controls.selectors.findings import findings_on, visible_to
from styrkedja.controls.services import accept_finding, change_settings, run_controls, withdraw_acceptance
from styrkedja.core.controls.life import FindingState
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import County, Membership, Seat
from tests.factories.accounts import make_user
from tests.factories.counties import body
from tests.factories.steering import make_goal, make_plan

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
UNTIL = date(2027, 3, 31)
REASON = "Delmål tas fram i verksamhetsplanen i mars."


def holder(county: County, role: str, function: str, username: str) -> User:
    user = make_user(username)
    Membership.objects.create(seat=Seat.objects.get(body=body(county, role), function=function), account=user)
    return user


@pytest.fixture
def finding(county: County) -> Finding:
    make_goal(make_plan(county), key="kontinuitet")
    run_controls(actor=None, at=NOW)
    return Finding.objects.get(object_key="kontinuitet", check_code="R01a")


def state(finding: Finding, at: datetime) -> FindingState | None:
    found = findings_on(None, on=at.date(), today=at.date())
    return next((one.line.state for one in found if one.row.pk == finding.pk), None)


@pytest.mark.parametrize(
    ("role", "function", "may"),
    [
        ("styrelsen", "CHAIR", True),
        ("styrelsen", "CONTROLLER", False),
        ("namnden", "CHAIR", False),
        ("forvaltningen", "DIRECTOR", False),
    ],
)
def test_only_who_leads_the_body_may_accept(county: County, finding: Finding, role: str, function: str, may: bool):
    user = holder(county, role, function, "prövaren")
    assert can_accept(user, finding, on=NOW.date()) is may
    if may:
        accept_finding(actor=user, finding=finding, reason=REASON, until=UNTIL, at=NOW)
    else:
        with pytest.raises(Refused, match="Bara den som leder"):
            accept_finding(actor=user, finding=finding, reason=REASON, until=UNTIL, at=NOW)
    assert FindingAcceptance.objects.count() == int(may)


def test_an_administrator_without_the_function_may_not(finding: Finding):
    with pytest.raises(Refused):
        accept_finding(actor=make_user("admin", administrator=True), finding=finding, reason=REASON, until=UNTIL, at=NOW)
    assert FindingAcceptance.objects.count() == 0


def test_who_works_elsewhere_does_not_see_it(finding: Finding):
    assert not visible_to(make_user("främling"), on=NOW.date()).exists()


def test_it_is_accepted_to_its_last_day_and_stands_in_the_list(county: County, finding: Finding):
    accept_finding(actor=holder(county, "styrelsen", "CHAIR", "ordförande"), finding=finding, reason=REASON, until=UNTIL, at=NOW)
    last, after = (datetime.combine(UNTIL + timedelta(days=days), NOW.timetz()) for days in (0, 1))
    assert state(finding, NOW) is FindingState.ACCEPTED
    run_controls(actor=None, at=last)
    assert state(finding, last) is FindingState.ACCEPTED
    run_controls(actor=None, at=after)
    assert state(finding, after) is FindingState.FOUND


def test_it_can_be_taken_back(county: County, finding: Finding):
    chair = holder(county, "styrelsen", "CHAIR", "ordförande")
    accept_finding(actor=chair, finding=finding, reason=REASON, until=UNTIL, at=NOW)
    withdraw_acceptance(actor=chair, finding=finding, at=NOW + timedelta(days=1))
    assert state(finding, NOW + timedelta(days=1)) is FindingState.FOUND
    assert FindingAcceptance.objects.get().withdrawn_on == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("reason", "until", "says"),
    [("  ", UNTIL, "Skriv varför"), (REASON, NOW.date(), "slutdag"), (REASON, date(2028, 1, 1), "högst 366 dagar")],
)
def test_an_acceptance_without_reason_or_end_is_refused(county: County, finding: Finding, reason: str, until: date, says: str):
    chair, entries = holder(county, "styrelsen", "CHAIR", "ordförande"), PendingEntry.objects.count()
    with pytest.raises(Refused, match=says):
        accept_finding(actor=chair, finding=finding, reason=reason, until=until, at=NOW)
    assert (FindingAcceptance.objects.count(), PendingEntry.objects.count()) == (0, entries)


def set_all(county: County, **values: object) -> ControlSetting:
    wanted = {"severities": {}, "thresholds": {}, "off": [], "accepting": ["CHAIR"], "version": None} | values
    return change_settings(actor=make_user("admin", administrator=True), county=county, at=NOW, **wanted)


def test_what_is_off_is_not_looked_for_and_what_is_set_counts(county: County, finding: Finding):
    set_all(county, off=["R01a"], severities={"R07": "I"})
    run_controls(actor=None, at=NOW + timedelta(days=1))
    assert state(finding, NOW + timedelta(days=1)) is None
    tomorrow = (NOW + timedelta(days=1)).date()
    of_rule = [one.line.fault.severity.value for one in findings_on(None, on=tomorrow, today=tomorrow) if one.row.rule == "R07"]
    assert of_rule
    assert set(of_rule) == {"I"}


def test_a_control_that_does_not_exist_cannot_be_set(county: County):
    with pytest.raises(Refused, match="Det finns ingen kontroll ”R99”"):
        set_all(county, off=["R99"])
    assert ControlSetting.objects.count() == 0


def test_only_an_administrator_sets_the_controls(county: County):
    with pytest.raises(Refused, match="administratör"):
        change_settings(
            actor=holder(county, "styrelsen", "CHAIR", "ordförande"),
            county=county,
            version=None,
            severities={},
            thresholds={},
            off=["R05"],
            accepting=["CHAIR"],
            at=NOW,
        )
    assert ControlSetting.objects.count() == 0
