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
from styrkedja.core.steering.adoption import DECIDING
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.decisions.selectors import decisions, mandates
from styrkedja.indicators.models import Indicator
from styrkedja.ledger.models import Versioned
from styrkedja.organisations.models import Body, County, Group, Organisation, Seat
from styrkedja.organisations.selectors import in_county, positions, valid_on
from styrkedja.steering.models import ChainObject, SteeringDocument
from styrkedja.steering.policies import writing_in
from styrkedja.steering.selectors import shown

_HUNG_IN = {"document", "target_state", "goal", "action"}
_NEAREST = 300  # the latest decisions that a form shows


def candidates(
    user: User, county: County | None, *, on: date, kept: Versioned | None = None, begun: Mapping[str, Any] | None = None
) -> Callable[[ModelField], Sequence[Any]]:
    """Answers for a field of a model which rows it may choose among: of what the object hangs in, only what the writer may add it to.

    `kept`: the row that is changed, whose choices stay possible; `begun`: what is chosen already, by field. Of many, the chosen come first.
    """

    @cache
    def of(model: type[Model]) -> list[Any]:
        return list(_rows(user, model, county, on=on))

    def choose(field: ModelField) -> Sequence[Any]:
        found = of(field.related_model)
        if is_way_in(field):
            able = set(addable(user, field, on=on).values_list("pk", flat=True))
            found = [row for row in found if row.pk in able]
        chosen = list(_chosen(kept, field, begun or {}))
        if field.many_to_many:
            return [*chosen, *(row for row in found if row not in chosen)]
        return [*(row for row in chosen if row not in found), *found]

    return choose


def owned_plans(user: User, *, on: date) -> QuerySet[SteeringDocument]:
    """The plans that `user` may put something in, those that are not over first."""
    return _of_own(user, SteeringDocument, on=on).order_by("-valid_from", "title")


def ways_in(model: type[ChainObject]) -> list[ModelField]:
    """The fields that say what an object of `model` must hang in, and by which somebody may write on it."""
    ways = {"document", *(way.partition(".")[0] for way in model.WRITERS)} & _HUNG_IN
    return [field for field in model._meta.concrete_fields if field.name in ways and not field.null]


def is_way_in(field: ModelField) -> bool:
    """Is what the field names added to by its own writers alone? A plan is, but that a giver of assignments puts them in others' plans too."""
    model = field.model
    if not issubclass(model, ChainObject):
        return False
    return field in ways_in(model) or (field.name == "document" and "giver" not in model.WRITERS)


def addable(user: User, field: ModelField, *, on: date) -> QuerySet[Any]:
    """What `field` may name, of that which `user` may add something to."""
    return _of_own(user, field.related_model, on=on)


def _of_own(user: User, model: type[ChainObject], *, on: date) -> QuerySet[Any]:
    """What the bodies of `user` answer for, or what stands in their plans; everything for an administrator."""
    found = shown(user, model, on=on)
    if user.is_active and user.is_administrator:
        return found
    bodies = writing_in(user, on=on)
    own = Q(accountable_body__in=bodies)
    if any(known.name == "document" for known in model._meta.concrete_fields):
        own |= Q(document__accountable_body__in=bodies)
    return found.filter(own)


def givers(user: User, *, on: date) -> list[Body]:
    """The bodies for which `user` may give mandates: those that decide, and those that hold a mandate, themselves or by `user`, to hand on."""
    deciding = set(Organisation.objects.filter(kind__in=DECIDING).values_list("pk", flat=True))
    held = positions(user, on=on)
    able = {
        row.body_id for row in mandates(user, on=on).filter(valid_on(on)) if row.seat is None or (row.body_id, row.seat.function) in held
    }
    return [body for body in writing_bodies(user, on=on) if body.pk in deciding | able]


def writing_bodies(user: User, *, on: date) -> list[Body]:
    """The bodies in which `user` has a function other than one that reviews; all that decide or carry out for an administrator."""
    own = own_bodies(user, on=on)
    if user.is_active and user.is_administrator:
        return own
    held = writing_in(user, on=on)
    return [body for body in own if body.pk in held]


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


__all__ = ["addable", "candidates", "givers", "owned_plans", "ways_in", "writing_bodies"]
