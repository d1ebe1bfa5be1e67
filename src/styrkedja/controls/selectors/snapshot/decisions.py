"""Who may decide what, what has been decided, and what auditors and reports say."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q

from styrkedja.audits import models as audits
from styrkedja.controls.selectors.snapshot.scope import Scope, body_of, days, decision_text, keys, of, seats_of
from styrkedja.core.controls.snapshot import (
    Answer,
    AuditReview,
    Decision,
    Mandate,
    ObjectKind,
    PromisedAction,
    PromiseState,
    Recommendation,
    Ref,
    Report,
    ReportingCycle,
    Stance,
)
from styrkedja.core.mandates import DecisionLevel
from styrkedja.decisions import models
from styrkedja.effects.models import EffectEstimate
from styrkedja.organisations.models import Body, Seat


def _holder(body: Body, seat: Seat | None) -> Ref:
    return Ref(ObjectKind.SEAT, str(seat.pk)) if seat else Ref(ObjectKind.BODY, body.key)


def mandates(scope: Scope) -> tuple[Mandate, ...]:
    """Every mandate of the counties, those that are over included: a decision is held against what held when it was taken."""
    rows = models.Mandate.objects.filter(Q(county__in=scope.county_keys) | Q(body__county__in=scope.county_keys))
    rows = rows.select_related("body", "seat").prefetch_related("corrects", "documents").order_by("key")
    return tuple(
        Mandate(
            key=row.key,
            name=str(row),
            body=row.body.key,
            holder=_holder(row.body, row.seat),
            subject=row.subject,
            amount_limit=row.amount_limit,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            may_correct=row.may_correct,
            corrects=tuple(sorted(body.key for body in row.corrects.all())),
            document=next(iter(keys(row.documents.all())), None),
            point=row.point,
        )
        for row in rows
    )


def decisions(scope: Scope) -> tuple[Decision, ...]:
    """Decisions of the counties' bodies up to the day; what somebody recommends is none."""
    mine = Q(county__in=scope.county_keys) | Q(case__county__in=scope.county_keys)
    rows = models.Decision.objects.filter(mine, nature=models.DecisionNature.DECISION, decided_on__lte=scope.on)
    rows = rows.select_related("body", "seat", "mandate", "case").defer("case__search", "case__public_search").order_by("pk")
    estimated: defaultdict[int, list[str]] = defaultdict(list)
    for decision, key in EffectEstimate.objects.exclude(decision=None).order_by("key").values_list("decision_id", "key"):
        estimated[decision].append(key)
    return tuple(
        Decision(
            key=row.key or str(row.pk),
            name=row.outcome or row.text.partition("\n")[0][:200],
            body=row.body.key,
            decider=_holder(row.body, row.seat),
            level=DecisionLevel(row.level) if row.level else None,
            mandate=row.mandate.key if row.mandate else None,
            subject=row.subject,
            amount=row.amount,
            decided_on=row.decided_on,
            decided_until=row.decided_until,
            paragraph=row.paragraph,
            registry_number=row.registry_number or (row.case.registry_number if row.case else ""),
            estimates=tuple(estimated[row.pk]),
            no_estimate_reason=row.no_estimate_reason,
            outside_budget=row.outside_budget,
            exception_reason=row.exception_reason,
        )
        for row in rows
    )


def reviews(scope: Scope) -> tuple[AuditReview, ...]:
    rows = of(scope, audits.AuditReview)
    return tuple(AuditReview(key=row.key, name=str(row), body=body_of(row), stated_count=row.stated_count) for row in rows)


def recommendations(scope: Scope) -> tuple[Recommendation, ...]:
    rows = of(scope, audits.AuditRecommendation, "review__accountable_body").prefetch_related("addressees", "review__addressed")
    answered = _answers(scope)
    found = []
    for row in rows:
        addressed = [body.key for body in row.addressees.all()] or [body.key for body in row.review.addressed.all()]
        found.append(
            Recommendation(
                key=row.key,
                name=str(row),
                body=body_of(row, row.review) or next(iter(sorted(addressed)), ""),
                audit=row.review.key,
                number=row.number,
                addressees=tuple(sorted(addressed)),
                answers=answered.get(row.pk, ()),
                answer_due_on=row.review.answer_due_on,
                report_due_on=row.report_due_on,
                reported_on=row.reported_on,
                report_decision=decision_text(row.report_decided_on, row.report_paragraph),
                remaining_need=row.remaining_need,
                closed_on=row.closed_on,
                areas=tuple(row.area_list) or None,
            )
        )
    return tuple(found)


def _answers(scope: Scope) -> Mapping[int, tuple[Answer, ...]]:
    """By recommendation what has been decided as an answer; a draft is none."""
    rows = of(scope, audits.RecommendationAnswer, "response__accountable_body").filter(response__state="DECIDED")
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for row in rows.prefetch_related("promised__action"):
        response = row.response
        found[row.recommendation_id].append(
            Answer(
                body=body_of(response),
                stance=Stance(row.stance) if row.stance else None,
                text=row.text,
                reason=row.reason,
                alternative=row.alternative,
                decision=decision_text(response.decided_on, response.paragraph, response.registry_number),
                promised=tuple(_promised(one) for one in row.promised.all() if not one.is_withdrawn),
            )
        )
    return {pk: tuple(answers) for pk, answers in found.items()}


def _promised(row: audits.PromisedAction) -> PromisedAction:
    return PromisedAction(
        text=row.text,
        state=PromiseState(row.state) if row.state else None,
        accountable=seats_of(row),
        due_on=row.due_on,
        action=row.action.key if row.action else None,
    )


def reports(scope: Scope) -> tuple[tuple[Report, ...], dict[int, tuple[str, ...]] | None]:
    """The reports; and by goal those that take it up, None where no reports are kept at all."""
    rows = list(of(scope, audits.ProgressReport).prefetch_related("goals", "indicators"))
    by_goal: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        for goal in row.goals.all():
            by_goal[goal.pk].append(row.key)
    found = tuple(
        Report(
            key=row.key,
            name=str(row),
            body=body_of(row),
            cycle=ReportingCycle(row.cycle),
            period=days(row.starts_on, row.ends_on),
            due_on=row.due_on,
            handed_in_on=row.handed_in_on,
            approved_on=row.approved_on,
            covers=(
                *(Ref(ObjectKind.GOAL, key) for key in keys(row.goals.all())),
                *(Ref(ObjectKind.INDICATOR, one.key) for one in row.indicators.all()),
            ),
            analysis=row.analysis,
            proposal=row.proposal,
            rows=row.row_count,
        )
        for row in rows
    )
    return found, {goal: tuple(named) for goal, named in by_goal.items()} if rows else None
