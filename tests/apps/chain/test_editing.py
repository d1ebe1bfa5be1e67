"""Objects of every kind are added and changed on pages, by those who may."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.chain.selectors import KINDS
from styrkedja.effects.models import EffectEstimate, EffectRealisation
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County, Seat
from styrkedja.steering import services
from styrkedja.steering.models import Action, Goal, GoalIndicator, Milestone, Obstacle, SteeringDocument
from styrkedja.ui.clock import now
from tests.apps.chain.conftest import signed_in
from tests.factories.counties import body
from tests.factories.steering import make_goal, make_plan

SUBMISSION = {"submission": "6f1c2d3e-0000-4000-8000-000000000001"}


def filled(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What the browser would send of the form at `address` as it stands, with what is `typed` in it."""
    form = client.get(address).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    for name in [name for name, value in values.items() if value is None]:
        del values[name]
    if "years" in values:
        rows = values.pop("years")
        values |= {f"years-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items() if value is not None}
    return values | typed


def sent(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, filled(client, address, **typed))


def errors(response: Any) -> str:
    return " ".join(str(text) for texts in response.context["form"].errors.values() for text in texts)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_as_it_stands_changes_nothing(client: Client, county: County, every_kind: Goal, board: User, kind: str) -> None:
    for row in KINDS[kind].objects.all():
        address = reverse("steering:edit", args=[kind, row.key])
        response = sent(client, address)
        assert response.status_code == 302, errors(response)
        assert KINDS[kind].objects.get(pk=row.pk).version == row.version
    assert ObjectVersion.objects.count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_begun_on(client: Client, county: County, every_kind: Goal, board: User, kind: str) -> None:
    assert client.get(reverse("steering:create", args=[kind])).status_code == 200


def test_a_goal_is_added_where_one_stands_and_is_found_there(client: Client, county: County, every_kind: Goal, board: User) -> None:
    plan = SteeringDocument.objects.get()
    page = client.get(reverse("steering:object", args=["document", plan.key]))
    address = next(act.url for act in page.context["adds"] if act.text == "Nytt mål")
    response = sent(client, address, title="Kortare köer", due_on="2027-12-31", text="Vi arbetar för kortare köer.")
    made = Goal.objects.get(title="Kortare köer")
    assert (response.status_code, response["Location"]) == (302, reverse("steering:object", args=["goal", made.key]))
    assert (made.document, made.accountable_body, made.due_on) == (plan, body(county, "styrelsen"), date(2027, 12, 31))
    shown = client.get(response["Location"]).content.decode()
    assert "Formuleringar att se över" in shown
    assert "Vi arbetar för kortare köer." in shown


def test_the_chosen_of_many_come_first(client: Client, county: County, every_kind: Goal, board: User) -> None:
    make_goal(every_kind.document, title="Alla får vård i tid")
    offered = client.get(reverse("steering:edit", args=["action", "fast-kontakt"])).context["form"].fields["goals"].choices
    assert offered[0][0] == str(every_kind.pk)
    assert len(offered) == Goal.objects.count()


def test_a_calculation_is_typed_in_kronor(client: Client, county: County, every_kind: Goal, board: User) -> None:
    address = reverse("steering:create", args=["estimate"]) + "?action=fast-kontakt"
    years = {"years-0-year": "2027", "years-0-gross": "1 500 000,50", "years-0-net": "1 000 000", "years-0-low": "900000"}
    response = sent(client, address, one_off_ore="250 000", first_effect_on="2027-03", **years)
    assert response.status_code == 302, errors(response)
    made = EffectEstimate.objects.latest("pk")
    year = made.years.get()
    assert (made.one_off_ore, made.first_effect_on) == (250_000_00, date(2027, 3, 1))
    assert (year.year, year.gross_ore, year.net_ore, year.low_ore, year.high_ore) == (2027, 150_000_050, 1_000_000_00, 900_000_00, None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"years-0-year": "2027", "years-0-gross": "1,005", "years-0-net": "1"}, "högst två decimaler"),
        ({"years-0-year": "2027", "years-0-gross": "en miljon", "years-0-net": "1"}, "Ange ett tal"),
        ({"years-0-year": "2027", "years-0-gross": "5", "years-0-net": "4", "years-0-low": "4,5"}, "utanför det angivna intervallet"),
        ({"years-0-year": "2027,5", "years-0-gross": "5", "years-0-net": "4"}, "Ange ett år"),
        ({}, "minst en rad"),
    ],
)
def test_a_calculation_that_cannot_be_is_refused_and_nothing_is_kept(
    client: Client, county: County, every_kind: Goal, board: User, typed: dict[str, str], said: str
) -> None:
    response = sent(client, reverse("steering:create", args=["estimate"]) + "?action=fast-kontakt", **typed)
    assert response.status_code == 422
    assert said in errors(response)
    assert (EffectEstimate.objects.count(), ObjectVersion.objects.count()) == (1, 0)


