"""Who sees what of the chain.

Everybody who works in a county sees its chain, save what stands in a draft: a draft is seen by those who act in the body that owns it, and by
administrators, until it is decided.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.organisations.selectors import positions
from styrkedja.organisations.selectors.readers import county_keys_of
from styrkedja.steering.models import ChainObject, DocumentState

Row = TypeVar("Row", bound=ChainObject)


@dataclass(frozen=True)
class Sight:
    """What decides what somebody sees: all of it, or the decided in `counties` (ids) and the drafts of `bodies` (ids)."""

    sees_all: bool = False
    counties: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    sees_nothing: bool = False

    def of(self, model: type[Row]) -> QuerySet[Row]:
        """The objects of a kind that are seen."""
        rows = model._default_manager.all()
        if self.sees_all:
            return rows
        if self.sees_nothing:
            return rows.none()
        rows = rows.filter(Q(county=None) | Q(county__in=self.counties))
        for plan in model.PLANS:
            rows = rows.filter(self._decided_or_own(plan))
        return rows

    def _decided_or_own(self, plan: str) -> Q:
        prefix = f"{plan}__" if plan else ""
        seen = Q(**{f"{prefix}state": DocumentState.DECIDED}) | Q(**{f"{prefix}accountable_body__in": self.bodies})
        return seen | Q(**{plan: None}) if plan else seen


def sight(user: User | None, *, on: date) -> Sight:
    """How far `user` sees on that day; None is the program itself, which sees all."""
    if user is None:
        return Sight(sees_all=True)
    if not user.is_authenticated or not user.is_active:
        return Sight(sees_nothing=True)
    if user.is_administrator:
        return Sight(sees_all=True)
    counties = frozenset(county_keys_of(user, on=on))
    return Sight(counties=counties, bodies=frozenset(body for body, _function in positions(user, on=on)))


def visible(user: User | None, model: type[Row], *, on: date) -> QuerySet[Row]:
    """The objects of a kind that `user` may see on that day."""
    return sight(user, on=on).of(model)
