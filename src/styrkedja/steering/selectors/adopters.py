"""Who adopts a document or a target state, and what has been adopted."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from styrkedja.accounts.models import User
from styrkedja.core.collation import swedish_key
from styrkedja.core.steering.adoption import DECIDING, JOINT
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import Body, Organisation, Placement
from styrkedja.organisations.selectors import in_county, valid_on
from styrkedja.steering.models import Adoption, SteeringDocument, TargetState
from styrkedja.steering.policies import writing_in

Adoptable = SteeringDocument | TargetState


def adopters(row: Adoptable, *, on: date) -> list[Body]:
    """The bodies that may adopt it, by name: the accountable one and those above it that decide; of what is joint all in the county that do."""
    deciding = Organisation.objects.filter(valid_on(on), kind__in=DECIDING)
    body = row.accountable_body
    if body is None or is_joint(row):
        wanted = in_county(row.county) if row.county else Q(pk__in=[])
    else:
        wanted = Q(pk__in=_above({body.pk}, on=on))
    found = {one.pk: one for one in Body.objects.filter(pk__in=deciding.filter(wanted).values("pk"))}
    if body is not None:
        found[body.pk] = body
    return sorted(found.values(), key=lambda one: swedish_key(one.name))


def to_adopt(user: User, row: Adoptable, *, may_edit: bool, on: date) -> list[Body]:
    """The bodies whose adoption `user` may put on record now.

    Who may change a draft or something joint tells of them all; of what is adopted, others tell of their own body alone. Each adopts once.
    """
    adopted = set(Adoption.objects.filter(**of(row)).values_list("body_id", flat=True))
    left = [body for body in adopters(row, on=on) if body.pk not in adopted]
    if may_edit and (not adopted or is_joint(row)):
        return left
    own = writing_in(user, on=on)
    return [body for body in left if body.pk in own]


def to_withdraw(user: User, row: Adoptable, *, may_edit: bool, on: date) -> list[Adoption]:
    """The adoptions that `user` may withdraw."""
    found = Adoption.objects.filter(**of(row)).select_related("body")
    return list(found if may_edit else found.filter(body__in=writing_in(user, on=on)))


def decided_by_adoption(row: Adoptable) -> bool:
    """Did an adoption make it decided? If not a file told so."""
    versions = ObjectVersion.objects.filter(object_type=row.KIND, object_id=row.pk, changes__has_key="state")
    latest = versions.order_by("-version").first()
    return latest is not None and "adoptions" in latest.changes


def is_joint(row: Adoptable) -> bool:
    return isinstance(row, TargetState) or row.kind in JOINT


def of(row: Adoptable) -> dict[str, Adoptable]:
    """What an adoption of `row` is found by."""
    return {"target_state" if isinstance(row, TargetState) else "document": row}


def _above(below: Iterable[int], *, on: date) -> set[int]:
    """The ids of all bodies over those of the ids."""
    found: set[int] = set()
    while below:
        below = set(Placement.objects.filter(valid_on(on), child__in=below).values_list("parent_id", flat=True)) - found
        found |= below
    return found
