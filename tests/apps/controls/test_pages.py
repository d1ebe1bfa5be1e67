"""The pages of the controls: what they say, to whom, and what their buttons do."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.controls.models import ControlSetting, Finding, FindingAcceptance
from styrkedja.controls.presenters.sources import SOURCES
from styrkedja.controls.services import run_controls
from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.record import read, recorded
from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.rules import RULES
from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.core.sentences import Sentence
from styrkedja.organisations.models import County, Membership, Seat
from styrkedja.steering.models import Goal, Milestone
from styrkedja.ui.clock import now
from styrkedja.ui.wording import sentence_text
from tests.factories.accounts import make_user
from tests.factories.counties import body
from tests.factories.steering import make, make_action, make_goal, make_plan


def signed_in(client: Client, county: County, role: str = "styrelsen", function: str = "CHAIR") -> User:
    user = make_user(f"{role}-{function}".lower())
    Membership.objects.create(seat=Seat.objects.get(body=body(county, role), function=function), account=user)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def finding(county: County) -> Finding:
    plan = make_plan(county, year=now().year)
    goal = make_goal(plan, key="kontinuitet", title="Ökad kontinuitet")
    make_action(plan, key="fast-kontakt", title="Inför fast läkarkontakt", goals=[goal])
    run_controls(actor=None, at=now())
    return Finding.objects.get(object_key="kontinuitet", check_code="R01a")


def test_the_list_tells_what_is_missing_and_how_much(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    response = client.get(reverse("controls:findings"))
    assert response.status_code == 200
    text = response.content.decode()
    assert "Ökad kontinuitet" in text
    assert "Regionstyrelsen" in text
    assert response.context["count"] == Finding.objects.count()
    assert sum(int(figure.value) for figure in response.context["figures"]) == Finding.objects.count()


@pytest.mark.parametrize("order", ["", "regel", "objekt"])
def test_the_list_is_grouped_and_loses_nothing(client: Client, county: County, finding: Finding, order: str):
    signed_in(client, county)
    groups = client.get(reverse("controls:findings"), {"ordna": order} if order else {}).context["groups"]
    assert {row.url for group in groups for row in group.rows} == {
        reverse("controls:finding", args=[one.pk]) for one in Finding.objects.all()
    }


def test_the_list_is_narrowed(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    response = client.get(reverse("controls:findings"), {"regel": "R01"})
    wanted = {reverse("controls:finding", args=[one.pk]) for one in Finding.objects.filter(rule="R01")}
    assert {row.url for group in response.context["groups"] for row in group.rows} == wanted
    assert client.get(reverse("controls:findings"), {"grad": "I", "regel": "R01"}).context["count"] == 0


def test_a_day_before_the_first_run_says_so(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    text = client.get(reverse("controls:findings"), {"dag": "2020-01-01"}).content.decode()
    assert "Kontrollerna hade inte körts då" in text


def test_a_day_that_has_not_been_is_refused_beside_the_list_of_today(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    response = client.get(reverse("controls:findings"), {"dag": "2999-01-01"})
    assert "Den dagen har inte varit än. Listan visas som den är i dag." in response.content.decode()
    assert response.context["count"] == Finding.objects.count()


def test_a_finding_stands_under_each_body_and_rows_bear_the_codes_of_the_filter(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    response = client.get(reverse("controls:findings"))
    assert f"{Finding.objects.count()} iakttagelser. En iakttagelse som rör flera organ" in response.content.decode()
    assert {row.rule for group in response.context["groups"] for row in group.rows} <= {rule.id for rule in RULES}


def test_who_works_in_no_county_sees_nothing(client: Client, finding: Finding):
    client.force_login(make_user("främling"), backend="django.contrib.auth.backends.ModelBackend")
    assert "Ökad kontinuitet" not in client.get(reverse("controls:findings")).content.decode()
    assert client.get(reverse("controls:finding", args=[finding.pk])).status_code == 404
    assert client.get(reverse("controls:gaps")).status_code == 404


def test_a_finding_says_why_and_by_which_sentence(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    text = client.get(reverse("controls:finding", args=[finding.pk])).content.decode()
    assert "tidsatta delmål" in text
    assert "Revisorernas granskning av omställningsarbetet mot en god och nära vård" in text
    assert "Källa 0" not in text
    assert "Fanns första gången" in text


def test_what_else_a_finding_is_about_is_named_and_linked(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    make(Milestone, county=county, key="vart-mal", goal=Goal.objects.get(key="kontinuitet"), title="Vart mål")
    run_controls(actor=None, at=now())
    text = client.get(reverse("controls:finding", args=[Finding.objects.get(object_key="vart-mal", check_code="R01b").pk])).content.decode()
    assert f'<a class="ds-link" href="{reverse("steering:object", args=["goal", "kontinuitet"])}">Ökad kontinuitet</a> (mål)' in text


def test_days_and_months_of_a_finding_are_written_as_on_other_pages():
    kept = {"pattern": "Saknas för %(month)s, sedan %(since)s.", "values": {"month": "2026-10", "since": "2026-10-13"}}
    fault = Fault("R10", "R10", Severity.FAULT, Ref(ObjectKind.ACTION, "x"), "x", (), Sentence.again(**kept))
    explanation = read(recorded(fault)).explanation
    assert (str(explanation), sentence_text(explanation)) == (str(fault.explanation), "Saknas för oktober 2026, sedan 13 okt 2026.")


def test_the_auditors_questions_are_asked_of_a_body(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    response = client.get(reverse("controls:questions"), {"organ": body(county, "styrelsen").key})
    text = response.content.decode()
    assert "Vilka tidsatta delmål har ni, och hur ser ni att de är nådda?" in text
    assert "Källa: Revisorernas granskning av omställningsarbetet mot en god och nära vård" in text
    assert "Regionstyrelsen" in text


def test_the_chain_shows_its_gaps_where_they_are(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    plan = client.get(reverse("controls:gaps")).context["plans"][0]
    goal = plan.children[0]
    assert goal.name == "Ökad kontinuitet"
    assert any(gap.url == reverse("controls:finding", args=[finding.pk]) for gap in goal.gaps)
    assert [child.name for child in goal.children] == ["Inför fast läkarkontakt"]


def test_the_chair_accepts_and_takes_it_back(client: Client, county: County, finding: Finding):
    user = signed_in(client, county)
    until = datetime(now().year + 1, 1, 31, tzinfo=UTC).date().isoformat()
    page = reverse("controls:finding", args=[finding.pk])
    given = {"reason": "Delmål kommer i januari.", "until": until, "submission": str(uuid4())}
    response, again = [client.post(reverse("controls:accept", args=[finding.pk]), given) for _twice in range(2)]
    assert again.url == page
    assert (response.status_code, response.url) == (302, page)
    acceptance = FindingAcceptance.objects.get()
    assert (acceptance.reason, acceptance.account) == ("Delmål kommer i januari.", user)
    assert "Godtagen" in client.get(page).content.decode()
    client.post(reverse("controls:withdraw", args=[finding.pk]))
    assert "Godta iakttagelsen" in client.get(page).content.decode()


def test_without_an_end_nothing_is_accepted(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    response = client.post(reverse("controls:accept", args=[finding.pk]), {"reason": "Det ordnar sig.", "until": ""})
    assert response.status_code == 422
    assert FindingAcceptance.objects.count() == 0


def test_who_may_not_accept_is_told_who_may(client: Client, county: County, finding: Finding):
    signed_in(client, county, "forvaltningen", "DIRECTOR")
    assert "Godta iakttagelsen" not in client.get(reverse("controls:finding", args=[finding.pk])).content.decode()
    response = client.post(reverse("controls:accept", args=[finding.pk]), {"reason": "x", "until": "2099-01-01"})
    assert response.status_code == 403
    assert "Bara den som leder" in response.content.decode()
    assert FindingAcceptance.objects.count() == 0


def test_an_administrator_sets_how_the_controls_look(client: Client, county: County, finding: Finding):
    client.force_login(make_user("admin", administrator=True), backend="django.contrib.auth.backends.ModelBackend")
    county.functions = {"CHAIR": "Ordförande", "CONTROLLER": "Controller"}
    county.save()
    address = reverse("controls:settings", args=[county.key])
    shown = client.get(address).content.decode()
    assert "Det som lämnas tomt är som regeln själv säger." in shown
    assert "(frivilligt)" not in shown
    sent = {"R01": "I", "R05": "off", "accepting": ["CONTROLLER"], "submission": str(uuid4())}
    assert [client.post(address, sent).status_code for _twice in range(2)] == [302, 302]
    row = ControlSetting.objects.get()
    assert (row.severities, row.off, row.thresholds, row.accepting) == ({"R01": "I"}, ["R05"], {}, ["CONTROLLER"])
    assert client.get(address).context["form"].initial["R05"] == "off"


def test_nobody_else_sets_them(client: Client, county: County, finding: Finding):
    signed_in(client, county)
    assert client.post(reverse("controls:settings", args=[county.key]), {"R05": "off", "accepting": ["CHAIR"]}).status_code == 403
    assert ControlSetting.objects.count() == 0


def test_every_source_of_a_rule_or_a_check_has_a_name():
    quoted = {rule.quoted(check).source for rule in RULES for check in rule.checks} | {rule.source for rule in RULES}
    assert {source for source in quoted if source.isdecimal()} == SOURCES.keys()
