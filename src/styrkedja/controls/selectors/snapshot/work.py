"""What is done, what it brings home, and what is in its way."""

from django.db.models import Q

from styrkedja.controls.selectors.snapshot.scope import Scope, body_of, keys, of, seats_of
from styrkedja.core.controls.snapshot import (
    Action,
    ActionKind,
    ActionState,
    BalanceRequirement,
    Estimate,
    GoalConflict,
    ObjectKind,
    Obstacle,
    ObstacleKind,
    Programme,
    RealisedEffect,
    Ref,
    TimeFrame,
    YearEffect,
)
from styrkedja.effects import models as effects
from styrkedja.steering import models


def programmes(scope: Scope) -> tuple[Programme, ...]:
    rows = of(scope, models.ActionProgramme, "document__accountable_body").filter(_standing(scope))
    return tuple(
        Programme(
            key=row.key,
            name=str(row),
            body=body_of(row, row.document),
            accountable=seats_of(row),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            document=row.document.key if row.document else None,
        )
        for row in rows
    )


def _standing(scope: Scope, way: str = "document") -> Q:
    """What stands in a document in force, or in none."""
    return Q(**{f"{way}__in": scope.documents}) | Q(**{way: None})


def _actions(scope: Scope) -> Q:
    return _standing(scope) & ~Q(state=ActionState.CANCELLED)


def actions(scope: Scope) -> tuple[Action, ...]:
    also = ("document__accountable_body", "programme", "parent", "assignment", "unit", "corrects_milestone", "corrects_target__goal")
    rows = list(of(scope, models.Action, *also).filter(_actions(scope)).prefetch_related("goals", "indicators"))
    # A plan none of whose actions names an assignment does not keep them; in one that does, those without are found.
    keeping = {row.document_id for row in rows if row.assignment_id}
    return tuple(_action(row, keeps_assignments=row.document_id in keeping) for row in rows)


def _action(row: models.Action, *, keeps_assignments: bool) -> Action:
    assigned = (row.assignment.key,) if row.assignment else ()
    return Action(
        key=row.key,
        name=str(row),
        body=body_of(row, row.document),
        text=row.text,
        action_kind=ActionKind(row.kind),
        time_frame=TimeFrame(row.time_frame) if row.time_frame else None,
        state=ActionState(row.state),
        goals=keys(row.goals.all()),
        indicators=tuple(sorted(one.key for one in row.indicators.all())),
        unit=row.unit.key if row.unit else None,
        accountable=seats_of(row),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        done_on=row.done_on,
        resources=row.resources,
        document=row.document.key if row.document else None,
        programme=row.programme.key if row.programme else None,
        parent=row.parent.key if row.parent else None,
        assignments=assigned if keeps_assignments else None,
        corrects=tuple(_corrected(row)),
    )


def _corrected(row: models.Action) -> list[Ref]:
    found = []
    if row.corrects_milestone:
        found.append(Ref(ObjectKind.MILESTONE, row.corrects_milestone.key))
    if row.corrects_target:
        found.append(Ref(ObjectKind.GOAL, row.corrects_target.goal.key))
    return found


def estimates(scope: Scope) -> tuple[Estimate, ...]:
    rows = of(scope, effects.EffectEstimate, "action__accountable_body", "action__document__accountable_body").prefetch_related("years")
    return tuple(
        Estimate(
            key=row.key,
            name=str(row),
            body=body_of(row, row.action, row.action.document),
            action=row.action.key,
            effects=tuple(YearEffect(one.year, one.gross_ore, one.net_ore, one.low_ore, one.high_ore) for one in row.years.all()),
            one_off=row.one_off_ore,
            first_effect_month=row.first_effect_on,
            assumptions=row.assumptions,
            calculated_by=str(row.calculated_by_id) if row.calculated_by_id else None,
        )
        for row in rows
    )


def realised(scope: Scope) -> tuple[RealisedEffect, ...]:
    rows = effects.EffectRealisation.objects.filter(county__in=scope.county_keys, month__lte=scope.on)
    found = rows.order_by("action__key", "month").values_list("action__key", "month", "planned_ore", "realised_ore")
    return tuple(RealisedEffect(action, month, planned or 0, amount) for action, month, planned, amount in found)


def requirements(scope: Scope) -> tuple[BalanceRequirement, ...]:
    rows = effects.BalanceRequirement.objects.filter(document__in=scope.documents).order_by("document__key", "year")
    return tuple(
        BalanceRequirement(document=key, year=year, amount=ore)
        for key, year, ore in rows.values_list("document__key", "year", "amount_ore")
    )


def obstacles(scope: Scope) -> tuple[Obstacle, ...]:
    rows = of(scope, models.Obstacle, "goal__accountable_body", "action__accountable_body").filter(resolved_on=None)
    rows = rows.filter(_standing(scope, "goal__document") & _standing(scope, "action__document"))
    return tuple(
        Obstacle(
            key=row.key,
            name=str(row),
            body=body_of(row, row.goal, row.action),
            obstacle_kind=ObstacleKind(row.kind),
            hinders=(Ref(ObjectKind.GOAL, row.goal.key) if row.goal else Ref(ObjectKind.ACTION, row.action.key),),
            accountable=seats_of(row),
            response=row.response,
            reported_on=row.reported_on,
            closed_on=row.resolved_on,
        )
        for row in rows
    )


def conflicts(scope: Scope) -> tuple[GoalConflict, ...]:
    rows = of(scope, models.GoalConflict, "first__accountable_body", "second__accountable_body", "decision")
    rows = rows.filter(resolved_on=None, first__document__in=scope.documents, second__document__in=scope.documents)
    return tuple(
        GoalConflict(
            key=row.key,
            name=str(row),
            body=body_of(row, row.first, row.second),
            goals=(row.first.key, row.second.key),
            accountable=seats_of(row),
            decision=(row.decision.key or str(row.decision.pk)) if row.decision else None,
        )
        for row in rows
    )
