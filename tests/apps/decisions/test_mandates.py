"""Decisions rest on mandates (source 003.3): subject, amount, period and level are checked, and the calculation is asked for."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.decisions.models import Decision, DecisionNature, Mandate
from styrkedja.decisions.presenters import decision_lines
from styrkedja.decisions.selectors import decision_by_id, decisions, decisions_of, mandate_by_key, mandates
from styrkedja.decisions.services import Grounds, change_mandate, give_mandate, record_decision, record_decision_outside
from styrkedja.ledger.models import LedgerEntry, ObjectVersion
from styrkedja.organisations.models import County
from tests.factories.accounts import make_user
from tests.factories.cases import make_case
from tests.factories.counties import body, make_county, make_holder, seat
from tests.factories.steering import make_region

Flush = Callable[[], list[LedgerEntry]]
ON = date(2026, 9, 16)
MKR = 100_000_000  # öre


@pytest.fixture
def county(db: None) -> County:
    return make_region()


@pytest.fixture
def council(county: County) -> User:
    return make_holder(county, "fullmaktige", "CHAIR")


def mandate(county: County, at: datetime, **change: Any) -> Mandate:
    """The committee may decide on the economy up to 10 million kronor during 2026."""
    whole = {
        "actor": None,
        "key": "namnden-ekonomi",
        "title": "Ekonomi inom hälso- och sjukvård",
        "level": "POLITICAL",
        "subject": "ekonomi",
        "amount_limit": 10 * MKR,
        "body": body(county, "namnden"),
        "given_by": body(county, "fullmaktige"),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2027, 1, 1),
    }
    return give_mandate(**whole | {"at": at} | change)


@pytest.fixture
def held(county: County, at: datetime) -> Mandate:
    return mandate(county, at)


@pytest.fixture
def controller(county: County) -> User:
    return make_holder(county, "namnden", "CONTROLLER")


def decide(actor: User | None, county: County, at: datetime, *, grounds: dict[str, Any] | None = None, **change: Any) -> Decision:
    said = {"level": "POLITICAL", "subject": "ekonomi.inköp", "amount": 5 * MKR, "has_estimate": True} | (grounds or {})
    whole = {
        "actor": actor,
        "body": body(county, "namnden"),
        "registry_number": "HSN/12/2026",
        "decided_on": date(2026, 9, 15),
        "paragraph": "§ 39",
        "text": "Inköp samordnas.",
        "grounds": Grounds(**said),
        "at": at,
    }
    return record_decision_outside(**whole | change)


def test_a_decision_within_its_mandate_names_it(held: Mandate, controller: User, county: County, at: datetime, flush_ledger: Flush) -> None:
    decision = decide(controller, county, at)
    stored = Decision.objects.get()
    assert (stored.mandate, stored.level, stored.subject, stored.amount) == (held, "POLITICAL", "ekonomi.inköp", 5 * MKR)
    assert (stored.county, stored.case, stored.registry_number, stored.key) == (county, None, "HSN/12/2026", None)
    assert stored.function == "Controller, Hälso- och sjukvårdsnämnden"
    entry = flush_ledger()[-1]
    assert (entry.act, entry.object_type, entry.object_id) == ("decision.recorded", "decision", str(decision.pk))
    assert '"mandate":"namnden-ekonomi"' in entry.text.payload


@pytest.mark.parametrize(
    ("grounds", "decided_on", "said"),
    [
        (
            {"amount": 10 * MKR + 1},
            ON,
            "Beloppet 10\u00a0000\u00a0000,01\u00a0kr är högre än mandatets gräns 10\u00a0000\u00a0000\u00a0kr.",
        ),
        ({"subject": "personal"}, ON, "Hälso- och sjukvårdsnämnden har inget mandat att besluta om ”personal”."),
        ({"subject": "ekonomisk analys"}, ON, "har inget mandat att besluta om ”ekonomisk analys”"),
        ({}, date(2025, 12, 31), "Mandatet gäller först från 1 jan 2026."),
        ({"level": "ADMINISTRATIVE"}, ON, "Mandatet gäller ett annat slags beslut: politiskt beslut."),
        ({"level": ""}, ON, "Ange om beslutet är politiskt eller ett tjänstemannabeslut."),
        ({"subject": " "}, ON, "Ange vilket ämne beslutet gäller"),
        ({"has_estimate": False}, ON, "Ange den ekonomiska beräkningen bakom beslutet, eller skälet till att beräkning saknas."),
        ({"no_estimate_reason": "Ingen kostnad"}, ON, "Beslutet har en ekonomisk beräkning."),
        ({"outside_budget": True}, ON, "Beslutet ligger utanför budget. Ange skälet till undantaget."),
    ],
)
def test_decide_is_refused_when_the_mandate_is_exceeded_or_the_basis_is_missing(
    grounds: dict[str, Any], decided_on: date, said: str, held: Mandate, controller: User, county: County, at: datetime, flush_ledger: Flush
) -> None:
    entries = len(flush_ledger())
    with pytest.raises(Refused) as refused:
        decide(controller, county, at, grounds=grounds, decided_on=decided_on)
    assert said in str(refused.value)
    assert (Decision.objects.count(), len(flush_ledger())) == (0, entries)


@pytest.mark.parametrize(
    "grounds",
    [
        {"amount": 10 * MKR},
        {"amount": -10 * MKR},
        {"amount": None},
        {"subject": "EKONOMI"},
        {"has_estimate": False, "no_estimate_reason": "Beslutet rör ingen ekonomi."},
        {"amount": 11 * MKR, "exception_reason": "Kritisk sjukvård kan inte vänta."},
        {"outside_budget": True, "exception_reason": "Kritisk sjukvård kan inte vänta."},
    ],
)
def test_what_the_mandate_carries_or_an_exception_explains_is_recorded(
    grounds: dict[str, Any], held: Mandate, controller: User, county: County, at: datetime
) -> None:
    decide(controller, county, at, grounds=grounds)
    assert Decision.objects.get().mandate == held


def test_the_mandate_that_carries_the_decision_is_found_among_several(controller: User, county: County, at: datetime) -> None:
    mandate(county, at, key="liten", amount_limit=MKR)
    large = mandate(county, at, key="stor", amount_limit=50 * MKR)
    mandate(county, at, key="over", amount_limit=None, valid_from=date(2024, 1, 1), valid_until=date(2025, 1, 1))
    assert decide(controller, county, at, grounds={"amount": 20 * MKR}).mandate == large


def test_a_delegated_decision_rests_on_the_functions_own_mandate(held: Mandate, controller: User, county: County, at: datetime) -> None:
    director = seat(county, "forvaltningen", "DIRECTOR")
    delegated = mandate(
        county,
        at,
        key="direktoren",
        level="ADMINISTRATIVE",
        body=body(county, "forvaltningen"),
        seat=director,
        given_by=body(county, "namnden"),
        amount_limit=MKR,
    )
    grounds = {"level": "ADMINISTRATIVE", "seat": director, "amount": MKR}
    registrar = make_holder(county, "region", "REGISTRAR")
    made = decide(registrar, county, at, grounds=grounds, body=body(county, "forvaltningen"), paragraph="")
    assert (made.mandate, made.seat, made.get_level_display()) == (delegated, director, "Tjänstemannabeslut")
    with pytest.raises(Refused, match="är högre än mandatets gräns"):
        decide(registrar, county, at, grounds=grounds | {"amount": MKR + 1}, body=body(county, "forvaltningen"))
    with pytest.raises(Refused, match="Den som beslutar innehar inte mandatet."):
        decide(registrar, county, at, grounds=grounds | {"mandate": held}, body=body(county, "forvaltningen"))
    assert Decision.objects.count() == 1


def test_a_decision_in_a_case_asks_the_same(held: Mandate, county: County, at: datetime) -> None:
    registrar = make_holder(county, "region", "REGISTRAR")
    case = make_case(registrar, county)
    whole = {
        "actor": registrar,
        "case": case,
        "nature": DecisionNature.DECISION,
        "body": body(county, "namnden"),
        "text": "Inköp.",
        "at": at,
    }
    with pytest.raises(Refused, match="inget mandat att besluta om ”personal”"):
        record_decision(**whole, decided_on=ON, grounds=Grounds("POLITICAL", "personal", has_estimate=True))
    made = record_decision(**whole, decided_on=ON, grounds=Grounds("POLITICAL", "ekonomi", has_estimate=True))
    assert (made.mandate, made.case) == (held, case)
    with pytest.raises(Refused, match="Ange om beslutet är politiskt"):
        record_decision(**whole, decided_on=ON)
    assert Decision.objects.count() == 1
    said = whole | {"nature": DecisionNature.RECOMMENDATION}
    assert record_decision(**said, decided_on=ON).mandate is None


def test_what_was_decided_before_anybody_asked_is_kept_with_what_it_lacks(county: County, at: datetime) -> None:
    made = decide(None, county, at, grounds={"subject": "", "level": "", "has_estimate": False}, is_history=True, key="hsn-2026-39")
    assert (made.mandate, made.level, made.no_estimate_reason, made.key, made.recorded_by) == (None, "", "", "hsn-2026-39", None)
    with pytest.raises(Refused, match="Nyckeln hsn-2026-39 finns redan"):
        decide(None, county, at, is_history=True, key="hsn-2026-39")


@pytest.mark.parametrize(("number", "said"), [("", "Ange beslutets diarienummer."), ("tolv", "inget diarienummer")])
def test_a_decision_outside_every_case_stands_in_a_registry(
    number: str, said: str, held: Mandate, controller: User, county: County, at: datetime
) -> None:
    with pytest.raises(Refused, match=said):
        decide(controller, county, at, registry_number=number)
    assert Decision.objects.count() == 0


def test_who_records_a_decision_outside_every_case(held: Mandate, county: County, at: datetime) -> None:
    table = {
        make_holder(county, "namnden", "CHAIR"): True,
        make_holder(county, "region", "REGISTRAR"): True,
        make_holder(county, "styrelsen", "CONTROLLER"): False,
        make_user("utan"): False,
    }
    for user, may in table.items():
        before = Decision.objects.count()
        if may:
            decide(user, county, at)
        else:
            with pytest.raises(Refused):
                decide(user, county, at)
        assert Decision.objects.count() == before + may


def test_who_sees_decisions_and_mandates(held: Mandate, controller: User, county: County, at: datetime) -> None:
    made = decide(controller, county, at)
    elsewhere = make_holder(make_county("annatlan", name="Annat län"), "region", "COORDINATOR")
    director = make_holder(county, "forvaltningen", "DIRECTOR")
    for user, sees in ((director, True), (elsewhere, False), (make_user("utan"), False), (make_user("sysf", administrator=True), True)):
        assert list(decisions(user, on=ON)) == list(decisions_of(user, body(county, "namnden"), on=ON)) == ([made] if sees else [])
        assert list(mandates(user, on=ON)) == ([held] if sees else [])
        assert (decision_by_id(user, made.pk, on=ON), mandate_by_key(user, held.key, on=ON)) == ((made, held) if sees else (None, None))
    [line] = decision_lines(decisions(director, on=ON))
    assert (line.case, line.case_id, line.registry_number, line.paragraph) == ("", None, "HSN/12/2026", "§ 39")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount_limit": -1}, "Beloppsgränsen kan inte vara negativ."),
        ({"subject": ""}, "Ange vilket ämne mandatet gäller"),
        ({"level": "MAYBE"}, "Ange om mandatet gäller politiska beslut eller tjänstemannabeslut."),
        ({"valid_until": date(2025, 1, 1)}, "Perioden slutar innan den börjar."),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(change: dict[str, Any], said: str, county: County, at: datetime) -> None:
    with pytest.raises(Refused, match=said):
        mandate(county, at, **change)
    assert (Mandate.objects.count(), ObjectVersion.objects.count()) == (0, 0)


def test_a_mandate_is_of_a_function_in_the_body_that_holds_it(held: Mandate, county: County, at: datetime) -> None:
    with pytest.raises(Refused, match="hör inte till Hälso- och sjukvårdsnämnden"):
        mandate(county, at, key="annan", seat=seat(county, "forvaltningen", "DIRECTOR"))
    with pytest.raises(Refused, match="Nyckeln namnden-ekonomi finns redan"):
        mandate(county, at)
    assert Mandate.objects.count() == 1


def test_the_giving_body_changes_and_ends_a_mandate(held: Mandate, council: User, controller: User, at: datetime) -> None:
    ended = change_mandate(actor=council, mandate=held, version=1, valid_until=date(2026, 6, 1), at=at)
    assert (ended.version, ended.valid_until) == (2, date(2026, 6, 1))
    assert ObjectVersion.objects.get(object_type="mandate", version=2).changes == {"valid_until": ["2027-01-01", "2026-06-01"]}
    with pytest.raises(Refused, match="Bara den som innehar en funktion i det organ som ger mandatet"):
        change_mandate(actor=controller, mandate=held, version=2, amount_limit=None, at=at)
    with pytest.raises(Outdated):
        change_mandate(actor=council, mandate=held, version=1, amount_limit=None, at=at)
    assert Mandate.objects.get().amount_limit == 10 * MKR
