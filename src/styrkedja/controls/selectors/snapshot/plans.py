"""What shall be reached: target states, documents in force, goals, milestones, assignments, and what became of last year's."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from styrkedja.controls.selectors.snapshot.scope import Scope, body_of, days, decision_text, keys, of, seats_of
from styrkedja.core.controls.snapshot import (
    Assignment,
    DocumentKind,
    Goal,
    GoalArea,
    GoalIndicator,
    Milestone,
    ObjectKind,
    Ref,
    SteeringDocument,
    Transfer,
    Vision,
)
from styrkedja.core.periods import Period
from styrkedja.steering import models

# Those that are themselves plans of what is to be done, and so are reported back (A44).
_REPORTED = {DocumentKind.ACTION_PLAN, DocumentKind.COMMITTEE_PLAN, DocumentKind.OPERATIONAL_PLAN}


def visions(scope: Scope) -> tuple[Vision, ...]:
    rows = of(scope, models.TargetState).filter(state=models.DocumentState.DECIDED)
    found = []
    for row in rows.prefetch_related("strategies", "adoptions__body"):
        adoptions = list(row.adoptions.all())
        strategies = sorted(row.strategies.all(), key=lambda strategy: (strategy.position, strategy.pk))
        first = adoptions[0] if adoptions else None
        found.append(
            Vision(
                key=row.key,
                name=str(row),
                body=body_of(row),
                text=row.text,
                strategies=tuple(str(strategy) for strategy in strategies),
                adopted_by=tuple(adoption.body.key for adoption in adoptions),
                decision=decision_text(first.decided_on, first.paragraph, first.registry_number) if first else None,
            )
        )
    return tuple(found)


def documents(scope: Scope) -> tuple[SteeringDocument, ...]:
    rows = of(scope, models.SteeringDocument, "parent").filter(pk__in=scope.documents).prefetch_related("adoptions__body")
    found = []
    for row in rows:
        adoptions = list(row.adoptions.all())
        kind = DocumentKind(row.kind)
        found.append(
            SteeringDocument(
                key=row.key,
                name=str(row),
                body=body_of(row),
                document_kind=kind,
                period=Period(row.valid_from, row.valid_until),
                parents=(row.parent.key,) if row.parent else (),
                adopted_by=tuple(adoption.body.key for adoption in adoptions),
                adopted_on=min((adoption.decided_on for adoption in adoptions), default=None),
                accountable=seats_of(row),
                reports_back=kind in _REPORTED,
                next_report_on=row.next_report_on,
            )
        )
    return tuple(found)


def areas(scope: Scope) -> tuple[GoalArea, ...]:
    rows = of(scope, models.GoalArea, "document__accountable_body").filter(document__in=scope.documents)
    return tuple(GoalArea(key=row.key, name=str(row), body=body_of(row, row.document), document=row.document.key) for row in rows)


def goals(scope: Scope, reports: dict[int, tuple[str, ...]] | None) -> tuple[Goal, ...]:
    """`reports`: keys of the reports that take up each goal, by its id; None where no reports are kept."""
    rows = of(scope, models.Goal, "document__accountable_body", "area", "parent").filter(document__in=scope.documents)
    rows = rows.filter(state=models.GoalState.OPEN).prefetch_related("indicators__indicator")
    return tuple(
        Goal(
            key=row.key,
            name=str(row),
            body=body_of(row, row.document),
            document=row.document.key,
            area=row.area.key if row.area else None,
            parent=row.parent.key if row.parent else None,
            accountable=seats_of(row),
            resources=row.resources,
            period=_held(row),
            indicators=tuple(_measured(link) for link in sorted(row.indicators.all(), key=lambda link: link.indicator.key)),
            text=row.text,
            reports=None if reports is None else reports.get(row.pk, ()),
        )
        for row in rows
    )


def _held(goal: models.Goal) -> Period:
    """A goal holds as long as its plan, or until it shall be reached."""
    document = goal.document
    if goal.due_on is None:
        return Period(document.valid_from, document.valid_until)
    return days(document.valid_from, goal.due_on)


def _measured(link: models.GoalIndicator) -> GoalIndicator:
    return GoalIndicator(
        indicator=link.indicator.key,
        baseline=link.baseline_value,
        baseline_on=link.baseline_on,
        target=link.target_value,
        target_on=link.target_on,
    )


def milestones(scope: Scope) -> tuple[Milestone, ...]:
    open_goal = Q(goal__document__in=scope.documents, goal__state=models.GoalState.OPEN)
    of_action = Q(action__document__in=scope.documents) | Q(action__isnull=False, action__document=None)
    rows = of(scope, models.Milestone, "goal__accountable_body", "action__accountable_body", "indicator").filter(open_goal | of_action)
    rows = rows.exclude(action__state="CANCELLED")
    found = []
    for row in rows:
        whole = row.goal or row.action
        kind = ObjectKind.GOAL if row.goal else ObjectKind.ACTION
        found.append(
            Milestone(
                key=row.key,
                name=str(row),
                body=body_of(row, whole),
                of=Ref(kind, whole.key),
                due_on=row.due_on,
                criterion=row.criterion,
                indicator=row.indicator.key if row.indicator else None,
                target=row.target_value,
                reached_on=row.reached_on,
            )
        )
    return tuple(found)


def assignments(scope: Scope) -> tuple[Assignment, ...]:
    rows = of(scope, models.Assignment, "giver", "goal", "document__accountable_body")
    rows = rows.filter(Q(document__in=scope.documents) | Q(document=None) | Q(reported_on=None, given_on__lte=scope.on))
    return tuple(
        Assignment(
            key=row.key,
            name=str(row),
            body=body_of(row, row.document),
            giver=row.giver.key if row.giver else None,
            receiver=row.accountable_body.key if row.accountable_body else None,
            accountable=seats_of(row),
            resources=row.resources,
            given_on=row.given_on or _day(row),
            due_on=row.due_on,
            report_due_on=row.report_due_on or row.due_on,
            reported_on=row.reported_on,
            is_report_decided=row.report_decision_id is not None if row.reported_on else None,
            goals=(row.goal.key,) if row.goal else (),
            text=row.text,
        )
        for row in rows
    )


def _day(row: models.ChainObject) -> date:
    return row.created_at.date()


def transfers(scope: Scope) -> tuple[Transfer, ...]:
    """What became of the goals and actions of the plans that those in force have taken over."""
    rows = models.Transfer.objects.filter(to_document__in=scope.documents)
    rows = rows.select_related("to_document", "goal", "new_goal", "action", "new_action").order_by("pk")
    into: defaultdict[tuple[str, Ref], list[models.Transfer]] = defaultdict(list)
    for row in rows:
        previous = Ref(ObjectKind.GOAL, row.goal.key) if row.goal else Ref(ObjectKind.ACTION, row.action.key)
        into[row.to_document.key, previous].append(row)
    return tuple(
        Transfer(
            document=document,
            previous=previous,
            previous_name=str(same[0].goal or same[0].action),
            into=tuple(
                Ref(previous.kind, key) for key in keys(row.new_goal or row.new_action for row in same if row.new_goal or row.new_action)
            ),
            reason=" ".join(row.reason for row in same if row.reason),
            is_decided=True,
        )
        for (document, previous), same in into.items()
    )
