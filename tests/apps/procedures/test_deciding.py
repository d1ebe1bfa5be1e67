"""A decision in a step rests on a mandate where the deciding body's rules are loaded (source 003.3), and goes on without where they are not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.cases.models import Case
from styrkedja.cli.answers import Answer
from styrkedja.core.policies.refusal import Refused
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.decisions.services import give_mandate
from styrkedja.effects.models import EffectEstimate
from styrkedja.organisations.models import Body
from styrkedja.procedures.services import perform_step
from styrkedja.steering.models import Action
from tests.factories.steering import make
from tests.factories.walks import AT, TO_STAFFING, World, item_of, step_post

STEP = "decide_collaboration_in_steering_group"
SAID = {"decided_on": "2026-09-15", "paragraph": "§ 7", "decision_text": "Arbetet går vidare i samverkan."}
GROUNDS = {
    "decision_level": "POLITICAL",
    "mandate_subject": "kunskapsstyrning.samverkan",
    "no_estimate_reason": "Arbetet ryms inom befintlig tid.",
}


@pytest.fixture(scope="module")
def routed(whole_world: World, case_at: Callable[..., Case], django_db_blocker: Any) -> Case:
    """The steering group is to decide (step 13)."""
    with django_db_blocker.unblock():
        whole_world.person("samverkanskoordinator")
    return case_at(
        [
            *TO_STAFFING,
            Answer("propose_staffing"),
            Answer("send_to_collaboration_coordinator"),
            Answer("route_case", outcome="steering_group", fields={"body": "styrgrupp"}),
        ]
    )


@pytest.fixture
def client(routed: Case, world: World, signed_in: Callable[[str], Client]) -> Client:
    return signed_in("styrgrupp")


@pytest.fixture
def mandate(world: World, at: Any) -> Mandate:
    group = Body.objects.get(key="styrgrupp")
    whole = {"key": "styrgrupp-samverkan", "title": "Samverkan i länet", "subject": "kunskapsstyrning", "point": "3 §"}
    limits = {"level": "POLITICAL", "amount_limit": 100_000_00, "valid_from": date(2026, 1, 1)}
    return give_mandate(
        actor=None, county=world.county, body=group, given_by=Body.objects.get(key="lansledningen"), at=at, **whole, **limits
    )


def send(client: Client, case: Case, **fields: Any) -> Any:
    item = item_of(case, STEP)
    return client.post(reverse("procedures:task", args=[item.pk]), step_post(item, SAID | fields, "collaborate"))


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_where_no_rules_are_loaded_the_step_says_so_and_goes_on(client: Client, routed: Case) -> None:
    shown = client.get(reverse("procedures:task", args=[item_of(routed, STEP).pk]))
    told = "Inget reglemente och inga delegationsbestämmelser är inlästa för Styrgrupp inom Länsledningen."
    assert told in text_of(shown)
    fields = shown.context["form"].fields
    assert {"mandate_subject", "delegate", "exception_reason", "estimates"}.isdisjoint(fields)
    assert not fields["decision_level"].required
    assert send(client, routed, decision_level="POLITICAL").status_code == 302
    made = Decision.objects.get()
    assert (made.mandate, made.level, made.text) == (None, "POLITICAL", SAID["decision_text"])


def test_money_is_not_decided_on_without_a_calculation_or_the_reason_even_where_no_rules_are_loaded(
    client: Client, routed: Case, world: World
) -> None:
    refused, item = send(client, routed, decision_amount="1 000 000"), item_of(routed, STEP)
    said = "Ange den ekonomiska beräkningen bakom beslutet, eller skälet till att beräkning saknas."
    assert (refused.status_code, dict(refused.context["form"].errors)) == (422, {"no_estimate_reason": [said]})
    sent = {"version": item.version, "outcome": "collaborate", "data": SAID | {"decision_amount": 1_000_000}, "at": AT}
    with pytest.raises(Refused, match="skälet till att beräkning saknas"):
        perform_step(actor=world.person("styrgrupp"), item=item, **sent)
    assert (Decision.objects.count(), item_of(routed, STEP).state) == (0, "OPEN")
    assert send(client, routed, decision_amount="1 000 000", no_estimate_reason="Beräknas i höst.").status_code == 302
    assert Decision.objects.get().amount == 100_000_000


def test_where_they_are_the_step_asks_for_level_subject_and_calculation(client: Client, routed: Case, mandate: Mandate) -> None:
    shown = client.get(reverse("procedures:task", args=[item_of(routed, STEP).pk]))
    assert "kunskapsstyrning, högst 100 000\xa0kr, politiskt beslut (3 §)" in shown.content.decode().replace("100\xa0000", "100 000")
    form = shown.context["form"]
    assert {name for name, field in form.fields.items() if field.required} >= {"decision_level", "mandate_subject", "no_estimate_reason"}
    assert (form.initial["mandate_subject"], form.initial["decision_level"]) == ("kunskapsstyrning", "POLITICAL")
    refused = send(client, routed)
    assert refused.status_code == 422
    assert {"decision_level", "mandate_subject", "no_estimate_reason"} <= refused.context["form"].errors.keys()
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mandate_subject": "personal"}, "har inget mandat att besluta om ”personal”"),
        ({"decision_amount": "250000"}, "är högre än mandatets gräns"),
        ({"decided_on": "2025-12-31"}, "Mandatet gäller först från"),
        ({"decision_level": "ADMINISTRATIVE"}, "Mandatet gäller ett annat slags beslut"),
        ({"decision_amount": "0,123"}, "högst två decimaler"),
        ({"delegate": "SECRETARY"}, "har inget mandat att besluta om"),
        ({"outside_budget": "yes"}, "Ange skälet till undantaget"),
    ],
)
def test_a_decision_beyond_its_mandate_is_refused_and_nothing_is_kept(
    change: dict[str, str], said: str, client: Client, routed: Case, mandate: Mandate
) -> None:
    refused = send(client, routed, **GROUNDS | change)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert Decision.objects.count() == 0
    assert item_of(routed, STEP).state == "OPEN"


def test_an_exception_with_its_reason_is_kept_as_what_it_is(client: Client, routed: Case, mandate: Mandate) -> None:
    beyond = {"decision_amount": "250000", "exception_reason": "Länsledningen hinner inte sammanträda före årsskiftet."}
    assert send(client, routed, **GROUNDS | beyond).status_code == 302
    made = Decision.objects.get()
    assert (made.mandate, made.amount, made.exception_reason) == (mandate, 25_000_000, beyond["exception_reason"])


def test_the_calculation_behind_the_decision_is_tied_to_it_once(client: Client, routed: Case, world: World, mandate: Mandate) -> None:
    group = Body.objects.get(key="styrgrupp")
    action = make(Action, county=world.county, accountable_body=group, title="Gemensam utbildning")
    estimate = make(EffectEstimate, county=world.county, key="utbildning", title="Utbildning", action=action)
    item = item_of(routed, STEP)
    chosen = SAID | GROUNDS | {"estimates": [estimate.key], "no_estimate_reason": ""}
    sent = step_post(item, chosen, "collaborate")
    address = reverse("procedures:task", args=[item.pk])
    shown = client.get(address)
    assert shown.context["form"].fields["estimates"].choices == [("utbildning", "Utbildning")]
    assert [client.post(address, sent).status_code for _twice in range(2)] == [302, 302]
    made = Decision.objects.get()
    estimate.refresh_from_db()
    assert (estimate.decision, made.mandate, made.no_estimate_reason) == (made, mandate, "")
    case = text_of(client.get(reverse("home:case", args=[routed.number])))
    assert "Politiskt beslut · mandat: Samverkan i länet" in case
    assert "Ekonomiska beräkningar bakom beslutet" in case
