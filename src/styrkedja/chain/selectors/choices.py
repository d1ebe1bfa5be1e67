"""What the fields of a form may choose among: what the writer sees in the county, and what is chosen already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Field as ModelField
from django.db.models import Model, Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.audits.selectors.choices import indicators_to_report, own_bodies, seats
from styrkedja.core.collation import swedish_key
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.decisions.selectors import decisions, mandates
from styrkedja.indicators.models import Indicator
from styrkedja.ledger.models import Versioned
from styrkedja.organisations.models import Body, County, Group, Seat
from styrkedja.organisations.selectors import in_county, positions, valid_on
from styrkedja.steering.models import ChainObject, SteeringDocument
from styrkedja.steering.selectors import shown

_NEAREST = 300  # the latest decisions that a form shows


def candidates(
    user: User, county: County | None, *, on: date, kept: Versioned | None = None, begun: Mapping[str, Any] | None = None
) -> Callable[[ModelField], Sequence[Any]]:
    """Answers for a field of a model which rows it may choose among.

    `kept`: the row that is changed, whose choices stay possible; `begun`: what is chosen already, by field. Of many, the chosen come first.
    """

    @cache
    def of(model: type[Model]) -> list[Any]:
        return list(_rows(user, model, county, on=on))

    def choose(field: ModelField) -> Sequence[Any]:
        found = of(field.related_model)
        chosen = list(_chosen(kept, field, begun or {}))
        if field.many_to_many:
            return [*chosen, *(row for row in found if row not in chosen)]
        return [*(row for row in chosen if row not in found), *found]

    return choose


def owned_plans(user: User, *, on: date) -> QuerySet[SteeringDocument]:
    """The plans that `user` may put something in, those that are not over first."""
    found = shown(user, SteeringDocument, on=on).order_by("-valid_from", "title")
    if user.is_active and user.is_administrator:
        return found
    return found.filter(accountable_body__in=[body for body, _function in positions(user, on=on)])


def bodies_in(county: County | None, *, on: date) -> list[Body]:
    found = Body.objects.filter(valid_on(on), in_county(county)) if county else Body.objects.none()
    return sorted(found, key=lambda body: swedish_key(body.name))


def _chosen(kept: Versioned | None, field: ModelField, begun: Mapping[str, Any]) -> Iterable[Any]:
    now = begun.get(field.name)
    if kept is not None:
        now = getattr(kept, field.name).all() if field.many_to_many else getattr(kept, field.name)
    return (now or ()) if field.many_to_many else () if now is None else (now,)


def _rows(user: User, model: type[Model], county: County | None, *, on: date) -> Iterable[Any]:
    if issubclass(model, ChainObject):
        return _objects(user, model, county, on=on)
    if model is Body:
        return bodies_in(county, on=on)
    if model is Seat:
        return seats(user, on=on, county=county)
    if model is Group:
        return Group.objects.filter(valid_on(on), county=county).order_by("name")
    if model is Indicator:
        return indicators_to_report()
    if model is Decision:
        in_case = Q(case__county=county)
        return decisions(user, on=on).filter(Q(county=county) | in_case)[:_NEAREST]
    assert model is Mandate
    return mandates(user, on=on).filter(county=county)


def _objects(user: User, model: type[ChainObject], county: County | None, *, on: date) -> Iterable[ChainObject]:
    """Those of the county; of what stands in a plan, what stands in one whose period is not over."""
    found = shown(user, model, on=on).filter(Q(county=county) | Q(county=None))
    names = {field.name for field in model._meta.concrete_fields}
    ways = {"document": ("document",), "goal": ("goal__document", "goal__document__accountable_body")}
    if "document" in names:
        found = found.exclude(document__valid_until__lte=on)
    related = [way for name in names & ways.keys() for way in ways[name]]
    return sorted(found.select_related("accountable_body", *related), key=lambda row: swedish_key(str(row)))


__all__ = ["bodies_in", "candidates", "own_bodies", "owned_plans"]
