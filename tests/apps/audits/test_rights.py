"""Who may see an answer and who may write, as truth tables. A refused act changes nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from styrkedja.accounts.models import User
from styrkedja.audits import services
from styrkedja.audits.models import KINDS, AuditResponse, AuditReview, PromisedAction, RecommendationAnswer
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County, Organisation, Placement, Seat
from styrkedja.steering.policies import can_edit
from styrkedja.steering.selectors import history, visible
from tests.factories.accounts import make_user
from tests.factories.audits import make_answer, make_promise, make_recommendation, make_response, make_review
from tests.factories.counties import body, make_county, make_holder
from tests.factories.steering import make_plan

ON = date(2026, 9, 16)
# Account → sees the review and what is decided, sees the committee's draft, writes on what has become of the review, writes the committee's
# answer, registers a review that the committee answers, writes on the review and adds what it recommends.
TABLE = {
    "committee": (True, True, True, True, True, True),
    "board": (True, False, True, False, False, True),
    "administration": (True, False, False, False, False, False),
    "auditor": (True, False, False, False, True, True),
    "administrator": (True, True, True, True, True, True),
    "other county": (False, False, False, False, False, False),
    "other auditor": (False, False, False, False, False, False),
    "no seat": (False, False, False, False, False, False),
    "closed": (False, False, False, False, False, False),
}


@pytest.fixture
def people(county: County) -> dict[str, User]:
    closed = make_holder(county, "namnden", "CHAIR", username="stangd")
    closed.is_active = False
    closed.save()
    auditors = Organisation.objects.create(key=f"revisorerna-{county.key}", name="Revisorerna", kind="COMMITTEE", county=county)
    Placement.objects.create(child=auditors, parent=body(county, "fullmaktige"))
    Seat.objects.create(body=auditors, function="AUDITOR", title="Revisor", county=county)
    other = make_county("annatlan", name="Annat län")
    Seat.objects.create(body=body(other, "region"), function="AUDITOR", title="Revisor", county=other)
    return {
        "committee": make_holder(county, "namnden", "CONTROLLER"),
        "board": make_holder(county, "styrelsen", "CONTROLLER"),
        "administration": make_holder(county, "forvaltningen", "DIRECTOR"),
        "auditor": make_holder(county, "revisorerna", "AUDITOR"),
        "administrator": make_user("forvaltare", administrator=True),
        "other county": make_holder(other, "region", "COORDINATOR"),
        "other auditor": make_holder(other, "region", "AUDITOR"),
        "no seat": make_user("utan"),
        "closed": closed,
    }


@pytest.fixture
def review(county: County) -> AuditReview:
    return make_review(county)


def answered(review: AuditReview, decided_on: date | None) -> tuple[AuditResponse, RecommendationAnswer, PromisedAction]:
    """The committee's part, with an answer and a promise."""
    response = make_response(review, "namnden", decided_on=decided_on)
    answer = make_answer(response, review.recommendations.first() or make_recommendation(review))
    return response, answer, make_promise(answer)


@pytest.mark.parametrize("who", TABLE)
def test_an_answer_is_seen_by_its_own_body_alone_until_it_is_decided(who: str, review: AuditReview, people: dict[str, User]) -> None:
    sees, sees_draft, *_ = TABLE[who]
    rows = answered(review, None)
    assert [visible(people[who], type(row), on=ON).filter(pk=row.pk).exists() for row in rows] == [sees_draft] * 3
    assert all(history(people[who], row, on=ON) == [] for row in rows if not sees_draft)
    AuditResponse.objects.update(state="DECIDED", decided_on=ON)
    assert [visible(people[who], type(row), on=ON).filter(pk=row.pk).exists() for row in rows] == [sees] * 3
    assert visible(people[who], AuditReview, on=ON).exists() == sees


def test_what_hangs_in_an_answer_and_nothing_else_waits_for_its_decision() -> None:
    assert {kind for kind, model in KINDS.items() if model.PLANS} == {"audit-response", "recommendation-answer", "promised-action"}


