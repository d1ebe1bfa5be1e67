"""What the things that a finding is also about are called."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Model, QuerySet

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditRecommendation, AuditReview, ProgressReport
from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.effects.models import EffectEstimate
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.steering import models as steering
from styrkedja.steering.models import ChainObject
from styrkedja.steering.selectors import visible

_MODELS: Mapping[ObjectKind, type[Model]] = {
    ObjectKind.BODY: Body,
    ObjectKind.PROGRAMME_GROUP: Body,
    ObjectKind.FORUM: steering.Forum,
    ObjectKind.VISION: steering.TargetState,
    ObjectKind.DOCUMENT: steering.SteeringDocument,
    ObjectKind.GOAL_AREA: steering.GoalArea,
    ObjectKind.GOAL: steering.Goal,
    ObjectKind.MILESTONE: steering.Milestone,
    ObjectKind.ASSIGNMENT: steering.Assignment,
    ObjectKind.PROGRAMME: steering.ActionProgramme,
    ObjectKind.ACTION: steering.Action,
    ObjectKind.OBSTACLE: steering.Obstacle,
    ObjectKind.GOAL_CONFLICT: steering.GoalConflict,
    ObjectKind.ESTIMATE: EffectEstimate,
    ObjectKind.MANDATE: Mandate,
    ObjectKind.DECISION: Decision,
    ObjectKind.AUDIT: AuditReview,
    ObjectKind.RECOMMENDATION: AuditRecommendation,
    ObjectKind.REPORT: ProgressReport,
    ObjectKind.INDICATOR: Indicator,
}


def names_of(user: User | None, refs: Collection[Ref], *, on: date) -> dict[Ref, str]:
    """What each is called; those that are gone or that the reader does not see are left out. A query for each kind."""
    keys: defaultdict[ObjectKind, set[str]] = defaultdict(set)
    for ref in refs:
        keys[ref.kind].add(ref.key)
    found = ((kind, row) for kind in keys if kind in _MODELS for row in _rows(user, _MODELS[kind], keys[kind], on))
    return {Ref(kind, str(getattr(row, "key", None) or row.pk)): str(row) for kind, row in found}


def _rows(user: User | None, model: type[Model], keys: Collection[str], on: date) -> QuerySet:
    rows = visible(user, model, on=on) if issubclass(model, ChainObject) else model._default_manager.all()
    return rows.filter(key__in=keys)
