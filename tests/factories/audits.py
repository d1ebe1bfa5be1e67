"""Reviews with their answers, straight into the tables. The services have tests of their own."""

from datetime import date
from typing import Any

from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, PromisedAction, RecommendationAnswer
from styrkedja.organisations.models import County
from tests.factories.counties import body
from tests.factories.steering import make


def make_review(county: County, *roles: str, **values: Any) -> AuditReview:
    """A review addressed to the bodies that play `roles`, the first of which sees to the answer; without roles the board and the committee."""
    addressed = [body(county, role) for role in roles or ("styrelsen", "namnden")]
    wanted = {"addressed": addressed, "accountable_body": addressed[0], "received_on": date(2026, 5, 4)}
    return make(AuditReview, county=county, **wanted | values)


def make_recommendation(review: AuditReview, number: str = "1", **values: Any) -> AuditRecommendation:
    own = {"review": review, "number": number, "accountable_body": review.accountable_body, "text": f"Stärk uppföljningen {number}."}
    wanted = own | {"position": review.recommendations.count() + 1, "title": ""}
    return make(AuditRecommendation, county=review.county, **wanted | values)


def make_response(review: AuditReview, role: str, *, decided_on: date | None = None, **values: Any) -> AuditResponse:
    """The part of the body that plays `role`; decided if a day is given, else a draft."""
    decision = {"state": "DECIDED", "decided_on": decided_on, "paragraph": "§ 39"} if decided_on else {}
    own = {"review": review, "accountable_body": body(review.county, role), "title": ""}
    return make(AuditResponse, county=review.county, **own | decision | values)


def make_answer(response: AuditResponse, recommendation: AuditRecommendation, **values: Any) -> RecommendationAnswer:
    own = {"response": response, "recommendation": recommendation, "accountable_body": response.accountable_body, "title": ""}
    wanted = own | {"stance": "AGREE", "text": f"Svar från {response.accountable_body} på {recommendation.number}."}
    return make(RecommendationAnswer, county=response.county, **wanted | values)


def make_promise(answer: RecommendationAnswer, text: str = "Ta fram en uppföljningsplan", **values: Any) -> PromisedAction:
    own = {"answer": answer, "accountable_body": answer.accountable_body, "title": "", "text": text, "state": "PLANNED"}
    return make(PromisedAction, county=answer.county, **own | {"position": answer.promised.count() + 1} | values)