def attempts(user: User, review: AuditReview, at: datetime) -> dict[str, tuple[int, Callable[[], Any]]]:
    """Every act on the committee's draft and on the review itself: the column of the table that decides, and the act."""
    response, answer, promise = answered(review, None)
    recommendation, common = answer.recommendation, {"actor": user, "at": at}
    draft, rows = {"version": None, **common}, {"recommendation": recommendation, "version": None, **common}
    return {
        "change the review": (5, lambda: services.change_review(review=review, text="x", **draft)),
        "add a recommendation": (5, lambda: services.add_recommendation(review=review, number="9", text="x", **common)),
        "change a recommendation": (2, lambda: services.change_recommendation(areas="styrning", **rows)),
        "report back": (2, lambda: services.report_back(reported_on=ON, report="x", **rows)),
        "decide the report": (2, lambda: services.decide_report(decided_on=ON, decision="x", **rows)),
        "follow up": (
            2,
            lambda: services.follow_up(recommendation=recommendation, level="LOCAL", followed_up_on=ON, text="x", **common),
        ),
        "close": (2, lambda: services.close_recommendation(closed_on=ON, remaining_need="Inget", **rows)),
        "reopen": (2, lambda: services.reopen_recommendation(**rows)),
        "change the answer": (3, lambda: services.change_response(response=response, text="x", **draft)),
        "answer a recommendation": (3, lambda: services.answer_recommendation(response=response, stance="PARTLY", **rows)),
        "promise": (3, lambda: services.promise_action(answer=answer, text="x", **common)),
        "change a promise": (3, lambda: services.change_promise(promise=promise, text="x", **draft)),
        "withdraw a promise": (3, lambda: services.withdraw_promise(promise=promise, **draft)),
        "decide the answer": (3, lambda: services.decide_response(response=response, decided_on=ON, **draft)),
    }


@pytest.mark.parametrize("who", TABLE)
def test_who_writes(who: str, review: AuditReview, people: dict[str, User], at: datetime) -> None:
    make_recommendation(review)
    for name, (column, act) in attempts(people[who], review, at).items():
        if name == "reopen":
            review.recommendations.update(closed_on=ON)
        before = ObjectVersion.objects.count()
        if TABLE[who][column]:
            act()
        else:
            with pytest.raises(Refused):
                act()
        assert ObjectVersion.objects.count() == before + TABLE[who][column], name


@pytest.mark.parametrize("who", TABLE)
def test_who_begins_an_answer(who: str, review: AuditReview, people: dict[str, User], county: County, at: datetime) -> None:
    def begin() -> AuditResponse:
        return services.start_response(actor=people[who], review=review, body=body(county, "namnden"), at=at)

    if TABLE[who][3]:
        assert begin().state == "DRAFT"
    else:
        with pytest.raises(Refused):
            begin()
    assert AuditResponse.objects.count() == TABLE[who][3]


@pytest.mark.parametrize("who", TABLE)
def test_a_review_is_registered_by_the_body_that_sees_to_the_answer_or_by_auditors(
    who: str, people: dict[str, User], county: County, at: datetime
) -> None:
    def register() -> AuditReview:
        return services.register_review(actor=people[who], title="Granskning", accountable_body=body(county, "namnden"), at=at)

    if TABLE[who][4]:
        assert [one.name for one in register().addressed.all()] == ["Hälso- och sjukvårdsnämnden"]
    else:
        with pytest.raises(Refused):
            register()
    assert AuditReview.objects.count() == TABLE[who][4]


def test_a_promise_becomes_an_action_only_in_a_plan_of_the_own_body(
    review: AuditReview, people: dict[str, User], county: County, at: datetime
) -> None:
    _response, _answer, promise = answered(review, ON)
    with pytest.raises(Refused, match="det organ som äger planen"):
        services.take_into_chain(actor=people["committee"], promise=promise, version=None, document=make_plan(county, "styrelsen"), at=at)
    with pytest.raises(Refused):
        services.take_into_chain(actor=people["board"], promise=promise, version=None, document=make_plan(county, "styrelsen"), at=at)
    assert PromisedAction.objects.get().action is None
    plan = make_plan(county, "namnden")
    made = services.take_into_chain(actor=people["committee"], promise=promise, version=1, document=plan, at=at)
    assert (made.title, made.accountable_body, PromisedAction.objects.get().action) == (promise.text, body(county, "namnden"), made)


def test_buttons_are_shown_to_those_who_may(review: AuditReview, people: dict[str, User]) -> None:
    response, *_ = answered(review, None)
    assert {who: (can_edit(people[who], review, on=ON), can_edit(people[who], response, on=ON)) for who in TABLE} == {
        who: (may[5], may[3]) for who, may in TABLE.items()
    }
