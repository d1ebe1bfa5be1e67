"""What the services write, keep, log and refuse. A refusal leaves everything as it was."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest

from styrkedja.accounts.models import User
from styrkedja.audits import services
from styrkedja.audits.models import KINDS, AuditRecommendation, AuditResponse, AuditReview, ProgressReport, PromisedAction
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.ledger.models import LedgerEntry, ObjectVersion
from styrkedja.organisations.models import County
from styrkedja.steering.models import Action
from styrkedja.steering.selectors import history, stood_at
from tests.factories.accounts import make_user
from tests.factories.audits import make_answer, make_promise, make_recommendation, make_response, make_review
from tests.factories.counties import body, make_holder, seat
from tests.factories.steering import make_plan

Flush = Callable[[], list[LedgerEntry]]
ON = date(2026, 9, 16)


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "namnden", "CONTROLLER")


@pytest.fixture
def review(county: County) -> AuditReview:
    return make_review(county)


def counts() -> dict[str, int]:
    return {kind: model._default_manager.count() for kind, model in KINDS.items()} | {"versions": ObjectVersion.objects.count()}


# Reviews


def test_a_review_is_kept_logged_and_addressed_to_the_body_that_sees_to_it(
    county: County, coordinator: User, at: datetime, flush_ledger: Flush
) -> None:
    made = services.register_review(
        actor=coordinator,
        title="Granskning av ekonomisk strategi och planering",
        accountable_body=body(county, "namnden"),
        addressed=[body(county, "styrelsen")],
        registry_number="REV/12/2025",
        received_on=date(2026, 9, 1),
        answer_due_on=date(2026, 11, 15),
        stated_count=5,
        at=at,
    )
    assert (made.key, made.county, made.kind) == ("granskning-av-ekonomisk-strategi-och-planering", county, "AUDIT")
    assert {one.name for one in made.addressed.all()} == {"Hälso- och sjukvårdsnämnden", "Regionstyrelsen"}
    [entry] = flush_ledger()
    assert (entry.act, entry.object_type) == ("object.created", "audit-review")
    assert json.loads(entry.text.payload)["changes"]["stated_count"] == [None, 5]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"registry_number": "tolv"}, "är inget diarienummer som kan läsas"),
        ({"received_on": date(2026, 9, 17)}, "Dagen ligger i framtiden"),
        ({"received_on": date(2026, 9, 1), "answer_due_on": date(2026, 8, 1)}, "Svaret ska lämnas innan granskningen kom in"),
        ({"title": " "}, "Ange en rubrik"),
        ({"kind": "REVISION"}, "kan inte anges som"),
    ],
)
def test_a_review_that_cannot_be_is_refused(values: dict, message: str, county: County, coordinator: User, at: datetime) -> None:
    given = {"title": "Granskning", "accountable_body": body(county, "namnden")} | values
    with pytest.raises(Refused, match=message):
        services.register_review(actor=coordinator, at=at, **given)
    assert counts() == dict.fromkeys(counts(), 0)


def test_a_body_that_has_begun_to_answer_stays_addressed(review: AuditReview, county: County, coordinator: User, at: datetime) -> None:
    make_response(review, "namnden")
    with pytest.raises(Refused, match="Hälso- och sjukvårdsnämnden har börjat svara"):
        services.change_review(actor=coordinator, review=review, version=1, addressed=[body(county, "styrelsen")], at=at)
    assert review.addressed.count() == 2
    services.change_review(actor=coordinator, review=review, version=1, addressed=[body(county, "namnden")], at=at)
    assert review.addressed.count() == 2, "the body that sees to the answer is always addressed"


def test_recommendations_are_numbered_once_and_stand_in_order(review: AuditReview, coordinator: User, at: datetime) -> None:
    for number in ("a", "b"):
        services.add_recommendation(actor=coordinator, review=review, number=number, text=f"Åtagande {number}", at=at)
    before = counts()
    with pytest.raises(Refused, match="redan en rekommendation med beteckningen a"):
        services.add_recommendation(actor=coordinator, review=review, number=" a ", text="En till", at=at)
    with pytest.raises(Refused, match="Skriv vad som rekommenderas"):
        services.add_recommendation(actor=coordinator, review=review, number="c", at=at)
    first, second = AuditRecommendation.objects.order_by("position")
    with pytest.raises(Refused, match="redan en rekommendation med beteckningen a"):
        services.change_recommendation(actor=coordinator, recommendation=second, version=1, number="a", at=at)
    assert counts() == before
    assert [(row.number, row.position, row.key) for row in (first, second)] == [
        ("a", 1, f"{review.key}-a"),
        ("b", 2, f"{review.key}-b"),
    ]
    services.change_recommendation(actor=coordinator, recommendation=second, version=1, areas="Styrning, IT-stöd", at=at)
    assert AuditRecommendation.objects.get(number="b").area_list == ["Styrning", "IT-stöd"]


# Answers


def test_an_answer_is_drafted_changed_and_decided_over_two_days(
    review: AuditReview, county: County, coordinator: User, at: datetime
) -> None:
    recommendation = make_recommendation(review)
    response = services.start_response(
        actor=coordinator,
        review=review,
        body=body(county, "namnden"),
        signatories=[seat(county, "namnden", "CHAIR"), seat(county, "forvaltningen", "DIRECTOR")],
        at=at,
    )
    answer = services.answer_recommendation(
        actor=coordinator, response=response, recommendation=recommendation, stance="PARTLY", text="Nämnden delar till viss del.", at=at
    )
    services.answer_recommendation(
        actor=coordinator, response=response, recommendation=recommendation, version=1, text="Nämnden delar bedömningen.", at=at
    )
    assert response.answers.count() == 1
    decided = services.decide_response(
        actor=coordinator,
        response=response,
        version=1,
        decided_on=date(2026, 3, 25),
        decided_until=date(2026, 3, 26),
        paragraph="39",
        registry_number="HSN/1641/2025",
        at=at,
    )
    assert (decided.state, decided.decided_until, decided.paragraph) == ("DECIDED", date(2026, 3, 26), "§ 39")
    assert [line.version for line in history(coordinator, answer, on=ON)] == [2, 1]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"decided_on": date(2026, 9, 17)}, "Beslutsdatumet ligger i framtiden"),
        ({"decided_on": ON, "decided_until": date(2026, 9, 15)}, "sista dag ligger före den första"),
        ({"decided_on": date(2026, 7, 1), "decided_until": ON}, "mer än 31 dagar"),
        ({"decided_on": ON, "paragraph": "trettionio"}, "är ingen paragraf"),
        ({"decided_on": ON, "registry_number": "1641"}, "är inget diarienummer"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(said: dict, message: str, review: AuditReview, coordinator: User, at: datetime) -> None:
    response = make_response(review, "namnden", text="Svar")
    with pytest.raises(Refused, match=message):
        services.decide_response(actor=coordinator, response=response, version=1, at=at, **said)
    stored = AuditResponse.objects.get()
    assert (stored.state, stored.decided_on, stored.version) == ("DRAFT", None, 1)


def test_an_empty_answer_is_not_decided(review: AuditReview, coordinator: User, at: datetime) -> None:
    response = make_response(review, "namnden")
    with pytest.raises(Refused, match="Svaret är tomt"):
        services.decide_response(actor=coordinator, response=response, version=1, decided_on=ON, at=at)
    assert AuditResponse.objects.get().state == "DRAFT"


def test_what_is_decided_stands_but_what_becomes_of_a_promise_can_be_told(
    review: AuditReview, county: County, coordinator: User, at: datetime
) -> None:
    response = make_response(review, "namnden", decided_on=ON)
    answer = make_answer(response, make_recommendation(review))
    promise = make_promise(answer)
    common = {"actor": coordinator, "version": 1, "at": at}
    acts = (
        lambda: services.change_response(response=response, text="Nytt", **common),
        lambda: services.answer_recommendation(response=response, recommendation=answer.recommendation, text="Nytt", **common),
        lambda: services.promise_action(actor=coordinator, answer=answer, text="Ny", at=at),
        lambda: services.change_promise(promise=promise, text="Annan", **common),
        lambda: services.withdraw_promise(promise=promise, **common),
        lambda: services.decide_response(response=response, decided_on=ON, **common),
    )
    before = counts()
    for act in acts:
        with pytest.raises(Refused, match="Svaret beslutades 16 sep 2026 och ändras inte"):
            act()
    assert counts() == before
    owner = seat(county, "forvaltningen", "DIRECTOR")
    services.change_promise(promise=promise, text=promise.text, state="TAKEN", accountable_seat=owner, due_on=ON, **common)
    stored = PromisedAction.objects.get()
    assert (stored.state, stored.accountable_seat, stored.due_on) == ("TAKEN", owner, ON)
    administrator = make_user("forvaltare", administrator=True)
    services.change_response(actor=administrator, response=response, version=1, registry_number="HSN/1641/2025", at=at)


def test_only_a_body_that_is_addressed_answers(review: AuditReview, county: County, at: datetime) -> None:
    director = make_holder(county, "forvaltningen", "DIRECTOR")
    with pytest.raises(Refused, match="Granskningen är inte riktad till Hälso- och sjukvårdsförvaltningen"):
        services.start_response(actor=director, review=review, body=body(county, "forvaltningen"), at=at)
    response = make_response(review, "namnden")
    for_board = make_recommendation(review, addressees=[body(county, "styrelsen")])
    foreign = make_recommendation(make_review(county), "7")
    with pytest.raises(Refused, match="inte riktad till Hälso- och sjukvårdsnämnden"):
        services.answer_recommendation(actor=None, response=response, recommendation=for_board, text="x", at=at)
    with pytest.raises(Refused, match="hör till en annan granskning"):
        services.answer_recommendation(actor=None, response=response, recommendation=foreign, text="x", at=at)
    with pytest.raises(Refused, match="redan påbörjat"):
        services.start_response(actor=None, review=review, body=body(county, "namnden"), at=at)
    assert (AuditResponse.objects.count(), response.answers.count()) == (1, 0)


def test_who_has_not_read_the_latest_is_refused(review: AuditReview, coordinator: User, at: datetime) -> None:
    response = make_response(review, "namnden")
    services.change_response(actor=coordinator, response=response, version=1, text="Den enas", at=at)
    with pytest.raises(Outdated):
        services.change_response(actor=coordinator, response=response, version=1, text="Den andras", at=at)
    with pytest.raises(Outdated):
        services.decide_response(actor=coordinator, response=response, version=1, decided_on=ON, at=at)
    stored = AuditResponse.objects.get()
    assert (stored.text, stored.state) == ("Den enas", "DRAFT")


# Promises


def test_a_promise_becomes_an_action_once(review: AuditReview, county: County, coordinator: User, at: datetime) -> None:
    answer = make_answer(make_response(review, "namnden", decided_on=ON), make_recommendation(review))
    owner = seat(county, "forvaltningen", "DIRECTOR")
    promise = make_promise(answer, due_on=date(2026, 12, 31), accountable_seat=owner)
    plan = make_plan(county, "namnden")
    action = services.take_into_chain(actor=coordinator, promise=promise, version=1, document=plan, at=at)
    assert (action.title, action.ends_on, action.accountable_seat, action.document) == (promise.text, date(2026, 12, 31), owner, plan)
    with pytest.raises(Refused, match="finns redan i styrkedjan"):
        services.take_into_chain(actor=coordinator, promise=promise, version=2, document=plan, at=at)
    assert Action.objects.count() == 1
    other = make_promise(answer)
    services.link_promise(actor=coordinator, promise=other, version=1, action=action, at=at)
    assert PromisedAction.objects.filter(action=action).count() == 2


def test_a_promise_is_withdrawn_from_a_draft_and_its_history_stays(review: AuditReview, coordinator: User, at: datetime) -> None:
    answer = make_answer(make_response(review, "namnden"), make_recommendation(review))
    promise = services.promise_action(actor=coordinator, answer=answer, text="Först", at=at)
    services.withdraw_promise(actor=coordinator, promise=promise, version=1, at=at)
    assert [line.version for line in history(coordinator, promise, on=ON)] == [2, 1]
    with pytest.raises(Refused, match="borttagen ur svaret"):
        services.link_promise(actor=coordinator, promise=promise, version=2, action=Action(pk=0), at=at)


# The four columns


def test_a_recommendation_is_followed_to_its_end(review: AuditReview, coordinator: User, at: datetime) -> None:
    recommendation = make_recommendation(review)
    common = {"actor": coordinator, "recommendation": recommendation, "at": at}
    before = counts()
    with pytest.raises(Refused, match="Skriv vad som återrapporteras"):
        services.report_back(version=1, reported_on=ON, report=" ", **common)
    with pytest.raises(Refused, match="Dagen ligger i framtiden"):
        services.report_back(version=1, reported_on=date(2026, 9, 17), report="Klart", **common)
    with pytest.raises(Refused, match="Ange när den lämnades"):
        services.decide_report(version=1, decided_on=ON, decision="Godkänns", **common)
    with pytest.raises(Refused, match="eller att inga kvarstår"):
        services.close_recommendation(version=1, closed_on=ON, remaining_need="", **common)
    assert counts() == before
    services.report_back(version=1, reported_on=date(2026, 9, 10), report="Planen är framtagen.", **common)
    with pytest.raises(Refused, match="fattades innan återrapporten lämnades"):
        services.decide_report(version=2, decided_on=date(2026, 9, 9), decision="Godkänns", **common)
    services.decide_report(version=2, decided_on=ON, paragraph="§12", decision="Godkänns", **common)
    closed = services.close_recommendation(version=3, closed_on=ON, remaining_need="Inga", **common)
    assert (closed.report_paragraph, closed.remaining_need, closed.closed_on, closed.version) == ("§ 12", "Inga", ON, 4)
    services.reopen_recommendation(version=4, **common)
    [then] = stood_at([AuditRecommendation.objects.get()], "audit-recommendation", at=at)
    assert then.row.closed_on is None


def test_what_happened_at_each_level_is_followed_up(review: AuditReview, coordinator: User, at: datetime) -> None:
    recommendation = make_recommendation(review, "a")
    for level in ("NATIONAL", "HEALTHCARE_REGION", "LOCAL"):
        services.follow_up(
            actor=coordinator, recommendation=recommendation, level=level, state="DONE", followed_up_on=ON, text="Inrättat.", at=at
        )
    with pytest.raises(Refused, match="Skriv vad som har hänt"):
        services.follow_up(actor=coordinator, recommendation=recommendation, level="LOCAL", followed_up_on=ON, at=at)
    with pytest.raises(Refused, match="framtiden"):
        services.follow_up(
            actor=coordinator, recommendation=recommendation, level="LOCAL", followed_up_on=date(2027, 1, 1), text="x", at=at
        )
    assert {row.level for row in recommendation.follow_ups.all()} == {"NATIONAL", "HEALTHCARE_REGION", "LOCAL"}
    found = recommendation.follow_ups.first()
    assert services.change_follow_up(actor=coordinator, found=found, version=1, evidence="Beslut § 223", at=at).evidence == "Beslut § 223"


# Reports


def test_a_report_is_planned_handed_in_and_approved(county: County, coordinator: User, at: datetime) -> None:
    common = {"actor": coordinator, "at": at}
    period = {"cycle": "MONTHLY", "starts_on": date(2026, 8, 1), "ends_on": date(2026, 8, 31)}
    with pytest.raises(Refused, match="Ange vilket organ"):
        services.plan_report(**period, **common)
    own = {"accountable_body": body(county, "namnden")}
    with pytest.raises(Refused, match="slutar innan den börjar"):
        services.plan_report(**period | {"ends_on": date(2026, 7, 1)}, **own, **common)
    with pytest.raises(Refused, match="Ange periodens första dag"):
        services.plan_report(**period | {"starts_on": None}, **own, **common)
    assert ProgressReport.objects.count() == 0
    report = services.plan_report(**period, due_on=date(2026, 9, 10), **own, **common)
    with pytest.raises(Refused, match="är inte lämnad än"):
        services.approve_report(report=report, version=1, approved_on=ON, **common)
    handed = services.hand_in_report(
        report=report, version=1, handed_in_on=date(2026, 9, 9), analysis="Därför", proposal="Godkänns", **common
    )
    assert (handed.analysis, handed.version) == ("Därför", 2)
    with pytest.raises(Refused, match="godkändes innan den lämnades"):
        services.approve_report(report=handed, version=2, approved_on=date(2026, 9, 1), **common)
    approved = services.approve_report(report=handed, version=2, approved_on=ON, paragraph="40", **common)
    assert (approved.approved_on, approved.paragraph) == (ON, "§ 40")
    board = make_holder(county, "styrelsen", "CONTROLLER")
    with pytest.raises(Refused):
        services.change_report(actor=board, report=approved, version=3, row_count=3, at=at)
