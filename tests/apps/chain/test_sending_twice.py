"""Two clicks, or back and again: the same form makes one thing (ledger.sending)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.ledger.models import ObjectVersion, SentForm
from styrkedja.ledger.services import prune_sent_forms
from styrkedja.organisations.models import County
from styrkedja.steering.models import Goal, SteeringDocument
from tests.apps.chain.test_acting import DECIDED, mandate, mapped
from tests.apps.chain.test_editing import errors, filled
from tests.factories.counties import body

__all__ = ["mandate"]


def goal_address() -> str:
    return reverse("steering:create", args=["goal"]) + "?document=regionplan"


def messages_of(client: Client, response: Any) -> list[str]:
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def test_two_clicks_make_one_goal(client: Client, county: County, every_kind: Goal, board: User) -> None:
    given = filled(client, goal_address(), title="Korta köerna")
    first, second = client.post(goal_address(), given), client.post(goal_address(), given)
    made = Goal.objects.get(title="Korta köerna")
    assert [first["Location"], second["Location"]] == [reverse("steering:object", args=["goal", made.key])] * 2
    assert messages_of(client, second) == ["”Korta köerna” är sparat.", "Det var redan sparat."]
    assert ObjectVersion.objects.filter(object_type="goal").count() == 1


def test_back_and_again_with_other_words_asks_first_and_loses_nothing(
    client: Client, county: County, every_kind: Goal, board: User
) -> None:
    given = filled(client, goal_address(), title="Korta köerna")
    made = client.post(goal_address(), given)
    again = client.post(goal_address(), given | {"title": "Korta alla köer"})
    assert (again.status_code, Goal.objects.filter(title__startswith="Korta").count()) == (409, 1)
    assert f'href="{made["Location"]}">det som sparades</a>' in again.content.decode()
    form = again.context["form"]
    assert (form["title"].value(), form["submission"].value() == given["submission"]) == ("Korta alla köer", False)
    sent = client.post(goal_address(), given | {"title": "Korta alla köer", "submission": form["submission"].value()})
    assert (sent.status_code, Goal.objects.filter(title__startswith="Korta").count()) == (302, 2)


def test_what_was_refused_is_put_right_and_sent_again(client: Client, county: County, every_kind: Goal, board: User) -> None:
    given = filled(client, reverse("steering:create", args=["action"]) + "?document=regionplan", title="Omvänd", starts_on="2026-05-01")
    address = reverse("steering:create", args=["action"]) + "?document=regionplan"
    assert client.post(address, given | {"ends_on": "2026-04-01"}).status_code == 422
    assert client.post(address, given | {"ends_on": "2026-06-01"}).status_code == 302


def test_a_change_that_comes_twice_is_one_version(client: Client, county: County, every_kind: Goal, board: User) -> None:
    address = reverse("steering:edit", args=["goal", "kontinuitet"])
    given = filled(client, address, title="Fast kontakt för alla")
    assert [client.post(address, given).status_code for _twice in range(2)] == [302, 302]
    every_kind.refresh_from_db()
    assert (every_kind.title, every_kind.version) == ("Fast kontakt för alla", 2)
    assert client.post(address, given | {"title": "Något annat"}).status_code == 409


@pytest.mark.parametrize("name", ["decide", "give_mandate", "next_plan"])
def test_every_other_form_that_makes_something_does_so_once(
    name: str, client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate
) -> None:
    own = body(county, "styrelsen").pk
    address = reverse(f"steering:{name}", args=["regionplan"] if name == "next_plan" else [])
    typed = {
        "decide": DECIDED | {"body": own, "amount": "5", "no_estimate_reason": "Litet"},
        "give_mandate": {"title": "Personal", "level": "POLITICAL", "subject": "personal", "body": own, "given_by": own},
        "next_plan": {},
    }[name]
    given = filled(client, address, **typed)
    if name == "next_plan":
        given |= mapped(client.get(address).context["form"])
    responses = [client.post(address, given) for _twice in range(2)]
    assert [response.status_code for response in responses] == [302, 302], errors(responses[0])
    assert responses[0]["Location"] == responses[1]["Location"]
    made = {"decide": Decision.objects, "give_mandate": Mandate.objects.exclude(key="inkop"), "next_plan": SteeringDocument.objects}[name]
    assert made.count() == (2 if name == "next_plan" else 1)


def test_what_was_sent_long_ago_is_forgotten(client: Client, county: County, every_kind: Goal, board: User, settings: Any) -> None:
    client.post(goal_address(), filled(client, goal_address(), title="Korta köerna"))
    [sent] = SentForm.objects.all()
    last = sent.at + timedelta(days=settings.SENT_FORM_DAYS)
    assert (prune_sent_forms(at=last), SentForm.objects.count()) == (0, 1)
    assert (prune_sent_forms(at=last + timedelta(seconds=1)), SentForm.objects.count()) == (1, 0)