def test_the_plans_last_day_is_typed_and_shown_as_such(client: Client, county: County, board: User) -> None:
    address = reverse("steering:create", args=["document"])
    response = sent(client, address, title="Plan", kind="COMMITTEE_PLAN", valid_from="2027-01-01", valid_until="2027-12-31")
    assert response.status_code == 302, errors(response)
    plan = SteeringDocument.objects.get()
    assert (plan.valid_until, plan.state, plan.accountable_body) == (date(2028, 1, 1), "DRAFT", body(county, "styrelsen"))
    assert client.get(reverse("steering:edit", args=["document", plan.key])).context["form"]["valid_until"].value() == date(2027, 12, 31)


def test_who_comes_second_is_told_what_the_first_changed_and_keeps_what_was_typed(
    client: Client, county: County, every_kind: Goal, board: User
) -> None:
    address = reverse("steering:edit", args=["goal", "kontinuitet"])
    opened = client.get(address).context["form"]["version"].value()
    services.change_goal(actor=None, goal=every_kind, version=1, title="Den enas rubrik", at=now())
    response = sent(client, address, version=opened, title="Den andras rubrik")
    assert response.status_code == 409
    page = response.content.decode()
    assert "har ändrats av någon annan" in errors(response)
    assert "Fast kontakt för fler → Den enas rubrik" in page
    assert 'value="Den andras rubrik"' in page
    assert Goal.objects.get(pk=every_kind.pk).title == "Den enas rubrik"
    again = {bound.html_name: bound.value() for bound in response.context["form"] if bound.value() is not None}
    assert client.post(address, again).status_code == 302
    assert Goal.objects.get(pk=every_kind.pk).title == "Den andras rubrik"


def test_a_ring_and_an_action_that_ends_too_soon_are_refused(client: Client, county: County, every_kind: Goal, board: User) -> None:
    below = services.create_goal(actor=None, title="Under", document=every_kind.document, parent=every_kind, at=now())
    response = sent(client, reverse("steering:edit", args=["goal", "kontinuitet"]), parent=below.pk)
    assert (response.status_code, "Kedjan skulle gå runt" in errors(response)) == (422, True)
    response = sent(client, reverse("steering:edit", args=["action", "fast-kontakt"]), starts_on="2026-05-01", ends_on="2026-04-01")
    assert (response.status_code, "slutar innan den startar" in errors(response)) == (422, True)
    assert (Goal.objects.get(pk=every_kind.pk).parent, Action.objects.get().ends_on) == (None, None)


def test_nothing_is_due_before_its_plan_begins_and_a_decided_plan_is_named(
    client: Client, county: County, every_kind: Goal, board: User
) -> None:
    year, link = now().year, GoalIndicator.objects.get()
    Milestone.objects.update(goal=every_kind)
    cases = (
        (reverse("steering:edit", args=["goal", "kontinuitet"]), {"due_on": "1999-01-01"}),
        (reverse("steering:create", args=["goal"]) + "?document=regionplan", {"title": "Nytt", "due_on": f"{year - 1}-12-31"}),
        (reverse("steering:edit", args=["goal-indicator", link.key]), {"target_on": f"{year - 1}-12-31"}),
        (reverse("steering:edit", args=["milestone", "halvvags"]), {"due_on": "1999-01-01"}),
        (reverse("steering:create", args=["milestone"]) + "?goal=kontinuitet", {"title": "Nytt", "due_on": "1999-01-01"}),
    )
    for address, typed in cases:
        page = client.get(address).content.decode()
        assert f"”Regionplan {year}” är beslutat. Det du sparar gäller genast" in page, address
        response = sent(client, address, **typed)
        assert (response.status_code, f"ligger före planens första dag, {year}-01-01" in errors(response)) == (422, True), address
    assert (Goal.objects.count(), Milestone.objects.count(), ObjectVersion.objects.count()) == (2, 1, 0)
    SteeringDocument.objects.update(state="DRAFT")
    assert "Det du sparar gäller genast" not in client.get(cases[0][0]).content.decode()


def test_others_see_no_buttons_and_are_refused(client: Client, county: County, every_kind: Goal) -> None:
    signed_in(client, county, "namnden")
    page = client.get(reverse("steering:object", args=["goal", "kontinuitet"]))
    assert [act.text for act in page.context["acts"]] == []
    # What a committee may do on its own account: take the goal up in its own plan, and say what hinders it.
    assert {act.text for act in page.context["adds"]} <= {"Nytt mål", "Nytt hinder", "Ny målkonflikt"}
    for address in (
        reverse("steering:edit", args=["goal", "kontinuitet"]),
        reverse("steering:create", args=["goal"]) + "?document=regionplan",
        reverse("steering:reach", args=["halvvags"]),
        reverse("steering:report", args=["uppdraget"]),
        reverse("steering:next_plan", args=["regionplan"]),
    ):
        assert client.get(address).status_code == 403, address
        assert client.post(address, SUBMISSION).status_code == 403, address
    assert ObjectVersion.objects.count() == 0


