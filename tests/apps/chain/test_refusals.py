"""What somebody has no right to in chain, audits, decisions and controls changes nothing, and is on record; a mistyped form is not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.audits import services as audits
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, ReadAnswer
from styrkedja.controls.models import ControlSetting, Finding, FindingAcceptance
from styrkedja.controls.services import accept_finding, change_settings, run_controls, withdraw_acceptance
from styrkedja.core.policies.refusal import Forbidden, Refused
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.decisions.services import change_mandate, give_mandate, record_decision_outside
from styrkedja.effects.models import EffectEstimate, EffectRealisation
from styrkedja.effects.services import create_estimate, plan_next_year
from styrkedja.effects.services.economy import YearAmounts
from styrkedja.ledger.models import LedgerEntry, ObjectVersion
from styrkedja.ledger.presenters import entry_line
from styrkedja.ledger.selectors import verify
from styrkedja.organisations.models import County
from styrkedja.steering import services as steering
from styrkedja.steering.models import Adoption, Goal, SteeringDocument
from styrkedja.ui.clock import day, now
from tests.apps.chain.test_editing import errors, sent
from tests.factories.audits import make_recommendation, make_review
from tests.factories.counties import body, make_holder

Flush = Callable[[], list[LedgerEntry]]
KEPT: tuple[type[Model], ...] = (
    Adoption, AuditRecommendation, AuditResponse, AuditReview, ControlSetting, Decision, EffectEstimate, EffectRealisation, FindingAcceptance,
    Goal, Mandate, ObjectVersion, ReadAnswer, SteeringDocument,
)  # fmt: skip


@pytest.fixture
def stranger(county: County, every_kind: Goal) -> User:
    return make_holder(county, "alen", "UNIT_MANAGER")


@pytest.fixture
def scene(county: County, every_kind: Goal) -> dict[str, Any]:
    """What is acted on, by name."""
    board, plan = body(county, "styrelsen"), every_kind.document
    review = make_review(county, "styrelsen")
    run_controls(actor=None, at=now())
    said = {"level": "POLITICAL", "subject": "ekonomi.inköp", "body": board, "given_by": board}
    return {
        "board": board,
        "plan": plan,
        "adoption": Adoption.objects.create(document=plan, body=board, decided_on=date(2026, 3, 25)),
        "goal": every_kind,
        "action": plan.actions.get(),
        "review": review,
        "recommendation": make_recommendation(review),
        "finding": Finding.objects.filter(object_key=every_kind.key).first(),
        "mandate": give_mandate(actor=None, key="inkop", title="Inköp", at=now(), **said),
        "said": said,
        "county": county,
    }


def decision(of: dict[str, Any]) -> dict[str, Any]:
    return {
        "body": of["board"],
        "registry_number": "RS/12/2026",
        "decided_on": date(2026, 3, 25),
        "text": "Styrelsen beslutar.",
        "grounds": None,
    }


# What the log says that was done and on what, and the attempt.
ATTEMPTS: list[tuple[str, str, Callable[..., object]]] = [
    ("object.creation_refused", "document/{plan.pk}", lambda of, **by: steering.create_goal(document=of["plan"], title="Nytt", accountable_body=of["board"], **by)),
    ("object.change_refused", "goal/{goal.pk}", lambda of, **by: steering.change_goal(goal=of["goal"], version=None, title="Annat", **by)),
    ("object.change_refused", "document/{plan.pk}", lambda of, **by: steering.adopt(row=of["plan"], body=of["board"], decided_on=date(2026, 3, 25), **by)),
    ("object.change_refused", "document/{plan.pk}", lambda of, **by: steering.withdraw_adoption(adoption=of["adoption"], reason="Fel", **by)),
    ("object.creation_refused", "document/{plan.pk}", lambda of, **by: plan_next_year(document=of["plan"], mapping=[], title="2027", **by)),
    ("object.creation_refused", "estimate/fast-kontakt", lambda of, **by: create_estimate(action=of["action"], accountable_body=of["board"], years=[YearAmounts(2026, 1, 1)], **by)),
    ("object.creation_refused", "mandate/nytt", lambda of, **by: give_mandate(key="nytt", title="Nytt", **of["said"], **by)),
    ("object.change_refused", "mandate/{mandate.pk}", lambda of, **by: change_mandate(mandate=of["mandate"], version=None, title="Nytt", **by)),
    ("decision.recording_refused", "body/{board.key}", lambda of, **by: record_decision_outside(**decision(of), **by)),
    ("object.change_refused", "audit-review/{review.pk}", lambda of, **by: audits.change_review(review=of["review"], version=None, title="Annan", **by)),
    ("object.creation_refused", "audit-response/{review.key}-{board.key}", lambda of, **by: audits.start_response(review=of["review"], body=of["board"], text="Svar", **by)),
    ("answer.reading_refused", "body/{board.key}", lambda of, **by: audits.read_file(body=of["board"], review=None, content=b"Svar", name="svar.txt", **by)),
    ("finding.acceptance_refused", "finding/{finding.pk}", lambda of, **by: accept_finding(finding=of["finding"], reason="Skäl", until=day(now()) + timedelta(days=9), **by)),
    ("finding.withdrawal_refused", "finding/{finding.pk}", lambda of, **by: withdraw_acceptance(finding=of["finding"], **by)),
    ("object.change_refused", "county/{county.key}", lambda of, **by: change_settings(county=of["county"], version=None, severities={}, thresholds={}, off=["R05"], accepting=[], **by)),
]  # fmt: skip


def everything() -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


def test_what_is_forbidden_changes_nothing_and_is_on_record(scene: dict[str, Any], stranger: User, flush_ledger: Flush) -> None:
    before, recorded = everything(), len(flush_ledger())
    for act, tried_on, attempt in ATTEMPTS:
        with pytest.raises(Forbidden) as refused:
            attempt(scene, actor=stranger, at=now())
        assert everything() == before, act
        entries = flush_ledger()
        recorded += 1
        line = entry_line(entries[-1])
        said = (line.account, line.details, f"{line.object_type}/{line.object_id}", entries[-1].act, len(entries))
        assert said == (stranger.pk, {"reason": str(refused.value.reason)}, tried_on.format(**scene), act, recorded)
    assert verify() is None


def test_what_is_wrongly_filled_in_is_not_on_record(scene: dict[str, Any], flush_ledger: Flush) -> None:
    chair, before = make_holder(scene["county"], "styrelsen", "CHAIR"), len(flush_ledger())
    with pytest.raises(Refused):
        record_decision_outside(actor=chair, at=now(), **decision(scene) | {"text": " "})
    assert (len(flush_ledger()), Decision.objects.count()) == (before, 0)


def test_what_is_sent_to_a_page_that_says_no_is_on_record_and_a_look_is_not(
    client: Client, scene: dict[str, Any], stranger: User, flush_ledger: Flush
) -> None:
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    before, kept = len(flush_ledger()), everything()
    address = reverse("steering:edit", args=["goal", "kontinuitet"])
    assert (client.get(address).status_code, len(flush_ledger())) == (403, before)
    assert client.post(address, {"title": "Annat"}).status_code == 403
    assert client.post(reverse("controls:accept", args=[scene["finding"].pk]), {"reason": "x"}).status_code == 403
    first, second = flush_ledger()[before:]
    assert (first.act, first.object_type, first.object_id) == ("page.refused", "goal", str(scene["goal"].pk))
    assert (second.object_type, second.object_id) == ("finding", str(scene["finding"].pk))
    details = entry_line(first).details or {}
    assert details["path"] == address
    assert "Bara den som innehar en funktion i det ansvariga organet" in details["reason"]
    assert (everything(), verify()) == (kept, None)


def test_what_a_service_refuses_of_a_form_is_on_record_once(
    client: Client, scene: dict[str, Any], stranger: User, flush_ledger: Flush, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody loses the function while the form is filled in: the page lets in, the service does not."""
    monkeypatch.setattr("styrkedja.chain.views.editing.refuse", lambda _check: None)
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    before, kept = len(flush_ledger()), everything()
    response = sent(client, reverse("steering:edit", args=["goal", "kontinuitet"]), title="Annat")
    assert (response.status_code, "Bara den som innehar en funktion" in errors(response)) == (422, True)
    [entry] = flush_ledger()[before:]
    assert (entry.act, entry.object_type, entry.object_id) == ("object.change_refused", "goal", str(scene["goal"].pk))
    assert everything() == kept
