"""The page of a decision: what it tells, where it is linked from, and who may open it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.controls.models import Finding
from styrkedja.controls.services import run_controls
from styrkedja.decisions.models import Decision, DecisionNature, Mandate
from styrkedja.decisions.presenters import decision_url
from styrkedja.decisions.selectors import entry_of
from styrkedja.decisions.services import Grounds, give_mandate, record_decision, record_decision_outside
from styrkedja.effects.models import EffectEstimate
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.services import erase_text
from styrkedja.organisations.models import County
from styrkedja.steering.models import Action, Adoption, Assignment, Goal, SteeringDocument
from styrkedja.ui.clock import now
from tests.apps.chain.conftest import signed_in
from tests.factories.accounts import make_user
from tests.factories.audits import make_answer, make_recommendation, make_response, make_review
from tests.factories.cases import make_case, make_file
from tests.factories.counties import body, make_county, make_holder

Flush = Callable[[], list[LedgerEntry]]
DAY = date(2026, 3, 25)


@pytest.fixture
def mandate(county: County) -> Mandate:
    board = body(county, "styrelsen")
    said = {"level": "POLITICAL", "subject": "ekonomi.inköp", "amount_limit": 1_000_000_00, "body": board, "given_by": board}
    return give_mandate(actor=None, key="inkop", title="Inköp", at=now(), **said)


def decide(county: County, *, key: str = "", amount: int | None = 900_000_00, **change: Any) -> Decision:
    grounds = Grounds(level="POLITICAL", subject="ekonomi.inköp", amount=amount, no_estimate_reason="Brådskande")
    said = {"registry_number": "RS/12/2026", "decided_on": DAY, "decided_until": date(2026, 3, 26), "paragraph": "39"}
    whole = {"body": body(county, "styrelsen"), "text": "Inköpen samordnas.\n\nDe följs upp i mars.", "outcome": "Bifall"} | said
    return record_decision_outside(actor=None, key=key, grounds=grounds, at=now(), **whole | change)


def told(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_it_tells_what_was_decided_and_what_that_rests_on_and_changes(
    client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate, flush_ledger: Flush
) -> None:
    decision = decide(county, key="inkop-2026")
    EffectEstimate.objects.update(decision=decision)
    Assignment.objects.update(decision=decision)
    plan = SteeringDocument.objects.get(key="regionplan")
    Adoption.objects.create(document=plan, body=decision.body, decided_on=DAY, paragraph="§ 39", decision=decision)
    entries = flush_ledger()
    page = told(client, "/styrning/beslut/inkop-2026/")
    for shown in (
        "Regionstyrelsen 25–26 mar 2026 § 39</h1>",
        "Bifall",
        "<p>Inköpen samordnas.</p>",
        "RS/12/2026",
        "Politiskt beslut",
        '<a class="ds-link" href="/styrning/mandat/inkop/">Inköp</a>',
        "1 000 000 kr",
        "900 000 kr",
        "Vilar på 1 beräkning",
        "1 500 000 kr",
        "Inför fast läkarkontakt",
        "Fast kontakt för fler",
        "Utred fast kontakt",
        plan.title,
        f"post {entries[-1].sequence} i loggen",
        entries[-1].hash,
    ):
        assert shown in page
    for address in ("/styrning/mandat/", "/styrning/mandat/inkop/", "/styrning/document/regionplan/", "/styrning/assignment/uppdraget/"):
        assert 'href="/styrning/beslut/inkop-2026/"' in told(client, address), address


def test_what_is_lacking_is_told_too_and_what_the_controls_say(
    client: Client, county: County, every_kind: Goal, board: User, mandate: Mandate
) -> None:
    grounds = Grounds(level="POLITICAL", subject="ekonomi.inköp", amount=2_000_000_00, mandate=mandate)
    said = {"body": body(county, "styrelsen"), "registry_number": "RS/13/2026", "decided_on": DAY, "text": "Inköp."}
    decision = record_decision_outside(actor=None, grounds=grounds, is_history=True, at=now(), **said)
    run_controls(actor=None, at=now())
    page = told(client, f"/styrning/beslut/{decision.pk}/")
    assert "Ingen beräkning och inget skäl är angivet" in page
    assert "Inget mål, ingen åtgärd och inget styrdokument är knutet till beslutet." in page
    assert "högre än mandatets gräns" in page
    finding = Finding.objects.get(check_code="R13a", object_key=str(decision.pk))
    assert f'href="/styrning/beslut/{decision.pk}/"' in told(client, f"/kontroll/{finding.pk}/")


def test_one_in_a_case_is_read_with_the_case(client: Client, county: County, at: datetime, flush_ledger: Flush) -> None:
    registrar = make_holder(county, "region", "REGISTRAR")
    case = make_case(registrar, county, public_subject="Vårdprogram")
    said = {"body": body(county, "styrelsen"), "decided_on": date(2026, 9, 15), "text": "Vårdprogrammet införs.", "at": at}
    minutes = make_file(registrar, name="Protokoll.pdf")
    decision = record_decision(actor=registrar, case=case, nature=DecisionNature.RECOMMENDATION, minutes=minutes, **said)
    other = record_decision(actor=registrar, case=case, nature=DecisionNature.DECISION, **said)
    entries = flush_ledger()
    assert [entry_of(decision), entry_of(other)] == entries[-2:]
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    address = decision_url(decision)
    page = told(client, address)
    for shown in ("Rekommendation", case.subject, "Vårdprogram", "Protokoll.pdf", f'href="/arenden/{case.number}/?lan={county.key}"'):
        assert shown in page
    assert "Vad det vilar på" not in page
    assert "inga delegationsbestämmelser är inlästa för Regionstyrelsen" in told(client, decision_url(other))
    assert f'href="{address}"' in told(client, f"/arenden/{case.number}/")
    assert f'href="{address}"' in told(client, f"/organisation/{decision.body.key}/")
    erase_text(actor=make_user("forvaltare", administrator=True), sequence=entries[-2].sequence, reason="Dataskydd", at=at)
    assert "Loggpostens text är raderad" in told(client, address)


def test_nobody_else_opens_it(client: Client, county: County, mandate: Mandate, at: datetime) -> None:
    registrar = make_holder(county, "region", "REGISTRAR")
    said = {"body": body(county, "styrelsen"), "decided_on": date(2026, 9, 15), "text": "Införs.", "at": at}
    inside = record_decision(actor=registrar, case=make_case(registrar, county), nature=DecisionNature.RECOMMENDATION, **said)
    addresses = [decision_url(inside), decision_url(decide(county)), decision_url(decide(county, key="inkop-2026", paragraph="40"))]
    assert [client.get(address).status_code for address in addresses] == [302, 302, 302]
    stranger = make_holder(make_county("grannlan", name="Grannlän"), "region", "REGISTRAR")
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    signed_in(client, county, "alen", "UNIT_MANAGER")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    assert client.get(f"/styrning/beslut/{'9' * 90}/").status_code == 404
    assert client.get("/styrning/beslut/finns-inte/").status_code == 404


def test_where_the_reader_may_not_open_it_it_is_named_without_a_link(
    client: Client, county: County, every_kind: Goal, board: User, at: datetime
) -> None:
    other = make_county("grannlan", name="Grannlän")
    registrar = make_holder(other, "region", "REGISTRAR")
    said = {"body": body(other, "lansledning"), "decided_on": date(2026, 9, 15), "text": "Införs.", "at": at}
    decision = record_decision(actor=registrar, case=make_case(registrar, other), nature=DecisionNature.DECISION, **said)
    Action.objects.filter(key="fast-kontakt").update(decision=decision)
    page = told(client, "/styrning/action/fast-kontakt/")
    assert "Länsledningen 15 sep" in page
    assert decision_url(decision) not in page


def test_a_key_of_digits_alone_never_hides_another_decision(client: Client, county: County, board: User, mandate: Mandate) -> None:
    first = decide(county, text="Det första.")
    second = decide(county, key=str(first.pk), paragraph="40", text="Det andra.")
    assert "Det första." in told(client, decision_url(first))
    assert "Det andra." in told(client, decision_url(second))


def test_an_audit_that_tells_of_it_leads_to_it(client: Client, county: County, board: User, mandate: Mandate) -> None:
    address = decision_url(decide(county, key="svaret"))
    review = make_review(county)
    found = make_recommendation(review, report_decided_on=DAY, report_paragraph="§ 39")
    response = make_response(review, "styrelsen", decided_on=DAY)
    make_answer(response, found)
    for page in (f"audit-review:{review.key}", f"recommendation:{found.key}", f"response:{response.key}"):
        kind, _colon, key = page.partition(":")
        view = {"audit-review": "granskning/", "recommendation": "rekommendation/", "response": "svar/"}[kind]
        assert f'href="{address}"' in told(client, f"/granskningar/{view}{key}/"), page
    decide(county, key="samma-paragraf")
    assert f'href="{address}"' not in told(client, f"/granskningar/svar/{response.key}/")
