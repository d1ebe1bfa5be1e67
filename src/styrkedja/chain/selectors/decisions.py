"""What a decision rests on in the chain, and what it changes there, as far as the reader sees it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from styrkedja.accounts.models import User
from styrkedja.decisions.models import Decision
from styrkedja.effects.models import EffectEstimate
from styrkedja.effects.selectors import estimates
from styrkedja.steering.models import Action, Assignment, ChainObject, Goal, GoalConflict, SteeringDocument, TargetState
from styrkedja.steering.selectors import shown


@dataclass(frozen=True)
class Ties:
    """`actions` are those that it decides on and those whose calculations it rests on, `goals` those of these actions."""

    estimates: tuple[EffectEstimate, ...]
    actions: tuple[Action, ...]
    goals: tuple[Goal, ...]
    adopted: tuple[ChainObject, ...]
    assignments: tuple[Assignment, ...]
    reported: tuple[Assignment, ...]
    conflicts: tuple[GoalConflict, ...]


def ties_of(user: User, decision: Decision, *, on: date) -> Ties:
    """Eight queries."""
    calculated = tuple(estimates(user, on=on).filter(decision=decision))
    is_its = Q(decision=decision) | Q(pk__in=[estimate.action_id for estimate in calculated])
    actions = tuple(shown(user, Action, on=on).filter(is_its).order_by("title", "key"))
    adopted = Q(adoptions__decision=decision)
    return Ties(
        estimates=calculated,
        actions=actions,
        goals=tuple(shown(user, Goal, on=on).filter(actions__in=actions).distinct().order_by("title", "key")),
        adopted=(*_adopted(user, TargetState, adopted, on), *_adopted(user, SteeringDocument, adopted, on)),
        assignments=tuple(shown(user, Assignment, on=on).filter(decision=decision)),
        reported=tuple(shown(user, Assignment, on=on).filter(report_decision=decision)),
        conflicts=tuple(shown(user, GoalConflict, on=on).filter(decision=decision)),
    )


def _adopted(user: User, model: type[ChainObject], adopted: Q, on: date) -> tuple[ChainObject, ...]:
    return tuple(shown(user, model, on=on).filter(adopted).distinct())