def test_who_has_no_plan_or_only_reviews_meets_no_form(client: Client, county: County, every_kind: Goal) -> None:
    Seat.objects.create(body=body(county, "styrelsen"), function="AUDITOR", title="Revisor", county=county)
    for role, function, said, shown in (
        ("alen", "UNIT_MANAGER", "inget av dina organ äger någon plan att lägga till mål i", ["action", "document"]),
        ("styrelsen", "AUDITOR", "Den som granskar styrkedjan läser den", []),
    ):
        signed_in(client, county, role, function)
        refused = client.get(reverse("steering:create", args=["goal"]))
        assert (refused.status_code, said in refused.content.decode()) == (403, True), role
        assert client.post(reverse("steering:create", args=["goal"]), SUBMISSION | {"title": "Nytt"}).status_code == 403
        assert client.get(reverse("steering:create", args=["estimate"])).status_code == 403
        assert reverse("steering:create", args=["goal"]) not in client.get(reverse("steering:goals")).content.decode()
        for kind in ("action", "document"):
            address = reverse("steering:create", args=[kind])
            assert client.get(address).status_code == (200 if kind in shown else 403), (role, kind)
            listed = client.get(reverse(f"steering:{kind}s")).content.decode()
            assert (f'"{address}"' in listed) == (kind in shown)
    assert client.get(reverse("steering:edit", args=["goal", "kontinuitet"])).status_code == 403
    assert client.get(reverse("steering:adopt", args=["document", "regionplan"])).status_code == 403
    page = client.get(reverse("steering:import"))
    assert (page.status_code, 'type="file"' in page.content.decode()) == (200, False)
    assert client.post(reverse("steering:import"), {"carried": "eA=="}).status_code == 403
    assert (Goal.objects.count(), ObjectVersion.objects.count()) == (2, 0)


def test_only_own_plans_and_goals_are_offered(client: Client, county: County, every_kind: Goal) -> None:
    signed_in(client, county, "namnden")
    own = make_plan(county, "namnden", key="namndplan")
    goal = make_goal(own, title="Nämndens mål")
    offered = client.get(reverse("steering:create", args=["goal"])).context["form"].fields
    assert list(offered["document"].rows.values()) == [own]
    assert len(offered["parent"].rows) == Goal.objects.count()
    assert list(client.get(reverse("steering:create", args=["goal-indicator"])).context["form"].fields["goal"].rows.values()) == [goal]
    assert client.get(reverse("steering:create", args=["estimate"])).status_code == 403


def test_a_committee_tells_of_what_hinders_the_boards_goal(client: Client, county: County, every_kind: Goal) -> None:
    signed_in(client, county, "namnden")
    response = sent(client, reverse("steering:create", args=["obstacle"]) + "?goal=kontinuitet", title="Lokalerna räcker inte")
    assert response.status_code == 302, errors(response)
    assert Obstacle.objects.get(title="Lokalerna räcker inte").accountable_body == body(county, "namnden")


def test_a_draft_of_another_body_is_neither_offered_nor_taken(client: Client, county: County, every_kind: Goal, board: User) -> None:
    draft = services.create_document(
        actor=None, title="Hemlig plan", kind="COMMITTEE_PLAN", accountable_body=body(county, "namnden"), at=now()
    )
    address = reverse("steering:create", args=["goal"])
    assert "Hemlig plan" not in client.get(address).content.decode()
    response = sent(client, address, title="Mål", document=draft.pk)
    assert response.status_code == 422
    assert client.get(f"{address}?document={draft.key}").status_code == 404
    assert Goal.objects.filter(title="Mål").count() == 0


@pytest.mark.parametrize("address", ["nytt/nonsens/", "goal/finns-inte/andra/", "goal/kontinuitet/anta/", "nytt/goal/?document=saknas"])
def test_what_is_not_there_is_not_found(client: Client, county: County, every_kind: Goal, board: User, address: str) -> None:
    assert client.get(f"/styrning/{address}").status_code == 404


def test_a_months_effect_of_an_action_is_there_once(client: Client, county: County, every_kind: Goal, board: User) -> None:
    month = f"{now().year}-01"
    response = sent(client, reverse("steering:create", args=["realisation"]) + "?action=fast-kontakt", month=month, realised_ore="5")
    assert (response.status_code, "finns redan" in errors(response)) == (422, True)
    assert (EffectRealisation.objects.count(), Milestone.objects.count()) == (1, 1)
