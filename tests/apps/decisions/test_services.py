from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.core.policies.refusal import Refused
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.decisions.presenters import decision_lines
from styrkedja.decisions.selectors import decisions_in, decisions_of
from styrkedja.decisions.services import record_decision
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.presenters import entry_line
from styrkedja.organisations.models import County
from styrkedja.workflows.models import WorkItem
from tests.factories.cases import make_case, make_file
from tests.factories.counties import body, make_county, make_holder

Flush = Callable[[], list[LedgerEntry]]
ON = date(2026, 9, 16)


@pytest.fixture
def county(db: None) -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR")


@pytest.fixture
def case(county: County, registrar: User) -> Case:
    return make_case(registrar, county)


def record(actor: User, case: Case, at: datetime, **change: Any) -> Decision:
    whole = {
        "nature": DecisionNature.DECISION,
        "body": body(case.county, "lansledning"),
        "decided_on": date(2026, 9, 15),
        "text": "Vårdprogrammet införs.",
    }
    return record_decision(actor=actor, case=case, at=at, **whole | change)


def test_a_decision_is_on_record_with_body_date_and_paragraph(case: Case, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    minutes = make_file(registrar, name="Protokoll.pdf")
    decision = record(
        registrar,
        case,
        at,
        nature=DecisionNature.RECOMMENDATION,
        decided_until=date(2026, 9, 16),
        paragraph="§39",
        outcome=" Införs delvis ",
        text=" Huvudmännen rekommenderas att införa vårdprogrammet. ",
        minutes=minutes,
    )
    stored = Decision.objects.get()
    assert stored == decision
    assert (stored.nature, stored.body.name, stored.paragraph, stored.outcome) == (
        "RECOMMENDATION",
        "Länsledningen",
        "§ 39",
        "Införs delvis",
    )
    assert (stored.decided_on, stored.decided_until) == (date(2026, 9, 15), date(2026, 9, 16))
    assert stored.text == "Huvudmännen rekommenderas att införa vårdprogrammet."
    assert (stored.recorded_at, stored.recorded_by, stored.function) == (at, registrar, "Registrator, Region Exempellän")
    minutes.refresh_from_db()
    assert minutes.instance == case.instance
    entry = entry_line(flush_ledger()[-1])
    assert (entry.act, entry.object_type, entry.object_id) == ("Beslutet antecknades", "case", str(case.pk))
    assert entry.details == {
        "decision": decision.pk,
        "nature": "RECOMMENDATION",
        "body": "lansledning-exempellan",
        "decided_on": "2026-09-15",
        "decided_until": "2026-09-16",
        "paragraph": "§ 39",
        "outcome": "Införs delvis",
        "text": "Huvudmännen rekommenderas att införa vårdprogrammet.",
        "minutes": minutes.sha256,
    }


def test_a_meeting_of_one_day_has_no_range(case: Case, registrar: User, at: datetime) -> None:
    assert record(registrar, case, at, decided_until=date(2026, 9, 15)).decided_until is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"decided_on": date(2026, 9, 17)}, "Beslutsdatumet ligger i framtiden."),
        ({"decided_until": date(2026, 9, 14)}, "Sammanträdets sista dag ligger före den första."),
        ({"paragraph": "tretton"}, "”tretton” är ingen paragraf som kan läsas."),
        ({"text": ""}, "Skriv vad som beslutades."),
    ],
)
def test_a_decision_that_cannot_be_right_is_refused(
    change: dict[str, Any], message: str, case: Case, registrar: User, at: datetime, flush_ledger: Flush
) -> None:
    minutes = make_file(registrar)
    entries = len(flush_ledger())
    with pytest.raises(Refused) as refused:
        record(registrar, case, at, minutes=minutes, **change)
    assert message in refused.value.reason
    minutes.refresh_from_db()
    assert (Decision.objects.count(), minutes.instance, len(flush_ledger())) == (0, None, entries)


def test_by_hand_only_those_who_keep_the_registry_record(case: Case, at: datetime) -> None:
    chair = make_holder(case.county, "lansledning", "CHAIR")
    with pytest.raises(Refused, match="Bara en registrator eller en samordnare"):
        record(chair, case, at)
    assert Decision.objects.count() == 0
    item = WorkItem.objects.get(instance=case.instance)
    decision = record(chair, case, at, item=item, function="Ordförande, Länsledningen")
    assert (decision.item, decision.function) == (item, "Ordförande, Länsledningen")


def test_a_step_of_another_case_opens_no_door(case: Case, registrar: User, at: datetime) -> None:
    other = make_case(registrar, case.county)
    with pytest.raises(ValueError, match="another case"):
        record(make_holder(case.county, "lpo", "CHAIR"), case, at, item=WorkItem.objects.get(instance=other.instance))
    assert Decision.objects.count() == 0


def test_decisions_are_read_by_case_and_by_body(case: Case, registrar: User, at: datetime) -> None:
    other, kommun = make_case(registrar, case.county), body(case.county, "kommun")
    later = record(registrar, case, at)
    earlier = record(registrar, case, at, decided_on=date(2026, 9, 1), body=kommun)
    elsewhere = record(registrar, other, at, decided_on=date(2026, 8, 1))
    assert list(decisions_in(registrar, case, on=ON)) == [earlier, later]
    assert list(decisions_of(registrar, body(case.county, "lansledning"), on=ON)) == [later, elsewhere]
    assert list(decisions_of(registrar, kommun, on=ON)) == [earlier]
    stranger = make_holder(make_county("grannlan", name="Grannlän"), "region", "REGISTRAR")
    assert list(decisions_in(stranger, case, on=ON)) == list(decisions_of(stranger, kommun, on=ON)) == []


def test_the_list_tells_a_recommendation_from_a_decision(case: Case, registrar: User, at: datetime, rf) -> None:
    record(
        registrar,
        case,
        at,
        nature=DecisionNature.RECOMMENDATION,
        paragraph="39",
        decided_on=date(2026, 3, 25),
        decided_until=date(2026, 3, 26),
    )
    record(registrar, case, at, outcome="Införs", body=body(case.county, "kommun"), minutes=make_file(registrar, name="Protokoll.pdf"))
    lines = decision_lines(decisions_in(registrar, case, on=ON))
    assert [(line.nature.word, line.body, line.when, line.paragraph, line.outcome) for line in lines] == [
        ("Rekommendation", "Länsledningen", "25–26 mar 2026", "§ 39", ""),
        ("Beslut", "Ånge", "15 sep 2026", "", "Införs"),
    ]
    html = render_to_string("decisions/_list.html", {"decisions": lines}, request=rf.get("/"))
    for text in ("Rekommendation", "Länsledningen", "25–26 mar 2026", "§ 39", "Vårdprogrammet införs.", "Protokoll.pdf"):
        assert text in html
    assert "Inga beslut" not in html


def test_an_empty_list_says_so(rf) -> None:
    assert "När ett beslut antecknas står det här." in render_to_string("decisions/_list.html", {"decisions": []}, request=rf.get("/"))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 9, 15), None, "15 sep 2026"),
        (date(2026, 3, 25), date(2026, 3, 26), "25–26 mar 2026"),
        (date(2026, 3, 31), date(2026, 4, 1), "31 mar–1 apr 2026"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 dec 2025–1 jan 2026"),
    ],
)
def test_a_range_of_days_is_written_as_short_as_it_can_be(
    first: date, last: date | None, text: str, case: Case, registrar: User, at: datetime
) -> None:
    record(registrar, case, at, decided_on=first, decided_until=last)
    [line] = decision_lines(decisions_in(registrar, case, on=ON))
    assert line.when == text
