"""An answer as one whole, however many bodies it is split between (source 002: "båda delarna utgör en helhet").

What the reader may not see, such as another body's draft, is not there; the whole then says that the part is missing, and no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, FollowUp, PromisedAction, RecommendationAnswer
from styrkedja.core.collation import swedish_key
from styrkedja.organisations.models import Body
from styrkedja.steering.models import Action
from styrkedja.steering.selectors import Sight, sight

_SAID = ("accountable_body", "accountable_seat__body")


@dataclass(frozen=True)
class Promise:
    """`action` is what it has become in the chain, as far as the reader sees it."""

    row: PromisedAction
    action: Action | None


@dataclass(frozen=True)
class Said:
    """What one body says of a recommendation. `answer` None: nothing, or nothing that the reader may see."""

    body: Body
    response: AuditResponse | None
    answer: RecommendationAnswer | None
    promised: tuple[Promise, ...] = ()

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and bool(self.answer.text.strip() or self.answer.stance)

    @property
    def is_decided(self) -> bool:
        return self.is_answered and self.response is not None and self.response.is_decided


@dataclass(frozen=True)
class Recommended:
    """A recommendation with what each of its bodies says, and what has been followed up, the latest first."""

    row: AuditRecommendation
    said: tuple[Said, ...]
    follow_ups: tuple[FollowUp, ...]

    def is_report_late(self, on: date) -> bool:
        due = self.row.report_due_on
        return due is not None and due < on and self.row.reported_on is None and self.row.closed_on is None

    @property
    def decided(self) -> tuple[Said, ...]:
        return tuple(said for said in self.said if said.is_decided)


@dataclass(frozen=True)
class Part:
    """One body's part. `response` None: not begun, or a draft that the reader does not see."""

    body: Body
    response: AuditResponse | None

    @property
    def is_decided(self) -> bool:
        return self.response is not None and self.response.is_decided


@dataclass(frozen=True)
class Whole:
    """A review, the parts of its answer by body, and its recommendations with all that is said of them."""

    review: AuditReview
    parts: tuple[Part, ...]
    recommendations: tuple[Recommended, ...]

    @property
    def undecided(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_decided)

    @property
    def is_answered(self) -> bool:
        return bool(self.parts) and not self.undecided

    def is_late(self, on: date) -> bool:
        """Should it have been answered, and is not?"""
        return self.review.answer_due_on is not None and self.review.answer_due_on < on and not self.is_answered

    def late_reports(self, on: date) -> tuple[Recommended, ...]:
        return tuple(one for one in self.recommendations if one.is_report_late(on))


def whole(user: User | None, review: AuditReview, *, on: date) -> Whole:
    return wholes(user, [review], on=on)[0]


def wholes(user: User | None, reviews: Iterable[AuditReview], *, on: date) -> list[Whole]:
    """The same of many reviews, in their order, in as many queries as of one."""
    found = _Found.of(sight(user, on=on), list(reviews))
    return [found.whole(review) for review in found.reviews]


@dataclass(frozen=True)
class _Found:
    """Everything that was found of some reviews, by what it belongs to."""

    reviews: list[AuditReview]
    addressed: Mapping[int, list[Body]]
    recommendations: Mapping[int, list[AuditRecommendation]]
    responses: Mapping[int, dict[int, AuditResponse]]
    answers: Mapping[tuple[int, int], RecommendationAnswer]
    promised: Mapping[int, list[PromisedAction]]
    actions: Mapping[int, Action]
    follow_ups: Mapping[int, list[FollowUp]]

    @classmethod
    def of(cls, seen: Sight, reviews: list[AuditReview]) -> "_Found":
        ids = [review.pk for review in reviews]
        promised = list(seen.of(PromisedAction).filter(answer__response__review__in=ids, is_withdrawn=False).select_related(*_SAID))
        actions = seen.of(Action).filter(pk__in={row.action_id for row in promised if row.action_id}).select_related(*_SAID)
        responses: defaultdict[int, dict[int, AuditResponse]] = defaultdict(dict)
        signed = seen.of(AuditResponse).filter(review__in=ids).select_related(*_SAID).prefetch_related("signatories__body")
        for response in signed:
            responses[response.review_id][response.accountable_body_id] = response
        answers = seen.of(RecommendationAnswer).filter(response__review__in=ids).select_related(*_SAID)
        return cls(
            reviews,
            _addressed(ids),
            _by(
                "review_id",
                seen.of(AuditRecommendation)
                .filter(review__in=ids)
                .select_related("review__accountable_body")
                .prefetch_related("addressees"),
            ),
            responses,
            {(answer.recommendation_id, answer.response_id): answer for answer in answers},
            _by("answer_id", promised),
            {action.pk: action for action in actions},
            _by("recommendation_id", seen.of(FollowUp).filter(recommendation__review__in=ids).select_related(*_SAID)),
        )

    def whole(self, review: AuditReview) -> Whole:
        bodies = self.addressed.get(review.pk, [])
        responses = self.responses.get(review.pk, {})
        found = sorted(self.recommendations.get(review.pk, []), key=lambda row: (row.position, row.pk))
        return Whole(
            review,
            tuple(Part(body, responses.get(body.pk)) for body in bodies),
            tuple(self._recommended(row, bodies, responses) for row in found),
        )

    def _recommended(self, row: AuditRecommendation, bodies: list[Body], responses: Mapping[int, AuditResponse]) -> Recommended:
        addressees = _in_order(row.addressees.all()) or bodies
        said = tuple(self._said(row, body, responses.get(body.pk)) for body in addressees)
        return Recommended(row, said, tuple(self.follow_ups.get(row.pk, ())))

    def _said(self, row: AuditRecommendation, body: Body, response: AuditResponse | None) -> Said:
        answer = self.answers.get((row.pk, response.pk)) if response else None
        rows = self.promised.get(answer.pk, []) if answer else []
        return Said(body, response, answer, tuple(Promise(one, self.actions.get(one.action_id or 0)) for one in rows))


def _addressed(ids: list[int]) -> dict[int, list[Body]]:
    found = AuditReview.objects.filter(pk__in=ids).only("pk").prefetch_related(Prefetch("addressed", Body.objects.all()))
    return {review.pk: _in_order(review.addressed.all()) for review in found}


def _in_order(bodies: Iterable[Body]) -> list[Body]:
    return sorted(bodies, key=lambda body: swedish_key(body.name))


def _by(name: str, rows: Iterable) -> dict[int, list]:
    found: defaultdict[int, list] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
