"""Decisions, for those who may read the cases that they belong to."""

from datetime import date

from django.db.models import QuerySet

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.selectors import visible_to
from styrkedja.decisions.models import Decision
from styrkedja.organisations.models import Body


def decisions_in(user: User, case: Case, *, on: date) -> QuerySet[Decision]:
    """What has been decided and recommended in the case, in the order in which it was."""
    return _visible(user, on=on).filter(case=case).order_by("decided_on", "pk")


def decisions_of(user: User, body: Body, *, on: date) -> QuerySet[Decision]:
    """What `body` has decided and recommended, the latest first."""
    return _visible(user, on=on).filter(body=body).order_by("-decided_on", "-pk")


def _visible(user: User, *, on: date) -> QuerySet[Decision]:
    found = Decision.objects.filter(case__in=visible_to(user, on=on).order_by().values("pk"))
    return found.select_related("case", "body", "minutes").defer("case__search", "case__public_search")
